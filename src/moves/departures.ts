// Long because a move is one chain of steps, and each has to know what those before it have promised.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import { formatVersion } from '../world/store/format.ts';
import type { MoveNote, WorldNote } from '../world/store/world-note.ts';
import { type HostedWorld, mainWorld, type WorldKeeping } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { CallsUnderWay } from './calls-under-way.ts';
import { MoveError } from './move-error.ts';
import { type MoveHead, parcelOf, type SentState } from './parcel.ts';
import { peerUrl } from './peer-url.ts';
import { type ArrivalState, type PeerQuestion, PeerSilentError, type Peers } from './peers.ts';

/** A world that was asked to go. */
export interface MoveWish {
  readonly name: string;
  /** The addresses of the other twin, and of this one as the other knows it. */
  readonly to: string;
  readonly from: string;
}

/** How a move went. */
export interface MoveReport {
  readonly world: string;
  readonly to: string;
  /** Records of states that were sent, those that changed meanwhile once more. */
  readonly records: number;
  readonly bytes: number;
  /** How long calls had to wait, and how long all of it took, in milliseconds. */
  readonly heldMs: number;
  readonly tookMs: number;
}

/** A world on its way out. */
interface Passage {
  readonly name: string;
  readonly to: string;
  readonly id: string;
  phase: 'leaving' | 'handing';
  /** Whether calls wait. */
  isHeld: boolean;
  /** Whether somebody wants it to stay. */
  isUndone: boolean;
  /** What is at work on it. */
  work: Promise<unknown> | undefined;
  records: number;
  bytes: number;
  /** When calls had to wait no longer, in milliseconds that only grow. */
  goneAt?: number;
}

/** What departures need of their twin. */
export interface DepartureParts {
  readonly worlds: Worlds;
  readonly peers: Pick<Peers, 'ask' | 'has' | 'require'>;
  readonly keeping: WorldKeeping | undefined;
  readonly calls: CallsUnderWay;
  readonly log: Log;
  readonly newId: () => string;
  /** Tells this process from all others. */
  readonly twin: string;
}

/** How long another twin may be silent: in between, and while calls wait. */
const PATIENCE_MS = 15_000;
const SHORT_PATIENCE_MS = 5000;

/** How long nobody asks again a twin that gave no answer. */
const ASK_AGAIN_MS = 250;

/** Calls that were begun get so long to end before the others wait no longer for them. */
const DRAIN_MS = 120;

/** So many times what changed meanwhile is sent before calls have to wait; with fewer records they may wait at once. */
const MOST_ROUNDS = 4;
const FEW_RECORDS = 100;

/** The worlds that go from this twin to others. */
export class Departures {
  private readonly passages = new Map<string, Passage>();

  constructor(private readonly parts: DepartureParts) {}

  get size(): number {
    return this.passages.size;
  }

  list(): readonly Readonly<Passage>[] {
    return [...this.passages.values()];
  }

  /**
   * Whether calls of a world have to wait.
   *
   * @returns undefined when they need not; otherwise a promise that settles when it may be asked again
   */
  held(name: string): Promise<unknown> | undefined {
    const passage = this.passages.get(name);
    if (!passage?.isHeld) return undefined;
    passage.work ??= this.settle(passage)
      // Whoever waits asks again, and the other twin is not to be asked with every look.
      .catch(() => sleep(ASK_AGAIN_MS))
      .finally(() => {
        passage.work = undefined;
      });
    return passage.work;
  }

  /** Has a world that was on its way out when this twin ended. */
  resume({ name }: WorldNote, { id, peer, phase }: MoveNote): void {
    const isHeld = phase === 'handing';
    this.passages.set(name, {
      ...{ name, to: peer, id, phase: isHeld ? 'handing' : 'leaving', isHeld },
      ...{ isUndone: false, work: undefined, records: 0, bytes: 0 },
    });
    this.parts.worlds.hold(name, beingMoved(name, peer));
    if (isHeld) this.parts.worlds.find(name)?.runner.close(beingMoved(name, peer));
  }

  /**
   * Moves a world. One whose move came to nothing in the middle is moved on or anew.
   *
   * @throws MoveError it cannot be; the world is where it was, or the message says what is in between
   */
  async move(wish: MoveWish): Promise<MoveReport> {
    const begun = performance.now();
    const { worlds, peers } = this.parts;
    const { name } = wish;
    const to = peers.require(wish.to);
    this.check(wish, to);
    const before = this.passages.get(name);
    if (before) await this.resumed(before, to);
    const there = worlds.whereIs(name);
    if (there === to && !worlds.find(name))
      return {
        world: name,
        to,
        records: before?.records ?? 0,
        bytes: 0,
        heldMs: 0,
        tookMs: performance.now() - begun,
      };
    const hosted = worlds.find(name);
    if (!hosted || !worlds.has(hosted))
      throw new MoveError(
        'unknown',
        there === undefined ? noWorld(name) : `The world "${name}" is at ${there} now.`,
      );
    const passage: Passage = {
      ...{ name, to, id: this.parts.newId(), phase: 'leaving', isHeld: false },
      ...{ isUndone: false, work: undefined, records: 0, bytes: 0 },
    };
    this.passages.set(name, passage);
    worlds.hold(name, beingMoved(name, to));
    const work = this.carryOut(passage, hosted, wish.from).finally(() => {
      passage.work = undefined;
    });
    passage.work = work.catch(() => {});
    const heldMs = await work;
    const { records, bytes } = passage;
    return { world: name, to, records, bytes, heldMs, tookMs: performance.now() - begun };
  }

  /**
   * Takes a move back that is not over: the world stays here.
   *
   * @throws MoveError there is none, it is over, or nobody knows because the other twin does not answer
   */
  async undo(name: string): Promise<void> {
    const passage = this.passages.get(name);
    if (!passage) {
      const to = this.parts.worlds.whereIs(name);
      throw new MoveError(
        to === undefined ? 'unknown' : 'taken',
        to === undefined
          ? `The world "${name.slice(0, 64)}" is in no move that could be taken back.`
          : `The move is over: the world "${name}" is open at ${to}. Move it back from there.`,
      );
    }
    passage.isUndone = true;
    await passage.work;
    if (this.passages.get(name) !== passage) return this.undone(name);
    await this.settle(passage);
    this.undone(name);
  }

  /** Ends what is in doubt, before a world of this name may come. @throws MoveError */
  async settled(name: string): Promise<void> {
    const passage = this.passages.get(name);
    if (passage?.phase !== 'handing') return;
    // One that has just gone is still being noted.
    if (passage.work) await passage.work;
    else await this.settle(passage);
  }

  private undone(name: string): void {
    const to = this.parts.worlds.find(name) ? undefined : this.parts.worlds.whereIs(name);
    if (to !== undefined)
      throw new MoveError(
        'taken',
        `The move was over before: the world "${name}" is open at ${to}. Move it back from there.`,
      );
  }

  private check({ name, from }: MoveWish, to: string): void {
    if (name === mainWorld)
      throw new MoveError(
        'refused',
        'The main world stays in its twin: each twin has one of its own. Move the others.',
      );
    if (!URL.canParse(from))
      throw new MoveError(
        'refused',
        `"${from.slice(0, 200)}" is no address of this twin. Write it as http://host:port.`,
      );
    if (peerUrl(from) === to)
      throw new MoveError(
        'refused',
        `The world "${name}" cannot be moved from ${to} to itself. Name another twin.`,
      );
  }

  /** Comes to the end of an earlier attempt, one way or the other. */
  private async resumed(passage: Passage, to: string): Promise<void> {
    if (passage.work && passage.phase === 'leaving')
      throw new MoveError('taken', beingMoved(passage.name, passage.to));
    await passage.work;
    if (this.passages.get(passage.name) !== passage) return;
    if (passage.phase === 'handing') await this.settle(passage);
    else if (passage.to !== to) await this.stay(passage);
  }

  /** @returns how long calls had to wait, in milliseconds */
  private async carryOut(passage: Passage, hosted: HostedWorld, from: string): Promise<number> {
    const { name, to } = passage;
    try {
      await this.note(passage, 'leaving');
      await this.ask(passage, 'begin', { lines: [`${JSON.stringify(this.head(passage, hosted, from))}\n`] });
      let sent = await this.send({ passage, hosted }, 'parcel');
      for (let round = 1; round < MOST_ROUNDS; round++) {
        const before = passage.records;
        sent = await this.send({ passage, hosted }, 'parcel', sent);
        if (passage.records - before < FEW_RECORDS) break;
      }
      return await this.handOver(passage, hosted, sent);
    } catch (error) {
      if (passage.phase === 'leaving') await this.stay(passage).catch(() => {});
      this.parts.log.warn(`The world "${name}" was not moved to ${to}: ${(error as Error).message}`);
      throw error;
    }
  }

  /** Lets the other twin open the world, while its calls wait. */
  private async handOver(passage: Passage, hosted: HostedWorld, sent: SentState): Promise<number> {
    const { name, to } = passage;
    const begun = performance.now();
    passage.isHeld = true;
    try {
      await this.parts.calls.drained(name, DRAIN_MS);
      hosted.runner.close(`The world was just moved to ${to}, and nothing was done. Send the call again.`);
      // What is on its way to the disk counts, or is taken back, before the rest is sent.
      await hosted.runner.kept()?.catch(() => {});
      await this.note(passage, 'handing');
    } catch (error) {
      this.reopen(passage);
      throw error;
    }
    passage.phase = 'handing';
    try {
      this.stopIfUndone(passage);
      await this.send({ passage, hosted }, 'open', sent);
      await this.gone(passage);
    } catch (error) {
      // Whether it is open there only the other twin knows.
      await this.settle(passage, error);
    }
    const heldMs = (passage.goneAt ?? performance.now()) - begun;
    this.parts.log.info(`The world "${name}" was moved to ${to}; its calls waited ${Math.round(heldMs)} ms`);
    return heldMs;
  }

  /**
   * Asks the other twin where a world is that it was asked to open, and goes by that.
   *
   * @param reason why the other twin did not open it, which is thrown when it did not
   * @throws MoveError nobody knows yet; the world stays closed
   */
  private async settle(passage: Passage, reason?: unknown): Promise<void> {
    const { name, to } = passage;
    let state = passage.phase === 'leaving' ? 'arriving' : await this.stateOf(passage);
    if (state === 'arriving') {
      const dropped = this.ask(passage, 'drop', { patienceMs: SHORT_PATIENCE_MS });
      // One that was not asked to open it never does.
      state =
        passage.phase === 'leaving'
          ? await dropped.catch(() => 'none' as const)
          : await this.known(passage, dropped);
    }
    if (state === 'open') return this.gone(passage);
    if (state === 'other')
      throw new MoveError(
        'taken',
        `The twin at ${to} has another world "${name}", so it cannot be told whether this one was opened there. Look at both, and drop one.`,
      );
    await this.stay(passage);
    if (reason !== undefined) throw reason;
  }

  private async stateOf(passage: Passage): Promise<ArrivalState> {
    return this.known(passage, this.ask(passage, 'state', { patienceMs: SHORT_PATIENCE_MS }));
  }

  private async known(passage: Passage, asked: Promise<ArrivalState>): Promise<ArrivalState> {
    const { name, to } = passage;
    try {
      return await asked;
    } catch (error) {
      throw new MoveError(
        'taken',
        `Only the twin at ${to} knows whether it has opened the world "${name}", and it gives no answer. Calls wait until it does: start it, then give the same command again, or take the move back. (${(error as Error).message})`,
      );
    }
  }

  /**
   * The world is open at the other twin, and calls are passed on at once. A start that does not find it noted asks the other
   * twin, so nobody has to wait for that.
   */
  private async gone(passage: Passage): Promise<void> {
    const { name, to } = passage;
    this.parts.worlds.sendAway(name, to);
    passage.isHeld = false;
    passage.goneAt = performance.now();
    try {
      // What keeps it has told the log already when it cannot be written.
      await this.note(passage, 'away').catch(() => {});
    } finally {
      this.passages.delete(name);
    }
  }

  /** The world stays here, and is open. */
  private async stay(passage: Passage): Promise<void> {
    const { name, to, id } = passage;
    const { peers, keeping, worlds } = this.parts;
    await keeping?.noteMove(name, { arrived: worlds.arrivedBy(name) });
    if (passage.phase === 'leaving' && peers.has(to))
      await this.ask({ ...passage, id }, 'drop', { patienceMs: SHORT_PATIENCE_MS }).catch(() => {});
    this.reopen(passage);
    worlds.letGo(name);
    this.passages.delete(name);
  }

  private reopen(passage: Passage): void {
    passage.isHeld = false;
    this.parts.worlds.find(passage.name)?.runner.reopen();
  }

  private async send(
    { passage, hosted }: { readonly passage: Passage; readonly hosted: HostedWorld },
    step: 'parcel' | 'open',
    since?: SentState,
  ): Promise<SentState> {
    this.stopIfUndone(passage);
    const { bytes, records } = passage;
    const { lines, sent, recordCount } = parcelOf(hosted, since);
    const patienceMs = step === 'open' ? SHORT_PATIENCE_MS : PATIENCE_MS;
    const onSent = (more: number) => {
      passage.bytes = bytes + more;
      passage.records = records + recordCount();
    };
    await this.ask(passage, step, { lines, patienceMs, onSent });
    return sent;
  }

  private stopIfUndone({ name, isUndone }: Passage): void {
    if (isUndone) throw new MoveError('taken', `The move of the world "${name}" was taken back.`);
  }

  private async note({ name, id, to }: Passage, phase: MoveNote['phase']): Promise<void> {
    const { keeping, worlds } = this.parts;
    await keeping?.noteMove(name, { move: { id, peer: to, phase }, arrived: worlds.arrivedBy(name) });
  }

  private ask(
    { name, to, id }: Pick<Passage, 'name' | 'to' | 'id'>,
    step: PeerQuestion['step'],
    more: Partial<Pick<PeerQuestion, 'lines' | 'patienceMs' | 'onSent'>>,
  ): Promise<ArrivalState> {
    if (!this.parts.peers.has(to)) throw new PeerSilentError(to, 'it is none of the --peers of this twin');
    return this.parts.peers.ask({ to, world: name, id, step, patienceMs: PATIENCE_MS, ...more });
  }

  private head({ name, id }: Passage, { runner, madeAt, source }: HostedWorld, from: string): MoveHead {
    const { seed, clock } = runner;
    return {
      ...{ twin: this.parts.twin, id, name, from: peerUrl(from), format: formatVersion, madeAt, source },
      ...{ worldSeed: seed.seed, start: clock.beginning },
    };
  }
}

const beingMoved = (name: string, to: string) =>
  `The world "${name}" is being moved to ${to}. Wait until that is over, or take it back (twintrack worlds move ${name} --undo).`;

const noWorld = (name: string) =>
  `There is no world "${name.slice(0, 64)}" here. It was never made, was dropped, or ended because nobody used it.`;
