import type { TwinErrorCode } from '../errors/own-errors.ts';
import { parseCount, parseDuration, parseSize, QuantityError } from '../input/quantity.ts';
import { usualMaxState } from './process-memory.ts';

/** One limit or time that a user can set. */
interface Setting {
  readonly kind: 'size' | 'duration' | 'count';
  /** As a user would write it. */
  readonly default: string;
  readonly meaning: string;
  /** 0 where none at all makes sense; 1 elsewhere. */
  readonly least?: 0 | 1;
  /** Works the default out, where it is not the same everywhere. */
  readonly usual?: () => number;
}

const size = (initial: string, meaning: string): Setting => ({ kind: 'size', default: initial, meaning });
const duration = (initial: string, meaning: string): Setting => ({
  kind: 'duration',
  default: initial,
  meaning,
});
const count = (initial: string, meaning: string): Setting => ({ kind: 'count', default: initial, meaning });

/**
 * Every limit of the edge, once: the defaults, the command line options (`--max-body`), the environment
 * variables (`TWINTRACK_MAX_BODY`) and the help are all made from this table.
 */
export const settingsTable = {
  maxBody: size('10MB', 'largest request body, as sent and as unpacked'),
  maxUpload: size('25MB', 'largest file that attachFile takes'),
  gzipRatio: count('100', 'how many times its size a gzip body may unpack to'),
  maxHeaders: size('64kB', 'largest request line with all headers'),
  maxUrl: size('32kB', 'longest URL'),
  maxConnections: count('2000', 'connections open at once, at all ports together'),
  headersTimeout: duration('10s', 'time for a client to send its headers'),
  bodyTimeout: duration('60s', 'time for a client to send a whole request'),
  idleTimeout: duration('5s', 'how long a kept connection may be silent'),
  closeGrace: duration('4s', 'time for answers in flight when the twin ends'),
  maxWorlds: count('5000', 'worlds of one twin'),
  worldIdle: duration('1h', 'how long a world that was made while running lives without a request'),
  journalEntries: { ...count('1000', 'calls that the journal of a world keeps; 0 keeps none'), least: 0 },
  journalBytes: size('8MB', 'memory that the journal of a world may keep'),
  maxSnapshots: count('100', 'restore points of a world'),
  maxState: {
    ...size('by the memory', 'memory that the states of all worlds may take together, snapshots included'),
    usual: usualMaxState,
  },
  checkpointEvery: duration('1m', 'how often to look whether the data folder is due for a new checkpoint'),
  soapDepth: count('64', 'how deep SOAP elements may nest'),
  soapElements: count('100000', 'elements in one SOAP request'),
  soapAttributes: count('256', 'attributes of one SOAP element'),
} as const satisfies Record<string, Setting>;

/** The name of a setting, such as `maxBody`. */
export type SettingName = keyof typeof settingsTable;

/** What settings were called before. These names are still taken, with a warning. */
export const formerNames = { snapshotEvery: 'checkpointEvery' } as const satisfies Record<
  string,
  SettingName
>;

type FormerName = keyof typeof formerNames;

/** All settings as numbers: bytes, milliseconds or counts. */
export type Settings = Readonly<Record<SettingName, number>>;

/** Settings as a user gives them: text with a unit, or a number in bytes, milliseconds or pieces. */
export type GivenSettings = { readonly [Name in SettingName | FormerName]?: string | number | undefined };

/** Says which settings were given wrongly and how to write them. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code: TwinErrorCode = 'TWIN_SETTINGS_INVALID';
}

export const settingNames = Object.keys(settingsTable) as SettingName[];

/**
 * Reads settings, with the defaults for those that are not given.
 *
 * @param nameOf how a setting is called where the user wrote it (an option, a variable), for the message
 * @throws SettingsError one line for each wrong setting
 */
export function readSettings(
  given: GivenSettings = {},
  nameOf: (name: SettingName) => string = (name) => name,
): Settings {
  const problems: string[] = [];
  const settings: Partial<Record<SettingName, number>> = {};
  for (const name of settingNames) {
    try {
      settings[name] = readSetting(settingsTable[name], given[name] ?? formerlyGiven(given, name));
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      problems.push(`${nameOf(name)}: ${error.message} (${settingsTable[name].meaning})`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return settings as Settings;
}

function formerlyGiven(given: GivenSettings, wanted: SettingName): string | number | undefined {
  const former = renamedSettings(given).find(({ name }) => name === wanted)?.former;
  return former && given[former];
}

/** The settings that were given by a name of earlier versions. */
export function renamedSettings(
  given: GivenSettings = {},
): { readonly former: FormerName; readonly name: SettingName }[] {
  return (Object.keys(formerNames) as FormerName[])
    .filter((former) => given[former] !== undefined)
    .map((former) => ({ former, name: formerNames[former] }));
}

const parsers = { size: parseSize, duration: parseDuration, count: parseCount };

function readSetting(
  { kind, default: initial, least = 1, usual }: Setting,
  given: string | number | undefined,
) {
  if (given === undefined && usual) return usual();
  const value = typeof given === 'number' ? given : parsers[kind](given ?? initial, least);
  // No limit of a connection may be zero: Node takes a zero for "no limit".
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new QuantityError(`"${given}" is too small or not a whole number.`);
}
