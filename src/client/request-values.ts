import { ArgumentError } from '../input/argument-error.ts';
import { isRecord } from '../input/is-record.ts';
import { SIMPLE_TYPES } from '../soap/simple-types.ts';
import type { OperationModel, TypeRef, WsdlField, WsdlModel } from '../soap/wsdl-model.ts';
import type { SoapMembers } from './strong-soap.ts';

/** What stands on the element of a call, so that its attributes below may use these prefixes. */
const callAttributes = {
  'soap:encodingStyle': 'http://schemas.xmlsoap.org/soap/encoding/',
  'xmlns:SOAP-ENC': 'http://schemas.xmlsoap.org/soap/encoding/',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
};

/** Parts that a caller left out are sent as these: some servers fault on a part that is missing. */
const blanks: Readonly<Record<string, string>> = {
  string: '',
  boolean: 'false',
  byte: '0',
  short: '0',
  int: '0',
  long: '0',
  double: '0',
};

/** XML has no way to write these. */
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Writes the parts of a call the way strong-soap takes them, with the types that a server needs to read them:
 * `xsi:type` where a value is more special than its part declares, `SOAP-ENC:arrayType` on every array, members in
 * the order of the WSDL.
 *
 * @throws ArgumentError naming the part and member, for a value that the WSDL does not allow there
 */
export function requestValues(
  model: WsdlModel,
  operation: OperationModel,
  parts: Readonly<Record<string, unknown>>,
): SoapMembers {
  const writer = new RequestWriter(model);
  const unknown = Object.keys(parts).filter((name) => !operation.input.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = operation.input.map(({ name }) => name).filter((name) => name !== 'cookie');
    throw new ArgumentError(
      `${operation.name} has no part ${unknown.join(', ')}. Its parts: ${known.join(', ') || 'none'}.`,
    );
  }
  return {
    $attributes: { ...callAttributes, 'xmlns:ttns': model.namespace },
    ...Object.fromEntries(
      operation.input.flatMap((part) =>
        writer.member(part, parts[part.name], { path: operation.name, defaults: blanks }),
      ),
    ),
  };
}

class RequestWriter {
  readonly #model: WsdlModel;

  constructor(model: WsdlModel) {
    this.#model = model;
  }

  /** A member and its value; nothing when there is none: what is absent, the server leaves as it is. */
  member(
    { name, type }: WsdlField,
    value: unknown,
    {
      path,
      defaults = {},
    }: { readonly path: string; readonly defaults?: Readonly<Record<string, string>> | undefined },
  ): [string, unknown][] {
    if (value !== undefined && value !== null) return [[name, this.#value(type, value, `${path}.${name}`)]];
    const blank = defaults[type.name];
    return blank === undefined ? [] : [[name, blank]];
  }

  #value(type: TypeRef, value: unknown, path: string): unknown {
    switch (type.kind) {
      case 'simple':
        return simpleText(type.name, value, path);
      case 'struct':
        return this.#struct(type.name, value, path);
      case 'array':
        return this.#array(type.item, value, path);
    }
  }

  #struct(declared: string, value: unknown, path: string): SoapMembers {
    if (!isRecord(value)) throw new ArgumentError(`${path}: expected a ${declared}, got ${shown(value)}`);
    const { $type = declared } = value as { readonly $type?: unknown };
    const known = [declared, ...(this.#model.structs.get(declared)?.subtypes ?? [])];
    const struct =
      typeof $type === 'string' && known.includes($type) ? this.#model.structs.get($type) : undefined;
    if (!struct) {
      throw new ArgumentError(
        `${path}: $type is ${shown($type)}, but only ${known.join(', ')} may stand here. Take $type from the record that was read.`,
      );
    }
    const names = new Set(struct.fields.map(({ name }) => name));
    const unknown = Object.keys(value).filter((name) => name !== '$type' && !names.has(name));
    if (unknown.length > 0) throw new ArgumentError(`${path}: a ${struct.name} has no ${unknown.join(', ')}`);
    const members = value as Readonly<Record<string, unknown>>;
    return {
      ...(struct.name === declared ? {} : { $attributes: { 'xsi:type': `ttns:${struct.name}` } }),
      ...Object.fromEntries(
        struct.fields.flatMap((field) => this.member(field, members[field.name], { path })),
      ),
    };
  }

  #array(item: TypeRef, value: unknown, path: string): SoapMembers {
    if (!Array.isArray(value)) throw new ArgumentError(`${path}: expected a list, got ${shown(value)}`);
    const prefix = item.kind === 'simple' ? 'xsd' : 'ttns';
    const $attributes = {
      'xsi:type': 'SOAP-ENC:Array',
      'SOAP-ENC:arrayType': `${prefix}:${item.name}[${value.length}]`,
    };
    return {
      $attributes,
      ...(value.length === 0
        ? {}
        : { item: value.map((each, at) => this.#value(item, each, `${path}[${at}]`)) }),
    };
  }
}

function simpleText(name: keyof typeof SIMPLE_TYPES, value: unknown, path: string): string {
  if (['string', 'date', 'dateTime'].includes(name)) {
    if (typeof value !== 'string') throw new ArgumentError(`${path}: expected a text, got ${shown(value)}`);
    if (unwritable.test(value)) {
      throw new ArgumentError(`${path}: the text holds a character that XML cannot carry, such as NUL`);
    }
    return value;
  }
  try {
    return SIMPLE_TYPES[name].write(value);
  } catch (error) {
    throw new ArgumentError(`${path}: ${(error as Error).message}`);
  }
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${String(value).slice(0, 80)}`;
}
