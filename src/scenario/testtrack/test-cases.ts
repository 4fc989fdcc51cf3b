import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import { requireVariant, requireVariantValue } from '../../testtrack/kinds/test-variants.ts';
import { testCaseRecords, testVariants } from '../../testtrack/model/tables.ts';
import {
  type TestCaseRecord,
  type VariantValues,
  variantTypes,
} from '../../testtrack/model/test-case-record.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { stepsModes } from '../../testtrack/rules/steps-modes.ts';
import { requireSoundSteps } from '../../testtrack/rules/test-steps.ts';
import { attachmentsFrom } from './events.ts';
import { type ItemPlace, itemFrom, itemsFrom } from './item-seed.ts';
import { idSchema, itemPartsShape, nameSchema, namesSchema } from './parts.ts';
import { type ProjectSeed, placed } from './project-seed.ts';

const variantSchema = z.strictObject({
  name: nameSchema,
  type: z.enum(variantTypes).optional(),
  values: namesSchema,
});

/** What a test case and a test run can say alike. */
export const testContentsShape = {
  type: z.string().optional(),
  isAutomated: z.boolean().optional(),
  estimatedTime: z.string().optional(),
  /** Lines with the product's markup codes, as one text or as a list of lines. */
  steps: z.union([z.string(), z.array(z.string())]).optional(),
  ...itemPartsShape,
};

/** A test case in a scenario. */
export const testCaseSchema = z.strictObject({
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  summary: nameSchema,
  ...testContentsShape,
  runStepsMode: z.enum(stepsModes).optional(),
  variants: z.array(variantSchema).optional(),
});

export type TestCaseSection = z.output<typeof testCaseSchema>;

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
export function* seedTestCases(
  seed: ProjectSeed,
  section: { testCases?: Iterable<TestCaseSection> | undefined },
): Steps<void> {
  const { project, at } = seed;
  const records = yield* itemsFrom(seed, section.testCases, {
    key: 'testCases',
    table,
    make: (testCase, place) => testCaseFrom(seed, testCase, place),
  });
  yield* project.table(testCaseRecords).filling(records);
  for (const [index, record] of records.entries()) {
    yield;
    placed(
      () => [...at, 'testCases', index, 'steps'],
      () => requireSoundSteps(project, record, { before: undefined, selfId: record.recordId }),
    );
  }
}

function testCaseFrom(seed: ProjectSeed, section: TestCaseSection, place: ItemPlace): TestCaseRecord {
  const { project } = seed;
  seed.requireListed({ table, field: 'Type', member: 'type' }, section.type ?? '', place.at);
  const item = itemFrom(seed, section, { table, summary: section.summary, ...place });
  return {
    type: section.type ?? '',
    isAutomated: section.isAutomated ?? false,
    estimatedTime: section.estimatedTime ?? '',
    steps: stepsFrom(section.steps),
    variants: (section.variants ?? []).map((variant) => variantFrom(project, variant)),
    attachments: attachmentsFrom(seed, section.attachments, {
      createdAt: item.created.at,
      at: () => [...place.at, 'attachments'],
    }),
    runStepsMode: section.runStepsMode ?? stepsModes[0],
    ...item,
  };
}

/** The lines of steps, with the line ends that the product uses. [documented] */
export function stepsFrom(steps: string | readonly string[] | undefined): string {
  const lines = typeof steps === 'string' ? steps.replace(/\n$/, '').split(/\r\n|\n/) : (steps ?? []);
  return lines.join('\r\n');
}

function variantFrom(project: ProjectView, section: z.output<typeof variantSchema>): VariantValues {
  const variant = requireVariant(project, section.name);
  for (const value of section.values) requireVariantValue(project, variant, { value });
  return { variantId: variant.recordId, type: section.type ?? 'Included', values: section.values };
}
