import { afterEach, beforeEach, expect, test } from 'vitest';
import { groups, sets, windowSeconds } from '../../src/aptest/model/run-head.ts';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

// Sentences of the manual that no other test of the commands holds; docs/rpc-manual.md names them all.

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection({ variables: [{ name: 'os', values: ['Linux', 'Mac'] }] }));
});
afterEach(() => twin.close());

const details = async (sessNum: string) => (await twin.json({ command: 'getSessionDetails', sessNum })).data;

test('a session has its own name, description, planned dates and windows, and else those of its set', async () => {
  const plan = {
    startdateplanned: '100',
    enddateplanned: '200',
    startdatewindow: '14400',
    enddatewindow: '604800',
  };
  await twin.call({ command: 'createSet', set: 'planned', VAR_os: 'Mac', ...plan });
  await twin.call({ command: 'createSession', set: 'planned' });
  const numbers = {
    startdateplanned: 100,
    enddateplanned: 200,
    startdatewindow: 14400,
    enddatewindow: 604800,
  };
  expect(await details('2')).toMatchObject({ ...numbers, name: '', VAR_os: 'Mac' });
  const own = {
    name: 'Nightly',
    description: 'of the\nbuild',
    enddateplanned: '300',
    enddatewindow: '28800',
    VAR_os: 'Linux',
  };
  await twin.call({ command: 'createSession', set: 'planned', ...own });
  expect(await details('3')).toMatchObject({
    ...numbers,
    name: 'Nightly',
    description: 'of the\nbuild',
    enddateplanned: 300,
    enddatewindow: 28800,
    VAR_os: 'Linux',
  });
});

test('sets and groups keep their description', async () => {
  await twin.call({ command: 'createGroup', name: 'G', description: 'a group' });
  await twin.call({ command: 'createSet', set: 'S', setGroup: 'G', description: 'a set' });
  expect(twin.runner.world.collection(groups, 'aptest:Small').get('G')?.description).toBe('a group');
  expect(twin.runner.world.collection(sets, 'aptest:Small').get('G/S')?.description).toBe('a set');
});

test('each of the seven windows is taken, and no other number of seconds', async () => {
  expect(windowSeconds).toEqual([14400, 28800, 57600, 86400, 172800, 259200, 604800]);
  for (const seconds of [...windowSeconds, 14401, 0, -14400]) {
    const reply = await twin.call({ command: 'createSession', set: 'all', startdatewindow: String(seconds) });
    expect([seconds, reply.code]).toEqual([
      seconds,
      windowSeconds.some((each) => each === seconds) ? '0' : '1',
    ]);
  }
});

test('a UUID means the same test in every session, whatever its place', async () => {
  const [uuid = ''] = (await twin.call({ command: 'getTestUUID', name: 'B/Three' })).lines;
  await twin.call({ command: 'createSession', set: 'all', tests: 'B/Three,A/One' });
  for (const [sess, tid] of [
    ['1', 2],
    ['2', 0],
  ] as const) {
    await twin.call({ command: 'result', sess, uuid, result: 'pass' });
    const data = await twin.json({ command: 'getTestResultData', sessNum: sess, uuid });
    expect(data.data).toMatchObject({ [uuid]: { tid, id: 'B.dir/Three.bts', results: 'pass' } });
  }
});
