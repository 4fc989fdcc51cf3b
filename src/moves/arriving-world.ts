import type { Recorded } from '../journal/journal.ts';
import type { Snapshot } from '../snapshots/snapshots.ts';
import { Clock, type ClockChoice, type SavedClock } from '../world/clock.ts';
import type { Arrival } from '../world/state-budget.ts';
import type { Key, Path } from '../world/table.ts';
import { World } from '../world/world.ts';
import type { HostedWorld, KeptWorld, WorldStart } from '../worlds/hosted-world.ts';
import { tableRegistry } from '../worlds/tables.ts';
import { CopiedWorld, keysBetween, ParcelReader, sharedWith } from './copied-world.ts';
import type { Accompanying, MoveHead, ParcelLine } from './parcel.ts';
import { valueIn } from './value-text.ts';

/** What the twin gives to a world that arrives. */
export interface ArrivingParts {
  readonly head: MoveHead;
  /** The seed of the main world, with which most others share what they hold. */
  readonly base: World;
  readonly hostNow: () => number;
  /** The memory that is on its way. */
  readonly room: Arrival | undefined;
  /** Has the seed, and what comes on top of it, kept from now on; undefined where nothing is. */
  readonly keep:
    | ((seed: World, differs: ReadonlyMap<Path, ReadonlySet<Key>> | undefined) => Promise<KeptWorld>)
    | undefined;
}

/** A world as it comes from another twin, until it is opened. */
export class ArrivingWorld {
  private readonly reader: ParcelReader;
  private target: CopiedWorld;
  private lines = 0;
  /** There when the seed is whole. */
  private begun: { readonly state: CopiedWorld; readonly kept: KeptWorld } | undefined;
  private readonly snapshots = new Map<string, Snapshot>();
  private pending: Omit<Snapshot, 'world'> | undefined;
  private entries: Recorded[] = [];
  private rest: Accompanying | undefined;
  private clock: SavedClock | undefined;

  constructor(private readonly parts: ArrivingParts) {
    this.reader = new ParcelReader(tableRegistry, parts.base);
    this.target = this.copied(new World(parts.head.worldSeed));
  }

  /** Whether a whole parcel has come. */
  get isWhole(): boolean {
    return this.rest !== undefined;
  }

  /**
   * Takes a line of a parcel.
   *
   * @returns whether it was the last one: then all of it is kept
   * @throws Error it cannot be read; StateFullError, NotKeptError
   */
  async take(text: string): Promise<boolean> {
    this.parts.room?.take(text.length);
    const line = JSON.parse(text) as ParcelLine;
    if ('end' in line) {
      await this.end(line.end);
      return true;
    }
    this.lines += 1;
    if ('to' in line) await this.goTo(line);
    else this.fill(line);
    return false;
  }

  /** What it begins with when it is opened. @throws Error no whole parcel has come */
  start(): WorldStart {
    const { head } = this.parts;
    const { begun, rest } = this;
    if (!begun || !rest) throw new Error('the world did not come as a whole');
    const kept: KeptWorld = {
      ...{ world: begun.state.world, seedWorld: begun.kept.seedWorld, clock: begun.kept.clock },
      attach: (runner) => begun.kept.attach(runner),
    };
    const { world } = kept;
    return { world, clock: head.start, madeAt: head.madeAt, source: head.source, kept, resets: rest.resets };
  }

  /** Gives a world that was opened what it has beside its state. */
  accompany({ snapshots, journal, openSessions }: HostedWorld): void {
    const { rest } = this;
    if (!rest) return;
    snapshots.goOn(rest.snapshots.flatMap((name) => this.snapshots.get(name) ?? []));
    journal.goOn(
      this.entries.filter(({ id }) => id >= rest.journal.first),
      rest.journal.last,
    );
    journal.noteVerification(rest.journal.missed ?? '');
    openSessions.goOn(rest.sessions);
  }

  private copied(world: World): CopiedWorld {
    return new CopiedWorld(world, (path) => this.reader.table(path));
  }

  private async goTo(line: Extract<ParcelLine, { to: unknown }>): Promise<void> {
    this.finishSnapshot();
    if (line.to === 'snapshot') {
      this.pending = line.snapshot;
      this.target = this.copied(this.target.world);
    } else if (line.to === 'state') {
      this.begun ??= await this.begin(this.target.world);
      this.target = this.begun.state;
    } else if (this.begun) throw new Error('a second seed came');
  }

  /** The seed is whole: from now on it is kept. */
  private async begin(whole: World): Promise<{ state: CopiedWorld; kept: KeptWorld }> {
    const { base, keep, head, hostNow } = this.parts;
    const seed = sharedWith(base, whole);
    const state = this.copied(seed);
    if (!keep) {
      const clock = new Clock(hostNow, head.start);
      return { state, kept: { world: seed, seedWorld: seed, clock, attach: () => {} } };
    }
    const differs = keysBetween(base, seed);
    const kept = await keep(seed, differs);
    kept.attach(state);
    return { state, kept };
  }

  private fill(line: Exclude<ParcelLine, { to: unknown } | { end: number }>): void {
    const { target, reader } = this;
    if ('put' in line) target.put(reader.records(line.put));
    else if ('all' in line) target.exchange(line.all, reader.collection(line.all, line.records));
    else if ('counters' in line) target.count(line.counters);
    else if ('file' in line) reader.file(line.file, line.base64, line.isLast);
    else if ('entry' in line) this.entries.push(valueIn(line.entry) as Recorded);
    else if ('with' in line) this.rest = line.with;
    else throw new Error('a line of a parcel means nothing here');
  }

  private async end(lines: number): Promise<void> {
    this.finishSnapshot();
    const { rest, begun } = this;
    if (lines !== this.lines || !rest || !begun)
      throw new Error(`${this.lines} lines came of a parcel that has ${lines}`);
    this.lines = 0;
    const before = this.clock;
    if (
      before?.host !== rest.clock.host ||
      before.virtual !== rest.clock.virtual ||
      before.mode !== rest.clock.mode
    )
      begun.kept.clock.set(choiceOf(rest.clock, this.parts.hostNow()));
    this.clock = rest.clock;
    await begun.state.kept();
  }

  private finishSnapshot(): void {
    const { pending, target } = this;
    if (pending) this.snapshots.set(pending.name, { ...pending, world: target.world });
    this.pending = undefined;
  }
}

/** How a clock has to be set to show what one shows that was saved on another machine: their clocks are taken as one. */
function choiceOf({ mode, rate, host, virtual }: SavedClock, now: number): ClockChoice {
  if (rate === 1 && virtual === host) return { mode };
  return { mode, now: Math.floor(virtual + (now - host) * rate), ...(mode === 'scaled' ? { rate } : {}) };
}
