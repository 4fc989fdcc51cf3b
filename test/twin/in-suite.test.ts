import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProductFault, startTwin, TestSession, type Twin } from '../../src/index.ts';

let twin: Twin;
beforeAll(async () => {
  twin = await startTwin();
});
afterAll(() => twin.close());

const who = { suite: 'Example', user: 'lake' };
const resultOf = (world: Pick<Twin, 'inSuite'>) =>
  world.inSuite(who, (suite) => new TestSession(suite, 57).result(0));

describe('work in a suite', () => {
  test('uses the session of the manual, and is one call in the journal', () => {
    const session = twin.inSuite(who, (suite) => {
      const found = new TestSession(suite, 57, true);
      found.note(0, 'Done', 'pass');
      return found;
    });
    expect(session.result(0)).toBe('pass');
    expect(resultOf(twin)).toBe('pass');
    expect(twin.journal.entries({ operation: 'TestSession' }).length).toBeGreaterThan(0);
  });

  test('is all or nothing', () => {
    const before = resultOf(twin);
    const broken = () =>
      twin.inSuite(who, (suite) => {
        new TestSession(suite, 57, true).note(0, 'Done', 'fail');
        throw new Error('not today');
      });
    expect(broken).toThrow('not today');
    expect(resultOf(twin)).toBe(before);
  });

  test('in a fork leaves the twin as it was', async () => {
    const before = resultOf(twin);
    const fork = await twin.fork();
    const other = before === 'fail' ? 'pass' : 'fail';
    fork.inSuite(who, (suite) => void new TestSession(suite, 57, true).note(0, 'Done', other));
    expect(resultOf(fork)).toBe(other);
    expect(resultOf(twin)).toBe(before);
    await fork.drop();
  });

  test('can be read after it ended, but no longer written to', () => {
    const session = twin.inSuite(who, (suite) => new TestSession(suite, 57, true));
    expect(session.numtests()).toBeGreaterThan(0);
    expect(() => session.description('late')).toThrow('The work in suite Example has ended');
    expect(() => new TestSession(session.suite).save(true, 'new')).toThrow(
      'The work in suite Example has ended',
    );
  });

  test('has to be done when it returns', () => {
    const before = resultOf(twin);
    const late = () =>
      twin.inSuite(who, async (suite) => {
        new TestSession(suite, 57, true).note(0, 'Done', 'retest');
      });
    expect(late).toThrow('leave out "async"');
    expect(resultOf(twin)).toBe(before);
  });

  test('names a suite and a user that there are', () => {
    expect(() => twin.inSuite({ ...who, suite: 'None' }, () => 0)).toThrow(ProductFault);
    expect(() => twin.inSuite({ ...who, suite: 'None' }, () => 0)).toThrow('No such suite: None');
    expect(() => twin.inSuite({ ...who, user: 'nobody' }, () => 0)).toThrow('No such user: nobody');
  });
});
