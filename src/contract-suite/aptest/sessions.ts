import type { ApTestBench } from '../aptest-bench.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectContains, expectEqual, expectRefusal, expectThat } from '../expectations.ts';

const { documented, observed, inferred } = checksOf<ApTestBench>();

/** Sets and the sessions that are made of them. */
export const sessionChecks: CheckGroup<ApTestBench> = {
  area: 'Sets and sessions',
  checks: [
    documented(
      'createSet answers with the number of tests that it selected',
      async (bench) => {
        const set = bench.unique('set');
        const tests = await bench.testNames();
        const count = await bench.at.createSet({ set });
        bench.after(`set ${set}`, () => bench.at.deleteSet({ set }));
        expectEqual('the number', count, tests.length);
        expectContains('the sets', await bench.at.getSetList(), set);
      },
      'writes',
    ),
    documented(
      'createSession answers with the number of the session',
      async (bench) => {
        const session = await bench.addSession();
        expectThat('the number', { holds: /^\d+$/.test(session), expected: 'digits', got: session });
        const listed = (await bench.at.getSessionList()).map(({ sessNum }) => Number(sessNum));
        expectContains('the sessions', listed, Number(session));
      },
      'writes',
    ),
    observed(
      'a session is known by its number with any leading zeros',
      async (bench) => {
        const session = await bench.addSession();
        const status = await bench.at.getSessionStatus({ session });
        expectEqual(
          'the status',
          await bench.at.getSessionStatus({ session: `000${Number(session)}` }),
          status,
        );
      },
      'writes',
    ),
    documented(
      'a session has the tests of its set, in their order',
      async (bench) => {
        const set = await bench.addSet();
        const session = await bench.addSession({ set });
        expectEqual(
          'the tests',
          await bench.at.getTestList({ session }),
          await bench.at.getTestList({ set }),
        );
      },
      'writes',
    ),
    documented(
      'getTestList gives UUIDs when told so',
      async (bench) => {
        const session = await bench.addSession();
        const [id = ''] = await bench.at.getTestList({ session });
        const [uuid = ''] = await bench.at.getTestList({ session, byUUID: true });
        expectEqual(
          'the first UUID',
          uuid.toLowerCase(),
          (await bench.at.getTestUUID({ name: id })).toLowerCase(),
        );
      },
      'writes',
    ),
    inferred(
      'a session can be made of chosen tests',
      async (bench) => {
        const [, second = ''] = await bench.testNames(2);
        const session = await bench.addSession({ tests: [second] });
        expectEqual('the tests', await bench.at.getTestList({ session }), [second]);
      },
      'writes',
    ),
    documented(
      'a new session is listed as not begun, among those of its set',
      async (bench) => {
        const set = await bench.addSet();
        const session = await bench.addSession({ set });
        const listed = async (status: 'notrun' | 'run') =>
          (await bench.at.getSessionList({ sets: [set], status })).map(({ sessNum }) => Number(sessNum));
        expectEqual('the sessions that have not begun', await listed('notrun'), [Number(session)]);
        expectEqual('the sessions that are complete', await listed('run'), []);
      },
      'writes',
    ),
    documented(
      'assignSession confirms the assignment in a line',
      async (bench) => {
        const session = await bench.addSession();
        const { username } = bench.target;
        const line = await bench.at.assignSession({ session, assignTo: [username] });
        expectThat('the line', {
          holds: line.trim() !== '' && !line.includes('\n'),
          expected: 'one line of text',
          got: line,
        });
        const { assignedto } = await bench.at.getSessionDetails({ session });
        expectEqual('assignedto', assignedto, username);
      },
      'writes',
    ),
    documented(
      'a deleted session is gone',
      async (bench) => {
        const session = await bench.addSession();
        await bench.at.deleteSession({ session });
        await expectRefusal('the status', bench.at.getSessionStatus({ session }));
      },
      'writes',
    ),
    inferred(
      'a set that has sessions is not deleted',
      async (bench) => {
        const set = await bench.addSet();
        await bench.addSession({ set });
        await expectRefusal('the deletion', bench.at.deleteSet({ set }));
      },
      'writes',
    ),
  ],
};

/** Locks of sets and sessions. */
export const sessionLockChecks: CheckGroup<ApTestBench> = {
  area: 'Locks',
  checks: [
    documented(
      'getSessionList tells locked sessions from unlocked ones',
      async (bench) => {
        const set = await bench.addSet();
        const session = await bench.addSession({ set });
        const listed = async (locked: 'locked' | 'unlocked') =>
          (await bench.at.getSessionList({ sets: [set], locked })).map(({ sessNum }) => Number(sessNum));
        await bench.at.lockSession({ session });
        expectEqual('the locked ones', await listed('locked'), [Number(session)]);
        await bench.at.unlockSession({ session });
        expectEqual('the unlocked ones', await listed('unlocked'), [Number(session)]);
      },
      'writes',
    ),
    inferred(
      'a locked session takes no result, but can be read',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        await bench.at.lockSession({ session });
        bench.after(`the lock of session ${session}`, () => bench.at.unlockSession({ session }));
        await expectRefusal('the result', bench.at.result({ session, tid: 0, result: code }));
        await expectRefusal('the deletion', bench.at.deleteSession({ session }));
        expectThat('its tests', {
          holds: (await bench.at.getTestList({ session })).length > 0,
          expected: 'some',
          got: [],
        });
      },
      'writes',
    ),
    inferred(
      'locking what is locked already succeeds, and so does unlocking',
      async (bench) => {
        const session = await bench.addSession();
        for (const _ of [1, 2]) await bench.at.lockSession({ session });
        for (const _ of [1, 2]) await bench.at.unlockSession({ session });
      },
      'writes',
    ),
    inferred(
      'a locked set is not deleted, but sessions can be made of it',
      async (bench) => {
        const set = await bench.addSet();
        await bench.at.lockSet({ set });
        bench.after(`the lock of set ${set}`, () => bench.at.unlockSet({ set }));
        await expectRefusal('the deletion', bench.at.deleteSet({ set }));
        await bench.addSession({ set });
      },
      'writes',
    ),
  ],
};
