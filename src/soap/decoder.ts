import { isSecretName } from '../text/secrets.ts';
import { emptyValue, invalidValue } from './gsoap-faults.ts';
import { mixedContent } from './mixed-content.ts';
import type { DecodeContext, ValueReader } from './references.ts';
import { SIMPLE_TYPES, trimBlanks } from './simple-types.ts';
import { quoted } from './soap-fault.ts';
import type { OperationModel, SimpleName, StructType, TypeRef, WsdlModel } from './wsdl-model.ts';
import type { XmlNode } from './xml-node.ts';

/** Reads the parts of one operation out of its element. */
export type CallReader = (call: XmlNode, context: DecodeContext) => Record<string, unknown>;

interface Member {
  readonly name: string;
  readonly reader: ValueReader;
}

interface StructReader {
  readonly read: ValueReader;
  /** By element name. A Map, so that an element called `constructor` finds nothing. */
  readonly members: Map<string, Member>;
}

/** V8 keeps the whole source alive for a slice of this length or more. */
const SHORTEST_SLICE = 13;

/**
 * Compiles a reader for every operation of a WSDL.
 *
 * Values become typed by the WSDL, not by what the sender says: `xsi:type` only chooses a subtype of a
 * declared struct. A foreign or unknown one is ignored as gSOAP does (observed with 2.8.124), because
 * SOAP::Lite says `SOAPStruct` and `xsd:int` where the WSDL says CProject and long.
 * Names of members come from the WSDL, so a request cannot set `__proto__` or the like.
 */
export function operationReaders(
  model: WsdlModel,
  { partAliases = {}, isUnset }: ReaderSettings = {},
): (operation: string) => CallReader | undefined {
  const types = new TypeReaders(model, isUnset);
  const readers = new Map<string, CallReader>();
  return (name) => {
    const known = readers.get(name);
    if (known !== undefined) return known;
    const operation = model.operations.get(name);
    if (operation === undefined) return undefined;
    const reader = callReader(operation, types, partAliases[name] ?? {});
    readers.set(name, reader);
    return reader;
  };
}

/** What a reader takes besides what the WSDL says. */
export interface ReaderSettings {
  readonly partAliases?: PartAliases | undefined;
  /** Whether a day or moment, as `calendar-types.ts` gives it, is what a platform sends for none: it counts as not sent. */
  readonly isUnset?: ((moment: string) => boolean) | undefined;
}

/** By operation: other names that a part may be sent under, with the name that the WSDL has for it. */
export type PartAliases = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Every declared part is present in the result: absent, nil and, of doubled ones, all but the first
 * count as not sent. Parts are matched by local name, in any order; unknown ones are skipped.
 */
function callReader(
  operation: OperationModel,
  types: TypeReaders,
  aliases: Readonly<Record<string, string>>,
): CallReader {
  const members = new Map<string, Member>();
  for (const { name, type } of operation.input) members.set(name, { name, reader: types.reader(type) });
  for (const [alias, name] of Object.entries(aliases)) {
    const member = members.get(name);
    if (member !== undefined) members.set(alias, member);
  }
  const defaults = operation.input.map(({ name, type }) => ({ name, value: defaultOf(type) }));
  return (call, context) => {
    const input: Record<string, unknown> = {};
    readMembers({ node: call, members, context, into: input });
    for (const { name, value } of defaults) {
      if (input[name] === undefined) input[name] = value;
    }
    return input;
  };
}

/** What an operation sees for a part that was not sent: gSOAP's zero values (observed). */
function defaultOf(type: TypeRef): unknown {
  if (type.kind !== 'simple') return undefined;
  switch (type.name) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'date':
    case 'dateTime':
    case 'base64Binary':
      return undefined;
    default:
      return 0;
  }
}

class TypeReaders {
  readonly #model: WsdlModel;
  readonly #structs = new Map<string, StructReader>();
  readonly #arrays = new Map<string, ValueReader>();
  readonly #simple = new Map<SimpleName, ValueReader>();
  readonly #isUnset: ReaderSettings['isUnset'];

  constructor(model: WsdlModel, isUnset: ReaderSettings['isUnset']) {
    this.#model = model;
    this.#isUnset = isUnset;
  }

  /** One reader per type, so that references can be shared by reader. */
  reader(type: TypeRef): ValueReader {
    switch (type.kind) {
      case 'simple':
        return type.name === 'string' ? readText : this.#simpleReader(type.name);
      case 'struct':
        return this.#struct(type.name).read;
      case 'array': {
        const known = this.#arrays.get(type.name);
        if (known !== undefined) return known;
        const reader = arrayReader(() => this.reader(type.item));
        this.#arrays.set(type.name, reader);
        return reader;
      }
    }
  }

  #simpleReader(name: SimpleName): ValueReader {
    const known = this.#simple.get(name);
    if (known !== undefined) return known;
    const isUnset = name === 'date' || name === 'dateTime' ? this.#isUnset : undefined;
    const reader = isUnset ? unlessUnset(simpleReader(name), isUnset) : simpleReader(name);
    this.#simple.set(name, reader);
    return reader;
  }

  #struct(name: string): StructReader {
    const known = this.#structs.get(name);
    if (known !== undefined) return known;
    const type = this.#model.structs.get(name);
    if (type === undefined) throw new Error(`the WSDL uses the type ${name} without declaring it`);
    const members = new Map<string, Member>();
    const reader: StructReader = { members, read: this.#structRead(type, members) };
    this.#structs.set(name, reader); // before its members: types may be recursive
    for (const field of type.fields) {
      members.set(field.name, { name: field.name, reader: this.reader(field.type) });
    }
    return reader;
  }

  #structRead(type: StructType, members: Map<string, Member>): ValueReader {
    const subtypes = new Set(type.subtypes);
    return (node, context) => {
      const value: Record<string, unknown> = {};
      const sent = node.typeName;
      const isSubtype = sent !== undefined && subtypes.has(sent);
      if (isSubtype) value.$type = sent;
      context.enter();
      readMembers({ node, members: isSubtype ? this.#struct(sent).members : members, context, into: value });
      context.leave();
      return value;
    };
  }
}

/** Reads known children into an object; the first value of a name stays. */
function readMembers(task: {
  node: XmlNode;
  members: Map<string, Member>;
  context: DecodeContext;
  into: Record<string, unknown>;
}): void {
  const { node, members, context, into } = task;
  for (const child of node.children) {
    const member = members.get(child.local);
    if (member === undefined || Object.hasOwn(into, member.name)) continue;
    const value = context.read(child, member.reader);
    if (value !== undefined) into[member.name] = value;
  }
}

/** Items may have any name; `arrayType` and `position` are not looked at, because real clients send wrong ones. */
function arrayReader(itemReader: () => ValueReader): ValueReader {
  return (node, context) => {
    const read = itemReader();
    const items: unknown[] = [];
    context.enter();
    for (const child of node.children) {
      const item = context.read(child, read);
      if (item !== undefined) items.push(item);
    }
    context.leave();
    return items;
  };
}

function simpleReader(name: SimpleName): ValueReader {
  const { read, expects } = SIMPLE_TYPES[name];
  return (node, context) => {
    const text = trimBlanks(node.text);
    const value = text === '' ? undefined : read(text);
    if (value === undefined) throw unreadable({ node, context, name, expects });
    return value;
  };
}

function unlessUnset(read: ValueReader, isUnset: (moment: string) => boolean): ValueReader {
  return (node, context) => {
    const value = read(node, context);
    return isUnset(value as string) ? undefined : value;
  };
}

function unreadable(problem: { node: XmlNode; context: DecodeContext; name: SimpleName; expects: string }) {
  const { node, context, name, expects } = problem;
  const place = context.pathTo(node);
  const text = trimBlanks(node.text);
  // The message stands in the log too.
  const sent = isSecretName(node.local) ? 'something else' : quoted(text);
  return text === ''
    ? emptyValue(
        node.name,
        `${place} is an xsd:${name} without a value. Send ${expects}, or leave the element out.`,
      )
    : invalidValue(node.name, `${place} is an xsd:${name} but was sent as ${sent}. Send ${expects}.`);
}

/** A string exactly as sent. SOAP::Lite sends text beyond ASCII as base64Binary: that is decoded. */
const readText: ValueReader = (node, context) => {
  const text = node.children.length === 0 ? node.text : mixedContent(node);
  if (node.typeName === 'base64Binary' || node.typeName === 'base64') return textOfBase64(node, context);
  return context.detachesText && text.length >= SHORTEST_SLICE ? detached(text) : text;
};

function textOfBase64(node: XmlNode, context: DecodeContext): string {
  const { read, expects } = SIMPLE_TYPES.base64Binary;
  const bytes = read(trimBlanks(node.text));
  if (!Buffer.isBuffer(bytes)) throw unreadable({ node, context, name: 'base64Binary', expects });
  return bytes.toString('utf8');
}

/** A copy that does not keep the request's text in memory: joining makes a new string, cutting drops the blank. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
