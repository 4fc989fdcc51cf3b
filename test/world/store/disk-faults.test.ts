import { describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import { OpenWorlds } from '../../support/open-worlds.ts';
import { type AttachedDisk, type Fault, SimulatedDisk, seeded } from '../../support/simulated-disk.ts';
import { OpenNotes } from '../../support/store.ts';

/** What a client knows of a twin: what was acknowledged, and what it has asked for since and got no answer to. */
interface Known<T> {
  kept: T;
  asked: T | undefined;
}

/** What lives on the disk, and how it is looked at. */
interface Life<T> {
  readonly start: (
    disk: AttachedDisk,
    run: number,
  ) => Promise<{ readonly errors: readonly string[]; look(): T }>;
  readonly begins: T;
  /** A day in which every kind of file is made, replaced and removed. */
  readonly work: (disk: AttachedDisk, known: Known<T>) => Promise<void>;
}

const lock = (run: number) => ({ self: { pid: 2 ** 30 + run, host: 'one' }, repeat: () => () => {} });
const seeds = { 1: 'seed 1', 2: 'seed 2' };

/** Asks for a change, and notes what is known of it when it was answered. */
async function tried<T>(known: Known<T>, look: () => T, change: () => Promise<unknown> | undefined) {
  const answer = change();
  known.asked = look();
  await answer?.then(
    () => {
      known.kept = known.asked ?? known.kept;
    },
    // Refused: it must never be seen again.
    () => {},
  );
  known.asked = undefined;
}

const oneWorld: Life<Record<number, string>> = {
  begins: seeds,
  start: async (disk, run) => {
    const open = await OpenNotes.at('/data', { disk, lock: lock(run) });
    return { errors: open.words.errors, look: () => open.texts };
  },
  work: async (disk, known) => {
    const open = await OpenNotes.at('/data', { disk, lock: lock(1) });
    const change = (done: () => void) =>
      tried(
        known,
        () => open.texts,
        () => {
          done();
          return open.runner.kept();
        },
      );
    const checkpoint = () => open.store.checkpoint().catch(() => {});
    known.kept = open.texts;
    await change(() => open.put({ id: 3, text: 'third' }));
    await change(() => open.put({ id: 4, text: 'with a file', extra: fileContent(Buffer.from('bytes')) }));
    await checkpoint();
    await change(() => open.delete(1));
    await change(() => open.put({ id: 5, text: 'fifth' }, { id: 6, text: 'sixth' }));
    await checkpoint();
    await change(() => open.runner.reset());
    await change(() => open.put({ id: 7, text: 'seventh' }));
    await open.store.close().catch(() => {});
  },
};

const manyWorlds: Life<Record<string, Record<number, string>>> = {
  begins: { main: seeds },
  start: async (disk, run) => {
    const open = await OpenWorlds.at('/data', { disk, lock: lock(run), shareFrom: 1 });
    return { errors: open.words.errors, look: () => open.texts };
  },
  work: async (disk, known) => {
    const open = await OpenWorlds.at('/data', { disk, lock: lock(1), shareFrom: 1 });
    known.kept = open.texts;
    const put = (world: string, id: number, extra?: unknown) =>
      tried(
        known,
        () => open.texts,
        () => {
          if (world !== 'main' && !open.names.includes(world)) return undefined;
          const notes = world === 'main' ? open.main : open.named(world);
          notes.put({ id, text: `${world} ${id}`, extra });
          return notes.runner.kept();
        },
      );
    const fork = async (name: string, from: string) => {
      if (from !== 'main' && !open.names.includes(from)) return;
      known.asked = { ...known.kept, [name]: open.texts[from] ?? {} };
      await open.fork(name, from === 'main' ? undefined : from).then(
        () => {
          known.kept = open.texts;
        },
        () => {},
      );
      known.asked = undefined;
    };
    await put('main', 3, fileContent(Buffer.from('bytes')));
    await fork('a', 'main');
    await put('a', 4);
    await open.worlds.main.checkpoint().catch(() => {});
    await put('main', 3);
    await fork('b', 'a');
    if (open.names.includes('a'))
      await open
        .named('a')
        .store.checkpoint()
        .catch(() => {});
    const { a: _, ...without } = known.kept;
    known.asked = without;
    // When it fails, the world may be there again.
    const isGone = await open.worlds.drop('a').then(
      () => true,
      () => false,
    );
    if (isGone) {
      known.kept = without;
      known.asked = undefined;
      await put('b', 6);
      await fork('c', 'b');
    }
    await open.worlds.close().catch(() => {});
  },
};

/** Lets the work meet a fault, then the power fail, and compares what a start finds with what a client knows. */
async function suffered<T>({ start, begins, work }: Life<T>, fault: Fault, seed: number) {
  const platter = new SimulatedDisk();
  const disk = platter.attach('first');
  disk.fault = fault;
  const known: Known<T> = { kept: begins, asked: undefined };
  const whole = work(disk, known).catch(() => {});
  const died = new Promise<void>((resolve) => {
    const look = () => (disk.isDead ? resolve() : void setImmediate(look));
    void whole.then(resolve);
    look();
  });
  await Promise.race([whole, died]);
  disk.isDead = true;
  platter.losePower(seeded(seed));
  platter.now += 60_000;
  const second = await start(platter.attach('second'), 2);
  expect(second.errors).toEqual([]);
  return { steps: disk.steps, found: second.look(), known };
}

async function sufferedEverywhere<T>(life: Life<T>, kind: 'die' | 'fail' | 'short', powerLosses: number) {
  const { steps } = await suffered(life, () => undefined, 0);
  expect(steps).toBeGreaterThan(60);
  for (let at = 1; at <= steps; at++) {
    for (let seed = at; seed < at + powerLosses; seed++) {
      const { found, known } = await suffered(life, (step) => (step === at ? kind : undefined), seed);
      expect([known.kept, known.asked], `step ${at}, seed ${seed}`).toContainEqual(found);
    }
  }
}

describe('whatever step of the disk', () => {
  test.each(['die', 'fail', 'short'] as const)(
    'meets "%s", what was acknowledged is there and what was refused is not',
    (kind) => sufferedEverywhere(oneWorld, kind, 4),
    60_000,
  );

  test.each(['die', 'fail', 'short'] as const)(
    'meets "%s", worlds that were made are there, and those that were refused are not',
    (kind) => sufferedEverywhere(manyWorlds, kind, 1),
    60_000,
  );
});
