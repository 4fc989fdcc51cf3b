import path from 'node:path';
import { fileContent } from '../../src/world/file-content.ts';
import { OpenLogs } from '../../src/world/store/open-logs.ts';
import { salvaged, writeSalvaged } from '../../src/world/store/salvage.ts';
import { StoreError } from '../../src/world/store/store-error.ts';
import { OpenWorlds } from '../support/open-worlds.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';
import { type Note, noteScope, notes, noteTables } from '../support/store.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { mutated } from './mutate.ts';

type Texts = Readonly<Record<number, string>>;

/** A data folder, and every state that each of its worlds had when something was acknowledged, the newest last. */
interface Template {
  readonly disk: SimulatedDisk;
  readonly states: ReadonlyMap<string, readonly Texts[]>;
}

const root = '/home/data';
const beside = '/home/beside.txt';

/** Another process each time: what was on the disk is all that it knows. */
async function opened(disk: SimulatedDisk, at: string): Promise<OpenWorlds> {
  const self = { pid: 2 ** 30, host: 'one' };
  return OpenWorlds.at(at, {
    disk: disk.attach('one'),
    logs: new OpenLogs(Number.POSITIVE_INFINITY),
    shareFrom: 1,
    lock: { self, repeat: () => () => {} },
  });
}

/** A day of a twin that leaves a file of every kind: checkpoints, logs, attachments, forks that share and that do not. */
async function aDay(): Promise<Template> {
  const disk = new SimulatedDisk();
  const states = new Map<string, Texts[]>();
  let open = await opened(disk, root);
  const note = () => {
    for (const [name, texts] of Object.entries(open.texts)) {
      const known = states.get(name) ?? [];
      if (JSON.stringify(known.at(-1)) !== JSON.stringify(texts)) states.set(name, [...known, texts]);
    }
  };
  const keep = async (world: string, ...records: Note[]) => {
    await (world === 'main' ? open.main : open.named(world)).keep(...records);
    note();
  };
  note();
  await keep('main', { id: 3, text: 'third' });
  await keep('main', { id: 4, text: 'with a file', extra: fileContent(Buffer.from('attached')) });
  await open.main.store.checkpoint();
  await keep('main', { id: 5, text: 'fifth' }, { id: 6, text: 'sixth' });
  await open.fork('shares');
  note();
  await keep('shares', { id: 7, text: 'of the fork' });
  await open.fork('fork of a fork', 'shares');
  await keep('fork of a fork', { id: 8, text: 'of its fork', extra: fileContent(Buffer.from('more')) });
  await open.named('shares').store.checkpoint();
  await keep('shares', { id: 9, text: 'behind a checkpoint' });
  await keep('main', { id: 3, text: 'third, changed' });
  await open.main.store.checkpoint();
  await keep('main', { id: 10, text: 'tenth' });
  await open.worlds.close();
  open = await opened(disk, root);
  await keep('main', { id: 11, text: 'of another holder' });
  await keep('fork of a fork', { id: 12, text: 'of another holder' });
  await open.worlds.close();
  await disk.attach('one').database(beside, 'not ours').write();
  return { disk, states };
}

let made: Promise<Template> | undefined;

/**
 * A data folder in which files were damaged, cut, removed, doubled or swapped: a start goes on with a state that was
 * acknowledged and tells when it is not the last one, or refuses and says what to do; what can be read is taken out, and
 * nothing else on the disk is touched.
 */
export async function folderCase(fuzz: FuzzCase): Promise<void> {
  made ??= aDay();
  const { disk: whole, states } = await made;
  const disk = whole.copy();
  const done = spoiled(disk, fuzz);
  const found = (what: string) => fuzz.found(`a data folder with ${done.join(' and ')}: ${what}`);
  const check = new Checked(states, found);
  const before = disk.contents();
  await lookedThrough(disk, check);
  for (const name of differing(before, disk.contents())) found(`check and repair touched ${name}`);
  const started = disk.copy();
  fuzz.count('a data folder', await start(started, root, check));
  for (const name of differing(before, started.contents()))
    if (!name.startsWith(`${root}/`)) found(`a start touched ${name}`);
}

/** Holds what was found in a folder against what its worlds were. */
class Checked {
  constructor(
    private readonly states: Template['states'],
    readonly found: (what: string) => void,
  ) {}

  /** @param told what was said of it: a state that is not the last one, or a world that is missing, is told of */
  state(texts: Readonly<Record<string, Texts>>, told: readonly string[]): void {
    for (const [name, states] of this.states) {
      const text = JSON.stringify(texts[name]);
      if (text === JSON.stringify(states.at(-1))) continue;
      if (told.length === 0)
        this.found(`${name} is not as it was at the end, and nothing tells of it: ${text}`);
      if (text !== undefined && !states.some((each) => JSON.stringify(each) === text))
        this.found(`${name} never was like this: ${text}`);
    }
    for (const name of Object.keys(texts)) if (!this.states.has(name)) this.found(`nobody made ${name}`);
  }

  /** What is taken out of a damaged folder may lack records, and has none that nobody wrote. */
  records(all: Texts): void {
    const known = new Set(
      [...this.states.values()].flat().flatMap((texts) => Object.entries(texts).map(String)),
    );
    for (const each of Object.entries(all)) if (!known.has(String(each))) this.found(`nobody wrote ${each}`);
  }

  /** @returns whether an error is a sentence for the person who named the folder; anything else is found */
  refusal(what: string, error: unknown): boolean {
    const isSentence = error instanceof StoreError && !/\n\s*at /.test(error.message);
    if (!isSentence) this.found(`${what} ends with ${error instanceof Error ? error.stack : String(error)}`);
    return isSentence;
  }
}

/** What a start may say to do about a state that it refuses. */
const remedies = /data repair|from a copy|--fresh|Use that version|Give it to|choose another/i;

async function start(disk: SimulatedDisk, at: string, check: Checked): Promise<boolean> {
  try {
    const { texts, words } = await opened(disk, at);
    check.state(texts, [...words.warnings, ...words.errors]);
    return true;
  } catch (error) {
    if (check.refusal('a start', error) && !remedies.test((error as Error).message))
      check.found(`a start says nothing to do: ${(error as Error).message}`);
    return false;
  }
}

/** Checks the folder, and takes out what is whole into another one, with which a start goes on. */
async function lookedThrough(disk: SimulatedDisk, check: Checked): Promise<void> {
  const mended = '/home/mended';
  const options = { tables: noteTables, disk: disk.attach('one') };
  try {
    const all = await salvaged(root, options);
    const textsOf = ({ state }: (typeof all.worlds)[number]): Texts =>
      Object.fromEntries(
        [...(state?.world.collection(notes, noteScope).values() ?? [])].map(({ id, text }) => [id, text]),
      );
    for (const world of all.worlds) check.records(textsOf(world));
    const other = disk.copy();
    await writeSalvaged(all, mended, { ...options, disk: other.attach('one') });
    const { texts, words } = await opened(other, mended);
    const taken = all.worlds.map((world) => JSON.stringify(textsOf(world))).sort();
    const goesOn = Object.values(texts)
      .map((each) => JSON.stringify(each))
      .sort();
    if (goesOn.join() !== taken.join())
      check.found(`what was repaired goes on as ${goesOn}, not as ${taken}`);
    if (words.errors.length > 0) check.found(`what was repaired starts with ${words.errors}`);
    if (all.problems.length === 0) check.state(texts, []);
  } catch (error) {
    check.refusal('check or repair', error);
  }
}

/** Damages one to three files. @returns what was done, for the person who reads a finding */
function spoiled(disk: SimulatedDisk, { chance }: FuzzCase): string[] {
  return Array.from({ length: 1 + chance.below(3) }, () => {
    const names = [...disk.contents().keys()].filter((name) => name.startsWith(`${root}/`)).sort();
    if (names.length === 0) return 'nothing left';
    const name = chance.of(names);
    // No disk puts a file of one world in the place of another's, and logs do not say whose they are.
    const other = chance.of(names.filter((each) => path.dirname(each) === path.dirname(name)));
    const { bytes } = disk.find(name);
    const write = (what: string, content: Buffer) => {
      disk.find(name).bytes = content;
      return `${name} ${what}`;
    };
    const at = chance.below(bytes.length + 1);
    switch (chance.below(9)) {
      case 0:
        return write(`cut at ${at}`, bytes.subarray(0, at));
      case 1:
        return write('empty', Buffer.alloc(0));
      case 2:
        disk.remove(name);
        return `${name} removed`;
      case 3:
        disk.put(other, disk.find(name));
        return `${name} also as ${other}`;
      case 4: {
        const [one, two] = [disk.find(name), disk.find(other)];
        disk.put(name, two);
        disk.put(other, one);
        return `${name} swapped with ${other}`;
      }
      case 5: {
        const zeros = Buffer.from(bytes);
        zeros.fill(0, at, Math.min(zeros.length, at + chance.below(600)));
        return write(`zeros at ${at}`, zeros);
      }
      case 6: {
        const one = Buffer.from(bytes);
        if (at < one.length) one[at] = (one[at] ?? 0) ^ (1 << chance.below(8));
        return write(`another bit at ${at}`, one);
      }
      default:
        return write('mutated', mutated(bytes, chance));
    }
  });
}

/** The names of files that are in one of two disks only, or hold something else there. */
function differing(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => {
    const [here, there] = [one.get(name), other.get(name)];
    return !(here && there && here.equals(there));
  });
}
