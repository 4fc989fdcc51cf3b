import { z } from 'zod';
import { commands } from '../src/aptest/commands/index.ts';
import { factsOf } from '../src/evidence/evidence.ts';
import { operationSchema } from '../src/fault-rules/rule-schema.ts';
import { scenarioSchema } from '../src/scenario/schema.ts';
import { productSections } from '../src/scenario/sections.ts';
import { operations } from '../src/testtrack/operations/index.ts';

/**
 * Every name that calls can have, with what it does, for an editor to offer. Any other text is right for the schema:
 * commands are named in any letter case, and `lint` warns of what is none.
 */
function namedCalls() {
  const known = [
    ...Object.entries(operations).map(([name, { evidence }]) => ({
      name,
      evidence,
      summary: undefined,
      of: 'TestTrack',
    })),
    ...commands.map(({ name, evidence, summary }) => ({ name, evidence, summary, of: 'rpc.mpl' })),
  ];
  return known
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, evidence, summary, of }) => ({
      const: name,
      description: `${of}: ${
        summary ??
        factsOf(evidence)
          .map(({ about }) => about)
          .join('; ')
      }`,
    }));
}

/**
 * The JSON Schema of what a person may write in a scenario file, by which editors complete and check it while it is
 * written. It is committed because it is part of the package.
 */
export function schemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema(productSections), {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === operationSchema)
        Object.assign(jsonSchema, { anyOf: [...namedCalls(), { type: 'string' }] });
    },
  });
  const head = {
    $schema,
    title: 'Twintrack scenario',
    description:
      'What a twin of TestTrack and ApTest starts from. `twintrack lint FILE` checks more than this: that names and numbers refer to what is there.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 1)}\n`;
}
