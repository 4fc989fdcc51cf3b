import { RecentCache } from '../memo/recent-cache.ts';

/** A record as it was answered last. */
export interface RememberedAnswer {
  /** Names the element and type that the record was written as. */
  readonly shape: string;
  /** The operation that gave it. */
  readonly operation: string;
  /** The whole envelope. Nobody may write to it: it goes out again. */
  readonly envelope: Buffer;
  /** The part of the envelope that is the record. */
  readonly record: Buffer;
}

/** Remembers the encoded bytes of immutable records, bounded by size. */
export class AnswerCache {
  readonly #answers: RecentCache<object, RememberedAnswer>;

  /** @param bytes upper bound for all answers together; 0 remembers nothing */
  constructor(bytes: number) {
    this.#answers = new RecentCache(bytes / 2, ({ envelope: { length } }) => length);
  }

  /** @returns undefined when it was last written as something else: one record may be the result of several operations */
  get(record: object, shape: string): RememberedAnswer | undefined {
    const found = this.#answers.get(record);
    return found?.shape === shape ? found : undefined;
  }

  set(record: object, answer: RememberedAnswer): void {
    this.#answers.set(record, answer);
  }
}
