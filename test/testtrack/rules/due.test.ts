import { expect, test } from 'vitest';
import { dueIn } from '../../../src/testtrack/rules/due.ts';
import { testTrack } from '../../support/testtrack.ts';

const minuteMs = 60_000;

/** Somebody who edits a defect, and when what they hold ends, in minutes from now. */
function endsOf(server: { lockMinutes: number; inactivityMinutes: number }) {
  const { tt, runner, clock } = testTrack({
    server,
    projects: [
      {
        name: 'Project',
        users: [{ login: 'admin', last: 'Admin' }],
        defects: [{ number: 1, summary: 'One' }],
      },
    ],
  });
  const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
  tt.editDefect({ cookie, defectNumber: 1 });
  return dueIn(runner.world).map(({ at, kind }) => [kind, (at - clock.now()) / minuteMs]);
}

test('a lock is due at the end of its own time', () => {
  expect(endsOf({ lockMinutes: 15, inactivityMinutes: 60 })).toEqual([
    ['lock-end', 15],
    ['session-end', 60],
  ]);
});

test('a lock is due with its session when that ends first', () => {
  expect(endsOf({ lockMinutes: 15, inactivityMinutes: 10 })).toEqual([
    ['session-end', 10],
    ['lock-end', 10],
  ]);
});
