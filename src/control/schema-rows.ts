import { escapeMarkup } from '../text/escapes.ts';
import { type JsonSchema, schemaPlace } from './json-schema.ts';

/** One member of a described value, at any depth. */
export interface FieldRow {
  /** Its way from the top: `when.call`, `calls[].where`. */
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** The members of a schema, each followed by its own; what has a name of its own is not entered. */
export function fieldRows(schema: JsonSchema, above = ''): FieldRow[] {
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => fieldRows(branch, above));
  if (schema.items) return fieldRows(schema.items, `${above}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
    const name = above === '' ? key : `${above}.${key}`;
    return [
      { name, schema: member, isRequired: schema.required?.includes(key) ?? false },
      ...fieldRows(member, name),
    ];
  });
}

/** What kind of value a schema describes, as HTML. */
export function kindHtml(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = escapeMarkup(schema.$ref.replace(schemaPlace, ''));
    return `<a href="#shape-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(kindHtml).join(' or ');
  switch (schema.type) {
    case 'array':
      return schema.items ? `list of ${kindHtml(schema.items)}` : 'list';
    case 'object':
      return 'object';
    case undefined:
      return 'anything';
    default:
      return escapeMarkup([schema.type].flat().join(' or ')) + bounds(schema);
  }
}

function bounds({ minimum, exclusiveMinimum, maximum, maxLength }: JsonSchema): string {
  const said = [
    minimum === undefined ? '' : `from ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `to ${maximum}`,
    maxLength === undefined ? '' : `of at most ${maxLength} characters`,
  ].filter((each) => each !== '');
  return said.length === 0 ? '' : ` ${said.join(' ')}`;
}

function literal(value: unknown): string {
  return `<code>${escapeMarkup(typeof value === 'string' ? value : JSON.stringify(value))}</code>`;
}
