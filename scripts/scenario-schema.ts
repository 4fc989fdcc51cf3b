import { z } from 'zod';
import { scenarioSchema } from '../src/scenario/schema.ts';
import { productSections } from '../src/scenario/sections.ts';

/**
 * The JSON Schema of what a person may write in a scenario file, by which editors complete and check it while it is
 * written. It is committed because it is part of the package.
 */
export function schemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema(productSections), { io: 'input' });
  const head = {
    $schema,
    title: 'Twintrack scenario',
    description:
      'What a twin of TestTrack and ApTest starts from. `twintrack lint FILE` checks more than this: that names and numbers refer to what is there.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 1)}\n`;
}
