import { RecentCache } from '../recent-cache.ts';

interface Remembered {
  readonly shape: string;
  readonly text: string;
}

/** Remembers the encoded text of immutable records, bounded by size. */
export class AnswerCache {
  readonly #texts: RecentCache<object, Remembered>;

  /** @param bytes upper bound for all texts together; 0 remembers nothing */
  constructor(bytes: number) {
    // Two bytes a character is the most that V8 needs.
    this.#texts = new RecentCache(bytes / 2, ({ text }) => text.length * 2);
  }

  /** @param shape names the element and type it was written as: one record may be the result of several operations */
  get(record: object, shape: string): string | undefined {
    const found = this.#texts.get(record);
    return found?.shape === shape ? found.text : undefined;
  }

  set(record: object, shape: string, text: string): void {
    this.#texts.set(record, { shape, text: flat(text) });
  }
}

/** A concatenated string is a tree of its pieces until something needs its characters; a search does. */
function flat(text: string): string {
  text.indexOf('\u0000');
  return text;
}
