import type { Instant } from '../../world/instant.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What in texts is a moment, an address of a host, or a UUID: other on every server and in every run. */
const tokens =
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?|https?:\/\/[\w.[\]-]+(?::\d+)?|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?:,? \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?)?/gi;

/**
 * Which moments of two runs are the same one. What was there before the recording began has to be equal; what came about
 * while it ran lies as far from the beginning of the other run, give or take how long both took.
 */
export class Moments {
  readonly #recordedFrom: Instant;
  readonly #slack: () => number;
  /** How far the clock of the server is from that of the recorded one, once a moment has told. */
  #offset: number | undefined;

  /**
   * @param recordedFrom when the recording began
   * @param slack how long the recording took and the replay has taken so far, in milliseconds
   */
  constructor(recordedFrom: Instant, slack: () => number) {
    this.#recordedFrom = recordedFrom;
    this.#slack = slack;
  }

  isMoment(text: string): boolean {
    return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));
  }

  isAlike(recorded: Instant, live: Instant, grain = MINUTE): boolean {
    if (recorded === live) return true;
    // A minute for clocks that do not agree, and for what is written in whole ones.
    if (recorded < this.#recordedFrom - grain - MINUTE) return false;
    const offset = live - recorded;
    if (this.#offset === undefined && grain < DAY) this.#offset = offset;
    const known = this.#offset ?? offset;
    return Math.abs(offset - known) <= this.#slack() + grain;
  }

  /** Whether two texts are alike but for moments, hosts and what else is other on every server. */
  isAlikeIn(recorded: string, live: string, fits: (one: string, other: string) => boolean): boolean {
    const [mine, theirs] = [recorded.match(tokens) ?? [], live.match(tokens) ?? []];
    if (mine.length === 0 || mine.length !== theirs.length) return false;
    if (recorded.replace(tokens, '\0') !== live.replace(tokens, '\0')) return false;
    return mine.every((token, at) => this.#isAlikeToken(token, theirs[at] ?? '', fits));
  }

  #isAlikeToken(recorded: string, live: string, fits: (one: string, other: string) => boolean): boolean {
    if (recorded === live) return true;
    if (/^https?:/i.test(recorded)) return /^https?:/i.test(live);
    if (/^[\da-f]{8}-/i.test(recorded)) return /^[\da-f]{8}-/i.test(live) && fits(recorded, live);
    const [one, other] = [instantOf(recorded), instantOf(live)];
    if (Number.isNaN(one) || Number.isNaN(other)) return false;
    return this.isAlike(one, other, /\d:\d/.test(recorded) ? MINUTE : DAY);
  }
}

function instantOf(text: string): Instant {
  const iso = text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T');
  return Date.parse(/T\d\d:\d\d:\d\d$/.test(iso) ? `${iso}Z` : iso);
}
