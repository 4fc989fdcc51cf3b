import type { TwinErrorCode } from '../errors/own-errors.ts';
import { SIMPLE_TYPES, trimBlanks } from '../soap/simple-types.ts';
import type { SimpleName, StructType, TypeRef, WsdlField, WsdlModel } from '../soap/wsdl-model.ts';
import type { SoapMembers } from './strong-soap.ts';
import { withoutGuards } from './text-guard.ts';

/** A value of an answer that is not what the WSDL declares. */
export class UnreadableAnswerError extends Error {
  readonly code: TwinErrorCode = 'TWIN_CLIENT_UNREADABLE_ANSWER';
}

/** strong-soap gives an element without content as undefined, and a nil one as null. */
type Raw = unknown;

/**
 * Types what strong-soap read, which is nothing but text. It gives a list of one item as that item, an empty
 * element as undefined and one with attributes as an object around its text.
 *
 * @param part the declared part of the answer
 * @param value what stands in it
 * @returns the value as the WSDL's types describe it; undefined when there is none
 * @throws UnreadableAnswerError naming the member
 */
export function answerValue(model: WsdlModel, part: WsdlField, value: Raw): unknown {
  return typed({ model, path: part.name }, part.type, value);
}

interface AnswerPath {
  readonly model: WsdlModel;
  readonly path: string;
}

function typed(at: AnswerPath, type: TypeRef, value: Raw): unknown {
  if (value === null) return undefined;
  switch (type.kind) {
    case 'simple':
      return simple(at, type.name, value);
    case 'struct':
      return struct(at, type.name, value);
    case 'array':
      return items(value).map((each, index) =>
        typed({ ...at, path: `${at.path}[${index}]` }, type.item, each),
      );
  }
}

function simple({ path }: AnswerPath, name: SimpleName, value: Raw): unknown {
  const text = textOf(value);
  if (name === 'string') return text;
  const trimmed = trimBlanks(text);
  if (trimmed === '') return name === 'base64Binary' ? Buffer.alloc(0) : undefined;
  // Before 2014.0.1 the WSDL said dateTime where days were sent: what is a text here anyway is taken as it is.
  if (name === 'date' || name === 'dateTime') return trimmed;
  const read = SIMPLE_TYPES[name].read(trimmed);
  if (read === undefined) {
    throw new UnreadableAnswerError(
      `${path} is ${JSON.stringify(trimmed.slice(0, 80))}, expected ${SIMPLE_TYPES[name].expects}`,
    );
  }
  return read;
}

function struct(at: AnswerPath, declared: string, value: Raw): unknown {
  const members = isMembers(value) ? value : {};
  const type = typeOf(at.model, declared, members);
  const read = type.fields.flatMap((field): [string, unknown][] => {
    if (!Object.hasOwn(members, field.name)) return [];
    const member = typed({ ...at, path: `${at.path}.${field.name}` }, field.type, members[field.name]);
    return member === undefined ? [] : [[field.name, member]];
  });
  return { ...(type.name === declared ? {} : { $type: type.name }), ...Object.fromEntries(read) };
}

/** The type that the element says it has; one that the WSDL does not know is read as what is declared. */
function typeOf(model: WsdlModel, declared: string, { $attributes }: SoapMembers): StructType {
  const base = model.structs.get(declared);
  if (!base) throw new UnreadableAnswerError(`the WSDL has no type ${declared}`);
  const said = ($attributes?.$xsiType as { readonly type?: string } | undefined)?.type;
  return said !== undefined && base.subtypes.includes(said) ? (model.structs.get(said) ?? base) : base;
}

/** The items of an array, by whatever name they have. */
function items(value: Raw): Raw[] {
  if (!isMembers(value)) return [];
  return Object.entries(value)
    .filter(([name]) => !name.startsWith('$'))
    .flatMap(([, each]) => (Array.isArray(each) ? each : [each]));
}

function textOf(value: Raw): string {
  if (typeof value === 'string') return withoutGuards(value);
  if (isMembers(value) && typeof value.$value === 'string') return withoutGuards(value.$value);
  return '';
}

function isMembers(value: Raw): value is SoapMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
