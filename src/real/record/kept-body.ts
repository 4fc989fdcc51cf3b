/** The bytes of a body that passes, up to a bound: of one that is longer nothing is kept but how long it was. */
export class KeptBody {
  readonly #most: number;
  #pieces: Buffer[] = [];
  #size = 0;

  /** @param most how many bytes are kept */
  constructor(most: number) {
    this.#most = most;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size > this.#most) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** What is kept, and the number of bytes that there were when those are too many. */
  get kept(): { readonly body: Buffer; readonly tooLong?: number } {
    if (this.#size > this.#most) return { body: Buffer.alloc(0), tooLong: this.#size };
    return { body: Buffer.concat(this.#pieces) };
  }
}
