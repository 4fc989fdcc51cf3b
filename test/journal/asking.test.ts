import { afterEach, beforeEach, expect, test } from 'vitest';
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
