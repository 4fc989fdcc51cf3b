import { setImmediate as othersTurn } from 'node:timers/promises';
import { apTestProblems } from '../../src/aptest/invariants.ts';
import { Chance } from '../../src/scenario/generate/chance.ts';
import { testTrackProblems } from '../../src/testtrack/invariants.ts';
import { controlCase } from './control-cases.ts';
import { folderCase } from './folder-cases.ts';
import { cpuMs, FuzzCase, type Tally } from './fuzz-case.ts';
import { type Beginning, beginning, digestOf } from './place.ts';
import { rpcCase } from './rpc-cases.ts';
import { scenarioCase } from './scenario-cases.ts';
import { soapCase } from './soap-cases.ts';
import type { SocketShare } from './socket-cases.ts';

/** What one case found: its number replays it alone. */
export interface Finding {
  readonly seed: string;
  readonly only: number;
  readonly what: string;
}

export interface FuzzWish {
  readonly seed: string;
  /** The numbers of the cases, first and one past the last. */
  readonly from: number;
  readonly to: number;
  /** Only cases of this kind. */
  readonly kind?: 'folder' | undefined;
  /** Sends one case of a hundred over a real socket too. */
  readonly socket?: SocketShare | undefined;
  readonly found?: (finding: Finding) => void;
  /** Told after each case. */
  readonly progress?: (cases: number) => void;
}

export interface FuzzReport {
  readonly cases: number;
  readonly findings: readonly Finding[];
  /** Of each operation, command and control route: how often it was sent and done. */
  readonly tally: Tally;
}

let known: Beginning | undefined;

/** Makes cases one after another. Each depends on the seed and its number alone. */
export async function fuzz({ seed, from, to, kind, socket, found, progress }: FuzzWish): Promise<FuzzReport> {
  known ??= beginning();
  const { world } = known.start;
  const digest = digestOf(world);
  const findings: Finding[] = [];
  const tally: Tally = new Map();
  const note = (only: number, what: string) => {
    const finding = { seed, only, what };
    findings.push(finding);
    found?.(finding);
  };
  for (let only = from; only < to; only++) {
    for (const what of await oneCase(known, { seed, only, kind, tally, socket })) note(only, what);
    progress?.(only - from + 1);
    if (only % 100 === 0) await othersTurn();
  }
  // The cases share what they begin from, so none of them may have written over it.
  if (digestOf(world) !== digest) note(to - 1, 'a case up to this one wrote over a world of before');
  return { cases: to - from, findings, tally };
}

/** What the dice of a case shows when it is about a data folder. */
const folderDice = 98;

interface Wanted {
  readonly kind: FuzzWish['kind'];
  readonly seed: string;
  readonly only: number;
  readonly tally: Tally;
  readonly socket: SocketShare | undefined;
}

async function oneCase(from: Beginning, wanted: Wanted): Promise<string[]> {
  const chance = () => new Chance(wanted.seed, `fuzz case ${wanted.only}`);
  const fuzzCase = new FuzzCase(from, chance(), wanted.tally);
  const findings = await findingsOf(fuzzCase, wanted);
  if (!fuzzCase.isSlow) return findings;
  // Once more by what it computes: then loading, optimizing and other programs count no longer.
  return findingsOf(new FuzzCase(from, chance(), new Map(), cpuMs), wanted);
}

async function findingsOf(fuzzCase: FuzzCase, { socket, kind: wanted }: Wanted): Promise<string[]> {
  const { chance } = fuzzCase;
  const before = fuzzCase.world;
  try {
    const dice = chance.below(100);
    const kind = wanted === 'folder' ? folderDice : dice;
    if (kind < 57) soapCase(fuzzCase);
    else if (kind < 88) await answered(rpcCase(fuzzCase));
    else if (kind < 97) await answered(controlCase(fuzzCase));
    else if (kind < 98) scenarioCase(fuzzCase);
    else if (kind < 99) await answered(folderCase(fuzzCase));
    else if (socket) await answered(socket.send(fuzzCase));
    if (fuzzCase.later.length > 0) await answered(Promise.all(fuzzCase.later));
  } catch (error) {
    fuzzCase.mistake('the case', error);
  }
  if (fuzzCase.world !== before) {
    const problems = [...testTrackProblems(fuzzCase.world), ...apTestProblems(fuzzCase.world)];
    if (problems.length > 0) fuzzCase.found(`the state is broken: ${problems.join('; ')}`);
  }
  return fuzzCase.findings;
}

/** Nothing that is sent whole takes so long, on however busy a machine; in milliseconds. */
const longestCase = 30_000;

/** Waits for a case. @throws Error when it is never answered */
async function answered(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('a request was never answered')), longestCase);
  });
  try {
    await Promise.race([work, never]);
  } finally {
    clearTimeout(timer);
  }
}
