import type { Time } from '../net/pace.ts';

const TELL_EVERY_MS = 5_000;

/** Tells somebody who waits how far a clone is, and how long the rest will take. */
export class CloneProgress {
  readonly #time: Time;
  readonly #tell: (line: string) => void;
  #table = '';
  #total = 0;
  #left = 0;
  #begun = { at: 0, left: 0 };
  #toldAt = 0;

  constructor(time: Time, tell: (line: string) => void) {
    this.#time = time;
    this.#tell = tell;
  }

  begin(table: string, { total, left }: { readonly total: number; readonly left: number }): void {
    this.#table = table;
    this.#total = total;
    this.#left = left;
    this.#toldAt = this.#time.now();
    this.#begun = { at: this.#toldAt, left };
    if (left < total) this.#tell(`${table}: ${total - left} of ${total} are there already`);
  }

  /** One more is read. */
  step(): void {
    this.#left -= 1;
    const now = this.#time.now();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    const done = this.#begun.left - this.#left;
    const rate = (done * 1000) / (now - this.#begun.at);
    const seconds = Math.ceil(this.#left / rate);
    this.#tell(
      `${this.#table}: ${this.#total - this.#left} of ${this.#total}, ${rate.toFixed(1)} a second, ${seconds} s left`,
    );
  }

  end(): void {
    if (this.#total > 0) this.#tell(`${this.#table}: ${this.#total - this.#left} read`);
  }
}
