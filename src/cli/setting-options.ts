import { Option } from 'commander';
import {
  formerNames,
  type GivenSettings,
  readSettings,
  settingNames,
  settingsTable,
} from '../http/settings.ts';
import { variableOf } from './environment.ts';

/** `maxBody` is `--max-body` on the command line. */
export function flagOf(name: keyof GivenSettings): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** An option for each setting of the edge. */
export function settingOptions(): Option[] {
  const options = settingNames.map((name) => {
    const { kind, default: initial, meaning } = settingsTable[name];
    // The default is said in the text: to commander there is none, so that it is known what the user gave.
    return new Option(`${flagOf(name)} <${kind}>`, `${meaning} (default: ${initial})`)
      .env(variableOf(flagOf(name)))
      .helpGroup('Limits and times:');
  });
  const former = Object.entries(formerNames).map(([before, name]) => {
    const flag = flagOf(before as keyof typeof formerNames);
    return new Option(`${flag} <${settingsTable[name].kind}>`).env(variableOf(flag)).hideHelp();
  });
  return [...options, ...former];
}

/**
 * Takes the settings out of the options that were given, and checks them.
 *
 * @param sourceOf where an option's value came from, as commander says it: `cli`, `env` or `default`
 * @throws SettingsError names each wrong one as it was given: the option or the variable
 */
export function givenSettings(
  options: Readonly<Record<string, unknown>>,
  sourceOf: (name: string) => string | undefined,
): GivenSettings {
  const names = [...settingNames, ...Object.keys(formerNames)];
  const given = Object.fromEntries(names.map((name) => [name, options[name]])) as GivenSettings;
  readSettings(given, (name) => (sourceOf(name) === 'env' ? variableOf(flagOf(name)) : flagOf(name)));
  return given;
}
