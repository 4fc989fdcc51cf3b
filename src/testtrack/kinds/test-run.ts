import { withoutLastLineEnds } from '../../text/line-ends.ts';
import { faults } from '../faults.ts';
import type { Family } from '../lifecycle/family.ts';
import { itemMembers } from '../lifecycle/item-members.ts';
import { byNumberOrSummary } from '../lifecycle/look-up.ts';
import type { Members, Mutable } from '../lifecycle/member.ts';
import { memberKinds, readOnly } from '../lifecycle/value-members.ts';
import type { CTestRun } from '../model/operation-types.generated.ts';
import { testRunRecords, testVariants } from '../model/tables.ts';
import type { TestRunRecord } from '../model/test-run-record.ts';
import { detailGridView, stepsModes } from '../rules/steps-modes.ts';
import { requireSoundSteps, stepLines } from '../rules/test-steps.ts';
import { stepsModeMember, testContentMembers, testItemMembers } from './test-contents.ts';

/** The table's name on the wire. */
export const testRunTable = 'Test Run';

const { richText, dropdown, short } = memberKinds<TestRunRecord>();
const item = itemMembers<TestRunRecord>(testRunTable);
const contents = testContentMembers<TestRunRecord>(testRunTable);

const members: Members<TestRunRecord, CTestRun> = {
  testrunnumber: item.number,
  ...testItemMembers<TestRunRecord>(testRunTable),
  testcasenumber: readOnly(short('testCaseNumber', 'Test Case Number')),
  testcaserecordid: readOnly(short('testCaseId')),
  type: contents.type,
  testrunset: dropdown('runSet', testRunTable, 'Test Run Set'),
  isautomated: contents.isAutomated,
  estimatedtime: contents.estimatedTime,
  steps: contents.steps,
  problemstatement: richText('problemStatement', 'Problem Statement'),
  testVariants: contents.variants,
  attachmentlist: contents.attachments,
  sccFileList: item.sourceFiles,
  stepsmode: stepsModeMember('stepsMode', 'Steps Mode'),
};

/** Test runs. None is ever added by a client: they are generated from test cases. [documented] */
export const testRunFamily: Family<TestRunRecord, CTestRun> = {
  table: testRunTable,
  records: testRunRecords,
  members,
  area: 'TestTrack TCM',
  commandNoun: 'Test Runs',
  shows: [testVariants],
  required: ['Summary'],
  blank: () => {
    throw faults.notAllowed('Test runs are generated from test cases: call generateTestRuns.');
  },
  find: byNumberOrSummary(testRunRecords, {
    numberPart: 'testRunNumber',
    summaryPart: 'summary',
  }),
  files: ({ attachments }) => attachments,
  checkEdit: ({ recordId, stepsMode }) => {
    if (stepsMode !== detailGridView) return;
    // [documented for the releases up to 2024.2; the number inferred]
    throw faults.notAllowed(
      `Test run ${recordId} was saved in detail grid view; such runs cannot be edited by SOAP.`,
    );
  },
  check: (record, before, { project, now, session }) => {
    requireSoundSteps(project, record, { before, selfId: 0 });
    if (before) putProblemLast(record, before);
    record.modified = { at: now, by: session.userId };
  },
};

/** In grid view the problem statement is the last element of the steps. [documented] */
function putProblemLast(record: Mutable<TestRunRecord>, before: TestRunRecord): void {
  const { text } = record.problemStatement;
  if (record.stepsMode !== stepsModes[0] || text === before.problemStatement.text) return;
  const steps = withoutLast(record.steps, problemLines(before.problemStatement.text));
  record.steps = [...(steps === '' ? [] : [steps]), ...problemLines(text)].join('\r\n');
}

function problemLines(statement: string): string[] {
  return statement === '' ? [] : stepLines(statement).map((line) => `!${line}`);
}

/** Steps without these lines, if they end with them, and without empty lines at the end. */
function withoutLast(steps: string, last: readonly string[]): string {
  const lines = stepLines(steps);
  const isThere = last.length > 0 && lines.slice(-last.length).join('\n') === last.join('\n');
  // Lines and what separates them take turns.
  const parts = steps.split(/(\r\n|\r|\n)/);
  const kept = isThere ? parts.slice(0, Math.max(0, parts.length - 2 * last.length)) : parts;
  return withoutLastLineEnds(kept.join(''));
}
