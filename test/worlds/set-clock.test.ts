import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { soapClient } from '../support/soap-client.ts';

let twin: Twin;
beforeEach(async () => {
  twin = await startTwin({
    scenario: {
      twintrack: 1,
      clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' },
      testtrack: {
        projects: [{ name: 'Project', users: [{ login: 'admin', password: 'secret', last: 'Admin' }] }],
      },
    },
    hostNow: () => Date.parse('2026-01-01T00:00:00Z'),
  });
});
afterEach(() => twin.close());

const logOn = () =>
  soapClient(twin.soapUrl).DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });

async function put(body: object): Promise<{ status: number; code?: string; error?: string; now?: string }> {
  const answer = await fetch(`${twin.url}/__admin/clock`, { method: 'PUT', ...jsonBody(body) });
  return { status: answer.status, ...((await answer.json()) as object) };
}

describe('a clock that would go back', () => {
  test('is refused behind the last use of a session, and stands as it stood', async () => {
    await logOn();
    twin.clock.advance('5m');
    expect(await put({ mode: 'frozen', now: '2026-03-02T08:59:59Z' })).toEqual({
      status: 400,
      code: 'TWIN_WORLD_REFUSED',
      error:
        'The clock shows 2026-03-02T09:05:00.000Z and cannot go back to 2026-03-02T08:59:59.000Z: the session of admin in "Project" was used at 2026-03-02T09:00:00.000Z. Set it before the first logon, go back with the state as well (a reset, or a snapshot that is restored), or give "backwards": true.',
    });
    expect(twin.clock.now().toISOString()).toBe('2026-03-02T09:05:00.000Z');
    expect(twin.clock.state().mode).toBe('frozen');
  });

  test('by the mode real is refused as well, and by the library', async () => {
    await logOn();
    expect((await put({ mode: 'real' })).error).toContain('cannot go back to 2026-01-01T00:00:00.000Z');
    expect(() => twin.clock.set({ mode: 'frozen', now: 0 })).toThrow('cannot go back to 1970-01-01');
  });

  test('names three of many sessions', async () => {
    for (let count = 0; count < 5; count++) await logOn();
    expect((await put({ mode: 'real' })).error).toMatch(
      /(?:was used at \S+; .+){2}was used at \S+ and 2 more\. Set it/,
    );
  });

  test.each([
    [
      'no session was used later',
      { mode: 'frozen', now: '2026-03-02T09:00:00Z' },
      '2026-03-02T09:00:00.000Z',
    ],
    ['it is asked for', { mode: 'frozen', now: '2020-01-01', backwards: true }, '2020-01-01T00:00:00.000Z'],
  ])('does when %s', async (_, choice, now) => {
    await logOn();
    twin.clock.advance('5m');
    expect(await put(choice)).toMatchObject({ status: 200, now });
  });

  test('does as long as nobody is logged on, and goes back with the state by a reset or a snapshot', async () => {
    expect(await put({ mode: 'real' })).toMatchObject({ status: 200, now: '2026-01-01T00:00:00.000Z' });
    const before = twin.snapshot('before');
    twin.clock.advance('1d');
    await logOn();
    before.restore();
    expect(twin.clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
    twin.clock.advance('100d');
    await logOn();
    twin.reset();
    expect(twin.clock.now().toISOString()).toBe('2026-03-02T09:00:00.000Z');
  });
});
