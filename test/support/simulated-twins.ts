import { OpenLogs } from '../../src/world/store/open-logs.ts';
import { StoreError } from '../../src/world/store/store-error.ts';
import { OpenWorlds } from './open-worlds.ts';
import { type AttachedDisk, type Chance, SimulatedDisk, seeded } from './simulated-disk.ts';
import type { KeptWords } from './store.ts';

/** What is known of something that was asked for: nothing yet, that it was acknowledged, that it must not be there. */
type Fate = 'asked' | 'kept' | 'refused';

/** What clients know of one world. */
interface KnownWorld {
  fate: Fate;
  readonly notes: Map<number, Fate>;
}

/** A process that may hold the folder. */
interface Twin {
  readonly host: string;
  readonly disk: AttachedDisk;
  /** Operations of its disk that wait for their turn. */
  readonly waiting: (() => void)[];
  sign: () => void;
  open: OpenWorlds | undefined;
  isPaused: boolean;
  isEnding: boolean;
  /** Whether there was another one at any moment since it started. */
  hadCompany: boolean;
}

type Running = Twin & { readonly open: OpenWorlds };
const isOpen = (twin: Twin): twin is Running => twin.open !== undefined && !twin.isEnding;

const hosts = ['one', 'two', 'three'];
const steps = 900;

function choice<T>(weight: number, of: T | undefined, happen: (of: T) => void): [number, () => void][] {
  return of === undefined ? [] : [[weight, () => happen(of)]];
}

/**
 * One disk, one clock, and twins on several machines that want the same data folder: they write, fork, make checkpoints,
 * are paused, killed and started again, and the power fails. Everything that happens, and in which order the disk does what
 * it is asked, follows from the seed. What clients were told is held against what every later start finds.
 */
export class SimulatedTwins {
  /** What happened, in order. */
  readonly history: string[] = [];
  private readonly chance: Chance;
  private readonly platter = new SimulatedDisk();
  private readonly known = new Map<string, KnownWorld>([['main', { fate: 'kept', notes: new Map() }]]);
  private twins: Twin[] = [];
  private names = 0;
  private starts = 0;
  private problem: unknown;

  constructor(seed: number) {
    this.chance = seeded(seed);
  }

  /** Everything that the disk did, in order. */
  get trace(): readonly string[] {
    return this.platter.steps;
  }

  /** @throws Error something that was acknowledged is gone, or something that was refused is there */
  async run(): Promise<void> {
    for (let step = 0; step < steps; step++) {
      this.act();
      await this.settled();
    }
    for (const twin of this.twins) this.kill(twin);
    if (this.chance(2) === 0) this.platter.losePower(this.chance);
    this.platter.now += 60_000;
    const last = this.start('last');
    while (!last.open && this.twins.includes(last)) {
      this.letOneGo(last);
      await this.settled();
    }
    if (!last.open) throw this.problem ?? new Error('nobody can open the folder any more');
    this.twins = [];
  }

  /** Lets one of the things happen that can happen now; the weights say how often. */
  private act(): void {
    const running = this.twins.filter(({ isPaused }) => !isPaused);
    const busy = this.one(running.filter(({ waiting }) => waiting.length > 0));
    const open = this.one(running.filter(isOpen));
    const any = this.one(running);
    const paused = this.one(this.twins.filter(({ isPaused }) => isPaused));
    const free = this.one(hosts.filter((host) => !this.twins.some((twin) => twin.host === host)));
    const possible: [number, () => void][] = [
      ...choice(3000, busy, (twin) => this.letOneGo(twin)),
      ...choice(250, open, (twin) => this.write(twin)),
      ...choice(25, open, (twin) => this.fork(twin)),
      ...choice(40, open, (twin) => this.checkpoint(twin)),
      ...choice(5, open, (twin) => this.end(twin)),
      ...choice(15, any, (twin) => this.pause(twin)),
      ...choice(8, any, (twin) => this.kill(twin)),
      ...choice(30, paused, (twin) => this.resume(twin)),
      ...choice(40, free, (host) => this.start(host)),
      [25, () => this.jump()],
      [2, () => this.losePower()],
    ];
    let dice = this.chance(possible.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, happen] of possible) {
      dice -= weight;
      if (dice >= 0) continue;
      happen();
      return;
    }
  }

  private one<T>(all: readonly T[]): T | undefined {
    return all[this.chance(Math.max(1, all.length))];
  }

  /** Waits until nothing can happen any more before the disk does something. */
  private async settled(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (this.problem) throw this.problem;
  }

  private letOneGo({ waiting }: Twin): void {
    const [go] = waiting.splice(this.chance(waiting.length), 1);
    go?.();
  }

  private start(host: string): Twin {
    const disk = this.platter.attach(host);
    const twin: Twin = {
      ...{ host, disk, waiting: [], open: undefined, isPaused: false, isEnding: false, hadCompany: false },
      sign: () => {},
    };
    disk.turn = () => new Promise((resolve) => void twin.waiting.push(resolve));
    this.twins.push(twin);
    if (this.twins.length > 1) for (const each of this.twins) each.hadCompany = true;
    this.starts += 1;
    this.names += 1;
    // Numbers of processes that this machine does not have.
    const self = { pid: 2 ** 30 + this.names, host };
    const repeat = (work: () => void) => {
      twin.sign = work;
      return () => {};
    };
    const newId = () => {
      this.names += 1;
      return `id-${this.names}`;
    };
    this.note(`${host} starts`);
    const logs = new OpenLogs(Number.POSITIVE_INFINITY);
    const options = { disk, newId, logs, shareFrom: 1, lock: { self, repeat, newId, sureForMs: 0 } };
    OpenWorlds.at('/data', options).then(
      (open) => this.opened(twin, open),
      (error: unknown) => this.gone(twin, error),
    );
    return twin;
  }

  private opened(twin: Twin, open: OpenWorlds): void {
    twin.open = open;
    this.note(`${twin.host} is open`);
    this.guarded(() => this.compare(open.texts, open.words));
  }

  /** A start that came to nothing, because another twin has the folder. */
  private gone(twin: Twin, error: unknown): void {
    this.twins = this.twins.filter((each) => each !== twin);
    this.note(`${twin.host} cannot start: ${String(error)}`);
    const isInUse =
      error instanceof StoreError &&
      / in use | being taken | was taken | was removed or replaced| was made by another process/.test(
        error.message,
      );
    // One that has lost the folder, and does not know it yet, can remove a draft of this one.
    const isDisturbed = twin.hadCompany && String(error).includes('cannot be used (ENOENT');
    if (!isInUse && !isDisturbed) this.problem ??= error;
  }

  private write(twin: Running): void {
    const { open } = twin;
    const names = ['main', ...open.names];
    const world = names[this.chance(names.length)] ?? 'main';
    const notes = world === 'main' ? open.main : open.named(world);
    this.names += 1;
    const id = 1000 + this.names;
    const known = this.world(world).notes;
    known.set(id, 'asked');
    this.note(`${twin.host} writes ${id} to ${world}`);
    notes.put({ id, text: `${world} ${id}` });
    this.answered(
      twin,
      notes.runner.kept(),
      `${id} in ${world}`,
      (fate) => known.set(id, fate),
      () => known.get(id),
    );
  }

  private fork(twin: Running): void {
    const { open } = twin;
    if (open.names.length >= 3) return;
    const names = ['main', ...open.names];
    const from = names[this.chance(names.length)] ?? 'main';
    this.names += 1;
    const name = `fork${this.names}`;
    const texts = open.texts[from] ?? {};
    const world: KnownWorld = { fate: 'asked', notes: new Map() };
    for (const id of Object.keys(texts).map(Number)) if (id > 2) world.notes.set(id, 'kept');
    this.known.set(name, world);
    this.note(`${twin.host} forks ${from} as ${name}`);
    const done = open.fork(name, from === 'main' ? undefined : from).then(() => {});
    const settle = (fate: Fate) => {
      world.fate = fate;
    };
    this.answered(twin, done, name, settle, () => world.fate);
  }

  /** Notes what the client is told. */
  private answered(
    twin: Twin,
    answer: Promise<void> | undefined,
    what: string,
    settle: (fate: Fate) => void,
    fate: () => Fate | undefined,
  ): void {
    const { starts } = this;
    const isAlone = this.twins.length === 1;
    answer?.then(
      () => {
        this.note(`${twin.host} acknowledges ${what}`);
        this.guarded(() => {
          if (fate() === 'refused')
            throw new Error(`${what} was acknowledged, but a later start had not found it`);
          settle('kept');
        });
      },
      () => {
        this.note(`${twin.host} refuses ${what}`);
        // When another twin may have taken the folder meanwhile, the next start tells whether it was written in time.
        if (fate() === 'asked' && isAlone && starts === this.starts) settle('refused');
      },
    );
  }

  private checkpoint(twin: Running): void {
    const { open } = twin;
    this.note(`${twin.host} makes a checkpoint`);
    const names = ['main', ...open.names];
    const world = names[this.chance(names.length)] ?? 'main';
    const { store } = world === 'main' ? open.main : open.named(world);
    store.checkpoint().catch((error: unknown) => this.note(`no checkpoint: ${String(error)}`));
  }

  private pause(twin: Twin): void {
    this.note(`${twin.host} is paused`);
    twin.isPaused = true;
  }

  private resume(twin: Twin): void {
    this.note(`${twin.host} goes on`);
    twin.isPaused = false;
  }

  /** Time goes by; a process that is not paused shows that it lives. */
  private jump(): void {
    const ms = 1000 * (1 + this.chance(20));
    this.note(`${ms} ms go by`);
    this.platter.now += ms;
    for (const twin of this.twins) if (!twin.isPaused) twin.sign();
  }

  private kill(twin: Twin): void {
    this.note(`${twin.host} is killed`);
    twin.disk.isDead = true;
    twin.waiting.length = 0;
    twin.disk.turn = undefined;
    this.twins = this.twins.filter((each) => each !== twin);
  }

  private end(twin: Running): void {
    const { open } = twin;
    this.note(`${twin.host} ends`);
    twin.isEnding = true;
    const over = () => {
      this.note(`${twin.host} has ended`);
      this.twins = this.twins.filter((each) => each !== twin);
    };
    open.worlds.close().then(over, over);
  }

  private losePower(): void {
    this.note('the power fails');
    for (const twin of this.twins) this.kill(twin);
    this.platter.losePower(this.chance);
  }

  /** Holds what a start has found against what clients know; what it has not found must never be there again. */
  private compare(found: Record<string, Record<number, string>>, { errors }: KeptWords): void {
    // What is left of a world that its maker was killed over, after it had lost the folder, is told and not served.
    const problems = errors.filter((error) => !error.includes('which says what it is called, is missing'));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    for (const name of Object.keys(found))
      if (!this.known.has(name)) throw new Error(`nobody has made the world ${name}`);
    for (const [name, world] of this.known) {
      const notes = found[name];
      world.fate = seen(world.fate, notes !== undefined, `the world ${name}`);
      if (!notes) continue;
      for (const id of Object.keys(notes).map(Number))
        if (id > 2 && !world.notes.has(id)) throw new Error(`nobody has written ${id} to ${name}`);
      for (const [id, fate] of world.notes)
        world.notes.set(id, seen(fate, notes[id] !== undefined, `note ${id} in ${name}`));
    }
  }

  private world(name: string): KnownWorld {
    const found = this.known.get(name);
    if (!found) throw new Error(`nobody has made the world ${name}`);
    return found;
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.problem ??= error;
    }
  }

  private note(what: string): void {
    this.history.push(what);
    this.platter.steps.push(what);
  }
}

function seen(fate: Fate, isThere: boolean, what: string): Fate {
  if (fate === 'kept' && !isThere) throw new Error(`${what} was acknowledged and is gone`);
  if (fate === 'refused' && isThere) throw new Error(`${what} was refused and is there`);
  return isThere ? 'kept' : 'refused';
}
