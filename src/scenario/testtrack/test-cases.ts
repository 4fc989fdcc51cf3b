import { z } from 'zod';
import { requireVariant, requireVariantValue } from '../../testtrack/families/test-variants.ts';
import { testCases, testVariants } from '../../testtrack/model/tables.ts';
import {
  type TestCaseRecord,
  type VariantValues,
  variantTypes,
} from '../../testtrack/model/test-case-record.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { requireDropdownValue } from '../../testtrack/rules/dropdowns.ts';
import { stepsModes } from '../../testtrack/rules/steps-modes.ts';
import { requireSoundSteps } from '../../testtrack/rules/test-steps.ts';
import { standingAfter } from '../../testtrack/rules/workflow.ts';
import { momentSchema } from '../clock-schema.ts';
import type { PathStep } from '../problem.ts';
import { attachmentFrom, customValuesFrom, eventsFrom } from './events.ts';
import { customValuesSchema, eventSchema, fileSchema, id, name, names } from './parts.ts';
import { numbered, type ProjectSeed, placed, requireNew } from './project-seed.ts';

const variantSchema = z.strictObject({ name, type: z.enum(variantTypes).optional(), values: names });

/** What a test case and a test run can say alike. */
export const testContentsShape = {
  type: z.string().optional(),
  isAutomated: z.boolean().optional(),
  estimatedTime: z.string().optional(),
  /** Lines with the product's markup codes, as one text or as a list of lines. */
  steps: z.union([z.string(), z.array(z.string())]).optional(),
  createdBy: name.optional(),
  createdAt: momentSchema.optional(),
  storyPoints: z.int().optional(),
  events: z.array(eventSchema).optional(),
  customFields: customValuesSchema.optional(),
  attachments: z.array(fileSchema).optional(),
};

/** A test case in a scenario. */
export const testCaseSchema = z.strictObject({
  recordId: id.optional(),
  number: id.optional(),
  summary: name,
  ...testContentsShape,
  runStepsMode: z.enum(stepsModes).optional(),
  variants: z.array(variantSchema).optional(),
});

export type TestCaseSection = z.output<typeof testCaseSchema>;

type Path = readonly PathStep[];
const table = 'Test Case';

/** The test variants of a project: each list of values of the table `Test Variant` is one. */
export function seedTestVariants(
  { project }: Pick<ProjectSeed, 'project'>,
  variantNames: Iterable<string>,
): void {
  for (const variant of variantNames) {
    project.table(testVariants).put({ recordId: project.next('test-variant'), name: variant });
  }
}

/** All test cases of a project. Which cases share the steps of others is checked when all are there. */
export function seedTestCases(
  seed: ProjectSeed,
  section: { testCases?: readonly TestCaseSection[] | undefined },
): void {
  const { project, at } = seed;
  const ids = new Set<string>();
  const numbers = new Set<string>();
  const records = (section.testCases ?? []).map((testCase, index) => {
    const path = [...at, 'testCases', index];
    const recordId = numbered(project, 'test-case', testCase.recordId);
    const number = project.record.autoNumbers ? numbered(project, 'test-case-number', testCase.number) : 0;
    requireNew(ids, String(recordId), [...path, 'recordId'], `test case with record ID ${recordId}`);
    if (number !== 0) requireNew(numbers, String(number), [...path, 'number'], `test case number ${number}`);
    return placed(path, () => testCaseFrom(seed, testCase, { recordId, number, at: path }));
  });
  project.table(testCases).fill(records);
  for (const [index, record] of records.entries()) {
    placed([...at, 'testCases', index, 'steps'], () =>
      requireSoundSteps(project, record, { before: undefined, selfId: record.recordId }),
    );
  }
}

function testCaseFrom(
  seed: ProjectSeed,
  section: TestCaseSection,
  { recordId, number, at }: { recordId: number; number: number; at: Path },
): TestCaseRecord {
  const { project, now } = seed;
  const by =
    section.createdBy === undefined ? seed.firstUser() : seed.userOf(section.createdBy, [...at, 'createdBy']);
  const createdAt = section.createdAt ?? now;
  const created = { at: createdAt, by };
  const workflow = project.workflowOf(table) ?? { states: [], events: [] };
  const events = eventsFrom(seed, workflow, section.events ?? [], { createdAt, by, at });
  const last = events.at(-1);
  requireDropdownValue(project, { table, field: 'Type' }, { value: section.type ?? '', before: undefined });
  return {
    recordId,
    number,
    summary: section.summary,
    ...standingAfter(workflow, events),
    events,
    customValues: customValuesFrom(project.customFieldsOf(table), section.customFields, [
      ...at,
      'customFields',
    ]),
    sourceFiles: [],
    created,
    modified: last ? { at: last.at, by: last.user } : created,
    addedFrom: 'Scenario',
    storyPoints: section.storyPoints ?? 0,
    percentDone: 0,
    type: section.type ?? '',
    isAutomated: section.isAutomated ?? false,
    estimatedTime: section.estimatedTime ?? '',
    steps: stepsFrom(section.steps),
    variants: (section.variants ?? []).map((variant) => variantFrom(project, variant)),
    attachments: (section.attachments ?? []).map((file, place) =>
      attachmentFrom(seed, file, createdAt, [...at, 'attachments', place]),
    ),
    runStepsMode: section.runStepsMode ?? stepsModes[0],
  };
}

/** The lines of steps, with the line ends that the product uses. [documented] */
export function stepsFrom(steps: string | readonly string[] | undefined): string {
  const lines = typeof steps === 'string' ? steps.replace(/\n$/, '').split(/\r\n|\n/) : (steps ?? []);
  return lines.join('\r\n');
}

function variantFrom(project: ProjectView, section: z.output<typeof variantSchema>): VariantValues {
  const variant = requireVariant(project, section.name);
  for (const value of section.values) requireVariantValue(project, variant, value);
  return { variantId: variant.recordId, type: section.type ?? 'Included', values: section.values };
}
