/**
 * How far ahead of UTC the build found a time zone to be, in minutes: nothing is known when running from source. The
 * build puts `built-known-offsets.ts` in the place of this file: the first question to the platform takes 12 ms.
 */
export function knownOffset(_zone: string, _at: number): number | undefined {
  return undefined;
}
