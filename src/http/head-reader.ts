import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { endOfHead, isOldRequestLine, rewrittenHead } from './request-head.ts';

/** Is told of a head that nobody shall read: why, and the target of its request. */
type Refuse = (why: string, target: string) => void;

export interface HeadReaderOptions {
  /** Longest head, in bytes; a longer one is Node's to refuse. */
  readonly most: number;
  /** Answers a refused head, and ends the connection. */
  readonly refuse: Refuse;
}

const EMPTY: Buffer = Buffer.alloc(0);

/**
 * Stands between a connection and Node's parser, and writes heads anew that Node would refuse (`rewrittenHead`). It knows
 * where a body ends that has a length; behind a body in chunks it looks at nothing any more. Only connections that began
 * with such a head have one.
 */
export class HeadReader extends Duplex {
  private held = EMPTY;
  /** Bytes of the body that are still to come; infinite when Node alone knows. */
  private rest = 0;
  /** What comes behind a refused head is nobody's to read, and taken all the same: the client must not be reset. */
  private isRefused = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: HeadReaderOptions,
  ) {
    super({ allowHalfOpen: true });
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('end', () => this.finish());
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.on('timeout', () => this.emit('timeout'));
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  get localAddress(): string | undefined {
    return this.socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.socket.localPort;
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  get encrypted(): boolean {
    return 'encrypted' in this.socket && this.socket.encrypted === true;
  }

  /** For the time that Node gives a kept connection. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    this.socket.setTimeout(milliseconds);
    if (listener) this.on('timeout', listener);
    return this;
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  private finish(): void {
    if (this.isRefused) return;
    const { held } = this;
    this.held = EMPTY;
    if (hasOther(held)) {
      this.refuse(held, 'The head of the request is cut off.');
      return;
    }
    if (held.length > 0) this.push(held);
    this.push(null);
  }

  private receive(chunk: Buffer): void {
    if (this.isRefused) return;
    let bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = EMPTY;
    while (bytes.length > 0 && !this.destroyed && !this.isRefused) {
      const used = this.rest > 0 ? this.passBody(bytes) : this.passHead(bytes);
      if (used === 0) {
        this.held = bytes;
        return;
      }
      bytes = bytes.subarray(used);
    }
  }

  /** @returns how many bytes are done with */
  private passBody(bytes: Buffer): number {
    const used = Math.min(bytes.length, this.rest);
    this.rest -= used;
    this.pass(used === bytes.length ? bytes : bytes.subarray(0, used));
    return used;
  }

  /** @returns how many bytes are done with; none when the head did not come whole */
  private passHead(bytes: Buffer): number {
    const blank = leadingLineEnds(bytes);
    if (blank > 0) return blank;
    const end = endOfHead(bytes);
    if (end === undefined) return bytes.length > this.options.most ? this.passLong(bytes) : 0;
    const head = bytes.subarray(0, end);
    const written = rewrittenHead(head);
    if ('refusal' in written) {
      // What Node would read itself is Node's to refuse.
      if (!isOldRequestLine(head)) return this.passAll(bytes);
      this.isRefused = true;
      this.options.refuse(written.refusal, written.target);
      return bytes.length;
    }
    this.rest = written.body.kind === 'sized' ? written.body.length : Number.POSITIVE_INFINITY;
    this.pass(written.bytes);
    return end;
  }

  private passLong(bytes: Buffer): number {
    if (!hasOther(bytes)) return this.passAll(bytes);
    this.refuse(bytes, `The head of the request is longer than ${this.options.most} bytes.`);
    return bytes.length;
  }

  /**
   * Refuses a head with bytes beyond ASCII that did not come whole. Node would give up at one of them, a reader like this one
   * would read on in its place, and another one in place of that, without an end.
   */
  private refuse(head: Buffer, why: string): void {
    const [, target = '/'] = /^\S+ (\S+)/.exec(head.toString('latin1')) ?? [];
    this.isRefused = true;
    this.options.refuse(why, target);
  }

  /** Looks at nothing any more. */
  private passAll(bytes: Buffer): number {
    this.rest = Number.POSITIVE_INFINITY;
    this.pass(bytes);
    return bytes.length;
  }

  private pass(bytes: Buffer): void {
    if (!this.push(bytes)) this.socket.pause();
  }
}

/** Whether there are bytes beyond ASCII. */
const hasOther = (bytes: Buffer): boolean => bytes.some((byte) => byte > 0x7f);

/** Old clients send an empty line behind a body; it belongs to no head. (RFC 9112, 2.2) */
function leadingLineEnds(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] === 0x0a))
    at += bytes[at] === 0x0a ? 1 : 2;
  return at;
}
