import type { ApTestClient, NewSession, WireArguments } from '../client/index.ts';
import { SkippedError } from './check.ts';
import type { Cleanup } from './cleanup.ts';

/** The suite of a server that is looked at. */
export interface ApTestTarget {
  readonly client: ApTestClient;
  readonly token: string;
  readonly username: string;
  readonly suite: string;
  /** Begins the name of everything that is made, so that a person knows it. */
  readonly label: string;
  readonly timeoutMs: number;
}

/** An answer of rpc.mpl as it came. */
export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What a check of rpc.mpl works with. What it makes is taken away after it. */
export class ApTestBench {
  readonly target: ApTestTarget;
  readonly at: ApTestClient;
  readonly #cleanup: Cleanup;
  #made = 0;

  constructor(target: ApTestTarget, cleanup: Cleanup) {
    this.target = target;
    this.at = target.client;
    this.#cleanup = cleanup;
  }

  /** Undoes something after the check. */
  after(what: string, undo: () => Promise<unknown>): void {
    this.#cleanup.add(what, undo);
  }

  /** A name that nothing else in the suite has. */
  unique(what: string): string {
    this.#made += 1;
    return `${this.target.label}-${what}-${this.#made}`;
  }

  /** Makes a set of all tests, which is deleted after the check. */
  async addSet(): Promise<string> {
    const set = this.unique('set');
    await this.at.createSet({ set });
    this.after(`set ${set}`, async () => {
      if ((await this.at.getSetList()).includes(set)) await this.at.deleteSet({ set });
    });
    return set;
  }

  /** Makes a session, of a set of its own when none is named; it is deleted after the check. */
  async addSession(change: Partial<NewSession> = {}): Promise<string> {
    const set = change.set ?? (await this.addSet());
    const session = await this.at.createSession({ name: this.unique('session'), ...change, set });
    this.after(`session ${session}`, async () => {
      const listed = await this.at.getSessionList({ sets: [set] });
      if (listed.some(({ sessNum }) => Number(sessNum) === Number(session))) {
        await this.at.deleteSession({ session });
      }
    });
    return session;
  }

  /** The paths of the tests, of which a check needs so many. */
  async testNames(least = 1): Promise<string[]> {
    const names = await this.at.getTestsSuiteByname();
    if (names.length < least)
      throw new SkippedError(`the suite has ${names.length} tests, ${least} are needed`);
    return names;
  }

  /** Result codes of the suite but for the one that means "no result yet", which `getSessionStatus` counts first. */
  async resultCodes(session: string, least = 1): Promise<string[]> {
    const { numtests, ...counts } = await this.at.getSessionStatus({ session });
    const codes = Object.entries(counts)
      .filter(([, count]) => count !== numtests)
      .map(([code]) => code);
    if (codes.length < least)
      throw new SkippedError(`the suite has ${codes.length} result codes, ${least} are needed`);
    return codes;
  }

  /** Sends a command as it stands, with the usual arguments unless they are given. */
  async raw(args: WireArguments, method: 'GET' | 'POST' = 'POST'): Promise<RawReply> {
    const { token: rpctoken, username, suite, timeoutMs } = this.target;
    const usual = Object.entries({ rpctoken, username, suite }).filter(
      ([name]) => !args.some(([given]) => given === name),
    );
    const form = new URLSearchParams(
      [...usual, ...args].map(([name, value]): [string, string] => [name, value]),
    );
    const url = method === 'GET' ? `${this.at.url}?${form}` : this.at.url;
    const response = await fetch(url, {
      method,
      ...(method === 'POST' ? { body: form } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: await response.text() };
  }
}
