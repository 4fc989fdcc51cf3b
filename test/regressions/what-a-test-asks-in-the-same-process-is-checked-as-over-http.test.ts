import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  JournalError,
  type JournalQuery,
  startTwin,
  type Verification,
  WorldError,
} from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { tinyScenario } from '../support/scenarios.ts';

const twin = await startTwin({
  scenario: { ...tinyScenario, clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' } },
});
afterAll(() => twin.close());
beforeEach(() => twin.reset());

describe('a clock', () => {
  test.each(['2027-01-01T00:00:00Z', new Date('2027-01-01T00:00:00Z'), Date.parse('2027-01-01T00:00:00Z')])(
    'is set to %s, however that is written',
    (now) => {
      twin.clock.set({ mode: 'frozen', now });
      expect(twin.clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
    },
  );

  test.each([
    { mode: 'frozen', now: Number.NaN },
    { mode: 'frozen', now: 'tomorrow' },
    { mode: 'frozen', now: 1e15 },
    { mode: 'scaled', rate: -1 },
    { mode: 'frozen', rate: 2 },
  ] as const)('is not set to %o, and stands as it stood', (choice) => {
    expect(() => twin.clock.set(choice)).toThrow(WorldError);
    expect(twin.clock.now().toISOString()).toBe('2026-03-02T15:00:00.000Z');
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e15])('is not advanced by %s', (by) => {
    expect(() => twin.clock.advance(by)).toThrow(WorldError);
    expect(twin.clock.now().toISOString()).toBe('2026-03-02T15:00:00.000Z');
  });
});

describe('a journal', () => {
  // As a test in plain JavaScript may write it: a name that is not understood would fit every call.
  const written = <T>(json: string) => JSON.parse(json) as T;

  test.each(['{"calls":[{"operaton":"getDefect"}]}', '{"calls":[]}', '{}'])(
    'is not asked to verify %s',
    (json) => {
      expect(() => twin.journal.verify(written<Verification>(json))).toThrow(JournalError);
    },
  );

  test.each(['{"operaton":"getDefect"}', '{"since":"now"}', '{"limit":-1}'])(
    'is not asked for %s',
    (json) => {
      expect(() => twin.journal.entries(written<JournalQuery>(json))).toThrow(JournalError);
    },
  );

  test('takes moments as text and as numbers', async () => {
    twin.journal.clear();
    await fetch(twin.soapUrl, { method: 'POST', body: 'no XML' });
    const at = Date.parse('2026-03-02T15:00:00Z');
    expect(twin.journal.entries({ since: at, limit: 5 })).toHaveLength(1);
    expect(twin.journal.entries({ until: at })).toHaveLength(0);
    expect(twin.journal.entries(written<JournalQuery>('{"since":"2026-03-02T15:00:01Z"}'))).toHaveLength(0);
  });
});

test('a world cannot be made of a scenario and of another world at once', async () => {
  const body = { from: 'main', scenario: { twintrack: 1 } };
  const answer = await fetch(`${twin.url}/__admin/worlds`, { method: 'POST', ...jsonBody(body) });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { code: 'TWIN_CONTROL_INVALID', error: expect.stringContaining('either "scenario"') },
  ]);
});

test('control of a world that is not there is refused with JSON, its pages with text', async () => {
  const control = await fetch(`${twin.url}/w/nobody/__admin/clock`);
  expect([control.status, await control.json()]).toEqual([
    404,
    { code: 'TWIN_WORLD_UNKNOWN', error: expect.stringContaining('"nobody"') },
  ]);
  const page = await fetch(`${twin.url}/w/nobody/ttsoapcgi.wsdl`);
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
});
