import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection({ executionFields: [{ name: 'build' }] }));
});
afterEach(() => twin.close());

const send = async (result: unknown, rest: Record<string, string> = {}) =>
  twin.call({
    command: 'result',
    sess: '1',
    result: typeof result === 'string' ? result : JSON.stringify(result),
    ...rest,
  });
const data = async (name: string) =>
  (await twin.call({ command: 'getTestResultData', sessNum: '1', name })).lines;

describe('result with several entries', () => {
  test('answers one fragment per line in text, and by label in JSON', async () => {
    const entries = {
      one: [{ tid: '0', result: 'pass' }],
      two: [
        { tid: 1, result: 'fail' },
        { id: 'B/Three', note: 'n' },
      ],
    };
    const text = await send(entries);
    expect(text.lines).toHaveLength(3);
    const json = await twin.json({ command: 'result', sess: '1', result: JSON.stringify(entries) });
    expect(json).toMatchObject({
      result: 0,
      data: { one: [expect.any(String)], two: [expect.any(String), expect.any(String)] },
    });
  });

  test('takes note, time, author and fields around it as defaults', async () => {
    const entries = {
      all: [
        { tid: '0', result: 'pass' },
        { tid: '1', result: 'fail', note: 'own', EXECDATA_build: '8' },
      ],
    };
    const rest = { note: 'common', execdata_user: 'bob', execdata_when: '100', EXECDATA_build: '7' };
    const reply = await send(entries, rest);
    expect(reply.lines[0]).toContain('1970-01-01 00:01:40</span> <span class="user">bob<');
    expect(reply.lines[0]).toContain('common');
    expect(reply.lines[1]).toContain('own');
    expect(await data('A/One')).toEqual(expect.arrayContaining(['build=7', 'user=bob', 'when=100']));
    expect(await data('A/Two')).toEqual(expect.arrayContaining(['build=8']));
  });

  const refusals: [string, string][] = [
    ['{', 'Not valid JSON: found the end, expected a key in double quotes'],
    ['{"a":1}', 'Not a list of entries: a (argument result)'],
    ['{"a":[1]}', 'Not an object: a[0] (argument result)'],
    ['{"a":[{"tid":"0","result":"pass"},{"result":"pass"}]}', 'Missing argument: one of result a[1].tid'],
    [
      '{"a":[{"tid":"0","result":"pass"},{"id":"A/Nine","result":"pass"}]}',
      'No such test in the session: A/Nine (argument result a[1].id)',
    ],
    [
      '{"a":[{"tid":"0","result":"pass"}],"b":[{"tid":"1","result":"odd"}]}',
      'No such result code: odd (argument result b[0].result)',
    ],
    [
      '{"a":[{"tid":"0","result":"pass"},{"tid":"1","execdata_user":"eve"}]}',
      'No such user: eve (argument result a[1].execdata_user)',
    ],
    [
      '{"a":[{"tid":"0","result":"pass"},{"tid":"1","execdata_when":"x"}]}',
      'Not a date in seconds since the epoch: x',
    ],
    ['{"a":[{"tid":"0","result":{"x":1}}]}', 'Not a text: {"x":1} (argument result a[0].result)'],
    ['{"a":[{"tid":"-1","result":"pass"}]}', 'Not a test index from 0: -1 (argument result a[0].tid)'],
  ];
  test.each(refusals)('applies nothing of %s', async (result, message) => {
    const world = twin.runner.world;
    const reply = await send(result);
    expect(reply.code).toBe('1');
    expect(reply.lines).toHaveLength(1);
    expect(reply.lines[0]).toContain(message);
    expect(twin.runner.world).toBe(world);
  });

  test('is refused when it nests 20,000 deep, whole or cut off', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const common = 'rpctoken=secret&username=ann&suite=Small&command=result&sess=1&result=';
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    expect((await twin.post(common + deep, headers)).lines).toEqual([
      'Not a list of entries: a (argument result)',
    ]);
    expect((await twin.post(common + deep.slice(0, -1), headers)).lines[0]).toContain('Not valid JSON');
  });

  test('labels and fields with the names of every object mean nothing', async () => {
    const reply = await send('{"__proto__":[{"tid":"0","result":"pass","EXECDATA___proto__":"x"}]}');
    expect(reply.code).toBe('0');
    expect(Object.prototype).not.toHaveProperty('tid');
  });
});
