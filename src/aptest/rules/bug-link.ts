import { interpolated } from './variables.ts';

/**
 * The integration link to a bug-tracking system for a test. That the UUID of the test is one of its parameters is
 * documented; the others and their form, `<% uuid %>` in an address, are inferred.
 *
 * @param template the address with parameters; empty when there is no bug-tracking system
 * @param parameters their values; unknown names stand for nothing
 */
export function bugLink(template: string, parameters: Readonly<Record<string, string>>): string {
  return interpolated(template, (name) =>
    encodeURIComponent((Object.hasOwn(parameters, name) ? parameters[name] : undefined) ?? ''),
  );
}
