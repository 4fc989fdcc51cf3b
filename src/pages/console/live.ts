import type { TwinApi } from './api.ts';
import { ConsoleError } from './api.ts';
import type { CallShown, ClockShown } from './types.ts';

export type Connection = 'connecting' | 'live' | 'lost' | 'refused' | 'gone';

/** So many calls stay on the page; the journal of the twin may have more. */
const mostCalls = 2000;
/** So many of those that were made before the page was opened. */
const firstCalls = 200;
/** The chart shows a minute. */
const seconds = 60;
const retryMs = 2000;

const statuses: ReadonlyMap<number, Connection> = new Map([
  [401, 'refused'],
  [403, 'refused'],
  [404, 'gone'],
]);

/** What the page knows of its world, kept up to date by the events of the twin. */
export class Live {
  connection: Connection = 'connecting';
  world = '';
  worlds: readonly string[] = [];
  calls: readonly CallShown[] = [];
  missed = 0;
  /** Calls in each of the last seconds, the running one last. */
  rate: readonly number[] = new Array<number>(seconds).fill(0);
  /** Counts up with every change of a table. */
  readonly versions = new Map<string, number>();
  /** Counts up with every change of how the clock runs, and with each connection after the first. */
  clockChanges = 0;
  /** The same for the names of the worlds. */
  worldsChanges = 0;
  private clock: (ClockShown & { readonly at: number }) | undefined;
  /** The last call that this page was told of, and the last there was when it was let in. */
  private last: number | undefined;
  private recorded = 0;
  private readonly listeners = new Set<() => void>();
  private isTold = false;

  constructor(private readonly api: TwinApi) {
    setInterval(() => this.nextSecond(), 1000);
  }

  /** Calls this after every change, at most once for each picture of the screen. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What the clock of the world shows now, and how it runs; undefined before the twin has said so. */
  get shownClock(): ClockShown | undefined {
    if (!this.clock) return undefined;
    const { at, ...clock } = this.clock;
    const ms = clock.ms + (performance.now() - at) * clock.rate;
    return { ...clock, ms, now: new Date(ms).toISOString() };
  }

  setClock(clock: ClockShown): void {
    // What was asked before the first word of the twin was asked of this clock.
    if (this.clock) this.clockChanges += 1;
    this.clock = { ...clock, at: performance.now() };
    this.tell();
  }

  private setWorlds(names: readonly string[]): void {
    if (this.worlds.length > 0) this.worldsChanges += 1;
    this.worlds = names;
  }

  /** How often one of the tables changed whose path holds this text. */
  versionOf(part: string): number {
    let version = 0;
    for (const [path, count] of this.versions) if (path.includes(part)) version += count;
    return version;
  }

  /** Listens to the twin, again and again, until the world is gone or the twin wants a token. */
  async run(): Promise<void> {
    while (await this.listenOnce()) await new Promise((resolve) => setTimeout(resolve, retryMs));
  }

  /** @returns whether it makes sense to try again */
  private async listenOnce(): Promise<boolean> {
    try {
      await this.read();
      if (this.connection !== 'gone') this.become('lost');
    } catch (error) {
      this.become(statuses.get(error instanceof ConsoleError ? error.status : 0) ?? 'lost');
    }
    return this.connection === 'lost';
  }

  private async read(): Promise<void> {
    const { last } = this;
    const answer = await (last === undefined
      ? this.api.fetch(this.api.url('/events', { latest: firstCalls }))
      : this.api.fetch(this.api.url('/events'), { headers: { 'last-event-id': String(last) } }));
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return;
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = JSON.parse(field('data') ?? 'null') as Record<string, unknown> | null;
    if (data === null) return;
    switch (field('event')) {
      case 'hello':
        this.recorded = Number(data.recorded);
        this.world = String(data.world);
        this.setWorlds(data.worlds as string[]);
        this.setClock(data.clock as ClockShown);
        this.become('live');
        break;
      case 'call':
        this.addCall(data as unknown as CallShown);
        break;
      case 'dropped':
        this.missed += Number(data.count);
        if ((this.last ?? this.recorded) >= this.recorded) this.count(Number(data.count));
        break;
      case 'clock':
        this.setClock(data as unknown as ClockShown);
        break;
      case 'worlds':
        this.setWorlds(data.worlds as string[]);
        break;
      case 'state':
        for (const path of data.tables as string[])
          this.versions.set(path, (this.versions.get(path) ?? 0) + 1);
        break;
      case 'gone':
        this.become('gone');
    }
    this.tell();
  }

  private addCall(entry: CallShown): void {
    // Numbers that begin again are of another journal: the twin was started anew.
    const before = entry.id > (this.last ?? 0) ? this.calls : [];
    this.last = entry.id;
    this.calls = [...before, entry].slice(-mostCalls);
    // Those that were there already are no part of what happens now.
    if (entry.id > this.recorded) this.count(1);
  }

  private count(calls: number): void {
    this.rate = [...this.rate.slice(0, -1), (this.rate.at(-1) ?? 0) + calls];
  }

  private nextSecond(): void {
    this.rate = [...this.rate.slice(1), 0];
    this.tell();
  }

  private become(connection: Connection): void {
    this.connection = connection;
    this.tell();
  }

  private tell(): void {
    if (this.isTold) return;
    this.isTold = true;
    setTimeout(() => {
      this.isTold = false;
      for (const listener of this.listeners) listener();
    }, 50);
  }
}
