import { readFileSync } from 'node:fs';
import { once } from '../memo/memory.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../world/instant.ts';
import { builtFile } from './package-root.ts';

/** From an instant on a zone is so many minutes ahead of UTC. */
type Change = readonly [from: Instant, minutes: number];

/** What the build writes down about some zones. */
export interface ZoneTable {
  /** The edition of the time-zone data that it is from, as `process.versions.tz` names it. */
  readonly edition: string;
  /** The end of what is known, which begins with the first change. */
  readonly until: Instant;
  /** In the order of time. */
  readonly zones: Readonly<Record<string, readonly Change[]>>;
}

/** The file in `dist`. */
export const zoneTableFile = 'zone-offsets.json';

const writtenTable = once('zones that the build knows', (): ZoneTable => {
  try {
    return JSON.parse(readFileSync(builtFile(zoneTableFile), 'utf8')) as ZoneTable;
  } catch {
    return { edition: '', until: 0, zones: {} };
  }
});

/**
 * How far ahead of UTC the build found a time zone to be, in minutes. Nothing under a Node with another edition of the
 * time-zone data, because it may know of other changes. Stands in for `known-offsets.ts` in `dist`.
 */
export function knownOffset(zone: string, at: Instant, table = writtenTable()): number | undefined {
  if (table.edition !== process.versions.tz || at >= table.until || !Object.hasOwn(table.zones, zone))
    return undefined;
  return table.zones[zone]?.findLast(([from]) => from <= at)?.[1];
}

/**
 * Asks the platform for the changes of some zones.
 *
 * @param offsetMinutes the platform's answer, in minutes; it changes on a quarter of an hour
 */
export function zoneTable(
  zones: readonly string[],
  { from, until }: { readonly from: Instant; readonly until: Instant },
  offsetMinutes: (zone: string, at: Instant) => number,
): ZoneTable {
  const changesOf = (zone: string): Change[] => {
    const changes: Change[] = [[from, offsetMinutes(zone, from)]];
    for (let day = from; day < until; day += DAY_MS) {
      if (offsetMinutes(zone, day + DAY_MS) === changes.at(-1)?.[1]) continue;
      for (let at = day; at < day + DAY_MS; at += 15 * MINUTE_MS) {
        const minutes = offsetMinutes(zone, at + 15 * MINUTE_MS);
        if (minutes !== changes.at(-1)?.[1]) changes.push([at + 15 * MINUTE_MS, minutes]);
      }
    }
    return changes;
  };
  const edition = process.versions.tz ?? '';
  return { edition, until, zones: Object.fromEntries(zones.map((zone) => [zone, changesOf(zone)])) };
}
