import { MINUTE_MS } from '../../world/instant.ts';
import { exchange } from '../net/http-exchange.ts';
import type {
  CallInRecording,
  RecordedApi,
  RecordedExchange,
  RecordedOutcome,
} from '../recording/exchange.ts';
import type { Recording } from '../recording/recording-file.ts';
import { pageIn } from '../wire/no-answer.ts';
import type { SoapCaller } from '../wire/soap-caller.ts';
import type { Allowance, Allowances } from './allowances.ts';
import { type AnswerDifference, comparedAnswers } from './comparison.ts';
import type { FormCaller } from './form-caller.ts';
import { type LogonSecrets, Logons } from './logons.ts';
import { Moments } from './run-moments.ts';
import { Translation } from './translation.ts';

/** Answers of control requests are short. */
const MOST_BYTES = 1_000_000;

/** How an exchange went when it was replayed. */
export interface ReplayedExchange {
  readonly recording: string;
  readonly number: number;
  readonly api: RecordedApi;
  readonly operation: string;
  readonly milliseconds: number;
  /** `by nature`: nothing but record IDs, cookies, numbers and moments is different. */
  readonly outcome: 'same' | 'by nature' | 'allowed' | 'differs';
  /** The first one that is not allowed, or else the first. */
  readonly difference?: AnswerDifference;
  readonly allowed?: Allowance;
  /** How many there are. */
  readonly differences: number;
}

/** What a replay is made with. */
export interface ReplayTools {
  readonly soap: SoapCaller | undefined;
  readonly forms: FormCaller | undefined;
  readonly secrets: LogonSecrets;
  readonly allowances: Allowances;
  readonly stopwatch: () => number;
  readonly onExchange: (exchange: ReplayedExchange) => void;
}

/** What came of a replay. */
export interface ReplayReport {
  readonly exchanges: readonly ReplayedExchange[];
  /** Exchanges that are no call of an API that was named: a WSDL, a page. */
  readonly passedOver: number;
  /** Calls whose request or answer was too long to be kept in the recording, so that nothing is compared. */
  readonly notKept: number;
  readonly unmet: readonly Allowance[];
}

/**
 * Sends the calls of recordings to a server, in their order, and compares what comes.
 *
 * @throws TestTrackConnectionError, ApTestConnectionError, RealServerError when a server gives no answer at all
 */
export async function replayed(recordings: readonly Recording[], tools: ReplayTools): Promise<ReplayReport> {
  const exchanges: ReplayedExchange[] = [];
  let passedOver = 0;
  let notKept = 0;
  for (const recording of recordings) {
    const run = new ReplayRun(recording, tools);
    const reading = recording.exchanges();
    for (let next = reading.next(); !next.done; ) {
      const { value: recordedExchange } = next;
      // The next one is read while the server works; what is wrong with it is told when its turn comes.
      const ahead = Promise.resolve().then(() => reading.next());
      ahead.catch(() => {});
      const done = await run.replay(recordedExchange);
      if (done) {
        exchanges.push(done);
        tools.onExchange(done);
      } else if (isNotKept(recordedExchange)) notKept += 1;
      else passedOver += 1;
      next = await ahead;
    }
  }
  return { exchanges, passedOver, notKept, unmet: tools.allowances.unmet };
}

/** Whether the recording says that a body was too long for it. */
function isNotKept({ request, answer }: RecordedExchange): boolean {
  return [request.body, answer.body].some((body) => 'omitted' in body && body.bytes !== undefined);
}

class ReplayRun {
  readonly #recording: Recording;
  readonly #tools: ReplayTools;
  readonly #translation = new Translation();
  readonly #moments: Moments;
  readonly #logons: Logons;
  readonly #begun: number;
  #recordedFor = 0;

  constructor(recording: Recording, tools: ReplayTools) {
    this.#recording = recording;
    this.#tools = tools;
    this.#logons = new Logons(recording, tools.secrets);
    this.#begun = tools.stopwatch();
    const startedAt = Date.parse(recording.head.startedAt);
    const slack = () => this.#recordedFor + tools.stopwatch() - this.#begun;
    this.#moments = new Moments(startedAt, slack);
  }

  async replay(recordedExchange: RecordedExchange): Promise<ReplayedExchange | undefined> {
    const { call, outcome: recorded, number, at } = recordedExchange;
    const { startedAt } = this.#recording.head;
    this.#recordedFor = Date.parse(at) - Date.parse(startedAt) + recordedExchange.milliseconds;
    if (!call) await this.#control(recordedExchange);
    if (!call || !this.#isAsked(call.api)) return undefined;
    if (!recorded) {
      // What it changes on the server is there for the calls after it.
      await this.#sent(call, recordedExchange);
      return undefined;
    }
    const begun = this.#tools.stopwatch();
    const live = await this.#sent(call, recordedExchange);
    const milliseconds = this.#tools.stopwatch() - begun;
    const operation = call.api === 'TestTrack' ? call.operation : call.command;
    const table = call.api === 'TestTrack' ? String(call.parts.tablename ?? '') : '';
    const { differences, byNature } = comparedAnswers(
      { operation, table },
      { recorded, live },
      { translation: this.#translation, moments: this.#moments },
    );
    const about = { recording: this.#recording.file, number, api: call.api, operation, milliseconds };
    if (differences.length === 0) {
      return { ...about, outcome: byNature > 0 ? 'by nature' : 'same', differences: 0 };
    }
    return { ...about, ...this.#judged(operation, differences), differences: differences.length };
  }

  /** What moved a recorded twin, such as its clock, moves the one that is replayed to. No real server has such paths. */
  async #control({ request: { method, path, body } }: RecordedExchange): Promise<void> {
    const target = this.#tools.soap?.target ?? this.#tools.forms?.target;
    if (!target || method === 'GET' || !/^(?:\/w\/[^/]+)?\/__admin\//.test(path)) return;
    const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.alloc(0);
    const headers = { 'content-type': 'application/json' };
    await exchange(
      target,
      { method, path, headers, body: bytes },
      { timeoutMs: MINUTE_MS, maxBytes: MOST_BYTES },
    );
  }

  #isAsked(api: RecordedApi): boolean {
    return (api === 'TestTrack' ? this.#tools.soap : this.#tools.forms) !== undefined;
  }

  #judged(
    operation: string,
    differences: readonly AnswerDifference[],
  ): Pick<ReplayedExchange, 'outcome' | 'difference' | 'allowed'> {
    let last: { readonly difference: AnswerDifference; readonly allowed: Allowance } | undefined;
    for (const difference of differences) {
      const allowed = this.#tools.allowances.allowing(operation, difference.field);
      if (!allowed) return { outcome: 'differs', difference };
      last ??= { difference, allowed };
    }
    return { outcome: 'allowed', ...last };
  }

  async #sent(call: CallInRecording, { request }: RecordedExchange): Promise<RecordedOutcome> {
    const { soap, forms } = this.#tools;
    if (call.api === 'ApTest') {
      if (!forms) throw new TypeError('forms are sent to a server');
      return forms.send(this.#logons.form(call, this.#translation), request.method);
    }
    if (!soap?.has(call.operation)) {
      return { kind: 'unreadable', reason: `the contract of the server has no operation ${call.operation}` };
    }
    const parts = this.#logons.parts(call, this.#translation);
    const { answer, read } = await soap.ask(call.operation, parts);
    return read.kind === 'unreadable' ? { ...read, reason: pageIn(answer) ?? read.reason } : read;
  }
}
