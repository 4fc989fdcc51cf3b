import { ArgumentError } from '../input/argument-error.ts';
import { MINUTE_MS } from '../world/instant.ts';
import { ApTestApiError, ApTestConnectionError } from './aptest-errors.ts';
import type { WireArguments } from './aptest-form.ts';
import { withUsualPath } from './usual-path.ts';

/** Where rpc.mpl is, and who calls it. */
export interface ApTestOptions {
  /** As `http://host/run/rpc.mpl`; of a bare host that path is taken. */
  readonly url: string;
  /** The token of the installation. */
  readonly token: string;
  readonly username: string;
  /** Only `getSuiteList` goes without one. */
  readonly suite?: string;
  /** How long one answer may take; a minute without it. */
  readonly timeoutMs?: number;
  /** Sent with every call, such as a world of a twin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What sends the requests instead of the global `fetch`: for a server whose certificate has an authority of its own. */
  readonly fetch?: typeof fetch;
}

/** What came back: the return code, and the data or the message. */
export interface RpcResult {
  readonly code: number;
  readonly data: unknown;
}

const usualPath = '/run/rpc.mpl';

/** Sends commands by POST, which keeps the token out of access logs (documented), and reads answers as JSON. */
export class ApTestConnection {
  readonly url: string;
  readonly #options: ApTestOptions;

  constructor(options: ApTestOptions) {
    this.url = rpcUrlOf(options.url);
    this.#options = options;
  }

  /**
   * @returns the `data` of the answer
   * @throws ApTestApiError, ApTestConnectionError
   */
  async send(command: string, args: WireArguments, file?: { content: Blob; name: string }): Promise<unknown> {
    const { token, username, suite } = this.#options;
    const form: [string, string][] = [
      ['rpctoken', token],
      ['username', username],
      ...(suite === undefined ? [] : [['suite', suite] as [string, string]]),
      ['command', command],
      ['returnJSON', '1'],
      ...args.map(([name, value]): [string, string] => [name, value]),
    ];
    const response = await this.#post(command, file ? multipart(form, file) : new URLSearchParams(form));
    const { code, data } = await this.#read(command, response);
    if (code === 0) return data;
    const hint = response.headers.get('x-twintrack-hint') ?? undefined;
    throw new ApTestApiError({
      command,
      code,
      text: typeof data === 'string' ? data : JSON.stringify(data),
      hint,
    });
  }

  async #post(command: string, body: URLSearchParams | FormData): Promise<Response> {
    const { timeoutMs = MINUTE_MS, headers = {}, fetch: send = fetch } = this.#options;
    try {
      return await send(this.url, { method: 'POST', body, headers, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw this.#connectionError(`${command} got no answer from ${this.url}: ${reason(cause)}`, { cause });
    }
  }

  async #read(command: string, response: Response): Promise<RpcResult> {
    let text: string;
    try {
      text = await response.text();
    } catch (cause) {
      throw this.#connectionError(`the answer to ${command} broke off: ${reason(cause)}`, { cause });
    }
    const answer = rpcAnswer(text);
    if (answer && (response.ok || answer.code !== 0)) return answer;
    const start = text.replace(/\s+/g, ' ').trim().slice(0, 120);
    const what = `${command} was answered with HTTP ${response.status} and no JSON of rpc.mpl: ${start}`;
    throw this.#connectionError(what, { status: response.status });
  }

  #connectionError(message: string, about: { status?: number; cause?: unknown }): ApTestConnectionError {
    return new ApTestConnectionError(message, { url: this.url, ...about });
  }
}

/** The address of rpc.mpl of a URL. @throws ArgumentError for one that is none */
function rpcUrlOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new ArgumentError(`"${url}" is no URL of a server. Write it as http://host/run/rpc.mpl.`);
  }
  return withUsualPath(parsed, usualPath);
}

/**
 * Reads an answer: JSON with `result` and `data` (documented; that `result` is a number is inferred, so words for
 * success and failure are understood too), or the text form that a refusal may have before `returnJSON` is read.
 */
function rpcAnswer(text: string): RpcResult | undefined {
  const lines = /^([1-9]\d{0,2})\r?\n([\s\S]*)$/.exec(text);
  if (lines) return { code: Number(lines[1]), data: (lines[2] ?? '').trim() };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || !('result' in json)) return undefined;
  const { result, data } = json as { result: unknown; data?: unknown };
  const code = codeOf(result);
  return code === undefined ? undefined : { code, data };
}

function codeOf(result: unknown): number | undefined {
  if (result === true || /^(?:success|ok)$/i.test(String(result))) return 0;
  if (result === false || /^(?:failure|fail|error)$/i.test(String(result))) return 1;
  const code = typeof result === 'string' && result.trim() !== '' ? Number(result) : result;
  return typeof code === 'number' && Number.isInteger(code) ? code : undefined;
}

function multipart(
  form: readonly [string, string][],
  { content, name }: { content: Blob; name: string },
): FormData {
  const data = new FormData();
  for (const [key, value] of form) data.append(key, value);
  data.append('file', content, name);
  return data;
}

/** fetch hides the reason in the cause of its error. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const { code } = cause as Error & { readonly code?: string };
  return code === 'ECONNREFUSED' ? 'nothing listens there' : cause.message || (code ?? error.message);
}
