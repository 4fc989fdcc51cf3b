import { expect, test } from 'vitest';
import { TestSession } from '../../src/aptest/run/test-session.ts';
import { openSuite, smallSection } from '../support/aptest.ts';

// A number that came as text was not seen to be taken, and the session that had it lost its tests.
test('a session is not saved under a number that another one has, as a number or as text', () => {
  const suite = openSuite(smallSection());
  const session = new TestSession(suite);
  expect(session.save(true, '1')).toBeUndefined();
  expect(session.save(true, 1)).toBeUndefined();
  expect(() => session.sessionId(1)).toThrow('Session exists already: 1 (argument sessionId)');
  expect(() => session.save(true, 'one')).toThrow('Not a whole number from 0: one (argument session)');
  expect(new TestSession(suite, 1).numtests()).toBe(3);
  expect(session.save(true, '7')).toBe('00007');
  expect(new TestSession(suite, 7).numtests()).toBe(0);
});

// The records of the tests before stayed behind, and an export of them could not be loaded.
test('tests that are chosen anew have nothing of those before', () => {
  const session = new TestSession(openSuite(smallSection()), 1, true);
  session.note(0, 'n', 'pass');
  session.assignedto('ann');
  expect(session.selectTests()).toBe(3);
  expect([session.result(0), session.note(0), session.assignedto()]).toEqual(['untested', '', '']);
  expect(session.testCase(0)).not.toHaveProperty('assignedto');
  expect(session.numUntested()).toBe(3);
});
