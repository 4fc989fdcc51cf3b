interface Remembered {
  readonly shape: string;
  readonly text: string;
}

/**
 * Remembers the encoded text of immutable records, bounded by size.
 *
 * Two generations: a record that is asked for stays in the young one; when that has grown to half the
 * bound it becomes the old one, and what is not asked for until the next change is forgotten. No clock and
 * no list to keep in order.
 */
export class AnswerCache {
  readonly #halfBytes: number;
  #young = new Map<object, Remembered>();
  #old = new Map<object, Remembered>();
  #youngBytes = 0;

  /** @param bytes upper bound for the texts of both generations; 0 remembers nothing */
  constructor(bytes: number) {
    this.#halfBytes = bytes / 2;
  }

  /** @param shape names the element and type it was written as: one record may be the result of several operations */
  get(record: object, shape: string): string | undefined {
    const found = this.#young.get(record) ?? this.#promote(record);
    return found?.shape === shape ? found.text : undefined;
  }

  set(record: object, shape: string, text: string): void {
    this.#add(record, { shape, text: flat(text) });
  }

  #promote(record: object): Remembered | undefined {
    const found = this.#old.get(record);
    if (found !== undefined) {
      this.#old.delete(record);
      this.#add(record, found);
    }
    return found;
  }

  #add(record: object, remembered: Remembered): void {
    const bytes = remembered.text.length * 2; // the most that V8 needs for it
    if (bytes > this.#halfBytes) return;
    if (this.#youngBytes + bytes > this.#halfBytes) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    this.#young.set(record, remembered);
    this.#youngBytes += bytes;
  }
}

/** A concatenated string is a tree of its pieces until something needs its characters; a search does. */
function flat(text: string): string {
  text.indexOf('\u0000');
  return text;
}
