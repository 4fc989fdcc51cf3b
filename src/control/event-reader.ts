import type { Collection } from '../world/collection.ts';
import type { Path } from '../world/table.ts';
import type { World } from '../world/world.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { callText, eventText } from './event-text.ts';
import { shownClock } from './shown-clock.ts';

/** Where the events of one reader go to. */
export interface EventSink {
  /** Whether what was written before has not gone out yet. */
  readonly isFull: boolean;
  write(text: string): void;
  /** Ends it after what was written. */
  end(): void;
  /** Ends it at once. */
  cut(): void;
}

/** What all readers are told alike. */
export interface Surroundings {
  /** Real milliseconds that only go up. */
  readonly now: number;
  /** The names of the worlds, the main one first. */
  readonly worlds: readonly string[];
}

/** What one look sends at most; what is left goes with the next one. */
const mostBytes = 256 * 1024;
const mostCalls = 40;
/** Somebody who has just come wants to see something; once. */
const mostAtFirst = 200;
/** A reader that is further behind gets the latest, and is told how many it missed. */
const furthestBehind = 1000;
/** When so many came since the last look nobody reads each; to put them into words would slow those that come. */
const flood = 100;
const latestCalls = 20;
/** Proxies end a connection on which nothing came for half a minute or more. */
const silenceMs = 15_000;
/** A reader that took nothing for so long is gone. */
const patienceMs = 60_000;

/**
 * One reader of the events of a world. It keeps no queue: it remembers how far it has read in the journal, and the
 * journal, which is bounded, is its queue.
 */
export class EventReader {
  private seen: World;
  private clock: string;
  private worlds = '';
  private cursor: number;
  /** The number of the latest entry at the last look. */
  private latest: number;
  private toldAt: number;
  private most = mostAtFirst;

  /**
   * @param cursor the number of the entry of the journal that it has read last
   * @param now see `Surroundings`
   */
  constructor(
    readonly world: HostedWorld,
    private readonly sink: EventSink,
    private readonly start: { readonly cursor: number; readonly now: number },
  ) {
    this.cursor = start.cursor;
    this.latest = world.journal.recorded;
    this.toldAt = start.now;
    this.seen = world.runner.world;
    this.clock = clockKey(world);
  }

  /** The first thing it is told: where it begins. */
  greet({ worlds }: Pick<Surroundings, 'worlds'>): void {
    const { world } = this;
    this.worlds = worlds.join('/');
    const clock = shownClock(world.runner.clock.state());
    const place = { after: this.start.cursor, recorded: this.latest };
    this.tell(`retry: 2000\n${eventText('hello', { world: world.name, ...place, clock, worlds })}`);
  }

  /** Tells what happened since the last look. @returns false when it is over */
  look(surroundings: Surroundings): boolean {
    const { now } = surroundings;
    if (this.sink.isFull) {
      if (now - this.toldAt < patienceMs) return true;
      this.sink.cut();
      return false;
    }
    const text = this.calls() + this.rest(surroundings);
    if (text !== '') this.tell(text, now);
    else if (now - this.toldAt >= silenceMs) this.tell(': nothing happened\n\n', now);
    return true;
  }

  /** The world is not there any more. */
  leave(): void {
    if (this.sink.isFull) {
      this.sink.cut();
      return;
    }
    this.sink.write(eventText('gone', { world: this.world.name }));
    this.sink.end();
  }

  private calls(): string {
    const { journal } = this.world;
    const latest = journal.recorded;
    if (this.cursor === latest) return '';
    // After a journal began anew, as with another process, nothing was read yet.
    if (this.cursor > latest) this.cursor = 0;
    let from = this.cursor;
    const came = latest - this.latest;
    this.latest = latest;
    if (came > flood || latest - from > furthestBehind) from = Math.max(from, latest - latestCalls);
    let text = '';
    const entries = journal.entriesAfter(from, this.most);
    this.most = mostCalls;
    for (const entry of entries) {
      const missed = entry.id - this.cursor - 1;
      if (missed > 0) text += eventText('dropped', { count: missed });
      text += callText(entry, this.world);
      this.cursor = entry.id;
      if (text.length > mostBytes) return text;
    }
    if (text !== '') return text;
    // Everything that came was forgotten again, or the journal was cleared.
    const missed = latest - this.cursor;
    this.cursor = latest;
    return eventText('dropped', { count: missed });
  }

  private rest({ worlds }: Surroundings): string {
    let text = '';
    const { runner } = this.world;
    const clock = clockKey(this.world);
    if (clock !== this.clock) {
      this.clock = clock;
      text += eventText('clock', shownClock(runner.clock.state()));
    }
    if (runner.world !== this.seen) {
      const tables = changedTables(this.seen, runner.world);
      this.seen = runner.world;
      if (tables.length > 0) text += eventText('state', { tables });
    }
    const names = worlds.join('/');
    if (names !== this.worlds) {
      this.worlds = names;
      text += eventText('worlds', { worlds });
    }
    return text;
  }

  private tell(text: string, now = this.toldAt): void {
    this.toldAt = now;
    this.sink.write(text);
  }
}

/** Changes exactly when somebody sets or moves the clock. */
function clockKey({ runner }: HostedWorld): string {
  return JSON.stringify(runner.clock.saved());
}

/** More names than a page makes use of. */
const mostTables = 100;

/** The tables, with their scopes, that are not the same in two states; bookkeeping left out. */
function changedTables(before: World, after: World): Path[] {
  if (before.collections === after.collections) return [];
  const changed: Path[] = [];
  const note = (path: Path, collection: Collection<unknown> | undefined): void => {
    if (changed.length < mostTables && !collection?.table.isVolatile) changed.push(path);
  };
  for (const [path, collection] of after.collections)
    if (before.collections.get(path) !== collection) note(path, collection);
  for (const [path, collection] of before.collections)
    if (!after.collections.has(path)) note(path, collection);
  return changed;
}
