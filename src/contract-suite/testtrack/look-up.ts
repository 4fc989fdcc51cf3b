import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectFault } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();
const absent = { number: 6, text: 'The specified record does not exist in the database.' };
/** No project counts so far. */
const unused = 2_000_000_000;

/** How one record of several is found. */
export const lookUpChecks: CheckGroup<TestTrackBench> = {
  area: 'Looking up',
  checks: [
    observed('a number that nobody has faults with 6, in known words', async ({ tt }) => {
      await expectFault('the defect', tt.getDefect({ defectNumber: unused }), absent);
    }),
    observed('a record ID that nobody has faults with 6', async ({ tt }) => {
      await expectFault('the defect', tt.getDefectByRecordID({ recordID: unused }), { number: 6 });
    }),
    inferred('a summary that nobody has faults with 6', async (bench) => {
      await expectFault('the defect', bench.tt.getDefect({ summary: bench.unique('nobody') }), { number: 6 });
    }),
    inferred(
      'an attempt to delete what is not there faults with 6',
      async ({ tt }) => {
        await expectFault('the deletion', tt.deleteDefectByRecordID({ recordID: unused }), { number: 6 });
      },
      'writes',
    ),
    documented('a user who is not there is a fault', async (bench) => {
      const lastName = bench.unique('nobody');
      await expectFault('the user', bench.tt.getUser({ firstName: 'N', lastName }));
    }),
    documented(
      'a defect is found by its number, and then the summary is ignored',
      async (bench) => {
        const recordid = await bench.addDefect();
        const defectNumber = await bench.numberOf(recordid);
        const defect = await bench.tt.getDefect({ defectNumber, summary: bench.unique('nobody') });
        expectEqual('the record ID', defect.recordid, recordid);
      },
      'writes',
    ),
    documented(
      'a defect is found by its summary when the number is 0',
      async (bench) => {
        const summary = bench.unique('by summary');
        const recordid = await bench.addDefect({ summary });
        expectEqual(
          'the record ID',
          (await bench.tt.getDefect({ defectNumber: 0, summary })).recordid,
          recordid,
        );
      },
      'writes',
    ),
    documented(
      'a summary that several have is refused with 74',
      async (bench) => {
        const summary = bench.unique('twice');
        await bench.addDefect({ summary });
        await bench.addDefect({ summary });
        await expectFault('the defect', bench.tt.getDefect({ summary }), { number: 74 });
        await expectFault('the edit', bench.tt.editDefect({ summary }), { number: 74 });
      },
      'writes',
    ),
  ],
};
