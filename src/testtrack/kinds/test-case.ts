import type { CallContext } from '../call-context.ts';
import { blankItem } from '../lifecycle/blank-item.ts';
import type { Family } from '../lifecycle/family.ts';
import { itemMembers } from '../lifecycle/item-members.ts';
import { byNumberOrSummary } from '../lifecycle/look-up.ts';
import type { Members } from '../lifecycle/member.ts';
import { deleteRecord } from '../lifecycle/records.ts';
import type { CTestCase } from '../model/operation-types.generated.ts';
import { testCaseRecords, testRunRecords, testVariants } from '../model/tables.ts';
import type { TestCaseRecord } from '../model/test-case-record.ts';
import { requireCommand } from '../rules/permissions.ts';
import { stepsModes } from '../rules/steps-modes.ts';
import { requireSoundSteps } from '../rules/test-steps.ts';
import { stepsModeMember, testContentMembers, testItemMembers } from './test-contents.ts';
import { testRunFamily } from './test-run.ts';

/** The table's name on the wire. */
export const testCaseTable = 'Test Case';

const item = itemMembers<TestCaseRecord>(testCaseTable);
const contents = testContentMembers<TestCaseRecord>(testCaseTable);

const members: Members<TestCaseRecord, CTestCase> = {
  testcasenumber: item.number,
  ...testItemMembers<TestCaseRecord>(testCaseTable),
  type: contents.type,
  testrunstepsmode: stepsModeMember('runStepsMode', 'Test Run Steps Mode'),
  isautomated: contents.isAutomated,
  estimatedtime: contents.estimatedTime,
  steps: contents.steps,
  testVariants: contents.variants,
  attachmentlist: contents.attachments,
  sccFileList: item.sourceFiles,
};

/** Test cases. */
export const testCaseFamily: Family<TestCaseRecord, CTestCase> = {
  table: testCaseTable,
  records: testCaseRecords,
  members,
  area: 'TestTrack TCM',
  commandNoun: 'Test Cases',
  shows: [testVariants],
  required: ['Summary'],
  blank: blankTestCase,
  find: byNumberOrSummary(testCaseRecords, {
    numberPart: 'testCaseNumber',
    summaryPart: 'summary',
  }),
  files: ({ attachments }) => attachments,
  check: (record, before, { project, now, session }) => {
    requireSoundSteps(project, record, { before, selfId: record.recordId });
    record.modified = { at: now, by: session.userId };
  },
  onDelete: (record, context, input) => {
    // The two operations spell the flag differently. [documented]
    const deletesRuns = input.bDeleteAssociatedTestRuns === true || input.bDeleteAssociatedTestRun === true;
    if (deletesRuns) deleteRunsOf(record, context);
  },
};

/**
 * Deletes every run of a case. Without this they stay and go on naming the case that is gone. [documented that true
 * deletes them, the rest inferred]
 *
 * @throws fault 5 without the command to delete runs, 22 while a user edits one
 */
function deleteRunsOf({ recordId }: TestCaseRecord, context: CallContext): void {
  const runs = context.project.table(testRunRecords).findBy('testCase', recordId);
  if (runs.length > 0) requireCommand(context.project, context.user, `Delete ${testRunFamily.commandNoun}`);
  for (const run of runs) deleteRecord(testRunFamily, context, { record: run, input: {} });
}

/** A new test case: entered by the caller, in the first state of the workflow. [documented for the user] */
function blankTestCase(context: CallContext): TestCaseRecord {
  return {
    ...blankItem(context, testCaseTable),
    type: '',
    isAutomated: false,
    estimatedTime: '',
    steps: '',
    variants: [],
    attachments: [],
    runStepsMode: stepsModes[0],
  };
}
