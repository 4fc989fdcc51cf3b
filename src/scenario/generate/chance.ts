import { seededBytes } from '../../world/chance.ts';

/**
 * A stream of choices that is the same for the same seed and purpose. Small and quick (sfc32, which passes the usual
 * test batteries), because a hundred thousand records take millions of choices.
 */
export class Chance {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: string, purpose: string) {
    const bytes = seededBytes(seed, purpose);
    this.a = bytes.readInt32LE(0);
    this.b = bytes.readInt32LE(4);
    this.c = bytes.readInt32LE(8);
  }

  /** A whole number from 0 up to, but not, `end`. */
  below(end: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * end);
  }

  /** One of a list that is not empty. */
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Whether something happens that happens so often: 0 never, 1 always. */
  happens(often: number): boolean {
    return this.next() < often * 0x1_0000_0000;
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
