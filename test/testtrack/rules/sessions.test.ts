import { expect, test, vi } from 'vitest';
import { loginSessions, serverScope } from '../../../src/testtrack/model/tables.ts';
import { endIdleSessions } from '../../../src/testtrack/rules/sessions.ts';
import { useAllSessions } from '../../../src/testtrack/rules/sessions-after-restart.ts';
import { Draft } from '../../../src/world/draft.ts';
import type { ProductFault } from '../../../src/world/product-fault.ts';
import { testTrack } from '../../support/testtrack.ts';

const minuteMs = 60_000;

function opened(count: number) {
  const harness = testTrack({
    server: { inactivityMinutes: 30 },
    projects: [{ name: 'Project', users: [{ login: 'admin', last: 'Admin' }] }],
  });
  const { tt, runner, clock } = harness;
  const open = () => tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
  const cookies = Array.from({ length: count }, open);
  /** How often all sessions are looked through when somebody logs on at this moment, and how many are left. */
  const sweep = () => {
    const draft = new Draft(runner.world);
    const table = draft.table(loginSessions, serverScope);
    const values = vi.spyOn(table, 'values');
    endIdleSessions(draft, clock.now());
    return [values.mock.calls.length, table.size];
  };
  return { ...harness, cookies, open, sweep };
}

test('idle sessions are looked for only when one of them can be over', () => {
  const { clock, sweep } = opened(100);
  expect(sweep()).toEqual([0, 100]);
  clock.advance(30 * minuteMs - 1);
  expect(sweep()).toEqual([0, 100]);
  clock.advance(1);
  expect(sweep()).toEqual([1, 0]);
});

test('a search that found every session in use is not repeated before the next one can be over', () => {
  const { tt, clock, cookies, open, sweep } = opened(2);
  clock.advance(20 * minuteMs);
  for (const cookie of cookies) tt.getTableList({ cookie });
  clock.advance(10 * minuteMs);
  expect(sweep()).toEqual([1, 2]);
  open();
  expect(sweep()).toEqual([0, 3]);
  clock.advance(20 * minuteMs);
  expect(sweep()).toEqual([1, 1]);
});

test('a use at an earlier time, after the clock was set back, lets its session end as much earlier', () => {
  const { tt, clock, cookies, sweep } = opened(1);
  clock.advance(10 * minuteMs);
  tt.getTableList({ cookie: cookies[0] ?? 0 });
  clock.set({ mode: 'frozen', now: clock.now() - 20 * minuteMs });
  tt.getTableList({ cookie: cookies[0] ?? 0 });
  clock.advance(30 * minuteMs - 1);
  expect(sweep()).toEqual([0, 1]);
  clock.advance(1);
  expect(sweep()).toEqual([1, 0]);
});

test('after a restart every session counts as used at that moment', () => {
  const { runner, clock, sweep } = opened(2);
  clock.advance(29 * minuteMs);
  runner.change((draft) => useAllSessions(draft, clock.now()));
  clock.advance(30 * minuteMs - 1);
  expect(sweep()[1]).toBe(2);
  clock.advance(1);
  expect(sweep()[1]).toBe(0);
});

test('a call without a cookie is told to log on, one with a cookie that is over that it is', () => {
  const { tt } = opened(0);
  const hintFor = (cookie: number) => {
    try {
      tt.getTableList({ cookie });
    } catch (error) {
      return (error as ProductFault).hint;
    }
    return 'answered';
  };
  expect(hintFor(0)).toContain('The call carries no cookie.');
  expect(hintFor(-1)).toContain('The call carries no cookie.');
  expect(hintFor(1)).toContain('No session has this cookie');
});
