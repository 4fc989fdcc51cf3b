import { failureReason, isPassing } from '../net/failure.ts';
import { type ExchangeLimits, exchange, type HttpAnswer, type HttpSending } from '../net/http-exchange.ts';
import type { Pace, Time } from '../net/pace.ts';
import type { Target } from '../net/target.ts';
import { pageIn } from './no-answer.ts';

const RETRY_PAUSES_MS = [500, 2_000, 8_000];

/** What sends the forms of rpc.mpl, and how patient it is. */
export interface TargetFetchOptions {
  readonly limits: ExchangeLimits;
  readonly pace: Pace;
  readonly time: Time;
  readonly tell: (sentence: string) => void;
}

/**
 * `fetch` for one server that was resolved at the start, at the pace of a clone, which asks again when a connection
 * broke. For forms only, which are all that commands that read need.
 */
export function targetFetch(target: Target, options: TargetFetchOptions): typeof fetch {
  return async (_url, { body, headers } = {}) => {
    const sent = {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      ...Object.fromEntries(new Headers(headers)),
    };
    const path = target.url.pathname + target.url.search;
    const sending = { method: 'POST', path, headers: sent, body: Buffer.from(String(body)) };
    const answer = await patientExchange(target, sending, options);
    const page = pageIn(answer);
    if (page !== undefined) throw new Error(`what came is ${page}`);
    const type = answer.headers['content-type'] ?? '';
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: { 'content-type': type },
    });
  };
}

/** Fetches a file of the server, whatever host its address names: no other one is ever asked. */
export function targetFiles(
  target: Target,
  options: TargetFetchOptions,
): (url: string) => Promise<Buffer | undefined> {
  return async (url) => {
    if (!URL.canParse(url, target.url.href)) return undefined;
    const { pathname, search } = new URL(url, target.url);
    const sending = { method: 'GET', path: pathname + search, headers: {} };
    const answer = await patientExchange(target, sending, options);
    return answer.status === 200 && pageIn(answer) === undefined ? answer.body : undefined;
  };
}

/** @throws Error with the reason, when there is no answer after all */
async function patientExchange(
  target: Target,
  sending: HttpSending,
  { limits, pace, time, tell }: TargetFetchOptions,
): Promise<HttpAnswer> {
  for (let attempt = 0; ; attempt++) {
    await pace.turn();
    try {
      return await exchange(target, sending, limits);
    } catch (error) {
      const pause = RETRY_PAUSES_MS[attempt];
      if (!isPassing(error) || pause === undefined) throw new Error(failureReason(error), { cause: error });
      tell(`rpc.mpl gave no answer: ${failureReason(error)}; asking again.`);
      await time.sleep(pause);
    }
  }
}
