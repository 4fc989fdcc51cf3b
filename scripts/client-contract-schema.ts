import { z } from 'zod';
import { clientContractSchema } from '../src/real/client-contract/format.ts';

/** docs/client-contract.schema.json: the JSON Schema of what `twintrack contract derive` writes. */
export function contractSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(clientContractSchema, { io: 'input' }), null, 2)}\n`;
}
