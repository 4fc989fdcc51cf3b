import type { Runner } from '../../runner/runner.ts';
import { errors } from '../errors.ts';
import { OpenSuite } from './open-suite.ts';

/**
 * Does something in a suite of a running twin, all or nothing, as one call:
 *
 *     inSuite(runner, { suite: 'Example', user: 'lake' }, (suite) => {
 *       new TestSession(suite, 57, true).note(0, 'Done', 'pass');
 *     });
 *
 * The sessions opened inside may be read afterwards, and show the state of that moment.
 *
 * @returns what the work gives
 * @throws ProductFault there is no such suite, or the work was refused; nothing is changed then
 */
export function inSuite<T>(
  runner: Runner,
  who: { readonly suite: string; readonly user: string },
  work: (suite: OpenSuite) => T,
): T {
  return runner.call(
    { api: 'aptest', name: 'TestSession', input: who },
    {
      run: (draft, now) => {
        const suite = OpenSuite.named(draft, who.suite, { now, user: who.user });
        if (!suite) throw errors.noSuite({ argument: 'suite', value: who.suite });
        return work(suite);
      },
    },
  );
}
