import { z } from 'zod';
import { clockSchema } from './clock-schema.ts';
import type { Sections } from './section.ts';

/** The version of the file format that this build reads. */
export const formatVersion = 1;

/** What chance and ids are derived from when a scenario names no seed: the same for everybody, so that runs compare. */
const defaultSeed = 'twintrack';

/** The schema of a whole scenario file. Unknown keys are refused everywhere, because most of them are misspelt. */
export function scenarioSchema(sections: Sections) {
  return z.strictObject({
    twintrack: z.literal(formatVersion),
    extends: z.union([z.string(), z.array(z.string())]).optional(),
    seed: z
      .union([z.string().min(1), z.number()])
      .transform(String)
      .default(defaultSeed),
    clock: clockSchema.default({ mode: 'real' }),
    testtrack: sections.testtrack.schema.optional(),
    aptest: sections.aptest.schema.optional(),
  });
}

/** A whole scenario, as the schema gives it. */
export type CheckedScenario = z.output<ReturnType<typeof scenarioSchema>>;
