import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { EventReader, type EventSink, type Surroundings } from './event-reader.ts';

/** How often it is looked whether something happened: soon enough for eyes, and no work at all for calls. */
const lookEveryMs = 250;

/** More pages than anybody has open; each holds a connection. */
const mostReaders = 500;

/** Where a reader begins. */
export interface EventsBegin {
  /** The number of the last entry of the journal that the reader has seen. */
  readonly after?: number | undefined;
  /** Where it has seen none: how many of those that are kept it is told first. */
  readonly latest?: number | undefined;
}

/**
 * Tells the readers of `/__admin/events` what happens in their worlds. It looks at journals, states and clocks a few times
 * a second, so that a call costs the same whether somebody watches or not; where nobody does, it does nothing.
 */
export class EventFeed {
  private readonly readers = new Set<EventReader>();
  private timer: NodeJS.Timeout | undefined;

  /** @param now real milliseconds that only go up */
  constructor(
    private readonly worlds: Pick<Worlds, 'list' | 'has'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How many read now. */
  get size(): number {
    return this.readers.size;
  }

  /** Whether one more can read. */
  get hasPlace(): boolean {
    return this.readers.size < mostReaders;
  }

  /**
   * Lets somebody read.
   *
   * @param begin see `EventsBegin`; with what comes from now on by default
   * @returns ends it: to be called when the reader is gone
   */
  open(world: HostedWorld, sink: EventSink, { after, latest = 0 }: EventsBegin = {}): () => void {
    const { recorded, count } = world.journal;
    const cursor = after ?? recorded - Math.min(latest, count);
    const reader = new EventReader(world, sink, { cursor, now: this.now() });
    this.readers.add(reader);
    const surroundings = this.surroundings();
    reader.greet(surroundings);
    reader.look(surroundings);
    this.timer ??= setInterval(() => this.look(), lookEveryMs).unref();
    return () => this.forget(reader);
  }

  /** Tells all readers what happened since it looked last. */
  look(): void {
    const surroundings = this.surroundings();
    for (const reader of this.readers) {
      if (!this.worlds.has(reader.world)) {
        reader.leave();
        this.forget(reader);
      } else if (!reader.look(surroundings)) this.forget(reader);
    }
  }

  private surroundings(): Surroundings {
    return { now: this.now(), worlds: this.worlds.list().map(({ name }) => name) };
  }

  private forget(reader: EventReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
