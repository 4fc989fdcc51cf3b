import { expect, test } from 'vitest';
import { testTrackProblems } from '../../src/testtrack/invariants.ts';
import { MINUTE_MS } from '../../src/world/instant.ts';
import { everyKind } from '../support/session-calls.ts';
import { faultOf, project } from '../support/testtrack.ts';

test('a link that goes with its item while it is edited', () => {
  const { tt, runner, cookie } = project(everyKind);
  const link = tt.editLink({ cookie, linkID: 1 });
  tt.deleteDefect({ cookie, defectNumber: 1 });
  expect(testTrackProblems(runner.world)).toEqual([]);
  expect(faultOf(() => tt.saveLink({ cookie, pLink: link })).hint).not.toBe('');
});

test('a defect whose edit has run out', () => {
  const { tt, runner, clock, cookie } = project(everyKind);
  tt.editDefect({ cookie, defectNumber: 1 });
  clock.advance(15 * MINUTE_MS);
  tt.deleteDefect({ cookie, defectNumber: 1 });
  expect(testTrackProblems(runner.world)).toEqual([]);
});
