/** What the build found out about a YAML text. */
export interface Prepared {
  /** What the YAML says. */
  readonly data: unknown;
  /** What the scenario's schema makes of it, when the text is a whole scenario. */
  readonly checked?: unknown;
}

/**
 * What the build found out about a YAML text: nothing, when running from source. The build puts `built-prepared.ts` in
 * the place of this file.
 */
export function prepared(_text: string): Prepared | undefined {
  return undefined;
}
