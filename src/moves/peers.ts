import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { z } from 'zod';
import { MoveError } from './move-error.ts';
import { peerUrl } from './peer-url.ts';

/** Where twins ask one another about a world. */
export const peerPath = '/__peer/worlds/';

/** What one twin asks another about a world that moves. */
export type PeerStep = 'begin' | 'parcel' | 'open' | 'state' | 'drop';

/** What a twin knows of a move to it: `none` also for one that it never heard of, `other` for another world of that name. */
export const arrivalStates = ['open', 'arriving', 'other', 'none'] as const;
export type ArrivalState = (typeof arrivalStates)[number];

/** A question to another twin. */
export interface PeerQuestion {
  /** Its address, one of the peers. */
  readonly to: string;
  readonly world: string;
  /** Of the move. */
  readonly id: string;
  readonly step: PeerStep;
  /** Goes with it: lines of JSON. */
  readonly lines?: Iterable<string>;
  /** How long it may be silent. */
  readonly patienceMs: number;
  /** Is told how many bytes have been sent, now and then. */
  readonly onSent?: (bytes: number) => void;
}

/** The other twin did not answer, so that nobody knows what it did. */
export class PeerSilentError extends MoveError {
  constructor(to: string, reason: string) {
    super(
      'taken',
      `The twin at ${to} gives no answer (${reason}). Look whether it runs, and whether this machine reaches it.`,
    );
  }
}

const answerSchema = z.union([
  z.object({ state: z.enum(arrivalStates) }),
  z.object({ error: z.string(), code: z.string().optional() }),
]);

/** An answer is some words. */
const LONGEST_ANSWER = 64 * 1024;

/** The other twins, as this one was told at its start. It asks no others. */
export class Peers {
  private readonly known: ReadonlyMap<string, string>;
  readonly plain = new Agent({ keepAlive: true });
  readonly secure = new SecureAgent({ keepAlive: true });

  /**
   * @param urls as a person wrote them
   * @param token which all of them want
   */
  constructor(
    urls: readonly string[],
    private readonly token: string | undefined,
  ) {
    this.known = new Map(urls.map((url) => [peerUrl(url), url]));
  }

  get list(): readonly string[] {
    return [...this.known.keys()];
  }

  /** The address of a peer as all compare it. @throws MoveError it is none */
  require(url: string): string {
    const wanted = URL.canParse(url) ? peerUrl(url) : url;
    if (this.known.has(wanted)) return wanted;
    const known = this.known.size === 0 ? 'It was told none' : `It knows ${this.list.join(', ')}`;
    throw new MoveError(
      'unknown',
      `This twin has no peer "${url.slice(0, 200)}". ${known}; start it with --peers and the addresses of the others.`,
    );
  }

  has(url: string): boolean {
    return URL.canParse(url) && this.known.has(peerUrl(url));
  }

  /**
   * Asks a peer.
   *
   * @throws PeerSilentError nobody knows whether it heard; MoveError it refuses, with its reason
   */
  async ask(question: PeerQuestion): Promise<ArrivalState> {
    const { to } = question;
    const answer = await this.answered(question).catch((error: unknown) => {
      throw error instanceof MoveError ? error : new PeerSilentError(to, reasonOf(error));
    });
    if ('state' in answer) return answer.state;
    throw new MoveError('taken', `The twin at ${to} refuses: ${answer.error}`);
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  /** Begins a request to a peer. */
  begin(to: string, options: object): ClientRequest {
    const url = new URL(to);
    const isTls = url.protocol === 'https:';
    const { hostname: host, port } = url;
    const address = { host: host.replace(/^\[|\]$/g, ''), port: port || (isTls ? 443 : 80) };
    return isTls
      ? httpsRequest({ ...address, agent: this.secure, ...options })
      : httpRequest({ ...address, agent: this.plain, ...options });
  }

  private async answered(question: PeerQuestion): Promise<z.output<typeof answerSchema>> {
    const { to, world, id, step, lines, patienceMs } = question;
    const request = this.begin(to, {
      method: 'POST',
      path: `${new URL(to).pathname.replace(/\/$/, '')}${peerPath}${encodeURIComponent(world)}/${step}?id=${encodeURIComponent(id)}`,
      headers: {
        host: new URL(to).host,
        connection: 'keep-alive',
        'content-type': 'application/jsonl',
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(lines === undefined ? { 'content-length': '0' } : {}),
      },
    });
    // From the last byte in either direction on: a large world takes long, and a twin that is gone says nothing.
    request.setTimeout(patienceMs, () => request.destroy(new Error(`silent for ${patienceMs} ms`)));
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    response.catch(() => {});
    await Promise.race([sendAll(request, question), response]);
    const answer = await response;
    answer.setTimeout(patienceMs);
    const text = await textOf(answer);
    const read = answerSchema.safeParse(parsed(text));
    if (read.success) return read.data;
    throw new Error(`HTTP ${answer.statusCode} and no answer of a twin that can take worlds`);
  }
}

async function sendAll(request: ClientRequest, { lines = [], onSent }: PeerQuestion): Promise<void> {
  let bytes = 0;
  let held = performance.now();
  for (const line of lines) {
    if (request.destroyed || request.writableEnded) return;
    bytes += line.length;
    if (!request.write(line)) {
      // It fails when the connection does, which is told with the answer.
      await once(request, 'drain').catch(() => {});
      onSent?.(bytes);
    }
    if (performance.now() - held < 10) continue;
    await othersTurn();
    held = performance.now();
  }
  onSent?.(bytes);
  request.end();
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer) {
    length += (piece as Buffer).length;
    if (length > LONGEST_ANSWER) throw new Error('the answer is too long');
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : `${code}`;
}
