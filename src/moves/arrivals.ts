import { z } from 'zod';
import { formatVersion } from '../world/store/format.ts';
import type { MoveNote } from '../world/store/world-note.ts';
import type { HostedWorld, WorldKeeping } from '../worlds/hosted-world.ts';
import { mainWorld } from '../worlds/hosted-world.ts';
import type { ExpectedWorld, Worlds } from '../worlds/worlds.ts';
import { ArrivingWorld } from './arriving-world.ts';
import { MoveError } from './move-error.ts';
import type { MoveHead } from './parcel.ts';
import type { ArrivalState, PeerStep, Peers } from './peers.ts';

/** A world that is coming. */
interface Coming {
  readonly id: string;
  readonly from: string;
  readonly expected: ExpectedWorld;
  /** Undefined for one of which a start found nothing but its state: the rest has to be sent again. */
  readonly world: ArrivingWorld | undefined;
  /** Gives back the memory that it took on its way. */
  readonly release: () => void;
}

/** What another twin asks about a world. */
export interface PeerAsked {
  readonly step: PeerStep;
  /** Of the move. */
  readonly id: string;
  readonly lines: AsyncIterable<string>;
}

/** What arrivals need of their twin. */
export interface ArrivalParts {
  readonly worlds: Worlds;
  readonly peers: Pick<Peers, 'require'>;
  readonly keeping: WorldKeeping | undefined;
  readonly hostNow: () => number;
  /** Tells this process from all others. */
  readonly twin: string;
  /** Why no more worlds are taken; undefined when they are. */
  readonly closedTo: () => string | undefined;
  /** Settles an earlier move of a world of this name away from here. */
  readonly settled: (name: string) => Promise<void>;
  readonly onOpen: (name: string, from: string) => void;
}

const headSchema = z.object({
  twin: z.string(),
  id: z.string().min(1).max(64),
  name: z.string(),
  from: z.string(),
  format: z.int(),
  madeAt: z.number(),
  source: z.string().optional(),
  worldSeed: z.string(),
  start: z.object({
    mode: z.enum(['real', 'frozen', 'offset', 'scaled']),
    now: z.number().optional(),
    rate: z.number().optional(),
  }),
}) satisfies z.ZodType<MoveHead>;

/** The worlds that come to this twin from others. What is asked about one world is done one after another. */
export class Arrivals {
  private readonly coming = new Map<string, Coming>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: ArrivalParts) {}

  get size(): number {
    return this.coming.size;
  }

  list(): { readonly name: string; readonly id: string; readonly from: string }[] {
    return [...this.coming].map(([name, { id, from }]) => ({ name, id, from }));
  }

  /** Where a world is that is on its way here; undefined for one that is not. */
  from(name: string): string | undefined {
    return this.coming.get(name)?.from;
  }

  /** Has a world that was coming when this twin ended. It has its name, and waits for what the other twin does. */
  resume(name: string, { id, peer }: MoveNote): void {
    const expected = this.parts.worlds.expect(name);
    this.coming.set(name, { id, from: peer, expected, world: undefined, release: () => {} });
  }

  /** Does what another twin asks. @throws MoveError, WorldError, StateFullError, NotKeptError */
  answer(name: string, asked: PeerAsked): Promise<ArrivalState> {
    const before = this.turns.get(name) ?? Promise.resolve();
    const done = before.then(() => this.inTurn(name, asked));
    const over = done.then(
      () => {},
      () => {},
    );
    this.turns.set(name, over);
    void over.then(() => {
      if (this.turns.get(name) === over) this.turns.delete(name);
    });
    return done;
  }

  private async inTurn(name: string, { step, id, lines }: PeerAsked): Promise<ArrivalState> {
    switch (step) {
      case 'begin':
        await this.begin(name, await headOf(lines));
        break;
      case 'parcel':
        await this.fill(name, id, lines);
        break;
      case 'open':
        await this.open(name, id, lines);
        break;
      case 'drop':
        if (this.coming.get(name)?.id === id) await this.forget(name);
        break;
      case 'state':
        break;
    }
    return this.state(name, id);
  }

  /** Forgets a world that was coming. @throws NotKeptError */
  async forget(name: string): Promise<void> {
    const coming = this.coming.get(name);
    if (!coming) return;
    await this.parts.keeping?.drop(name);
    this.coming.delete(name);
    coming.release();
    coming.expected.cancel();
  }

  private state(name: string, id: string): ArrivalState {
    const coming = this.coming.get(name);
    if (coming) return coming.id === id ? 'arriving' : 'none';
    const { worlds } = this.parts;
    if (worlds.arrivedBy(name) === id) return 'open';
    return worlds.find(name) ? 'other' : 'none';
  }

  private async begin(name: string, head: MoveHead): Promise<void> {
    const { worlds, peers, keeping, hostNow, closedTo, settled } = this.parts;
    this.check(name, head, closedTo());
    await settled(name);
    const from = peers.require(head.from);
    const before = this.coming.get(name);
    if (before && before.from !== from)
      throw new MoveError('taken', `The world "${name}" is coming from ${before.from} already.`);
    // An attempt that came to nothing.
    await this.forget(name);
    const expected = worlds.expect(name);
    const room = worlds.main.budget?.arrival();
    const move: MoveNote = { id: head.id, peer: from, phase: 'arriving' };
    const world = new ArrivingWorld({
      ...{ head, hostNow, room, base: worlds.main.runner.seed },
      keep: keeping
        ? (seed, differs) =>
            keeping.begin({
              ...{ name, madeAt: head.madeAt, source: head.source, world: seed, clock: head.start },
              ...{ differs, move },
            })
        : undefined,
    });
    this.coming.set(name, { id: head.id, from, expected, world, release: () => room?.end() });
  }

  private check(name: string, head: MoveHead, why: string | undefined): void {
    if (name === mainWorld || name !== head.name)
      throw new MoveError('refused', `"${name.slice(0, 64)}" is no world that can come here.`);
    if (head.twin === this.parts.twin)
      throw new MoveError('refused', `It is the twin itself, so the world "${name}" is there already.`);
    if (why !== undefined) throw new MoveError('refused', why);
    if (head.format !== formatVersion) {
      throw new MoveError(
        'refused',
        `It is of another version: it keeps states in format ${formatVersion}, the twin that has the world in format ${head.format}. Run the same version of Twintrack on both.`,
      );
    }
  }

  private async fill(name: string, id: string, lines: AsyncIterable<string>): Promise<void> {
    const world = this.requireWhole(name, id);
    let isOver = false;
    try {
      for await (const line of lines) isOver = await world.take(line);
      if (!isOver) throw new Error('it broke off');
    } catch (error) {
      // What has come is of no use; the other twin begins anew or leaves it.
      await this.forget(name).catch(() => {});
      throw error instanceof SyntaxError || (error instanceof Error && error.constructor === Error)
        ? new MoveError('refused', `What came of the world "${name}" cannot be read here: ${error.message}.`)
        : error;
    }
  }

  /** Takes the last that has changed, and opens the world: from the note on it is here, whatever happens. */
  private async open(name: string, id: string, lines: AsyncIterable<string>): Promise<void> {
    const { keeping, onOpen } = this.parts;
    await this.fill(name, id, lines);
    const coming = this.coming.get(name);
    if (!coming?.world) throw new MoveError('unknown', `The world "${name}" is not coming here.`);
    const { world, expected, from, release } = coming;
    // It is weighed as a state from now on.
    release();
    const ready = expected.ready({ ...world.start(), arrived: id });
    try {
      await keeping?.noteMove(name, { arrived: id });
    } catch (error) {
      ready.giveBack();
      throw error;
    }
    const hosted: HostedWorld = ready.open();
    world.accompany(hosted);
    this.coming.delete(name);
    onOpen(name, from);
  }

  /** @throws MoveError it is not coming, or not by this move */
  private requireWhole(name: string, id: string): ArrivingWorld {
    const coming = this.coming.get(name);
    if (coming?.id === id && coming.world) return coming.world;
    throw new MoveError(
      'unknown',
      `The world "${name}" is not coming here by the move ${id}; begin it again.`,
    );
  }
}

/** @throws MoveError */
async function headOf(lines: AsyncIterable<string>): Promise<MoveHead> {
  let text = '';
  for await (const line of lines) text ||= line;
  try {
    return headSchema.parse(JSON.parse(text));
  } catch {
    throw new MoveError(
      'refused',
      'The other twin begins a move in a way that this one does not know. Run the same version of Twintrack on both.',
    );
  }
}
