import { RecentCache } from '../recent-cache.ts';

interface Remembered {
  readonly shape: string;
  readonly bytes: Buffer;
}

/** Remembers the encoded bytes of immutable records, bounded by size. */
export class AnswerCache {
  readonly #answers: RecentCache<object, Remembered>;

  /** @param bytes upper bound for all answers together; 0 remembers nothing */
  constructor(bytes: number) {
    this.#answers = new RecentCache(bytes / 2, ({ bytes: { length } }) => length);
  }

  /** @param shape names the element and type it was written as: one record may be the result of several operations */
  get(record: object, shape: string): Buffer | undefined {
    const found = this.#answers.get(record);
    return found?.shape === shape ? found.bytes : undefined;
  }

  set(record: object, shape: string, bytes: Buffer): void {
    this.#answers.set(record, { shape, bytes });
  }
}
