/**
 * A list whose items are made one by one while the answer goes out. They are made from values, so it does not matter
 * what happens meanwhile; and a list that nobody reads to its end costs only what was read.
 */
export class LazyList<T = unknown> {
  /**
   * @param entries makes the items; it may be read more than once and gives the same ones each time
   * @param length how many there will be, where the answer has to say so before the first
   */
  constructor(
    readonly entries: Iterable<T>,
    readonly length: number = Number.NaN,
  ) {}

  /** A list made from a list of sources, item by item. */
  static from<S, T>(sources: readonly S[], make: (source: S) => T): LazyList<T> {
    const entries = {
      *[Symbol.iterator]() {
        for (const source of sources) yield make(source);
      },
    };
    return new LazyList(entries, sources.length);
  }
}
