import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startTwin, type Twin } from '../../src/index.ts';
import { clearMemories, memo, memories, memoryBeside, memoryOfRecent, once } from '../../src/memo/memory.ts';
import { soapCall } from '../support/soap-client.ts';
import { startOfTest } from '../support/twin.ts';

const demo = parse(readFileSync(new URL('../../scenarios/demo.yaml', import.meta.url), 'utf8')) as object;
const scenario = { ...demo, clock: { mode: 'frozen', now: startOfTest } };
const twins: Twin[] = [];
afterAll(() => Promise.all(twins.map((twin) => twin.close())));

/** What a client reads that works for a while with both products, letter by letter, and what the journal keeps. */
async function aWhile(before: () => void): Promise<string[]> {
  before();
  const asLake = 'rpctoken=token&username=lake&suite=Example';
  const twin = await startTwin({ scenario });
  twins.push(twin);
  const answers: string[] = [];
  const soap = async (operation: string, parts: Record<string, unknown> = {}) => {
    before();
    const outcome = await soapCall(twin.soapUrl, operation, parts);
    answers.push(`${operation} ${outcome.status} ${outcome.body}`);
    return outcome.result;
  };
  const rpc = async (query: string) => {
    before();
    const response = await fetch(`${twin.rpcUrl}?${query}`);
    answers.push(`${query} ${response.status} ${await response.text()}`);
  };
  const cookie = await soap('DatabaseLogon', {
    dbname: 'Sample Project',
    username: 'hooper',
    password: 'grace',
  });
  for (let round = 0; round < 2; round++) {
    await soap('getDefect', { cookie, defectNumber: 1 });
    const defect = await soap('editDefect', { cookie, defectNumber: 1 });
    await soap('saveDefect', { cookie, pDefect: { ...(defect as object), summary: `summary ${round}` } });
    await soap('getDefect', { cookie, defectNumber: 1 });
    await soap('getColumnsForTable', { cookie, tablename: 'Defect' });
    await soap('getRecordListForTable', {
      cookie,
      tablename: 'Defect',
      filtername: '',
      columnlist: [{ name: 'Number' }, { name: 'Summary' }, { name: 'Date Created' }],
    });
    await soap('getUser', { cookie, firstName: 'Grace', lastName: 'Hooper' });
    await rpc('command=list&returnjson=1');
    await rpc(`${asLake}&command=list&returnjson=1`);
    await rpc(`${asLake}&command=status&list=1&returnjson=1`);
  }
  const entries = twin.journal
    .entries()
    .map(({ realAt: _, durationMs: __, ...entry }) => JSON.stringify(entry, plain));
  return [...answers, ...entries];
}

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

test('a twin that forgets everything it could work out again answers the same bytes', async () => {
  const remembering = await aWhile(() => {});
  const forgetting = await aWhile(clearMemories);
  expect(forgetting).toEqual(remembering);
  expect(remembering.filter((answer) => / 200 (<|{"result":0)/.test(answer)).length).toBeGreaterThan(10);
}, 30_000);

test('each memory has a name of its own and a bound', () => {
  const names = memories().map(({ name }) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(new Set(names).size).toBe(names.length);
  for (const { bound } of memories()) {
    if (typeof bound === 'number') expect(bound).toBeGreaterThan(0);
    else expect(['one value', 'while its key lives']).toContain(bound);
  }
});

describe('what is remembered is worked out once, and again after all is cleared', () => {
  test.each([
    ['beside an object', memo('test: beside', counted())],
    [
      'once',
      (
        (get) => () =>
          get()
      )(once('test: once', () => counted()())),
    ],
  ])('%s', (_, get: (key: object) => number) => {
    const key = {};
    expect([get(key), get(key)]).toEqual([1, 1]);
  });

  test('a memory of an object', () => {
    const memory = memoryBeside<object, string>('test: object');
    const key = {};
    memory.set(key, 'known');
    expect(memory.get(key)).toBe('known');
    clearMemories();
    expect(memory.get(key)).toBeUndefined();
  });

  test('a memory of what was used lately', () => {
    const memory = memoryOfRecent<number, string>('test: recent', 5);
    for (let key = 0; key < 100; key++) memory.set(key, 'known');
    expect(memory.get(99)).toBe('known');
    expect(Array.from({ length: 100 }, (_, key) => memory.get(key)).filter(Boolean).length).toBeLessThan(11);
    clearMemories();
    expect(memory.get(99)).toBeUndefined();
  });

  test('two memories of one name are refused', () => {
    memoryBeside('test: twice');
    expect(() => memoryBeside('test: twice')).toThrow('there are two memories named "test: twice"');
  });
});

function counted(): () => number {
  let count = 0;
  return () => ++count;
}
