import { z } from 'zod';

/** A JSON Schema (draft 2020-12), as far as ours go. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** Where a schema that has a name stands in an OpenAPI document. */
export const schemaPlace = '#/components/schemas/';

/**
 * Writes zod schemas down as JSON Schema, and collects those that have a name. Requests are described as they are
 * sent; answers as open objects, so that a client made from the description does not break when a later version adds
 * something.
 */
export class SchemaWriter {
  private readonly named = new Map<string, JsonSchema>();

  /** The schema; a reference for one that has a name. */
  written(schema: z.ZodType): JsonSchema {
    // zod makes references of what has a name only where it stands inside of something.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), {
      io: 'input',
      override: ({ jsonSchema }) => tidy(jsonSchema),
    });
    for (const [name, definition] of Object.entries($defs)) this.named.set(name, placed(definition));
    return placed(properties?.it ?? {});
  }

  /** The schemas that have a name and were needed so far. */
  components(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Takes away what is true of every value in JSON. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (isOfAnyText(schema.propertyNames)) delete schema.propertyNames;
}

function isOfAnyText(names: unknown): boolean {
  return typeof names === 'object' && JSON.stringify(names) === '{"type":"string"}';
}

/** References as they are written in an OpenAPI document. */
function placed(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', schemaPlace) : value,
  );
}
