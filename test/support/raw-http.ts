import { connect, type Socket } from 'node:net';

/** A connection by hand: what a real client library would never send can be sent here. */
export class RawConnection {
  private text = '';
  private isClosed = false;
  private waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1');
      this.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
    });
  }

  /** What came so far, a character for each byte. */
  get received(): string {
    return this.text;
  }

  send(text: string | Uint8Array): this {
    if (!this.socket.destroyed)
      this.socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
    return this;
  }

  /** Waits until the received text matches. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.text);
      if (found) return found;
      if (this.isClosed) throw new Error(`closed before ${pattern} came, after: ${this.text.slice(0, 400)}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Waits until the server closed the connection, and gives all that came. */
  async untilClosed(): Promise<string> {
    while (!this.isClosed) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.text;
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.socket.destroy();
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Sends bytes on a fresh connection and gives everything that comes until the server closes it. */
export async function exchange(port: number, text: string | Uint8Array): Promise<string> {
  const connection = await RawConnection.open(port);
  return connection.send(text).untilClosed();
}
