import { ApTestConnectionError } from '../../client/aptest-errors.ts';
import { failureReason } from '../net/failure.ts';
import { type ExchangeLimits, exchange } from '../net/http-exchange.ts';
import type { Target } from '../net/target.ts';
import type { RecordedArgument, RecordedOutcome } from '../recording/exchange.ts';
import { rpcOutcomeIn } from '../recording/reading-forms.ts';
import { pageIn } from '../wire/no-answer.ts';

/** Sends forms to rpc.mpl as a recording has them, and gives whatever comes. */
export class FormCaller {
  readonly target: Target;
  readonly #limits: ExchangeLimits;

  constructor(target: Target, limits: ExchangeLimits) {
    this.target = target;
    this.#limits = limits;
  }

  /** @throws ApTestConnectionError when nothing came */
  async send(
    form: readonly (readonly [string, RecordedArgument])[],
    method: string,
  ): Promise<RecordedOutcome> {
    const { pathname } = this.target.url;
    try {
      const answer = await exchange(this.target, await sendingOf(form, { method, pathname }), this.#limits);
      const page = pageIn(answer);
      return page === undefined ? rpcOutcomeIn(answer.body) : { kind: 'unreadable', reason: page };
    } catch (cause) {
      throw new ApTestConnectionError(`rpc.mpl gave no answer: ${failureReason(cause)}`, {
        url: this.target.url.href,
        cause,
      });
    }
  }
}

async function sendingOf(
  form: readonly (readonly [string, RecordedArgument])[],
  { method, pathname }: { readonly method: string; readonly pathname: string },
) {
  const texts = form.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const query = new URLSearchParams(texts).toString();
  if (method === 'GET') return { method, path: `${pathname}?${query}`, headers: {} };
  if (texts.length === form.length) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
    return { method: 'POST', path: pathname, headers, body: Buffer.from(query) };
  }
  const data = new FormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([new Uint8Array(Buffer.from(value.base64, 'base64'))]), value.file);
  }
  const packed = new Response(data);
  const body = Buffer.from(await packed.arrayBuffer());
  return {
    method: 'POST',
    path: pathname,
    headers: { 'content-type': packed.headers.get('content-type') ?? '' },
    body,
  };
}
