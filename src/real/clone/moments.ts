import { offsetMinutes } from '../../testtrack/rules/zone.ts';
import type { Instant } from '../../world/instant.ts';

/** How far a server was ahead of UTC at moments that its answers name. */
export class Offsets {
  readonly #seen = new Map<string, Instant>();

  /** Reads a moment as it stands in an answer; one without an offset is taken as UTC. */
  moment(text: string | undefined, otherwise: Instant): Instant {
    if (text === undefined) return otherwise;
    const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0];
    const at = Date.parse(offset === undefined ? `${text}Z` : text);
    if (Number.isNaN(at)) return otherwise;
    // One for each month says enough about the changes of a year.
    if (offset !== undefined) this.#seen.set(`${offset} ${text.slice(0, 7)}`, at);
    return at;
  }

  /**
   * The time zone of the server, as far as its moments tell: the first one that was always so far ahead.
   *
   * @param preferred zones that are tried first
   * @returns undefined when no zone fits
   */
  zone(preferred: readonly string[]): string | undefined {
    const seen = [...this.#seen].map(([key, at]) => ({ minutes: minutesOf(key.split(' ', 1)[0] ?? ''), at }));
    if (seen.length === 0) return preferred[0];
    const zones = [...preferred, 'UTC', ...Intl.supportedValuesOf('timeZone')];
    return zones.find((zone) => seen.every(({ minutes, at }) => offsetMinutes(zone, at) === minutes));
  }
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
