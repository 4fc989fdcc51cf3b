import { errors } from '../aptest/errors.ts';
import { OpenSessions } from '../aptest/run/open-sessions.ts';
import { type ApTest, createApTest } from '../aptest/service.ts';
import { FaultRules } from '../fault-rules/fault-rules.ts';
import { CallCounts } from '../journal/call-counts.ts';
import { Journal, type JournalLimits } from '../journal/journal.ts';
import { type InvariantCheck, Runner, type StateBound } from '../runner/runner.ts';
import { Snapshots } from '../snapshots/snapshots.ts';
import { faults } from '../testtrack/faults.ts';
import { createTestTrack, type TestTrack } from '../testtrack/service.ts';
import { Clock, type ClockChoice } from '../world/clock.ts';
import type { Instant } from '../world/instant.ts';
import type { Keepable } from '../world/keeper.ts';
import type { StateBudget } from '../world/state-budget.ts';
import type { NewWorld } from '../world/store/kept-worlds.ts';
import type { WorldNote } from '../world/store/world-note.ts';
import type { World } from '../world/world.ts';

/** The world that answers where no other is named: the one the twin was started with. */
export const mainWorld = 'main';

/** A world that answers: a state, a clock and both products on it. */
export interface HostedWorld {
  readonly name: string;
  readonly runner: Runner;
  readonly testTrack: TestTrack;
  readonly apTest: ApTest;
  /** The TestSessions that programs outside hold open. */
  readonly openSessions: OpenSessions;
  readonly faultRules: FaultRules;
  /** The calls it answered. */
  readonly journal: Journal;
  /** How often they were made, and how long they took. */
  readonly counts: CallCounts;
  /** Its restore points. */
  readonly snapshots: Snapshots;
  /** By the host's clock; milliseconds since the epoch. */
  readonly madeAt: Instant;
  /** What it was asked to begin from; undefined where nobody asked, or nobody knows any more. */
  readonly source: string | undefined;
  /** The move by which it came from another twin; undefined for one that was made here. */
  readonly arrived: string | undefined;
  /** What all worlds may take of the memory; undefined where nothing bounds it. */
  readonly budget: StateBudget | undefined;
  /** Lets what it holds count no longer. */
  end(): void;
}

/** What a hosted world begins from. */
export interface WorldStart {
  readonly world: World;
  /** How its clock runs at first, and again after a reset. */
  readonly clock: ClockChoice;
  /** The world that it is a fork of. */
  readonly from?: string | undefined;
  /** When it was made, by the host's clock; now, if nothing is said. */
  readonly madeAt?: Instant | undefined;
  /** What it was asked to begin from, for whoever asks for it once more. */
  readonly source?: string | undefined;
  /** What keeps it beyond this process; it brings state, seed and clock of its own. */
  readonly kept?: KeptWorld | undefined;
  /** How often it was reset where it came from. */
  readonly resets?: number | undefined;
  /** The move by which it came from another twin. */
  readonly arrived?: string | undefined;
}

/** A world that is kept beyond this process, as `openStore` gives it. */
export interface KeptWorld {
  readonly world: World;
  /** What a reset goes back to. */
  readonly seedWorld: World;
  readonly clock: Clock;
  /** Keeps what this does from now on; it holds `world`. */
  attach(holder: Keepable): void;
}

/** Keeps the worlds that are made while the twin runs beyond this process. */
export interface WorldKeeping {
  /** @throws NotKeptError it cannot be kept; it is then not made */
  begin(made: WorldStart & NewlyKept): Promise<KeptWorld>;
  /** Notes where a world stands in a move, and by which one it came. @throws NotKeptError */
  noteMove(name: string, note: Pick<WorldNote, 'move' | 'arrived'>): Promise<void>;
  /** @throws NotKeptError it may come back */
  drop(name: string): Promise<void>;
  /** Forgets that a world was moved away. @throws NotKeptError it may be known again after a restart */
  dropAway(name: string): Promise<void>;
}

/** A world that is to be kept from now on. */
type NewlyKept = Pick<NewWorld, 'name' | 'madeAt' | 'differs' | 'move'>;

/** What every world of a twin shares. */
export interface Host {
  /** The host's time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Text by chance, which ends the handles of sessions that programs hold open; the same for all without it. */
  readonly unguessable?: () => string;
  /** What has to hold after every change; for tests, because it looks at everything. */
  readonly checks?: readonly InvariantCheck[];
  /** What the journal of each world keeps. */
  readonly journal?: JournalLimits;
  /** Restore points of each world. */
  readonly maxSnapshots?: number;
  /** How much memory the states may take together; without it nobody counts. */
  readonly budget?: StateBudget;
}

/** For code that makes a world by itself; a twin has settings for these. */
const usualJournal: JournalLimits = { entries: 1000, bytes: 8 * 1024 * 1024 };
const usualSnapshots = 100;

/** Makes a world answer. It is cheap: the state is a reference, and the products keep none of their own. */
export function hostWorld(name: string, start: WorldStart, host: Host): HostedWorld {
  const { now: hostNow, checks = [], journal: limits = usualJournal, maxSnapshots = usualSnapshots } = host;
  const { unguessable = () => 'session', budget } = host;
  const { world, seedWorld, clock } = start.kept ?? {
    world: start.world,
    seedWorld: start.world,
    clock: new Clock(hostNow, start.clock),
  };
  const origin = name === mainWorld ? '' : `/${name}`;
  const runner = new Runner(world, clock, {
    seedWorld,
    checks,
    origin,
    bound: budget && boundBy(budget),
    resets: start.resets,
  });
  start.kept?.attach(runner);
  const journal = new Journal(limits, hostNow, budget);
  const counts = new CallCounts();
  runner.observe((outcome) => counts.count(outcome));
  // Without entries nobody watches: what a call changed is then not even looked for.
  if (limits.entries > 0) runner.observe((outcome) => journal.record(outcome));
  const snapshots = new Snapshots(runner, maxSnapshots, budget);
  return {
    name,
    runner,
    testTrack: createTestTrack(runner),
    apTest: createApTest(runner),
    openSessions: new OpenSessions(runner, name, unguessable),
    faultRules: new FaultRules(runner),
    journal,
    counts,
    snapshots,
    madeAt: start.madeAt ?? hostNow(),
    source: start.source,
    arrived: start.arrived,
    budget,
    end: () => {
      snapshots.clear();
      journal.end();
      runner.end();
    },
  };
}

/** A state that is full is told by each product in its own way. */
function boundBy(budget: StateBudget): StateBound {
  return {
    budget,
    refusal: (api, hint) => (api === 'testtrack' ? faults.general(hint) : errors.noRoom(hint)),
  };
}

/**
 * What a fork of a running world begins from: the state and the clock as they are now. The two share everything
 * until one of them changes it, and neither sees what the other does. A reset of the fork comes back to this point.
 */
export function forkOf({ name, runner }: HostedWorld): WorldStart {
  return { world: runner.world, clock: runner.clock.choice(), from: name };
}
