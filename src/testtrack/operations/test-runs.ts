import { ProductFault } from '../../world/product-fault.ts';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { testCaseFamily, testCaseTable } from '../kinds/test-case.ts';
import { testRunFamily, testRunTable } from '../kinds/test-run.ts';
import { requireVariant, requireVariantValue } from '../kinds/test-variants.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { requireRecord, wireOf } from '../lifecycle/records.ts';
import type {
  AnyCTestRunVariantField,
  CBatchTestRunResult,
  Long,
} from '../model/operation-types.generated.ts';
import { testRunRecords } from '../model/tables.ts';
import type { TestCaseRecord, VariantValues } from '../model/test-case-record.ts';
import type { TestRunRecord } from '../model/test-run-record.ts';
import { area, documented, type Operations, operation, permission, visible } from '../operation.ts';
import type { ProjectView } from '../project-view.ts';
import { requireDropdownValue } from '../rules/dropdowns.ts';
import { type Combination, combinationsOf, requireFewRuns, runFrom } from '../rules/run-generation.ts';
import { stepsModes } from '../rules/steps-modes.ts';
import { viewFor } from '../rules/view.ts';
import { canGenerateRuns } from '../rules/workflow.ts';

const generating = [
  area('TestTrack TCM'),
  visible(testCaseTable),
  visible(testRunTable),
  permission('Generate Test Runs'),
];

/** Test runs: generated (none is ever added), performed, and what defects they lead to. */
export const testRunOperations = {
  // getTestRun, getTestRunByRecordID, editTestRun, editTestRunByRecordID, saveTestRun, cancelSaveTestRun,
  // deleteTestRun, deleteTestRunByRecordID
  ...recordLifecycle('TestRun', testRunFamily, { addTestRun: 'missing' }),

  getTestRunStepsModes: operation({
    needs: [area('TestTrack TCM')],
    evidence: documented('lists Grid View and Free Form Text View'),
    run: () => stepsModes,
  }),

  generateTestRuns: operation({
    needs: generating,
    evidence: documented(
      'stores one run per combination of the variant values, one run without any (inferred), and gives their record IDs; the test run set must exist',
    ),
    run: (context, { recordID, testVariants, testRunSet }) => {
      const testCase = requireRecord(testCaseFamily, context.project, recordID);
      const wanted = wantedRuns(context.project, testRunSet, testVariants);
      return generate(context, testCase, wanted).map(({ recordId }) => ({ recordid: recordId }));
    },
  }),

  generateBatchTestRuns: operation({
    needs: generating,
    evidence: documented(
      'generates runs of many test cases; a case that fails adds an entry to its errorList and does not fault the call (inferred, as are one result per case and what an entry holds: nothing)',
    ),
    run: (context, { testCases, testVariants, testRunSet }) => {
      if (!testCases) {
        throw faults.missingParameter('testCases', 'Send the record IDs of the test cases to generate from.');
      }
      const wanted = wantedRuns(context.project, testRunSet, testVariants);
      requireFewRuns(testCases.length * wanted.combinations.length);
      const seen = new Set<Long>();
      return testCases.map((recordId) => {
        const isRepeated = seen.has(recordId);
        seen.add(recordId);
        return isRepeated ? failed : batchResult(context, recordId, wanted);
      });
    },
  }),
} satisfies Partial<Operations>;

/** What the runs of every test case of a call are to be like. */
interface WantedRuns {
  readonly runSet: string;
  readonly chosen: readonly ChosenVariant[];
  readonly combinations: readonly Combination[];
}

type ChosenVariant = Pick<VariantValues, 'variantId' | 'values'> & { readonly name: string };

/** @throws fault 2 without a set, 23 for one that does not exist, 11 and 23 for variants and values that do not */
function wantedRuns(
  project: ProjectView,
  runSet: string,
  variants: readonly AnyCTestRunVariantField[] | undefined,
): WantedRuns {
  if (runSet === '') {
    throw faults.missingParameter(
      'testRunSet',
      'Name a value of the field Test Run Set (getDropdownFieldValuesForTable).',
    );
  }
  requireDropdownValue(
    project,
    { table: testRunTable, field: 'Test Run Set' },
    { value: runSet, before: undefined },
  );
  const chosen = chosenVariants(project, variants ?? []);
  return { runSet, chosen, combinations: combinationsOf(chosen) };
}

/** The variants to combine. Of a test case's own only those that it includes make sense. [documented] */
function chosenVariants(
  project: ProjectView,
  variants: readonly AnyCTestRunVariantField[],
): readonly ChosenVariant[] {
  const chosen = new Map<number, ChosenVariant>();
  for (const wire of variants) {
    const type = 'type' in wire ? (wire.type ?? '') : '';
    if (type !== '' && type !== 'Included') continue;
    const variant = requireVariant(project, wire.name ?? '');
    const values = new Set(chosen.get(variant.recordId)?.values);
    for (const { value = '' } of wire.values ?? []) {
      requireVariantValue(project, variant, { value });
      if (value !== '') values.add(value);
    }
    chosen.set(variant.recordId, { variantId: variant.recordId, name: variant.name, values: [...values] });
  }
  return [...chosen.values()];
}

/** @throws fault 23 when the case is in no state to generate from, or excludes one of the values */
function generate(
  { project, now, session }: CallContext,
  testCase: TestCaseRecord,
  { runSet, chosen, combinations }: WantedRuns,
): TestRunRecord[] {
  requireReadyCase(project, testCase);
  requireNoneExcluded(testCase, chosen);
  const created = { at: now, by: session.userId };
  const table = project.table(testRunRecords);
  return combinations.map((combination) =>
    table.put(
      runFrom(project, testCase, {
        recordId: project.next('test-run'),
        number: project.record.autoNumbers ? project.next('test-run-number') : 0,
        runSet,
        combination,
        created,
        addedFrom: 'SOAP',
      }),
    ),
  );
}

/** Runs are only generated in states that allow it. [documented; which states do is up to the workflow] */
function requireReadyCase(project: ProjectView, { state, recordId }: TestCaseRecord): void {
  const workflow = project.workflowOf(testCaseTable);
  if (!workflow || canGenerateRuns(workflow, state)) return;
  const states = workflow.states.filter((known) => known.canGenerateRuns).map(({ name }) => name);
  throw faults.invalidData(
    `no test runs can be generated from a test case in the state "${state}"`,
    `Test case ${recordId} is in "${state}"; the workflow allows it in: ${states.join(', ') || 'no state'} (canGenerateRuns).`,
  );
}

function requireNoneExcluded({ variants, recordId }: TestCaseRecord, chosen: readonly ChosenVariant[]): void {
  for (const { variantId, name, values } of chosen) {
    const excluded = variants.find((known) => known.variantId === variantId && known.type === 'Excluded');
    const clash = values.find((value) => excluded?.values.includes(value));
    if (clash === undefined) continue;
    throw faults.invalidData(
      `"${clash}" is excluded`,
      `Test case ${recordId} excludes "${clash}" of the test variant "${name}".`,
    );
  }
}

/** A case that failed. What an error says is not known: the type has no public members. [documented that it exists] */
const failed: CBatchTestRunResult = { errorList: [{}], testRunList: [] };

function batchResult(context: CallContext, recordId: Long, wanted: WantedRuns): CBatchTestRunResult {
  try {
    const testCase = requireRecord(testCaseFamily, context.project, recordId);
    const runs = generate(context, testCase, wanted);
    const view = viewFor(context, false);
    return { errorList: [], testRunList: runs.map((run) => wireOf(testRunFamily, run, view)) };
  } catch (error) {
    if (error instanceof ProductFault) return failed;
    throw error;
  }
}
