import { Moves } from '../../src/moves/moves.ts';
import { type ArrivalState, type PeerQuestion, PeerSilentError } from '../../src/moves/peers.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { goingOn } from '../../src/twin/kept-state.ts';
import { KeptWorlds } from '../../src/world/store/kept-worlds.ts';
import { OpenLogs } from '../../src/world/store/open-logs.ts';
import type { WorldStart } from '../../src/worlds/hosted-world.ts';
import { tables } from '../../src/worlds/tables.ts';
import { Worlds } from '../../src/worlds/worlds.ts';
import { KeptLog } from './edge.ts';
import { tinyScenario } from './scenarios.ts';
import { type AttachedDisk, SimulatedDisk, seeded } from './simulated-disk.ts';

const hostTime = Date.parse('2026-03-02T09:00:00Z');

/** What goes wrong, and with which of all the steps of both twins and of what they say to one another. */
export interface MoveFault {
  readonly step: number;
  /**
   * A process dies, and perhaps the power of its machine fails with it; its disk fails once; a question does not arrive,
   * or half of it does, or its answer does not. The first three happen to a disk, the others to what is said.
   */
  readonly kind: 'die' | 'power' | 'fail' | 'unsent' | 'broken' | 'unanswered';
}

/** A process of a twin on a disk of its own. */
interface Side {
  readonly url: string;
  readonly platter: SimulatedDisk;
  disk: AttachedDisk;
  kept: KeptWorlds;
  worlds: Worlds;
  moves: Moves;
  isDead: boolean;
  /** Tells whoever waits for this twin that it is gone. */
  readonly waiting: Set<() => void>;
}

/** The name of the world that is moved. */
const movedWorld = 'checkout';

/** Two twins, each on a simulated disk, between which a world is moved while somebody writes to it. */
export class SimulatedMoves {
  /** What was acknowledged. */
  readonly written: string[] = [];
  /** What the steps were that there were so far: of a disk, or of what is said. */
  readonly steps: ('disk' | 'word')[] = [];
  private readonly sides = new Map<string, Side>();
  private starts = 0;
  private start: WorldStart = loadScenario(tinyScenario, { now: hostTime, sections: productSections });

  constructor(private readonly fault: MoveFault | undefined) {}

  static async open(fault: MoveFault | undefined): Promise<SimulatedMoves> {
    const simulated = new SimulatedMoves(fault);
    for (const url of ['http://one', 'http://two']) {
      await simulated.startAt(url, new SimulatedDisk());
    }
    const { worlds } = simulated.side('http://one');
    await worlds.make({ name: movedWorld });
    await simulated.write();
    simulated.steps.length = 0;
    for (const side of simulated.sides.values()) simulated.watch(side);
    return simulated;
  }

  private side(url: string): Side {
    const found = this.sides.get(url);
    if (!found) throw new Error(`there is no twin ${url}`);
    return found;
  }

  /** Moves the world from the first to the second. */
  async move(): Promise<void> {
    const { moves, waiting } = this.side('http://one');
    await this.unlessItDies(waiting, moves.move({ name: movedWorld, from: 'http://one', to: 'http://two' }));
  }

  async undo(): Promise<void> {
    await this.side('http://one').moves.undo(movedWorld);
  }

  /** Starts what is dead again. */
  async restart(): Promise<void> {
    for (const { url, platter, isDead } of this.sides.values()) {
      platter.now += 60_000;
      if (!isDead) continue;
      if (this.fault?.kind === 'power') platter.losePower(seeded(this.fault.step));
      await this.startAt(url, platter);
    }
  }

  /** Where the world is open: the addresses of the twins that would answer a call. */
  openAt(): string[] {
    return [...this.sides.values()].filter((side) => this.isOpen(side)).map(({ url }) => url);
  }

  /** What somebody finds who reads what was written. */
  found(url: string): string[] {
    return this.side(url)
      .worlds.require(movedWorld)
      .faultRules.list()
      .map(({ name }) => name);
  }

  /** Writes something wherever the world is open; it counts when that is kept. */
  async write(): Promise<void> {
    const [url] = this.openAt();
    if (url === undefined) return;
    const { worlds, waiting } = this.side(url);
    const { faultRules, runner } = worlds.require(movedWorld);
    const name = `written-${this.starts}-${this.steps.length}`;
    try {
      if (!faultRules.add({ name, when: { operation: 'getTask' }, do: { delay: 1 } } as never)) return;
      await this.unlessItDies(waiting, Promise.resolve(runner.kept()));
      this.written.push(name);
    } catch {
      // It was not acknowledged.
    }
  }

  private isOpen({ worlds, moves, isDead }: Side): boolean {
    const hosted = worlds.find(movedWorld);
    if (isDead || !hosted) return false;
    const move = moves.list().find(({ world }) => world === movedWorld);
    if (move?.phase === 'arriving' || move?.phase === 'in doubt') return false;
    try {
      hosted.runner.requireOpen();
      return true;
    } catch {
      return false;
    }
  }

  private async startAt(url: string, platter: SimulatedDisk): Promise<void> {
    this.starts += 1;
    const disk = platter.attach(`${url}-${this.starts}`);
    const log = new KeptLog();
    let names = 0;
    const newId = () => {
      names += 1;
      return `id-${url}-${this.starts}-${names}`;
    };
    const self = { pid: 2 ** 30 + this.starts, host: url };
    const kept = await KeptWorlds.open('/data', {
      ...{ tables, log, disk, newId, hostNow: () => hostTime, checkpointEveryMs: 0 },
      seed: () => ({ world: this.start.world, clock: this.start.clock }),
      logs: new OpenLogs(Number.POSITIVE_INFINITY),
      lock: { self, repeat: () => () => {}, newId, sureForMs: Number.POSITIVE_INFINITY },
    });
    const worlds = new Worlds(goingOn(kept.main), {
      ...{ host: { now: () => hostTime }, idleMs: 60_000, most: 10, keeping: kept },
    });
    const side: Side = {
      ...{ url, platter, disk, kept, worlds, isDead: false, waiting: new Set<() => void>() },
      moves: undefined as never,
    };
    side.moves = new Moves({
      ...{ worlds, keeping: kept, hostNow: () => hostTime, log },
      peers: this.peersOf(side),
    });
    for (const note of kept.away()) side.moves.resumeAway(note);
    for (const { note, store } of kept.list()) {
      if (!side.moves.isHere(note)) continue;
      worlds.resume(note.name, { ...goingOn(store), madeAt: note.madeAt, arrived: note.arrived });
      side.moves.resume(note);
    }
    this.sides.set(url, side);
  }

  /** Lets the fault happen to this disk when its turn comes. */
  private watch(side: Side): void {
    side.disk.fault = () => {
      const kind = this.step('disk');
      if (kind === 'fail') return kind;
      if (kind !== 'die' && kind !== 'power') return undefined;
      this.kill(side);
      return 'die';
    };
  }

  /** Counts a step. @returns what goes wrong with it */
  private step(of: 'disk' | 'word'): MoveFault['kind'] | undefined {
    this.steps.push(of);
    return this.steps.length === this.fault?.step ? this.fault.kind : undefined;
  }

  private kill(side: Side): void {
    side.isDead = true;
    side.disk.isDead = true;
    for (const gone of side.waiting) gone();
  }

  private unlessItDies<T>(waiting: Set<() => void>, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the twin died'));
      waiting.add(gone);
      work.then(resolve, reject).finally(() => waiting.delete(gone));
    });
  }

  /** What one twin says to another, in the place of a network. */
  private peersOf(from: Side) {
    const known = ['http://one', 'http://two'];
    return {
      has: (url: string) => known.includes(url),
      require: (url: string) => url,
      begin: () => {
        throw new Error('nothing is passed on here');
      },
      close: () => {},
      ask: async (question: PeerQuestion): Promise<ArrivalState> => {
        const silence = () => new PeerSilentError(question.to, 'simulated');
        await this.write();
        const kind = this.step('word');
        const side = this.side(question.to);
        if (from.isDead) await new Promise(() => {});
        if (kind === 'unsent' || side.isDead) throw silence();
        const { world, step, id, lines = [] } = question;
        const asked = { step, id, lines: told(lines, kind === 'broken') };
        const answer = this.unlessItDies(side.waiting, side.moves.answer(world, asked)).catch(
          (error: Error) => {
            throw side.isDead ? silence() : error;
          },
        );
        const state = await answer;
        await this.write();
        if (kind === 'unanswered' || kind === 'broken') throw silence();
        return state;
      },
    };
  }
}

async function* told(lines: Iterable<string>, isBroken: boolean): AsyncGenerator<string> {
  const all = [...lines];
  for (const [at, line] of all.entries()) {
    if (isBroken && at >= all.length / 2) throw new Error('it broke off');
    yield line.trimEnd();
  }
}
