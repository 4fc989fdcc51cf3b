import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TwinOptions } from '../../src/index.ts';
import { twinOfWorld } from '../../src/moves/haproxy-hash.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { SeveralTwins } from '../support/several-twins.ts';
import { runWords } from '../support/terminal.ts';

const token = 'of-the-test';
const options: TwinOptions = { scenario: tinyScenario, worldsOnDemand: true, adminToken: token };
const names = Array.from({ length: 12 }, (_, at) => `job-${at}`);

let several: SeveralTwins;
beforeEach(async () => {
  several = await SeveralTwins.start([options, options, options]);
});
afterEach(() => several.close());

const worlds = (...words: string[]) => runWords(['worlds', ...words, '--admin-token', token]);
const table = (...twins: number[]) => twins.map((at) => (at < 0 ? '-' : several.url(at))).join(',');
const fork = (at: number, wanted: readonly string[] = names) =>
  Promise.all(wanted.map((name) => several.twin(at).fork({ name, listen: false })));

interface Listed {
  readonly url: string;
  readonly worlds: readonly { readonly name: string }[];
  readonly moves: readonly object[];
}
/** Where each world is, by the list of the command. */
async function places(): Promise<Record<string, string>> {
  const { out } = await worlds('list', '--json', '--url', table(0, 1, 2));
  const twins = JSON.parse(out) as Listed[];
  const pairs = twins.flatMap(({ url, worlds: has }) => has.map(({ name }) => [name, url] as const));
  return Object.fromEntries(pairs.filter(([name]) => name !== 'main'));
}
const wanted = (...urls: (string | undefined)[]) =>
  Object.fromEntries(names.map((name) => [name, twinOfWorld(urls, name)]));

describe('twintrack worlds list', () => {
  test('names worlds that several twins have, as balancers with different tables make them', async () => {
    await fork(0, ['a', 'twice']);
    expect((await worlds('list', '--url', table(0, 1))).err).toBe('');
    await fork(1, ['b', 'twice']);
    const { exitCode, err } = await worlds('list', '--url', table(0, 1));
    expect([exitCode, err.split('\n')[0]]).toEqual([
      0,
      `The world "twice" is in ${several.url(0)} and ${several.url(1)}.`,
    ]);
    await fork(0);
    await fork(1);
    expect((await worlds('list', '--json', '--url', table(0, 1))).err).toContain('\nSo are 8 more.\n');
  });

  test('shows worlds with their twins, records, calls and moves, and tells which twin is not there', async () => {
    await fork(0, ['a', 'b']);
    await fetch(`${several.twin(0).url}/w/a/run/rpc.mpl?rpctoken=open&username=ann&command=getSuiteList`);
    expect((await worlds('move', 'a', '--from', several.url(0), '--to', several.url(1))).exitCode).toBe(0);
    await several.end(2);
    const { exitCode, out, err } = await worlds('list', '--url', table(0, 1, 2));
    expect([exitCode, err]).toEqual([2, expect.stringContaining(`Nothing answers at ${several.url(2)}`)]);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(['WORLD', 'TWIN', 'RECORDS', 'CALLS', 'LAST USE', 'MOVE']);
    const shown = lines
      .slice(1)
      .map(([name, twin, records, calls]) => [name, twin, Number(records) > 10, calls]);
    expect(shown).toEqual([
      ['main', several.url(0), true, '0'],
      ['b', several.url(0), true, '0'],
      ['a', several.url(0), false, undefined],
      ['main', several.url(1), true, '0'],
      ['a', several.url(1), true, '1'],
    ]);
    expect(out).toContain(`moved to ${several.url(1)}\n`);
  });
});

describe('twintrack worlds move', () => {
  test('moves a world, finds it moved when it is given again, and cannot take that back', async () => {
    await fork(0, ['a']);
    const words = ['move', 'a', '--from', several.url(0), '--to', several.url(1)];
    const first = await worlds(...words);
    expect([first.exitCode, first.out]).toEqual([
      0,
      expect.stringMatching(
        /^"a" is at http:\S+: \d+ records, \d+ kB, in \d+ ms; its calls waited \d+ ms\n$/,
      ),
    ]);
    expect(await worlds(...words)).toMatchObject({
      exitCode: 0,
      out: `"a" is at ${several.url(1)} already\n`,
    });
    const undo = await worlds(...words, '--undo');
    expect([undo.exitCode, undo.err]).toEqual([
      2,
      expect.stringContaining('The move is over: the world "a" is open at'),
    ]);
    expect(undo.err).toContain('(TWIN_MOVE_TAKEN)');
  });

  test('says in a sentence what is wrong', async () => {
    await fork(0, ['a']);
    const [from, to] = [several.url(0), several.url(1)];
    for (const [words, what] of [
      [['move', 'a', '--from', from, '--to', from], 'to itself'],
      [['move', 'b', '--from', from, '--to', to], 'There is no world "b" here'],
      [['move', 'a', '--from', 'ftp://x', '--to', to], '--from: "ftp://x" is no address of a twin'],
      [['move', 'a', '--from', from, '--to', 'http://127.0.0.1:1'], 'has no peer'],
      [['move', 'a', '--from', 'http://127.0.0.1:1', '--to', to], 'Nothing answers at http://127.0.0.1:1'],
      [['move', 'a', '--from', from], '--to'],
      [['rebalance', '--url', `${from},${from}`], 'is named twice'],
      [['rebalance', '--url', '-'], 'name at least one twin'],
      [['drain', from, '--url', from], 'at least one other twin'],
    ] as const)
      expect(await worlds(...words)).toMatchObject({ exitCode: 2, err: expect.stringContaining(what) });
    const bare = await runWords(['worlds', 'list', '--url', from]);
    expect([bare.exitCode, bare.err]).toEqual([2, expect.stringContaining('No token was sent')]);
  });
});

describe('twintrack worlds rebalance and drain', () => {
  test('put worlds where the balancer looks for them when a twin is added, and when one is taken away', async () => {
    await fork(0);
    const two = [several.url(0), several.url(1)];
    const dry = await worlds('rebalance', '--dry-run', '--url', table(0, 1));
    const moving = Object.values(wanted(...two)).filter((url) => url === two[1]).length;
    expect(dry).toMatchObject({ exitCode: 0, out: `${moving} worlds would move\n` });
    const done = await worlds('rebalance', '--url', table(0, 1));
    expect([done.exitCode, done.out]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^${moving} worlds moved; `)),
    ]);
    expect(await places()).toEqual(wanted(...two));
    await worlds('rebalance', '--url', table(0, 1, 2));
    expect(await places()).toEqual(wanted(...two, several.url(2)));
    expect(await worlds('rebalance', '--url', table(0, 1, 2))).toMatchObject({
      exitCode: 0,
      out: '0 worlds moved\n',
    });

    expect(await worlds('drain', several.url(1), '--dry-run', '--url', table(0, 1, 2))).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^\d+ worlds? would move\n$/),
    });
    await worlds('drain', several.url(1), '--url', table(0, 1, 2));
    expect(await places()).toEqual(wanted(several.url(0), undefined, several.url(2)));
    const { out } = await worlds('list', '--url', table(1));
    expect(out).toContain('takes no new worlds');
    expect((await worlds('drain', several.url(1), '--undo', '--url', table(0, 1, 2))).exitCode).toBe(0);

    const forgotten = await worlds('forget', '--url', table(0, -1, 2, 1));
    expect([forgotten.exitCode, forgotten.out]).toEqual([
      0,
      expect.stringMatching(/^Calls of \d+ worlds are not passed on any more\n$/),
    ]);
    const twins = JSON.parse((await worlds('list', '--json', '--url', table(0, 1, 2))).out) as Listed[];
    expect(twins.flatMap(({ moves }) => moves)).toEqual([]);
  });

  test('tell which worlds could not be moved, and move the others', async () => {
    await fork(0);
    const there =
      names.find((name) => twinOfWorld([several.url(0), several.url(1)], name) === several.url(1)) ?? '';
    await several.twin(1).fork({ name: there, listen: false });
    const { exitCode, err, out } = await worlds('rebalance', '--url', table(0, 1));
    expect([exitCode, err]).toEqual([2, expect.stringContaining(`${there}: `)]);
    expect(err).toContain(`There is a world "${there}" already`);
    expect(out).toMatch(/^\d+ worlds moved, 1 not; /);
  });
});
