import { readFileSync } from 'node:fs';
import type { SimpleName, StructType, TypeRef, WsdlField, WsdlModel } from '../src/soap/wsdl-model.ts';
import { readWsdl } from '../src/soap/wsdl-model.ts';

// The TypeScript view of wsdl/ttsoapcgi.wsdl. It is committed so that a change of the WSDL is read in a review
// and a missing operation does not compile.

const wsdl = new URL('../wsdl/ttsoapcgi.wsdl', import.meta.url);

const SIMPLE: Readonly<Record<SimpleName, string>> = {
  string: 'string',
  boolean: 'boolean',
  byte: 'number',
  short: 'number',
  int: 'number',
  long: 'Long',
  double: 'number',
  date: 'string',
  dateTime: 'string',
  base64Binary: 'Buffer',
};

const HEAD = `// Generated from wsdl/ttsoapcgi.wsdl by \`npm run generate\`. Do not edit: change the WSDL and run it again.

/** An xsd:long: a number while it is a safe integer, a bigint beyond. */
export type Long = number | bigint;

/** A value that has exactly the declared type, so that the wire needs no xsi:type. */
export type Untagged<T> = T & { $type?: undefined };

/** What an operation takes and answers. Parts that a client left out have a default, or undefined where there is none. */
export interface OperationType<Input, Output> {
  input: Input;
  output: Output;
}
`;

/**
 * The TypeScript source for a WSDL.
 *
 * Every struct is an interface whose members may all be missing, as clients leave out what they like.
 * `$type` is the xsi:type of a value that is more special than its place declares: required in types that
 * never stand for themselves, such as the kinds of custom field. A place whose type has subtypes takes the
 * union `AnyX`.
 */
export function operationTypes(model: WsdlModel): string {
  const places = declaredStructs(model);
  const source = (type: TypeRef) => typeSource(model, type);
  const blocks = [...model.structs.values()].map((struct) => interfaceSource({ model, struct, places }));
  const unions = [...model.structs.values()]
    .filter((struct) => places.has(struct.name) && struct.subtypes.length > 0)
    .map((struct) => unionSource(model, struct, places));
  const calls = [...model.operations.values()].map(
    ({ name, input, output }) =>
      `  ${name}: OperationType<${inputSource(input, source)}, ${source(output.type)}>;`,
  );
  const operations = `/** Every operation of the interface. */\nexport interface OperationTypes {\n${calls.join('\n')}\n}\n`;
  const names = 'export type OperationName = keyof OperationTypes;\n';
  return [HEAD, ...blocks, ...unions, operations, names].join('\n');
}

/** The structs that a member, an array or a part declares: such a value may come without an xsi:type. */
function declaredStructs({ structs, arrays, operations }: WsdlModel): ReadonlySet<string> {
  const types = [
    ...[...structs.values()].flatMap(({ fields }) => fields.map(({ type }) => type)),
    ...[...arrays.values()].map(({ item }) => item),
    ...[...operations.values()].flatMap(({ input, output }) => [...input, output].map(({ type }) => type)),
  ];
  return new Set(types.filter(({ kind }) => kind === 'struct').map(({ name }) => name));
}

interface StructInModel {
  readonly model: WsdlModel;
  readonly struct: StructType;
  readonly places: ReadonlySet<string>;
}

function interfaceSource(of: StructInModel): string {
  const { model, struct } = of;
  const base = struct.base === undefined ? undefined : model.structs.get(struct.base);
  const own = struct.fields.slice(base?.fields.length ?? 0).map((field) => memberSource(model, field));
  const tag = tagSource(of);
  const baseTag = base && tagSource({ ...of, struct: base });
  const parent = base && (baseTag ? `Omit<${base.name}, '$type'>` : base.name);
  const body = [...(tag ? [tag] : []), ...own].map((line) => `  ${line}\n`).join('');
  return `export interface ${struct.name} ${parent ? `extends ${parent} ` : ''}{${body ? `\n${body}` : ''}}\n`;
}

/** The `$type` member, in structs that can stand where a base of theirs is declared. */
function tagSource({ model, struct, places }: StructInModel): string | undefined {
  if (!ancestors(model, struct).some((name) => places.has(name))) return undefined;
  return places.has(struct.name) ? `$type?: '${struct.name}' | undefined;` : `$type: '${struct.name}';`;
}

function ancestors(model: WsdlModel, { base }: StructType): string[] {
  const parent = base === undefined ? undefined : model.structs.get(base);
  return parent === undefined ? [] : [parent.name, ...ancestors(model, parent)];
}

function memberSource(model: WsdlModel, { name, type }: WsdlField): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
  return `${key}?: ${typeSource(model, type)} | undefined;`;
}

function unionSource(model: WsdlModel, struct: StructType, places: ReadonlySet<string>): string {
  const self = tagSource({ model, struct, places }) ? struct.name : `Untagged<${struct.name}>`;
  const members = [self, ...struct.subtypes].map((name) => `\n  | ${name}`).join('');
  return `/** What may stand where ${struct.name} is declared. */\nexport type Any${struct.name} =${members};\n`;
}

function inputSource(parts: readonly WsdlField[], source: (type: TypeRef) => string): string {
  if (parts.length === 0) return 'Record<never, never>';
  return `{ ${parts.map(({ name, type }) => `${name}: ${source(type)}${hasDefault(type) ? '' : ' | undefined'}`).join('; ')} }`;
}

/** Numbers, booleans and strings: what the decoder fills in when a part is missing. */
function hasDefault(type: TypeRef): boolean {
  return type.kind === 'simple' && !['date', 'dateTime', 'base64Binary'].includes(type.name);
}

function typeSource(model: WsdlModel, type: TypeRef): string {
  if (type.kind === 'simple') return SIMPLE[type.name];
  if (type.kind === 'array') return `readonly ${typeSource(model, type.item)}[]`;
  return (model.structs.get(type.name)?.subtypes.length ?? 0) > 0 ? `Any${type.name}` : type.name;
}

/** The model of the WSDL as it is served. */
export function servedModel(): WsdlModel {
  return readWsdl(readFileSync(wsdl, 'utf8'));
}
