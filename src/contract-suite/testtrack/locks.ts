import { editLockFailed, type Long, type TestTrackClient } from '../../client/index.ts';
import { MINUTE_MS } from '../../world/instant.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectFault } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();
const locked = { number: 22 };
const lockMilliseconds = 15 * MINUTE_MS;

/** Whether a session could edit a defect now; it does not keep it. */
async function mayEdit(session: TestTrackClient, recordID: Long): Promise<boolean> {
  await using scope = await session.editDefectByRecordID({ recordID }, { ignoreEditLockError: true });
  return !editLockFailed(scope);
}

/** Edit locks. */
export const lockChecks: CheckGroup<TestTrackBench> = {
  area: 'Edit locks',
  checks: [
    observed(
      'a defect that is being edited is refused to another session with 22',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using _held = await bench.tt.editDefectByRecordID({ recordID });
        const other = await bench.openSession();
        await expectFault('the second edit', other.editDefectByRecordID({ recordID }), locked);
      },
      'writes',
    ),
    observed(
      'a defect that another user edits is refused with 22',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using _held = await bench.tt.editDefectByRecordID({ recordID });
        const other = await bench.openSecondUser();
        await expectFault('the edit', other.editDefectByRecordID({ recordID }), locked);
      },
      'writes',
      'second user',
    ),
    documented(
      'a defect that is being edited can be read',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using _held = await bench.tt.editDefectByRecordID({ recordID });
        const other = await bench.openSession();
        expectEqual('the record ID', (await other.getDefectByRecordID({ recordID })).recordid, recordID);
      },
      'writes',
    ),
    inferred(
      'a defect that is being edited cannot be deleted: 22',
      async (bench) => {
        const recordID = await bench.addDefect();
        const other = await bench.openSession();
        await using _held = await other.editDefectByRecordID({ recordID });
        await expectFault('the deletion', bench.tt.deleteDefectByRecordID({ recordID }), locked);
      },
      'writes',
    ),
    documented(
      'a save ends the lock',
      async (bench) => {
        const recordID = await bench.addDefect();
        await bench.tt.editing(bench.tt.editDefectByRecordID({ recordID }), () => {});
        expectEqual('another session may edit', await mayEdit(await bench.openSession(), recordID), true);
      },
      'writes',
    ),
    documented(
      'cancelSave ends the lock',
      async (bench) => {
        const recordID = await bench.addDefect();
        const scope = await bench.tt.editDefectByRecordID({ recordID });
        await scope.cancel();
        expectEqual('another session may edit', await mayEdit(await bench.openSession(), recordID), true);
      },
      'writes',
    ),
    documented(
      'a save that is refused leaves the lock',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        scope.record.priority = bench.unique('priority');
        await expectFault('the save', scope.save());
        expectEqual('another session may edit', await mayEdit(await bench.openSession(), recordID), false);
      },
      'writes',
    ),
    observed(
      'a save without an edit is refused with 7',
      async (bench) => {
        const defect = await bench.tt.getDefectByRecordID({ recordID: await bench.addDefect() });
        await expectFault('the save', bench.tt.saveDefect({ pDefect: defect }), { number: 7 });
      },
      'writes',
    ),
    observed(
      'a second save of the same record is refused with 7',
      async (bench) => {
        const recordID = await bench.addDefect();
        const scope = await bench.tt.editDefectByRecordID({ recordID });
        await scope.save();
        await expectFault('the second save', bench.tt.saveDefect({ pDefect: scope.record }), { number: 7 });
      },
      'writes',
    ),
    inferred(
      'cancelSave without an edit is refused with 7',
      async (bench) => {
        const recordID = await bench.addDefect();
        await expectFault('cancelSave', bench.tt.cancelSaveDefect({ recordID }), { number: 7 });
      },
      'writes',
    ),
    inferred(
      'a save by another session than the one that edits is refused with 7',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        const other = await bench.openSession();
        await expectFault('the save', other.saveDefect({ pDefect: scope.record }), { number: 7 });
      },
      'writes',
    ),
    inferred(
      'the end of a session ends its locks',
      async (bench) => {
        const { server, target } = bench;
        const recordID = await bench.addDefect();
        const cookie = await server.openSession(target.credentials);
        await server.call('editDefectByRecordID', { cookie, recordID });
        await server.call('DatabaseLogoff', { cookie });
        expectEqual('another session may edit', await mayEdit(bench.tt, recordID), true);
      },
      'writes',
    ),
    observed(
      'a lock holds for 15 minutes less a millisecond, and is over at 15 minutes',
      async (bench) => {
        const recordID = await bench.addDefect();
        const other = await bench.openSession();
        const thaw = await bench.clock.freeze();
        bench.after('the clock, set going again', thaw);
        await using _held = await bench.tt.editDefectByRecordID({ recordID });
        await bench.clock.advance(lockMilliseconds - 1);
        expectEqual('another session may edit just before', await mayEdit(other, recordID), false);
        await bench.clock.advance(1);
        expectEqual('another session may edit at 15 minutes', await mayEdit(other, recordID), true);
      },
      'writes',
      'clock control',
    ),
    inferred(
      'a save after the lock has ended is refused with 7',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        await bench.clock.advance(lockMilliseconds);
        await expectFault('the late save', scope.save(), { number: 7 });
      },
      'writes',
      'clock control',
    ),
  ],
};
