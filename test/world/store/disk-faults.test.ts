import { describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import { type AttachedDisk, type Fault, SimulatedDisk, seeded } from '../../support/simulated-disk.ts';
import { OpenNotes } from '../../support/store.ts';

/** What a client knows of a twin: what was acknowledged, and what it has asked for since and got no answer to. */
interface Known {
  kept: Record<number, string>;
  asked: Record<number, string> | undefined;
}

const pid = (run: number) => 2 ** 30 + run;

function start(disk: AttachedDisk, run: number): Promise<OpenNotes> {
  const lock = { self: { pid: pid(run), host: 'one' }, repeat: () => () => {} };
  return OpenNotes.at('/data', { disk, lock });
}

/** A day in the life of a store: what is written, in which every kind of file is made, replaced and removed. */
async function work(open: OpenNotes, known: Known): Promise<void> {
  known.kept = open.texts;
  const tried = async (change: () => void) => {
    change();
    known.asked = open.texts;
    await open.runner.kept()?.then(
      () => {
        known.kept = known.asked ?? known.kept;
      },
      // Refused: it must never be seen again.
      () => {},
    );
    known.asked = undefined;
  };
  const checkpoint = () => open.store.checkpoint().catch(() => {});
  await tried(() => open.put({ id: 3, text: 'third' }));
  await tried(() => open.put({ id: 4, text: 'with a file', extra: fileContent(Buffer.from('bytes')) }));
  await checkpoint();
  await tried(() => open.delete(1));
  await tried(() => open.put({ id: 5, text: 'fifth' }, { id: 6, text: 'sixth' }));
  await checkpoint();
  await tried(() => open.runner.reset());
  await tried(() => open.put({ id: 7, text: 'seventh' }));
  await open.store.close().catch(() => {});
}

/** Lets the work meet a fault, then the power fail, and compares what a start finds with what a client knows. */
async function suffered(
  fault: Fault,
  seed: number,
): Promise<{ steps: number; found: unknown; known: Known }> {
  const platter = new SimulatedDisk();
  const disk = platter.attach('first');
  disk.fault = fault;
  const known: Known = { kept: { 1: 'seed 1', 2: 'seed 2' }, asked: undefined };
  const whole = start(disk, 1).then(
    (open) => work(open, known),
    () => {},
  );
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
  const found = second.texts;
  expect(second.words.errors).toEqual([]);
  await second.store.close();
  return { steps: disk.steps, found, known };
}

describe('whatever step of the disk', () => {
  test.each(['die', 'fail', 'short'] as const)(
    'meets "%s", what was acknowledged is there and what was refused is not',
    async (kind) => {
      const { steps } = await suffered(() => undefined, 0);
      expect(steps).toBeGreaterThan(60);
      for (let at = 1; at <= steps; at++) {
        for (let seed = 1; seed <= 4; seed++) {
          const { found, known } = await suffered((step) => (step === at ? kind : undefined), seed);
          expect([known.kept, known.asked], `step ${at}, seed ${seed}`).toContainEqual(found);
        }
      }
    },
  );
});
