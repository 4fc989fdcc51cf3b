import {
  errorNumbers,
  isApiError,
  TestTrackApiError,
  TestTrackConnectionError,
  TestTrackLogonError,
} from '../../client/testtrack-errors.ts';
import type { CProject, Long } from '../../testtrack/model/operation-types.generated.ts';
import { isPassing } from '../net/failure.ts';
import type { Pace, Time } from '../net/pace.ts';
import { RealServerError } from '../real-error.ts';
import type { SoapCaller } from './soap-caller.ts';

/** Who logs on, and how patient the session is. */
export interface SessionOptions {
  readonly project: string;
  readonly username: string;
  readonly password: string;
  readonly pace: Pace;
  readonly time: Time;
  /** How long to wait for a free licence in all. */
  readonly licenceWaitMs: number;
  /** Told what a person who waits should know. */
  readonly tell: (sentence: string) => void;
}

/** No free licence: floating, named, and of SOAP. The numbers are those of the twin's catalogue. */
const licenceNumbers = [13, 21, 72];
const LICENCE_PAUSE_MS = 15_000;
const RETRY_PAUSES_MS = [500, 2_000, 8_000];

/** What a session that only reads may call. Whether texts come as HTML is a setting of the session alone. */
const reads = /^(?:get[A-Z]\w*|GetLinkDefinitionValues|formattedTextSupport)$/;

/**
 * A session of a project that can do nothing but read: every other operation is refused here, before it is sent. It
 * logs on again when the server dropped it, and asks again when a connection broke.
 */
export class ReadingSession {
  readonly caller: SoapCaller;
  readonly #options: SessionOptions;
  #cookie: Long = 0;
  #projects: readonly CProject[] = [];
  #formatted = false;
  /** How often the server dropped the session. */
  drops = 0;

  private constructor(caller: SoapCaller, options: SessionOptions) {
    this.caller = caller;
    this.#options = options;
  }

  /** @throws TestTrackLogonError, TestTrackConnectionError, RealServerError when no licence came free */
  static async open(caller: SoapCaller, options: SessionOptions): Promise<ReadingSession> {
    const session = new ReadingSession(caller, options);
    await session.#logOn();
    return session;
  }

  /** The project as the list of projects has it. */
  get project(): CProject | undefined {
    const { project } = this.#options;
    return this.#projects.find(({ database }) => database?.name === project);
  }

  /** Calls an operation that reads, without the cookie. */
  async call(operation: string, parts: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (!reads.test(operation)) throw new TypeError(`${operation} may change something; nothing is sent`);
    if (operation === 'formattedTextSupport') this.#formatted = true;
    try {
      return await this.#paced(operation, { ...parts, cookie: this.#cookie });
    } catch (error) {
      if (!isApiError(error, errorNumbers.notLoggedIn)) throw error;
      this.drops += 1;
      this.#options.tell('The server dropped the session; logging on again.');
      await this.#logOn();
      return this.#paced(operation, { ...parts, cookie: this.#cookie });
    }
  }

  /** Ends the session, so that its licence is free. Whatever the server says to that is no matter any more. */
  async close(): Promise<void> {
    try {
      await this.caller.call('DatabaseLogoff', { cookie: this.#cookie });
    } catch (error) {
      if (!(error instanceof TestTrackApiError || error instanceof TestTrackConnectionError)) throw error;
    }
  }

  async #logOn(): Promise<void> {
    const { time, tell, licenceWaitMs } = this.#options;
    const until = time.now() + licenceWaitMs;
    for (;;) {
      const refusal = await this.#tryToLogOn();
      if (refusal === undefined) return;
      if (time.now() + LICENCE_PAUSE_MS > until) {
        throw new RealServerError(
          'TWIN_REAL_NO_ANSWER',
          `No licence came free: ${refusal} Log other sessions off, or wait longer with --licence-wait.`,
        );
      }
      tell(`No licence is free (${refusal}); asking again in ${LICENCE_PAUSE_MS / 1000} s.`);
      await time.sleep(LICENCE_PAUSE_MS);
    }
  }

  /** @returns what the server says where it has no free licence. @throws TestTrackLogonError for any other refusal */
  async #tryToLogOn(): Promise<string | undefined> {
    const { project, username, password } = this.#options;
    try {
      if (this.caller.has('getProjectList')) {
        this.#projects = (await this.#paced('getProjectList', { username, password })) as CProject[];
      }
      const pProj = this.project ?? { database: { name: project }, servernumber: 0 };
      this.#cookie = (await this.#paced('ProjectLogon', { pProj, username, password })) as Long;
      if (this.#formatted) {
        await this.#paced('formattedTextSupport', { cookie: this.#cookie, enableFormattedText: true });
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof TestTrackApiError)) throw error;
      if (licenceNumbers.some((number) => isApiError(error, number))) return error.text;
      const { operation, code, text, detail, hint } = error;
      throw new TestTrackLogonError({ operation, code, text, detail, hint });
    }
  }

  async #paced(operation: string, parts: Readonly<Record<string, unknown>>): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      await this.#options.pace.turn();
      try {
        return await this.caller.call(operation, parts);
      } catch (error) {
        const pause = RETRY_PAUSES_MS[attempt];
        const mayPass = error instanceof TestTrackConnectionError && isPassing(error.cause);
        if (!mayPass || pause === undefined) throw error;
        this.#options.tell(`${error.message}; asking again.`);
        await this.#options.time.sleep(pause);
      }
    }
  }
}
