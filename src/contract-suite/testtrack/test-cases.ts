import type { Long } from '../../client/index.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectFault, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed } = checksOf<TestTrackBench>();

/** Test cases and the runs that are made of them. */
export const testCaseChecks: CheckGroup<TestTrackBench> = {
  area: 'Test cases and runs',
  checks: [
    documented(
      'the marks of the steps of a test case stay as they are',
      async (bench) => {
        const steps = '*Press the button\r\n+The light goes on\r\n#Only once';
        const recordID = await addTestCase(bench, steps);
        expectEqual('the steps', (await bench.tt.getTestCaseByRecordID({ recordID })).steps, steps);
      },
      'writes',
    ),
    observed(
      'generateTestRuns without variants makes one run',
      async (bench) => {
        const [run, ...others] = await generated(bench, await addTestCase(bench));
        expectThat('the record ID', {
          holds: Number(run?.recordid ?? 0) > 0,
          expected: 'a number above 0',
          got: run,
        });
        expectEqual('further runs', others, []);
      },
      'writes',
    ),
    documented(
      'a run carries the summary and the number of its test case',
      async (bench) => {
        const { tt } = bench;
        const recordID = await addTestCase(bench);
        const testCase = await tt.getTestCaseByRecordID({ recordID });
        const [made] = await generated(bench, recordID);
        const run = await tt.getTestRunByRecordID({ recordID: made?.recordid ?? 0 });
        const { summary, testcasenumber, testcaserecordid } = run;
        const expected = {
          summary: testCase.summary,
          testcasenumber: testCase.testcasenumber,
          testcaserecordid: recordID,
        };
        expectEqual('the run', { summary, testcasenumber, testcaserecordid }, expected);
      },
      'writes',
    ),
    documented(
      'createDefectForTestRun stores nothing: it gives a defect to be completed and added',
      async (bench) => {
        const { tt } = bench;
        const [made] = await generated(bench, await addTestCase(bench));
        const defect = await tt.createDefectForTestRun({ recordID: made?.recordid ?? 0 });
        expectEqual('the record ID', defect.recordid ?? 0, 0);
      },
      'writes',
    ),
    documented(
      'deleteTestCase deletes the runs too when told so',
      async (bench) => {
        const { tt } = bench;
        const recordID = await addTestCase(bench);
        const [made] = await generated(bench, recordID);
        await tt.deleteTestCaseByRecordID({ recordID, bDeleteAssociatedTestRun: true });
        const run = tt.getTestRunByRecordID({ recordID: made?.recordid ?? 0 });
        await expectFault('the run', run, { number: 6 });
      },
      'writes',
    ),
  ],
};

function addTestCase(bench: TestTrackBench, steps = ''): Promise<Long> {
  const pTestCase = { summary: bench.unique('test case'), steps };
  return bench.addItem('test case', {
    add: () => bench.tt.addTestCase({ pTestCase }),
    remove: (recordID) => bench.tt.deleteTestCaseByRecordID({ recordID, bDeleteAssociatedTestRun: true }),
  });
}

async function generated(
  bench: TestTrackBench,
  recordID: Long,
): Promise<readonly { recordid?: Long | undefined }[]> {
  const testRunSet = await bench.firstValue('Test Run', 'Test Run Set');
  return bench.tt.generateTestRuns({ recordID, testRunSet });
}
