/**
 * Remembers what was made of recently used things, within a bound. Two generations: what is asked for moves to the
 * young one; when that is full it becomes the old one, and what was old and not asked for is forgotten. So a look-up
 * costs one or two map reads, and nothing is ever sorted.
 */
export class RecentCache<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private weight = 0;

  /**
   * @param bound the weight of one generation; at most twice that is held, and nothing that is heavier by itself
   * @param weigh how heavy a value is; everything weighs 1 by default, so that the bound is a count
   */
  constructor(
    private readonly bound: number,
    private readonly weigh: (value: V) => number = () => 1,
  ) {}

  /** What is kept under a key, which is then the latest one used. */
  get(key: K): V | undefined {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const old = this.old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    const before = this.young.get(key);
    if (before !== undefined) this.weight -= this.weigh(before);
    this.young.delete(key);
    this.old.delete(key);
    const weight = this.weigh(value);
    if (weight > this.bound) return;
    if (this.weight + weight > this.bound) {
      this.old = this.young;
      this.young = new Map();
      this.weight = 0;
    }
    this.young.set(key, value);
    this.weight += weight;
  }
}
