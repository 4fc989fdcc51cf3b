import { z } from 'zod';
import { scriptSchema } from '../fault-rules/rule-schema.ts';
import { clockSchema } from '../input/clock-schema.ts';
import { scenarioFormatVersion } from './format-version.ts';
import type { Sections } from './reading/section.ts';
import { stateSchema } from './state/state-schema.ts';

/** What chance and ids are derived from when a scenario names no seed: the same for everybody, so that runs compare. */
const defaultSeed = 'twintrack';

/** The schema of a whole scenario file. Unknown keys are refused everywhere, because most of them are misspelt. */
export function scenarioSchema(sections: Sections) {
  return z.strictObject({
    twintrack: z.literal(scenarioFormatVersion),
    extends: z.union([z.string(), z.array(z.string())]).optional(),
    seed: z
      .union([z.string().min(1), z.number()])
      .transform(String)
      .default(defaultSeed),
    clock: clockSchema.default({ mode: 'real' }),
    testtrack: sections.testtrack.schema.optional(),
    aptest: sections.aptest.schema.optional(),
    script: scriptSchema.optional(),
    state: stateSchema.optional(),
    /** For editors: where the JSON Schema of this format is. */
    $schema: z.string().optional(),
  });
}

/** A whole scenario, as the schema gives it. */
export type CheckedScenario = z.output<ReturnType<typeof scenarioSchema>>;
