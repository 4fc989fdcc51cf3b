import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { codeOf } from '../errors/own-errors.ts';
import { answerText, type RequestUrl } from '../http/endpoint.ts';
import { decodedName } from '../http/request-contexts.ts';
import { TwinError } from '../input/twin-error.ts';
import type { Log } from '../log/log.ts';
import { NotKeptError } from '../world/keeper.ts';
import { StateFullError } from '../world/state-budget.ts';
import type { Arrivals } from './arrivals.ts';
import { type PeerStep, peerPath } from './peers.ts';

const steps: readonly string[] = ['begin', 'parcel', 'open', 'state', 'drop'] satisfies PeerStep[];

/** No line of a parcel comes near: one holds at most 200 records, or one large record. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Whether a path is one at which twins ask one another. */
export const isPeerPath = (path: string): boolean => path.startsWith(peerPath);

/** Answers what another twin asks about a world that moves. Whether it may ask was looked at before. */
export async function answerPeer(
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: RequestUrl },
  arrivals: Pick<Arrivals, 'answer'>,
  log: Log,
): Promise<void> {
  const [name = '', step = ''] = url.path.slice(peerPath.length).split('/');
  const id = new URLSearchParams(url.query).get('id') ?? '';
  if (request.method !== 'POST' || !steps.includes(step)) {
    request.resume();
    answerJson(response, 404, {
      code: 'TWIN_CONTROL_ROUTE_UNKNOWN',
      error: 'Twins ask one another nothing here.',
    });
    return;
  }
  try {
    const asked = { step: step as PeerStep, id, lines: linesOf(request) };
    const state = await arrivals.answer(decodedName(name), asked);
    answerJson(response, 200, { state });
  } catch (error) {
    const isTold =
      error instanceof TwinError || error instanceof NotKeptError || error instanceof StateFullError;
    if (!isTold) log.error('A mistake of ours while a world came from another twin', { error });
    const text = isTold ? error.message : 'Something went wrong in that twin itself; its log says what.';
    answerJson(response, isTold ? 409 : 500, { code: codeOf(error), error: text });
  } finally {
    request.resume();
  }
}

function answerJson(response: ServerResponse, status: number, content: object): void {
  if (response.headersSent || response.destroyed) return;
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  answerText(response, { status, text: JSON.stringify(content), headers });
}

/** The lines of a body, as they come. @throws Error it breaks off */
async function* linesOf(request: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  let held = performance.now();
  request.setEncoding('utf8');
  for await (const piece of request) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new Error('a line is too long');
    for (const line of lines) {
      if (line !== '') yield line;
      if (performance.now() - held < 10) continue;
      await othersTurn();
      held = performance.now();
    }
  }
  if (rest !== '') throw new Error('the last line is cut off');
}
