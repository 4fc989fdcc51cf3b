import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import { requireVariant, requireVariantValue } from '../../testtrack/kinds/test-variants.ts';
import { testCaseRecords, testRunRecords } from '../../testtrack/model/tables.ts';
import type { TestCaseRecord } from '../../testtrack/model/test-case-record.ts';
import type { TestRunRecord } from '../../testtrack/model/test-run-record.ts';
import { plainText } from '../../testtrack/rules/rich-text.ts';
import { type Combination, runFrom } from '../../testtrack/rules/run-generation.ts';
import { detailGridView, stepsModes } from '../../testtrack/rules/steps-modes.ts';
import { requireSoundSteps } from '../../testtrack/rules/test-steps.ts';
import { standingAfter } from '../../testtrack/rules/workflow.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { attachmentsFrom, customValuesFrom, eventsFrom } from './events.ts';
import { type ItemPlace, itemsFrom } from './item-seed.ts';
import { idSchema, nameSchema } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';
import { stepsFrom, testContentsShape } from './test-cases.ts';

/** A test run in a scenario: what it does not say comes from its test case. */
export const testRunSchema = z.strictObject({
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  /** The number of the test case it was generated from, … */
  testCase: idSchema.optional(),
  /** … or its record ID, where cases have no numbers. */
  testCaseRecordId: idSchema.optional(),
  summary: nameSchema.optional(),
  ...testContentsShape,
  set: nameSchema.optional(),
  /** One value of each variant, by the variant's name. */
  variants: z.record(nameSchema, nameSchema).optional(),
  stepsMode: z.enum([...stepsModes, detailGridView]).optional(),
  problemStatement: z.string().optional(),
});

export type TestRunSection = z.output<typeof testRunSchema>;

type Path = readonly PathStep[];
const table = 'Test Run';

/** All test runs of a project. */
export function* seedTestRuns(
  seed: ProjectSeed,
  section: { testRuns?: Iterable<TestRunSection> | undefined },
): Steps<void> {
  const records = yield* itemsFrom(seed, section.testRuns, {
    key: 'testRuns',
    table,
    make: (run, place) => testRunFrom(seed, run, place),
  });
  yield* seed.project.table(testRunRecords).filling(records);
}

function testRunFrom(
  seed: ProjectSeed,
  section: TestRunSection,
  { recordId, number, at }: ItemPlace,
): TestRunRecord {
  const { project, now } = seed;
  const testCase = caseOf(seed, section, at);
  const by = seed.userOrFirst(section.createdBy, () => [...at, 'createdBy']);
  const created = { at: section.createdAt ?? now, by };
  seed.requireListed({ table, field: 'Test Run Set', member: 'set' }, section.set ?? '', at);
  seed.requireListed({ table, field: 'Type', member: 'type' }, section.type ?? '', at);
  const base = runFrom(project, testCase, {
    recordId,
    number,
    runSet: section.set ?? '',
    combination: combinationFrom(seed, section),
    created,
    addedFrom: 'Scenario',
  });
  const workflow = project.workflowOf(table) ?? { states: [], events: [] };
  const events = eventsFrom(seed, workflow, { sections: section.events, createdAt: created.at, by, at });
  const last = events.at(-1);
  const record: TestRunRecord = {
    ...base,
    ...standingAfter(workflow, events),
    events,
    summary: section.summary ?? base.summary,
    customValues: {
      ...base.customValues,
      ...customValuesFrom(project.customFieldsOf(table), section.customFields, () => [...at, 'customFields']),
    },
    modified: last ? { at: last.at, by: last.user } : created,
    storyPoints: section.storyPoints ?? 0,
    type: section.type ?? base.type,
    isAutomated: section.isAutomated ?? base.isAutomated,
    estimatedTime: section.estimatedTime ?? base.estimatedTime,
    steps: section.steps === undefined ? base.steps : stepsFrom(section.steps),
    attachments: [
      ...base.attachments,
      ...attachmentsFrom(seed, section.attachments, {
        createdAt: created.at,
        at: () => [...at, 'attachments'],
      }),
    ],
    stepsMode: section.stepsMode ?? base.stepsMode,
    problemStatement: plainText(section.problemStatement ?? ''),
  };
  requireSoundSteps(project, record, { before: base, selfId: 0 });
  return record;
}

/** @throws ScenarioProblem when the run names no test case of the project */
function caseOf({ project }: ProjectSeed, section: TestRunSection, at: Path): TestCaseRecord {
  const table = project.table(testCaseRecords);
  const { testCase: number, testCaseRecordId } = section;
  const found =
    testCaseRecordId !== undefined
      ? table.get(testCaseRecordId)
      : number !== undefined
        ? table.findBy('number', number)[0]
        : undefined;
  if (found) return found;
  const part = testCaseRecordId !== undefined ? 'testCaseRecordId' : 'testCase';
  const wanted = testCaseRecordId ?? number;
  throw new ScenarioProblem(
    number === undefined && testCaseRecordId === undefined ? at : [...at, part],
    wanted === undefined
      ? 'a test run needs its test case'
      : `there is no test case ${wanted} in "${project.record.name}"`,
    'Give the number (testCase) or the record ID (testCaseRecordId) of a case in testCases',
  );
}

/** @throws ProductFault for a variant or value that the project does not have */
function combinationFrom({ project }: ProjectSeed, section: TestRunSection): Combination {
  return Object.entries(section.variants ?? {}).map(([variantName, value]) => {
    const variant = requireVariant(project, variantName);
    requireVariantValue(project, variant, { value });
    return { variantId: variant.recordId, value };
  });
}
