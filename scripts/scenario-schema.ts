import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { scenarioSchema } from '../src/scenario/schema.ts';
import { productSections } from '../src/scenario/sections.ts';

// Run by `npm run scenario:schema`: writes the JSON Schema of scenario files, by which editors complete and check
// them while they are written. It is committed because it is part of the package.

export const schemaFile = new URL('../scenarios/scenario.schema.json', import.meta.url);

/** The JSON Schema of what a person may write in a scenario file, as text. */
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(schemaFile, schemaText());
}
