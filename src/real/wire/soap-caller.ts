import { TestTrackApiError, TestTrackConnectionError } from '../../client/testtrack-errors.ts';
import { failureReason } from '../net/failure.ts';
import { type ExchangeLimits, exchange, type HttpAnswer } from '../net/http-exchange.ts';
import type { Target } from '../net/target.ts';
import { pageIn } from './no-answer.ts';
import type { ReadAnswer, SoapMessages } from './soap-messages.ts';

type Parts = Readonly<Record<string, unknown>>;

/**
 * Calls operations of one server by its own contract, as fast as the codec of the twin reads and writes. The client of
 * the package does the same through strong-soap, for programs; a record through that takes about four times the processor time.
 */
export class SoapCaller {
  readonly messages: SoapMessages;
  readonly target: Target;
  readonly #limits: ExchangeLimits;
  readonly #path: string;

  constructor(target: Target, messages: SoapMessages, limits: ExchangeLimits) {
    this.target = target;
    this.messages = messages;
    this.#limits = limits;
    this.#path = target.url.pathname + target.url.search;
  }

  /** Whether the server's contract has an operation. */
  has(operation: string): boolean {
    return this.messages.model.operations.has(operation);
  }

  /**
   * @returns the answer's part, as the contract types it
   * @throws TestTrackApiError for a fault, TestTrackConnectionError when there is no answer that can be read
   */
  async call(operation: string, parts: Parts): Promise<unknown> {
    const { answer, read } = await this.ask(operation, parts);
    if (read.kind === 'result') return read.result;
    if (read.kind === 'fault') {
      const hint = answer.headers['x-twintrack-hint'];
      throw new TestTrackApiError({
        operation,
        ...read.fault,
        hint: typeof hint === 'string' ? hint : undefined,
      });
    }
    throw this.#noAnswer(
      `${operation} was answered with ${pageIn(answer) ?? `no SOAP message (HTTP ${answer.status}): ${read.reason}`}`,
      { status: answer.status },
    );
  }

  /**
   * Calls an operation and gives whatever came.
   *
   * @throws TestTrackConnectionError when nothing came
   */
  async ask(
    operation: string,
    parts: Parts,
  ): Promise<{ readonly answer: HttpAnswer; readonly read: ReadAnswer }> {
    const answer = await this.#post(operation, this.messages.writeCall(operation, parts));
    return { answer, read: this.messages.readAnswer(answer.body, answer.headers['content-type']) };
  }

  async #post(operation: string, body: Buffer): Promise<HttpAnswer> {
    const soapAction = this.messages.model.operations.get(operation)?.soapAction ?? '';
    const headers = { 'content-type': 'text/xml; charset=UTF-8', soapaction: `"${soapAction}"` };
    try {
      return await exchange(this.target, { method: 'POST', path: this.#path, headers, body }, this.#limits);
    } catch (cause) {
      throw this.#noAnswer(
        `${operation} got no answer from ${this.target.url.href}: ${failureReason(cause)}`,
        {
          cause,
        },
      );
    }
  }

  #noAnswer(message: string, about: { status?: number; cause?: unknown }): TestTrackConnectionError {
    return new TestTrackConnectionError(message, { url: this.target.url.href, ...about });
  }
}
