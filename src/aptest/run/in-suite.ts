import { ArgumentError } from '../../input/argument-error.ts';
import type { Runner } from '../../runner/runner.ts';
import { errors } from '../errors.ts';
import { OpenSuite } from './open-suite.ts';

/** In which suite something is done, and in whose name. */
export interface SuiteWork {
  readonly suite: string;
  readonly user: string;
}

/** Does something in a suite of a running twin; see `inSuite`. */
export type InSuite = <T>(who: SuiteWork, work: (suite: OpenSuite) => T) => T;

/**
 * Does something in a suite of a running twin, all or nothing, as one call:
 *
 *     inSuite(runner, { suite: 'Example', user: 'lake' }, (suite) => {
 *       new TestSession(suite, 57, true).note(0, 'Done', 'pass');
 *     });
 *
 * The sessions opened inside may be read afterwards, and show the state of that moment; writing to them is an error.
 *
 * @param work has to be done when it returns: what it gives must not be a promise
 * @returns what the work gives
 * @throws ProductFault there is no such suite or user, or the work was refused; nothing is changed then
 */
export function inSuite<T>(runner: Runner, who: SuiteWork, work: (suite: OpenSuite) => T): T {
  return runner.call(
    { api: 'aptest', name: 'TestSession', input: who },
    {
      run: (draft, now) => {
        const suite = OpenSuite.named(draft, who.suite, { now, user: who.user });
        if (!suite) throw errors.noSuite({ argument: 'suite', value: who.suite });
        if (!suite.accounts.get(who.user)) throw errors.noUser({ argument: 'user', value: who.user });
        try {
          const result = work(suite);
          // Not by its class: a test runner may have a Promise of its own.
          if (typeof result === 'object' && result !== null && 'then' in result) {
            throw new ArgumentError(
              'The work given to inSuite has to be done when it returns, but it gave a promise. Wait for what it needs before, and leave out "async".',
            );
          }
          return result;
        } finally {
          suite.end();
        }
      },
    },
  );
}
