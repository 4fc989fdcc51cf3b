import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** What one connection does, again and again: requests of which each may depend on the answer before. */
export type Conversation = () => Iterator<Buffer, void, Buffer>;

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Whether the port speaks TLS. */
  readonly isSecure?: boolean | undefined;
}

/**
 * Sends as fast as answers come, over kept connections, and stops by itself. A raw socket costs the client a small
 * part of what an HTTP library would, so that the server is what is measured.
 *
 * @param conversation makes the requests of one round; a round of two requests counts once
 * @returns rounds per second
 * @throws Error when an answer is not 200
 */
export async function rate(options: LoadOptions, conversation: Conversation): Promise<number> {
  const start = performance.now();
  const end = start + options.seconds * 1000;
  const rest = staysAwake();
  const rounds = await Promise.all(
    Array.from({ length: options.connections }, () => converse(options, end, conversation)),
  ).finally(rest);
  const total = rounds.reduce((sum, each) => sum + each, 0);
  return total / ((performance.now() - start) / 1000);
}

/**
 * Keeps this process from sleeping while it waits for answers. To wake a process that sleeps on another processor is
 * work of the one that writes to it, in a virtual machine as much as a whole answer; the faster a server, the less
 * its client sleeps, so that the slower one would be charged for more than it does.
 *
 * @returns ends it
 */
function staysAwake(): () => void {
  let isAwake = true;
  const turn = () => {
    if (isAwake) setImmediate(turn);
  };
  turn();
  return () => {
    isAwake = false;
  };
}

function converse({ port, isSecure }: LoadOptions, end: number, conversation: Conversation): Promise<number> {
  return new Promise((resolve, reject) => {
    const address = { port, host: '127.0.0.1' };
    const socket = isSecure ? connectSecurely({ ...address, rejectUnauthorized: false }) : connect(address);
    socket.setNoDelay(true);
    let rounds = 0;
    let talk = conversation();
    const send = (answer: Buffer) => {
      let next = talk.next(answer);
      if (next.done) {
        rounds += 1;
        if (performance.now() >= end) {
          socket.end();
          return resolve(rounds);
        }
        talk = conversation();
        next = talk.next(answer);
      }
      if (!next.done) socket.write(next.value);
    };
    socket.on(isSecure ? 'secureConnect' : 'connect', () => send(Buffer.alloc(0)));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed the connection')));
    readAnswers(socket, send, reject);
  });
}

const headerEnd = Buffer.from('\r\n\r\n');

/** Cuts what comes into answers, by Content-Length or by chunks. */
export function readAnswers(
  socket: Socket,
  onAnswer: (body: Buffer) => void,
  onError: (error: Error) => void,
): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (piece: Buffer) => {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const at = held.indexOf(headerEnd);
    if (at < 0) return;
    const head = held.toString('latin1', 0, at);
    const bodyStart = at + headerEnd.length;
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    const end = length === undefined ? chunkedEnd(held, bodyStart) : bodyStart + Number(length);
    if (end === undefined || held.length < end) return;
    const body = held.subarray(bodyStart, end);
    held = held.subarray(end);
    if (!head.startsWith('HTTP/1.1 200')) {
      socket.destroy();
      onError(new Error(`unexpected answer: ${head.slice(0, 200)} ${body.toString('utf8').slice(0, 500)}`));
      return;
    }
    onAnswer(body);
  });
}

const lastChunk = Buffer.from('0\r\n\r\n');

function chunkedEnd(held: Buffer, from: number): number | undefined {
  const at = held.indexOf(lastChunk, from);
  return at < 0 ? undefined : at + lastChunk.length;
}
