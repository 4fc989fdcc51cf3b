// Long because making, expecting, moving and dropping worlds all decide who has a name.
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { type Instant, MINUTE_MS } from '../world/instant.ts';
import { StateFullError } from '../world/state-budget.ts';
import { type Away, AwayWorlds, type Door } from './away.ts';
import {
  forkOf,
  type Host,
  type HostedWorld,
  hostWorld,
  mainWorld,
  type WorldKeeping,
  type WorldStart,
} from './hosted-world.ts';
import { WorldError } from './world-error.ts';

export interface WorldsOptions {
  readonly host: Host;
  /** A world that was not used for so long ends; the main one never does. */
  readonly idleMs: number;
  /** More worlds than these are refused. */
  readonly most: number;
  /** What keeps worlds that are made from now on; without it they end with the process. */
  readonly keeping?: WorldKeeping | undefined;
}

/** A world that is on its way here: it has its name and its place already. */
export interface ExpectedWorld {
  /**
   * Takes the memory that it needs.
   *
   * @returns lets it answer, or gives the memory back
   * @throws WorldError there is no room for it
   */
  ready(start: WorldStart): { open(): HostedWorld; giveBack(): void };
  /** Expects it no longer. */
  cancel(): void;
}

interface Entry {
  readonly hosted: HostedWorld;
  readonly doors: Door[];
  usedAt: Instant;
}

/** How a world may be called: it stands in addresses and headers. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The worlds of a twin, by name. Each is isolated from all others. */
export class Worlds {
  private readonly entries = new Map<string, Entry>();
  /** Worlds that are just being made, and those that are just being removed, by their names. */
  private readonly coming = new Map<string, Promise<HostedWorld>>();
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly away = new AwayWorlds();
  /** Worlds that stay whatever happens, and why, by their names. */
  private readonly stays = new Map<string, string>();
  private made = 0;

  constructor(
    start: WorldStart,
    private readonly options: WorldsOptions,
  ) {
    this.put(mainWorld, start);
  }

  /** The world the twin was started with. */
  get main(): HostedWorld {
    return this.require(mainWorld);
  }

  /** Every world that has not ended, the main one first. */
  list(): HostedWorld[] {
    this.endIdle();
    return [...this.entries.values()].map(({ hosted }) => hosted);
  }

  /**
   * The world of this name, which counts as used now.
   *
   * @throws WorldError when there is none, or no longer
   */
  require(name: string): HostedWorld {
    const hosted = this.used(name);
    if (!hosted) {
      this.endIdle();
      const near = didYouMeanHint(name, this.entries.keys());
      throw new WorldError(
        'unknown',
        `There is no world "${name.slice(0, 64)}".${near} It was never made, was dropped, or ended after ${lengthText(this.options.idleMs)} without a request. Make one with POST /__admin/worlds.`,
      );
    }
    return hosted;
  }

  /** The world of this name, which counts as used now; undefined when there is none, or no longer. */
  used(name: string): HostedWorld | undefined {
    const entry = this.entries.get(name);
    const now = this.options.host.now();
    if (!entry || this.isIdle(entry, now)) return undefined;
    entry.usedAt = now;
    return entry.hosted;
  }

  /** The world of this name, which does not count as used; undefined when there is none. */
  find(name: string): HostedWorld | undefined {
    return this.entries.get(name)?.hosted;
  }

  /** Whether this very world has not ended; another one may have its name by now. */
  has(hosted: HostedWorld): boolean {
    const entry = this.entries.get(hosted.name);
    return entry?.hosted === hosted && !this.isIdle(entry, this.options.host.now());
  }

  /**
   * Makes a world.
   *
   * @param name given when the caller has none in mind
   * @param start what it begins from; a fork of the main world by default
   * @throws WorldError for a name that is taken or no name, or when there are too many; NotKeptError
   */
  async make(wish: { name?: string | undefined; start?: WorldStart | undefined } = {}): Promise<HostedWorld> {
    const { start = forkOf(this.main) } = wish;
    const { keeping } = this.options;
    const name = this.nameFor(wish.name);
    const release = this.room(start);
    try {
      if (!keeping) return this.put(name, start);
      const made = this.makeKept(name, start, keeping);
      this.coming.set(name, made);
      return await made;
    } finally {
      this.coming.delete(name);
      release?.();
    }
  }

  private async makeKept(name: string, start: WorldStart, keeping: WorldKeeping): Promise<HostedWorld> {
    const madeAt = this.options.host.now();
    return this.put(name, { ...start, madeAt, kept: await keeping.begin({ ...start, name, madeAt }) });
  }

  /**
   * The world of this name, which is made when it is not there; whoever asks for it meanwhile gets the same one.
   *
   * @param start see `make`
   * @throws see `make`
   */
  async provide(name: string, start?: WorldStart): Promise<HostedWorld> {
    this.endIdle();
    // The one before it has the name until nothing of it is kept any more.
    await this.leaving.get(name);
    return this.used(name) ?? this.coming.get(name) ?? this.make({ name, start });
  }

  /**
   * Has a name and a place ready for a world that comes from another twin. One that went there may come back.
   *
   * @throws WorldError see `make`
   */
  expect(name: string): ExpectedWorld {
    this.nameFor(name, (wanted) => this.isHere(wanted));
    let tell: { resolve(hosted: HostedWorld): void; reject(error: Error): void } | undefined;
    const coming = new Promise<HostedWorld>((resolve, reject) => {
      tell = { resolve, reject };
    });
    // Whoever asks for the world by its name waits for it; most often nobody does.
    coming.catch(() => {});
    this.coming.set(name, coming);
    const cancel = () => {
      if (this.coming.get(name) !== coming) return;
      this.coming.delete(name);
      tell?.reject(new WorldError('unknown', `The world "${name}" did not come.`));
    };
    const ready = (start: WorldStart) => {
      const giveBack = this.room(start) ?? (() => {});
      const open = () => {
        const hosted = this.put(name, start, this.away.take(name));
        giveBack();
        this.coming.delete(name);
        tell?.resolve(hosted);
        return hosted;
      };
      return { open, giveBack };
    };
    return { ready, cancel };
  }

  /** Lets a world neither end nor be dropped until `letGo`. @param why for whoever wants to drop it */
  hold(name: string, why: string): void {
    this.stays.set(name, why);
  }

  letGo(name: string): void {
    this.stays.delete(name);
    const entry = this.entries.get(name);
    if (entry) entry.usedAt = this.options.host.now();
  }

  /** Ends a world that is open at another twin now, whose address it has from now on; what keeps it was told already. */
  sendAway(name: string, to: string): void {
    const entry = this.entries.get(name);
    this.entries.delete(name);
    this.stays.delete(name);
    entry?.hosted.end();
    const { doors = [], hosted } = entry ?? {};
    this.away.put(name, { to, doors, arrived: hosted?.arrived, usedAt: this.options.host.now() });
  }

  /** Knows of a world that was here before this twin was started. */
  resumeAway(name: string, { to, arrived }: Pick<Away, 'to' | 'arrived'>): void {
    this.away.put(name, { to, doors: [], arrived, usedAt: this.options.host.now() });
  }

  /** The move by which a world came that is here, or was; undefined for one that was made here. */
  arrivedBy(name: string): string | undefined {
    return this.entries.get(name)?.hosted.arrived ?? this.away.arrived(name);
  }

  /** When a world was used last, by the host's clock. */
  usedAt(name: string): Instant | undefined {
    return this.entries.get(name)?.usedAt;
  }

  /** Whether any world went to another twin. */
  get areSomeAway(): boolean {
    return this.away.size > 0;
  }

  /** The address of the twin that a world went to, which counts as asked for now; undefined for one that did not. */
  whereIs(name: string): string | undefined {
    return this.away.size === 0 ? undefined : this.away.to(name, this.options.host.now());
  }

  /** The worlds that went to other twins, and where they are. */
  awayList(): { readonly name: string; readonly to: string }[] {
    this.endIdle();
    return this.away.list();
  }

  /** Forgets that a world went to another twin. @throws NotKeptError it may be known again after a restart */
  async forgetAway(name: string): Promise<void> {
    await closeDoors(this.away.take(name));
    await this.options.keeping?.dropAway(name);
  }

  /** Takes the room that a new world needs. @returns what gives it back @throws WorldError */
  private room({ world }: WorldStart): (() => void) | undefined {
    try {
      return this.options.host.budget?.hold(world);
    } catch (error) {
      if (error instanceof StateFullError) throw new WorldError('refused', error.message);
      throw error;
    }
  }

  /** Lets a world that was kept go on; it counts as used now. */
  resume(name: string, start: WorldStart): HostedWorld {
    return this.put(name, start);
  }

  /** @throws WorldError */
  private nameFor(name: string | undefined, isTaken = (wanted: string) => this.isTaken(wanted)): string {
    this.endIdle();
    if (this.count >= this.options.most) {
      throw new WorldError(
        'refused',
        `There are ${this.options.most} worlds already; drop some first (setting maxWorlds).`,
      );
    }
    const wanted = name ?? this.freeName();
    if (!namePattern.test(wanted)) {
      throw new WorldError(
        'refused',
        `"${wanted.slice(0, 64)}" cannot be the name of a world: letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit.`,
      );
    }
    if (isTaken(wanted)) {
      const to = this.whereIs(wanted);
      const where = to === undefined ? 'already' : `at ${to}, where it was moved to`;
      throw new WorldError(
        'taken',
        `There is a world "${wanted}" ${where}; drop it first or take another name.`,
      );
    }
    return wanted;
  }

  /** Gives a world a port of its own, which is closed when the world ends. */
  openDoor(name: string, door: Door): void {
    this.entries.get(name)?.doors.push(door);
  }

  /** The URL of the port that is a world's own; undefined when it has none. */
  urlOf(name: string): string | undefined {
    return this.entries.get(name)?.doors[0]?.url;
  }

  /** The URL of its port that speaks TLS; undefined when it has none. */
  tlsUrlOf(name: string): string | undefined {
    return this.entries.get(name)?.doors.find(({ url }) => url.startsWith('https:'))?.url;
  }

  /** @throws WorldError for the main world, or one that is not there; NotKeptError it may come back with a restart */
  async drop(name: string): Promise<void> {
    if (name === mainWorld) throw new WorldError('refused', 'The main world stays as long as the twin runs.');
    this.require(name);
    const why = this.stays.get(name);
    if (why !== undefined) throw new WorldError('taken', why);
    await this.forget(name);
  }

  /** Ends every world: what hangs on them is closed. What is kept stays so. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.keys()].map((name) => this.end(name)));
    await Promise.all(this.away.list().map(({ name }) => closeDoors(this.away.take(name))));
  }

  /** Closes the ports of a world, which may get others then. */
  async closeDoors(name: string): Promise<void> {
    await closeDoors(this.entries.get(name)?.doors.splice(0));
  }

  private put(name: string, start: WorldStart, doors: readonly Door[] = []): HostedWorld {
    const hosted = hostWorld(name, start, this.options.host);
    this.entries.set(name, { hosted, doors: [...doors], usedAt: this.options.host.now() });
    return hosted;
  }

  private async end(name: string): Promise<void> {
    const entry = this.entries.get(name);
    this.entries.delete(name);
    entry?.hosted.end();
    await closeDoors(entry?.doors.splice(0));
  }

  /** Ends a world and lets nothing of it be kept. */
  private async forget(name: string): Promise<void> {
    const gone = this.end(name).then(() => this.options.keeping?.drop(name));
    // Whoever waits for the name gets it, also when what was kept could not be removed.
    this.leaving.set(
      name,
      gone.then(
        () => {},
        () => {},
      ),
    );
    try {
      await gone;
    } finally {
      this.leaving.delete(name);
    }
  }

  /** How many there are, with those that come and go. */
  private get count(): number {
    const coming = [...this.coming.keys()].filter((name) => !this.entries.has(name));
    return this.entries.size + coming.length + this.leaving.size;
  }

  private isIdle({ hosted, usedAt }: Entry, now: Instant): boolean {
    const { name } = hosted;
    return name !== mainWorld && now - usedAt >= this.options.idleMs && !this.stays.has(name);
  }

  /** Looked at whenever worlds are made or listed, so that forgotten ones cannot pile up. */
  private endIdle(): void {
    const now = this.options.host.now();
    for (const [name, entry] of this.entries) {
      // Who keeps it has told the log already when it cannot be removed.
      if (this.isIdle(entry, now)) void this.forget(name).catch(() => {});
    }
    if (this.away.size === 0) return;
    for (const name of this.away.unusedSince(now - this.options.idleMs))
      void this.forgetAway(name).catch(() => {});
  }

  private freeName(): string {
    do this.made += 1;
    while (this.isTaken(`world-${this.made}`));
    return `world-${this.made}`;
  }

  private isTaken(name: string): boolean {
    return this.isHere(name) || this.away.has(name);
  }

  private isHere(name: string): boolean {
    return this.entries.has(name) || this.coming.has(name) || this.leaving.has(name);
  }
}

async function closeDoors(doors: readonly Door[] = []): Promise<void> {
  for (const door of doors) await door.close();
}

function lengthText(milliseconds: number): string {
  const isShort = milliseconds < MINUTE_MS;
  const count = Math.round(milliseconds / (isShort ? 1000 : MINUTE_MS));
  return `${count} ${isShort ? 'second' : 'minute'}${count === 1 ? '' : 's'}`;
}
