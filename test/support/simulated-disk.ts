import { constants } from 'node:fs';
import path from 'node:path';
import { Low } from 'lowdb';
import type { Disk, Form, OpenFile } from '../../src/world/store/disk.ts';
import { systemError } from './failing-disk.ts';

/** A file or a folder, whatever its names are. */
interface Node {
  readonly ino: number;
  readonly isFolder: boolean;
  /** What a process reads. */
  bytes: Buffer;
  /** What is there after the power failed. */
  safe: Buffer;
  mtimeMs: number;
}

/** Picks a number from 0 up to, and without, a bound. */
export type Chance = (bound: number) => number;

/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** A disk in memory that forgets what was not synced when its power fails. */
export class SimulatedDisk {
  /** The time that files get, in milliseconds. */
  now = 1_000_000_000_000;
  /** Every step that was done, in order: what a run is compared by. */
  readonly steps: string[] = [];
  private names = new Map<string, Node>();
  private safeNames = new Map<string, Node>();
  private inodes = 1;

  constructor() {
    for (const names of [this.names, this.safeNames]) names.set('/', this.node(true));
  }

  /** Another disk with the same files; those with several names have them there too. */
  copy(): SimulatedDisk {
    const copy = new SimulatedDisk();
    const nodes = new Map<Node, Node>();
    for (const [name, node] of this.names) {
      const twin = nodes.get(node) ?? {
        ...node,
        bytes: Buffer.from(node.bytes),
        safe: Buffer.from(node.safe),
      };
      nodes.set(node, twin);
      copy.names.set(name, twin);
    }
    copy.safeNames = new Map(copy.names);
    copy.inodes = this.inodes;
    copy.now = this.now;
    return copy;
  }

  /** What is in each file, by its name. */
  contents(): Map<string, Buffer> {
    return new Map(
      [...this.names].filter(([, node]) => !node.isFolder).map(([name, { bytes }]) => [name, bytes]),
    );
  }

  /** The disk as one process sees it. */
  attach(name: string): AttachedDisk {
    return new AttachedDisk(this, name);
  }

  /**
   * What is left after the power failed: all that was synced, and of the rest what chance has it. Names and contents
   * reach the disk in any order, contents up to any byte.
   */
  losePower(chance: Chance): void {
    for (const [name, node] of this.names)
      if (!this.safeNames.has(name) && this.safeNames.has(path.dirname(name)) && chance(2) === 0)
        this.safeNames.set(name, node);
    this.names = new Map([...this.safeNames].filter(([name]) => this.isReachable(name)));
    this.safeNames = new Map(this.names);
    for (const node of new Set(this.names.values())) {
      if (!node.bytes.equals(node.safe) && chance(2) === 0) {
        // Cutting or appending leaves alone what was synced before.
        const same = sameStart(node.bytes, node.safe);
        node.safe = node.bytes.subarray(0, same + chance(node.bytes.length - same + 1));
      }
      node.bytes = Buffer.from(node.safe);
      node.safe = Buffer.from(node.safe);
    }
  }

  find(name: string): Node {
    const node = this.names.get(path.resolve('/', name));
    if (!node) throw systemError('ENOENT');
    return node;
  }

  has(name: string): boolean {
    return this.names.has(path.resolve('/', name));
  }

  put(name: string, node: Node): void {
    if (!this.names.get(path.dirname(path.resolve('/', name)))?.isFolder) throw systemError('ENOENT');
    this.names.set(path.resolve('/', name), node);
  }

  remove(name: string): void {
    this.names.delete(path.resolve('/', name));
  }

  below(folder: string): string[] {
    const root = path.resolve('/', folder);
    return [...this.names.keys()].filter((name) => name.startsWith(`${root}/`));
  }

  node(isFolder: boolean): Node {
    this.inodes += 1;
    return { ino: this.inodes, isFolder, bytes: Buffer.alloc(0), safe: Buffer.alloc(0), mtimeMs: this.now };
  }

  /** Makes what is in a file, or which names a folder has, safe. */
  sync(node: Node): void {
    if (!node.isFolder) node.safe = Buffer.from(node.bytes);
    else {
      const folder = [...this.names].find(([, each]) => each === node)?.[0] ?? '';
      const isIn = (name: string) => path.dirname(name) === folder && name !== folder;
      for (const name of this.safeNames.keys())
        if (isIn(name) && !this.names.has(name)) this.safeNames.delete(name);
      for (const [name, each] of this.names) if (isIn(name)) this.safeNames.set(name, each);
    }
  }

  private isReachable(name: string): boolean {
    return name === '/' || (this.safeNames.has(path.dirname(name)) && this.isReachable(path.dirname(name)));
  }
}

/** How many bytes two contents begin with alike. */
function sameStart(one: Buffer, other: Buffer): number {
  const differs = one.findIndex((byte, at) => byte !== other[at]);
  return differs === -1 ? one.length : differs;
}

/** What a process is told to suffer at a step. */
export type Fault = (step: number, what: string) => 'fail' | 'short' | 'die' | undefined;

/** A simulated disk as one process sees it, which can be paused and die. */
export class AttachedDisk implements Disk {
  fault: Fault = () => undefined;
  steps = 0;
  isDead = false;
  /** Lets an operation wait until it is its turn; without it, each goes on at once. */
  turn: (() => Promise<void>) | undefined;
  private gate: Promise<void> | undefined;
  private open_: () => void = () => {};

  constructor(
    private readonly disk: SimulatedDisk,
    private readonly name: string,
  ) {}

  /** Lets nothing go on until `resume`. */
  pause(): void {
    this.gate = new Promise((resolve) => {
      this.open_ = resolve;
    });
  }

  resume(): void {
    this.gate = undefined;
    this.open_();
  }

  async open(file: string, flags: string | number): Promise<OpenFile> {
    await this.step('open', file);
    const isSynced = typeof flags === 'number' && (flags & constants.O_DSYNC) === constants.O_DSYNC;
    if (flags === 'wx' && this.disk.has(file)) throw systemError('EEXIST');
    if (typeof flags === 'string' && flags.startsWith('w')) {
      if (!this.disk.has(file)) this.disk.put(file, this.disk.node(false));
      this.disk.find(file).bytes = Buffer.alloc(0);
    }
    return this.handle(this.disk.find(file), { file, isSynced });
  }

  async readFile(file: string): Promise<Buffer> {
    await this.wait();
    return Buffer.from(this.disk.find(file).bytes);
  }

  readFileSync(file: string): Buffer {
    return Buffer.from(this.disk.find(file).bytes);
  }

  async readdir(folder: string): Promise<string[]> {
    await this.wait();
    if (!this.disk.find(folder).isFolder) throw systemError('ENOTDIR');
    return this.disk
      .below(folder)
      .filter((name) => path.dirname(name) === path.resolve('/', folder))
      .map((name) => path.basename(name));
  }

  async mkdir(folder: string): Promise<void> {
    if (this.disk.has(folder)) return;
    await this.mkdir(path.dirname(folder));
    await this.step('mkdir', folder);
    this.disk.put(folder, this.disk.node(true));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.step('rename', to);
    const moved = [from, ...this.disk.below(from)].map((name) => [name, this.disk.find(name)] as const);
    for (const [name, node] of moved) {
      this.disk.remove(name);
      this.disk.put(to + name.slice(from.length), node);
    }
  }

  async link(from: string, to: string): Promise<void> {
    await this.step('link', to);
    if (this.disk.has(to)) throw systemError('EEXIST');
    this.disk.put(to, this.disk.find(from));
  }

  async unlink(file: string): Promise<void> {
    await this.step('unlink', file);
    this.disk.find(file);
    this.disk.remove(file);
  }

  async rm(folder: string): Promise<void> {
    await this.step('rm', folder);
    for (const name of [...this.disk.below(folder), folder]) this.disk.remove(name);
  }

  async stat(file: string) {
    await this.wait();
    if (!this.disk.has(file)) return undefined;
    return { dev: 1, ino: this.disk.find(file).ino, mode: 0o700 };
  }

  database<T>(file: string, initial: T, form?: Form<T>): Low<T> {
    const { parse, stringify } = form ?? {
      parse: (text: string) => JSON.parse(text) as T,
      stringify: (data: T) => JSON.stringify(data),
    };
    return new Low<T>(
      {
        read: async () => {
          await this.wait();
          return this.disk.has(file) ? parse(this.disk.find(file).bytes.toString()) : null;
        },
        // As lowdb does it: a draft that is renamed, and nothing is synced.
        write: async (data) => {
          await this.step('database', file);
          const node = this.disk.node(false);
          node.bytes = Buffer.from(stringify(data));
          this.disk.put(file, node);
        },
      },
      initial,
    );
  }

  private handle(
    node: Node,
    { file, isSynced }: { readonly file: string; readonly isSynced: boolean },
  ): OpenFile {
    return {
      read: async (bytes, offset, length, at) => {
        await this.wait();
        const part = node.bytes.subarray(at, at + length);
        bytes.set(part, offset);
        return { bytesRead: part.length };
      },
      write: async (bytes, offset, length, at) => {
        const isShort = (await this.step('write', file)) === 'short' && length > 1;
        const part = bytes.subarray(offset, offset + (isShort ? Math.floor(length / 2) : length));
        const whole = Buffer.alloc(Math.max(node.bytes.length, at + part.length));
        whole.set(node.bytes);
        whole.set(part, at);
        node.bytes = whole;
        node.mtimeMs = this.disk.now;
        if (isSynced) this.disk.sync(node);
        if (isShort) throw systemError('ENOSPC');
        return { bytesWritten: part.length };
      },
      readFile: async () => {
        await this.wait();
        return node.bytes.toString();
      },
      stat: async () => ({ dev: 1, ino: node.ino, mtimeMs: node.mtimeMs }),
      sync: async () => {
        await this.step('sync', file);
        this.disk.sync(node);
      },
      datasync: async () => {
        await this.step('sync', file);
        this.disk.sync(node);
      },
      truncate: async (size) => {
        await this.step('truncate', file);
        node.bytes = node.bytes.subarray(0, size);
        if (isSynced) this.disk.sync(node);
      },
      close: async () => {},
    };
  }

  private async wait(): Promise<void> {
    await this.turn?.();
    while (this.gate) await this.gate;
    if (this.isDead) await new Promise(() => {});
  }

  /** A step that changes something: it may fail, or be the last one. */
  private async step(what: string, file: string): Promise<'short' | undefined> {
    await this.wait();
    this.steps += 1;
    this.disk.steps.push(`${this.name} ${what} ${file}`);
    const fault = this.fault(this.steps, what);
    if (fault === 'die') {
      this.isDead = true;
      await this.wait();
    }
    if (fault === 'fail') throw systemError('EIO');
    return fault === 'short' ? fault : undefined;
  }
}
