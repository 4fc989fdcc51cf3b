import { describe, expect, test } from 'vitest';
import { shownEntry } from '../../src/journal/entry.ts';
import { Journal } from '../../src/journal/journal.ts';
import { plainValue } from '../../src/text/plain-value.ts';
import { fileContent } from '../../src/world/file-content.ts';
import { weightOf } from '../../src/world/weight.ts';
import { World } from '../../src/world/world.ts';

const world = new World('seed');
const context = { name: 'main', state: world };

function journalOf(limits: { entries?: number; bytes?: number } = {}) {
  const journal = new Journal({ entries: 1000, bytes: 1_000_000, ...limits }, () => 0);
  const record = (name: string, input: unknown, result: unknown = 0) =>
    journal.record({
      call: { api: 'testtrack', name, input },
      now: 0,
      durationMs: 0,
      result,
      fault: undefined,
      mistake: undefined,
      before: world,
      after: world,
      changes: () => [],
    });
  const names = () => journal.entries().map((entry) => (entry.kind === 'call' ? entry.call.name : ''));
  return { journal, record, names };
}

describe('a journal', () => {
  test('keeps so many calls and forgets the oldest, whose numbers are not given again', () => {
    const { journal, record, names } = journalOf({ entries: 3 });
    for (let at = 1; at <= 500; at++) record(`call ${at}`, {});
    expect(names()).toEqual(['call 498', 'call 499', 'call 500']);
    expect(journal.entries()[0]?.id).toBe(498);
    expect(journal.recorded).toBe(500);
    journal.clear();
    record('another', {});
    expect(journal.entries().map(({ id }) => id)).toEqual([501]);
  });

  test('keeps no more than so many bytes', () => {
    const { journal, record } = journalOf({ bytes: 100_000 });
    for (let at = 0; at < 200; at++) record('addDefect', { text: 'x'.repeat(5000) });
    expect(journal.size).toBeLessThanOrEqual(100_000);
    expect(journal.entries().length).toBeGreaterThan(5);
    expect(journal.entries().length).toBeLessThan(12);
  });

  test('keeps only the head of a call that is too large, and says so', () => {
    const { journal, record } = journalOf({ bytes: 100_000 });
    record('attach', { file: fileContent(new Uint8Array(60_000)) });
    expect(journal.size).toBeLessThan(1000);
    expect(journal.entries().map((entry) => shownEntry(entry, context))).toMatchObject([
      { operation: 'attach', arguments: {}, note: expect.stringContaining('journalBytes') },
    ]);
  });

  test('shows the message of a mistake of ours, and no stack', () => {
    const { journal } = journalOf();
    journal.record({
      call: { api: 'testtrack', name: 'getDefect', input: { cookie: 424_242 } },
      now: 0,
      durationMs: 0,
      result: undefined,
      fault: undefined,
      mistake: new Error('lost 424242'),
      before: world,
      after: world,
      changes: () => [],
    });
    expect(journal.entries().map((entry) => shownEntry(entry, context).mistake)).toEqual(['lost ***']);
  });
});

describe('a value in the journal', () => {
  test('is plain data', () => {
    class Lazy {}
    expect(
      plainValue({
        long: 7n,
        huge: 2n ** 60n,
        bytes: new Uint8Array(5),
        date: new Date(0),
        nothing: undefined,
        list: [1, null, 'x'],
        file: fileContent(new Uint8Array(3)),
        lazy: new Lazy(),
        password: 'hush',
      }),
    ).toEqual({
      long: 7,
      huge: '1152921504606846976',
      bytes: '(5 bytes)',
      date: '1970-01-01T00:00:00.000Z',
      list: [1, null, 'x'],
      file: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: 3 },
      lazy: '(Lazy, made while it is sent)',
      password: '***',
    });
  });

  test('is cut where a text is long', () => {
    expect(plainValue('x'.repeat(20_000))).toMatch(/^x{10000}… \(20000 characters\)$/);
  });

  test('weighs about what it keeps alive', () => {
    expect(weightOf({ a: 'x'.repeat(1000), b: [new Uint8Array(5000)] })).toBeGreaterThan(7000);
    const frozen = Object.freeze({ text: 'x'.repeat(5000) });
    expect(weightOf(frozen)).toBe(weightOf(frozen));
  });
});
