import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ImpossibleCallError } from '../../src/index.ts';
import { startTwin, type Twin } from '../../src/twin.ts';
import { jsonBody } from '../support/json-body.ts';

let twin: Twin;
const called = (summary: string) => {
  const url = `${twin.rpcUrl}?command=getSuiteList&note=${encodeURIComponent(summary)}`;
  return fetch(url);
};
beforeEach(async () => {
  twin = await startTwin({ scenario: 'scenarios/minimal.yaml' });
});
afterEach(() => twin.close());

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(twin.url + path, { method, ...(body ? jsonBody(body) : {}) });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
};
const verify = (more: object = {}) =>
  ask('POST', '/__admin/journal/verify', { calls: [{ operation: 'getSuiteList' }], times: 1, ...more });

test('the journal is not asked for an operation that there is not; letter case does not matter', async () => {
  const { status, json } = await ask('GET', '/__admin/journal?operation=saveDefct');
  expect(status).toBe(400);
  expect(json.error).toContain('operation: "saveDefct" is no operation of TestTrack');
  expect(json.error).toContain('Did you mean "saveDefect"?');
  expect((await ask('GET', '/__admin/journal?operation=SAVEDEFECT')).status).toBe(200);
  expect(() => twin.journal.entries({ operation: 'getSuitList' })).toThrow('Did you mean "getSuiteList"?');
});

test('a reset, a verification and a missed one say where the next one counts from', async () => {
  await called('one');
  const reset = await ask('POST', '/__admin/reset');
  expect(reset.json).toMatchObject({ since: 1 });
  await called('two');
  expect((await verify()).status).toBe(409);
  expect((await verify({ since: reset.json.since })).json).toMatchObject({ found: [1], since: 2 });
  await called('three');
  expect((await verify()).json).toMatchObject({ found: [3], since: 3 });
  expect((await verify({ since: 2 })).status).toBe(200);
  const since = twin.journal.recorded;
  await called('four');
  twin.journal.verify({ calls: [{ operation: 'getSuiteList' }], times: 1, since });
  expect((await verify({ since: -1 })).status).toBe(400);
  expect((await ask('POST', '/__admin/worlds', { name: 'other' })).status).toBe(200);
  expect((await ask('POST', '/__admin/worlds/other/reset')).json).toMatchObject({ since: 0 });
});

test.each([90, 900, 9000, 20_000])(
  'a report shows the place where texts differ after %i characters',
  async (length) => {
    await called(`${'x'.repeat(length)}right`);
    const note = `${'x'.repeat(length)}wrong`;
    const message = (
      (await verify({ calls: [{ operation: 'getSuiteList', where: { note } }] })).json as { error: string }
    ).error;
    expect(message).toMatch(/where\.note: expected ".*xwrong", was ".*xright"/);
    expect(message.length).toBeLessThan(4000);
  },
);

describe('a verification of calls that there cannot be is refused, also where they shall not come', () => {
  test.each<readonly [object, string]>([
    [
      { operation: 'getDefect', where: { defectNumbr: 1 } },
      'calls[0].where.defectNumbr: no call can be so, because getDefect has no argument "defectNumbr". Did you mean "defectNumber"?',
    ],
    [
      { operation: 'saveDefect', where: { pDefect: { priorty: 'High' } } },
      'calls[0].where.pDefect.priorty: no call can be so, because a CDefect has no "priorty". Did you mean "priority"?',
    ],
    [
      { operation: 'SAVEDEFECT', where: { pDefect: 'High' } },
      'calls[0].where.pDefect: no call can be so, because it is a CDefect with members, and never "High".',
    ],
    [{ user: 'nobody' }, 'calls[0].user: no call can be so, because there is no user "nobody".'],
    [
      { operation: 'result', where: { resutl: 'pass' } },
      'calls[0].where.resutl: no call can be so, because result has no argument "resutl". Did you mean "result"?',
    ],
  ])('%j', async (call, message) => {
    for (const times of [0, 1]) {
      const { status, json } = await ask('POST', '/__admin/journal/verify', { calls: [call], times });
      expect([status, json.code, json.error]).toEqual([400, 'TWIN_JOURNAL_CALL_IMPOSSIBLE', message]);
      expect(() => twin.journal.verify({ calls: [call], times })).toThrow(ImpossibleCallError);
    }
  });
});

test('what a call had is no mistake of a verification, whatever it is', async () => {
  const rpc = (query: string) => fetch(`${twin.rpcUrl}?${query}`);
  await rpc('command=getSuiteList&username=former&colour=red');
  const counted = (call: object, times: number) =>
    ask('POST', '/__admin/journal/verify', { calls: [call], times });
  expect((await counted({ operation: 'getSuiteList', where: { colour: 'blue' } }, 0)).status).toBe(200);
  expect((await counted({ user: 'former' }, 1)).status).toBe(200);
  expect((await counted({ user: 'former' }, 0)).status).toBe(409);
});

test('a session is found under each of its names and in each way to write its number, in rules too', async () => {
  const rpc = async (query: string) => (await fetch(`${twin.rpcUrl}?${query}`)).text();
  await rpc('command=getSessionStatus&sessNum=00001/Set');
  for (const where of [{ sess: 1 }, { sessnum: '1' }, { sessNum: '00001' }, { SESS: '1/Other' }]) {
    const call = { operation: 'geSessionStatus', where };
    expect(() => twin.journal.verify({ calls: [call], times: 1 })).not.toThrow();
    expect(() => twin.journal.verify({ calls: [call], times: 0 })).toThrow('expected never, found 1');
    twin.rules.clear();
    const rule = twin.rules.add({ when: call, do: { fault: { text: 'On purpose' } } });
    expect(rule.warnings).toEqual([]);
    expect(await rpc('command=getSessionStatus&sess=000001')).toContain('On purpose');
    expect(await rpc('command=getSessionStatus&sess=2')).not.toContain('On purpose');
    twin.journal.clear();
    twin.rules.clear();
    await rpc('command=getSessionStatus&sessNum=00001/Set');
  }
});

test('null stands for what a call does not have, as in a rule', async () => {
  await called('one');
  expect(() =>
    twin.journal.verify({ calls: [{ operation: 'getSuiteList', where: { suite: null } }] }),
  ).not.toThrow();
  expect(() =>
    twin.journal.verify({ calls: [{ operation: 'getSuiteList', where: { note: null } }] }),
  ).toThrow();
});
