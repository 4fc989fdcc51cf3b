import { setImmediate as othersTurn } from 'node:timers/promises';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { DAY_MS } from '../../src/world/instant.ts';
import { StateBudget } from '../../src/world/state-budget.ts';
import type { HostedWorld } from '../../src/worlds/hosted-world.ts';
import { Worlds } from '../../src/worlds/worlds.ts';
import { writeCall } from '../support/soap-message.ts';
import { codec } from '../support/soap-requests.ts';

/** What a part of a soak took. */
export interface SoakPart {
  readonly calls: number;
  /** What is held after the garbage is gone, in bytes; undefined without `--expose-gc`. */
  readonly heap: number | undefined;
  /** By the states' own count, in bytes. */
  readonly state: number;
  /** Of processor time for a call, in milliseconds. */
  readonly p99: number;
  readonly worlds: number;
}

export interface SoakWish {
  readonly calls: number;
  /** The soak is measured in so many parts. */
  readonly parts: number;
  readonly progress?: (part: SoakPart) => void;
}

export interface SoakReport {
  readonly parts: readonly SoakPart[];
  /** Refusals and mistakes: none is expected. */
  readonly refused: readonly string[];
}

const begin = Date.parse('2026-03-02T00:00:00Z');
const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Project',
        users: [{ login: 'admin', password: 'secret', last: 'Admin' }],
        defects: Array.from({ length: 50 }, (_, at) => ({ summary: `Defect ${at + 1}` })),
      },
    ],
  },
  aptest: {
    token: 'token',
    users: ['ann'],
    suites: [
      { name: 'Small', tests: ['A/One', 'A/Two'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] },
    ],
  },
};

/** A world that is used for a while: what somebody does in it, call by call. */
class Visitor {
  private cookie: unknown;
  private at = 0;

  constructor(
    readonly name: string,
    private readonly worlds: Worlds,
    private readonly refused: string[],
  ) {}

  /** Asking for it counts as use, as with any request. */
  private get world(): HostedWorld {
    return this.worlds.require(this.name);
  }

  /** Logs on again with the next call: its world was reset. */
  again(): void {
    this.at = 0;
  }

  /** Makes the next call. */
  step(): void {
    const turn = this.at++;
    // Some never log off: their sessions end by themselves.
    if (turn % 200 === 0)
      this.cookie = this.soap('DatabaseLogon', { dbname: 'Project', username: 'admin', password: 'secret' });
    else if (turn % 4 === 1) this.rpc(turn);
    else if (turn % 4 === 2) this.save(turn);
    else if (turn % 40 === 3) this.replace(turn);
    else
      this.soap('getDefect', {
        cookie: this.cookie,
        defectNumber: 1 + (turn % 50),
        summary: '',
        bDownloadAttachments: false,
      });
  }

  private save(turn: number): void {
    const { cookie } = this;
    const pDefect = this.soap('editDefect', {
      cookie,
      defectNumber: 1 + (turn % 50),
      summary: '',
      bDownloadAttachments: false,
    });
    if (pDefect !== undefined)
      this.soap('saveDefect', { cookie, pDefect: { ...(pDefect as object), summary: `Saved at ${turn}` } });
  }

  private replace(turn: number): void {
    const { cookie } = this;
    const recordid = this.soap('addDefect', { cookie, pDefect: { summary: `Added at ${turn}` } });
    this.soap('deleteDefectByRecordID', { cookie, recordID: recordid });
  }

  private soap(operation: string, parts: Readonly<Record<string, unknown>>): unknown {
    try {
      const call = codec.readBody(Buffer.from(writeCall(operation, parts)), 'text/xml');
      const result = this.world.testTrack.call(call.operation, call.input);
      codec.writeAnswer(call.operation, result, '1.1');
      return result;
    } catch (error) {
      this.refused.push(`${operation}: ${(error as Error).message}`);
      return undefined;
    }
  }

  private rpc(turn: number): void {
    const isWrite = turn % 8 === 1;
    const args = {
      ...{ rpctoken: 'token', username: 'ann', suite: 'Small', sess: '1' },
      ...(isWrite
        ? { command: 'result', tid: String(turn % 2), result: 'pass', note: 'all well' }
        : { command: 'getTestList' }),
    };
    const params = new Map(Object.entries(args).map(([name, value]) => [name, [value]]));
    try {
      this.world.apTest.call({ method: 'GET', params, isMultipart: false, baseUrl: 'http://twin/run/' });
    } catch (error) {
      this.refused.push(`${args.command}: ${(error as Error).message}`);
    }
  }
}

/** Of each world so many calls are made before another one takes its place. */
const visit = 400;
/** So many worlds are used at a time. */
const atOnce = 5;

/**
 * Makes calls over a virtual day, in worlds that are made and dropped meanwhile; every tenth is only left, and ends by
 * itself. The main world is used throughout and reset each virtual hour, as a nightly job does.
 */
export async function soak({ calls, parts, progress }: SoakWish): Promise<SoakReport> {
  let now = begin;
  const refused: string[] = [];
  const budget = new StateBudget(512 * 1024 * 1024);
  const start = loadScenario(scenario, { now, sections: productSections });
  const host = { now: () => now, budget };
  const worlds = new Worlds(start, { host, idleMs: DAY_MS / 24, most: 5000 });
  const main = new Visitor(worlds.main.name, worlds, refused);
  const visitors: Visitor[] = [];
  const done: SoakPart[] = [];
  const ofPart = Math.ceil(calls / parts);
  let times: number[] = [];
  for (let call = 1; call <= calls; call++) {
    now = begin + Math.floor((DAY_MS * call) / calls);
    if (call % (visit / atOnce) === 0) await exchange(worlds, visitors, { refused, call });
    if (call % Math.ceil(calls / 24) === 0) {
      worlds.main.runner.reset();
      main.again();
    }
    const visitor = visitors[call % (atOnce + 1)] ?? main;
    const before = process.cpuUsage();
    visitor.step();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    if (call % 1000 === 0) await othersTurn();
    if (call % ofPart !== 0 && call !== calls) continue;
    globalThis.gc?.();
    const heap = globalThis.gc ? process.memoryUsage().heapUsed : undefined;
    const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
    const part = { calls: call, heap, state: budget.used, p99, worlds: worlds.list().length };
    done.push(part);
    progress?.(part);
    times = [];
  }
  await worlds.close();
  return { parts: done, refused };
}

/** Lets a new world take the place of the oldest. */
async function exchange(
  worlds: Worlds,
  visitors: Visitor[],
  { refused, call }: { readonly refused: string[]; readonly call: number },
): Promise<void> {
  visitors.push(new Visitor((await worlds.make()).name, worlds, refused));
  if (visitors.length <= atOnce) return;
  const oldest = visitors.shift();
  // Nobody drops it; an hour later it is gone.
  const isLeft = call % (10 * (visit / atOnce)) === 0;
  if (oldest && !isLeft) await worlds.drop(oldest.name);
}
