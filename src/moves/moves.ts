import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diversion, Diverted } from '../http/diversion.ts';
import { isControlPath, productAt, type RequestUrl } from '../http/endpoint.ts';
import { worldAbout } from '../http/request-contexts.ts';
import type { Log } from '../log/log.ts';
import type { WorldNote } from '../world/store/world-note.ts';
import type { WorldKeeping } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { Arrivals, type PeerAsked } from './arrivals.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { Departures, type MoveReport, type MoveWish } from './departures.ts';
import { type TwinTable, twinOfWorld } from './haproxy-hash.ts';
import { MoveError } from './move-error.ts';
import { hopsHeader, type PassedRequest, passOn, refuseLater } from './pass-on.ts';
import { answerPeer, isPeerPath } from './peer-endpoint.ts';
import type { ArrivalState, Peers } from './peers.ts';

/** What moves need of their twin. */
export interface MovesParts {
  readonly worlds: Worlds;
  /** The other twins. */
  readonly peers: Pick<Peers, 'ask' | 'begin' | 'close' | 'has' | 'require'>;
  readonly keeping: WorldKeeping | undefined;
  readonly hostNow: () => number;
  readonly log: Log;
}

/** Where a world is that moves, or has moved away. */
export interface ShownMove {
  readonly world: string;
  /**
   * `leaving`: it is open here and being copied. `in doubt`: it was handed over, and only the other twin knows whether it
   * is open there. `arriving`: it comes here. `moved`: it is open at the other twin.
   */
  readonly phase: 'leaving' | 'in doubt' | 'arriving' | 'moved';
  /** The address of the other twin. */
  readonly peer: string;
  /** Whether somebody is at it, rather than that it was broken off. */
  readonly isRunning: boolean;
  readonly records: number;
}

/** So many calls of a world may wait, and so long, while it is handed over. */
const MOST_WAITING = 1000;
const LONGEST_WAIT_MS = 5000;

/** The moves of worlds between this twin and others, and what becomes of calls meanwhile and afterwards. */
export class Moves implements Diversion {
  private readonly calls = new CallsUnderWay();
  private readonly peers: MovesParts['peers'];
  private readonly departures: Departures;
  private readonly arrivals: Arrivals;
  private readonly waiting = new Map<string, number>();
  /** Since when a call waits, in milliseconds that only grow. */
  private readonly waitsSince = new WeakMap<ServerResponse, number>();
  /** Where worlds that are new go, while this twin takes none. */
  private draining: TwinTable | undefined;

  constructor(private readonly parts: MovesParts) {
    const { worlds, keeping, hostNow, log } = parts;
    const twin = randomUUID();
    const { calls } = this;
    const { peers } = parts;
    this.peers = peers;
    this.departures = new Departures({ worlds, peers, keeping, calls, log, twin, newId: () => randomUUID() });
    this.arrivals = new Arrivals({
      ...{ worlds, peers, keeping, hostNow, twin },
      closedTo: () =>
        this.draining &&
        'It is being emptied (twintrack worlds drain) and takes no more worlds until it is started again.',
      settled: (name) => this.departures.settled(name),
      onOpen: (name, from) => log.info(`The world "${name}" came from ${from}`),
    });
  }

  /** Moves a world to another twin. @throws MoveError, NotKeptError */
  move(wish: MoveWish): Promise<MoveReport> {
    return this.departures.move(wish);
  }

  /**
   * Takes a move back that is not over, at either twin: the world stays where it came from.
   *
   * @throws MoveError, NotKeptError
   */
  undo(name: string): Promise<void> {
    return this.departures.undo(name);
  }

  /**
   * Forgets what is left of a move: that a world went to another twin, or a copy that came here and was never opened.
   *
   * @throws MoveError there is no such thing, or it is still needed; NotKeptError
   */
  async forget(name: string): Promise<void> {
    const { worlds } = this.parts;
    if (this.departures.list().some((passage) => passage.name === name))
      throw new MoveError('taken', `The world "${name}" is in a move. Finish it, or take it back.`);
    const coming = this.arrivals.list().find((each) => each.name === name);
    if (coming) return this.forgetArrival(coming);
    if (worlds.whereIs(name) === undefined)
      throw new MoveError('unknown', `Nothing is left here of a move of a world "${name.slice(0, 64)}".`);
    await worlds.forgetAway(name);
  }

  /** Has no new worlds begin here: they go to where the table of the others has them. */
  drain(table: TwinTable): void {
    for (const url of table) if (url !== undefined) this.peers.require(url);
    this.draining = table;
  }

  /** Takes new worlds again. */
  refill(): void {
    this.draining = undefined;
  }

  get isDraining(): boolean {
    return this.draining !== undefined;
  }

  list(): ShownMove[] {
    return [
      ...this.departures
        .list()
        .filter(({ goneAt }) => goneAt === undefined)
        .map(
          ({ name: world, to: peer, phase, isHeld, work, records }): ShownMove => ({
            ...{ world, peer, records, isRunning: work !== undefined },
            phase: phase === 'handing' && isHeld && work === undefined ? 'in doubt' : 'leaving',
          }),
        ),
      ...this.arrivals.list().map(
        ({ name, from }): ShownMove => ({
          world: name,
          phase: 'arriving',
          peer: from,
          isRunning: false,
          records: 0,
        }),
      ),
      ...this.parts.worlds.awayList().map(
        ({ name, to }): ShownMove => ({
          world: name,
          phase: 'moved',
          peer: to,
          isRunning: false,
          records: 0,
        }),
      ),
    ];
  }

  /** Goes on with what a data folder says of a world that was in a move. @returns whether it may be opened here */
  isHere(note: WorldNote): boolean {
    const { name, move } = note;
    if (move?.phase !== 'arriving') return true;
    this.arrivals.resume(name, move);
    return false;
  }

  /** The same, once the world is there. */
  resume(note: WorldNote): void {
    if (note.move) this.departures.resume(note, note.move);
  }

  resumeAway({ name, move, arrived }: WorldNote): void {
    if (move) this.parts.worlds.resumeAway(name, { to: move.peer, arrived });
  }

  /** Answers what another twin asks about a world, wherever that comes from. @throws MoveError, WorldError, NotKeptError */
  answer(world: string, asked: PeerAsked): Promise<ArrivalState> {
    return this.arrivals.answer(world, asked);
  }

  begin(world: string, response: ServerResponse): void {
    this.calls.begin(world, response);
  }

  isPeer({ path }: RequestUrl): boolean {
    return isPeerPath(path);
  }

  answerPeer(request: IncomingMessage, response: ServerResponse, url: RequestUrl): void {
    void answerPeer({ request, response, url }, this, this.parts.log);
  }

  divert({ request, response, url, isRefused }: Diverted, own: string, again: () => void): boolean {
    if (this.isQuiet) return false;
    const name = worldAbout(request, url, own);
    const target = url.query === '' ? url.path : `${url.path}?${url.query}`;
    const from = this.arrivals.from(name);
    const held = from === undefined ? this.departures.held(name) : undefined;
    const to = held ? undefined : (from ?? this.elsewhere(name, request, url));
    if (!held && to === undefined) return false;
    // Only those may be passed on who may do here what they want to do there.
    if (isControlPath(withinWorld(url.path)) && isRefused()) return true;
    if (held) this.wait(name, { response, target, held, again });
    else if (to !== undefined) this.passOn({ request, response, world: name, to, target });
    return true;
  }

  private get isQuiet(): boolean {
    const { departures, arrivals, draining } = this;
    return departures.size === 0 && arrivals.size === 0 && !draining && !this.parts.worlds.areSomeAway;
  }

  private passOn(passed: PassedRequest): void {
    const { request, response, world, to, target } = passed;
    if (!this.peers.has(to)) {
      request.resume();
      const why = `The world "${world}" is at ${to}, which is none of the --peers of this twin.`;
      refuseLater({ response, target }, why);
      return;
    }
    const isDrop = request.method === 'DELETE' && target === `/__admin/worlds/${world}`;
    const onStatus = (status: number) => {
      // It is nowhere any more.
      if (isDrop && status === 200) void this.parts.worlds.forgetAway(world).catch(() => {});
    };
    passOn({ ...passed, onStatus }, this.peers);
  }

  close(): void {
    this.peers.close();
  }

  /** The twin that has a world which is not here, as far as this one knows. */
  private elsewhere(name: string, request: IncomingMessage, { path }: RequestUrl): string | undefined {
    const { worlds } = this.parts;
    if (worlds.find(name)) return undefined;
    const moved = worlds.whereIs(name);
    if (moved !== undefined || !this.draining) return moved;
    const within = withinWorld(path);
    const isNew = productAt(within) !== undefined || isControlPath(within);
    // Passed on by the twin that it would be passed on to.
    return isNew && request.headers[hopsHeader] === undefined ? twinOfWorld(this.draining, name) : undefined;
  }

  private wait(
    name: string,
    given: {
      readonly response: ServerResponse;
      readonly target: string;
      readonly held: Promise<unknown>;
      readonly again: () => void;
    },
  ): void {
    const { response, target, held, again } = given;
    const waiting = this.waiting.get(name) ?? 0;
    if (waiting >= MOST_WAITING) {
      refuseLater(
        { response, target },
        `${MOST_WAITING} calls wait for the world "${name}", which is being moved.`,
      );
      return;
    }
    this.waiting.set(name, waiting + 1);
    const late = new AbortController();
    const since = this.waitsSince.get(response) ?? performance.now();
    this.waitsSince.set(response, since);
    const left = LONGEST_WAIT_MS - (performance.now() - since);
    const tooLate = sleep(Math.max(0, left), 'late', { signal: late.signal }).catch(() => 'late');
    void Promise.race([held, tooLate]).then((what) => {
      late.abort();
      const others = (this.waiting.get(name) ?? 1) - 1;
      if (others === 0) this.waiting.delete(name);
      else this.waiting.set(name, others);
      if (response.destroyed) return;
      if (what === 'late')
        refuseLater(
          { response, target },
          `The world "${name}" is being moved, and that takes longer than a call may wait. Send it again.`,
        );
      else again();
    });
  }

  private async forgetArrival({ name, id, from }: { name: string; id: string; from: string }): Promise<void> {
    await this.arrivals.answer(name, { step: 'drop', id, lines: nothing() });
    this.parts.log.info(`The copy of the world "${name}" that came from ${from} was dropped`);
  }
}

async function* nothing(): AsyncGenerator<string> {}

const withinWorld = (path: string): string => path.replace(/^\/w\/[^/]*/, '');
