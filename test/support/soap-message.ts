/**
 * SOAP messages from the client's side: an independent witness for the codec. It shares only the WSDL
 * model with the product, reads strictly what the WSDL allows, and says what an answer does wrong.
 */
import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { readWsdl, type TypeRef, type WsdlField, type WsdlModel } from '../../src/soap/wsdl-model.ts';

export const wsdlModel: WsdlModel = readWsdl(
  readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8'),
);

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** An element of an answer with its namespace resolved. */
export interface AnswerElement {
  readonly uri: string;
  readonly local: string;
  /** By `{namespace}name`; declarations are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: AnswerElement[];
  text: string;
}

export interface FaultAnswer {
  /** `Client` or `Server`, without the prefix. */
  readonly code: string;
  readonly text: string;
  readonly detail: string | undefined;
}

export type Answer = { readonly result: unknown } | { readonly fault: FaultAnswer };

/** The envelope a careful client would send: every part named and typed. */
export function writeCall(
  operation: string,
  parts: Readonly<Record<string, unknown>>,
  model = wsdlModel,
): string {
  const declared = model.operations.get(operation);
  if (declared === undefined) throw new Error(`the WSDL has no operation ${operation}`);
  return envelope(
    `<ns:${operation}>${members(declared.input, parts, model)}</ns:${operation}>`,
    model.namespace,
  );
}

/** An envelope around any Body content; prefixes `soap`, `enc`, `xsi`, `xsd` and `ns` are declared. */
export function envelope(body: string, namespace = wsdlModel.namespace): string {
  return (
    `<?xml version="1.0"?>\n<soap:Envelope xmlns:soap="${ENVELOPE}" xmlns:enc="${ENCODING}" xmlns:xsi="${INSTANCE}"` +
    ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ns="${namespace}">` +
    `<soap:Body soap:encodingStyle="${ENCODING}">${body}</soap:Body></soap:Envelope>\n`
  );
}

function members(
  fields: readonly WsdlField[],
  values: Readonly<Record<string, unknown>>,
  model: WsdlModel,
): string {
  return fields.map((field) => writeElement(field.name, field.type, values[field.name], model)).join('');
}

function writeElement(name: string, type: TypeRef, value: unknown, model: WsdlModel): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (type.kind === 'simple') return `<${name} xsi:type="xsd:${type.name}">${simpleText(value)}</${name}>`;
  if (type.kind === 'array') {
    const items = value as readonly unknown[];
    const itemType = type.item.kind === 'simple' ? `xsd:${type.item.name}` : `ns:${type.item.name}`;
    const content = items.map((item) => writeElement('item', type.item, item, model)).join('');
    return `<${name} xsi:type="enc:Array" enc:arrayType="${itemType}[${items.length}]">${content}</${name}>`;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const actual = typeof record.$type === 'string' ? record.$type : type.name;
  const fields = model.structs.get(actual)?.fields ?? [];
  return `<${name} xsi:type="ns:${actual}">${members(fields, record, model)}</${name}>`;
}

function simpleText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  if (Object.is(value, -0)) return '-0';
  return String(value)
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('\r', '&#13;');
}

/** Reads an answer to `operation`; throws when it is not exactly what the WSDL promises. */
export function readAnswer(operation: string, xml: string, model = wsdlModel): Answer {
  const body = onlyChild(parse(xml), ENVELOPE, 'Body');
  const [content, ...more] = body.children;
  if (content === undefined || more.length > 0)
    throw new Error(`the Body holds ${body.children.length} elements`);
  if (content.uri === ENVELOPE && content.local === 'Fault') return { fault: readFault(content) };
  const output = model.operations.get(operation)?.output;
  if (output === undefined) throw new Error(`the WSDL has no operation ${operation}`);
  expectName(content, model.namespace, `${operation}Response`);
  if (content.attributes.size > 0) throw new Error('the response wrapper has attributes');
  const [part, ...extra] = content.children;
  if (extra.length > 0) throw new Error(`${operation} answered ${content.children.length} parts`);
  if (part === undefined) return { result: undefined };
  expectName(part, '', output.name);
  return { result: readValue(part, output.type, model) };
}

function readFault(fault: AnswerElement): FaultAnswer {
  const text = (name: string) =>
    fault.children.find((child) => child.local === name && child.uri === '')?.text;
  return {
    code: (text('faultcode') ?? '').replace(/^SOAP-ENV:/, ''),
    text: text('faultstring') ?? '',
    detail: text('detail'),
  };
}

function readValue(element: AnswerElement, type: TypeRef, model: WsdlModel): unknown {
  switch (type.kind) {
    case 'simple':
      return readSimple(element, type.name);
    case 'array':
      return readArray(element, type.item, model);
    case 'struct':
      return readStruct(element, type.name, model);
  }
}

function readArray(element: AnswerElement, item: TypeRef, model: WsdlModel): unknown[] {
  const expected = `${item.kind === 'simple' ? 'xsd' : 'ttns'}:${item.name}[${element.children.length}]`;
  const declared = element.attributes.get(`{${ENCODING}}arrayType`);
  if (declared !== expected)
    throw new Error(`array ${element.local}: arrayType is ${declared}, expected ${expected}`);
  return element.children.map((child) => {
    expectName(child, '', 'item');
    return readValue(child, item, model);
  });
}

function readStruct(element: AnswerElement, declared: string, model: WsdlModel): Record<string, unknown> {
  const sent = element.attributes.get(`{${INSTANCE}}type`)?.replace(/^ttns:/, '');
  const struct = model.structs.get(sent ?? declared);
  const isAllowed = sent === undefined || model.structs.get(declared)?.subtypes.includes(sent);
  if (struct === undefined || !isAllowed)
    throw new Error(`${element.local}: ${sent} is no kind of ${declared}`);
  const value: Record<string, unknown> = sent === undefined ? {} : { $type: sent };
  let last = -1;
  for (const child of element.children) {
    const index = struct.fields.findIndex((field) => field.name === child.local);
    const field = struct.fields[index];
    if (field === undefined || child.uri !== '')
      throw new Error(`${struct.name} has no member ${child.local}`);
    if (index <= last) throw new Error(`${struct.name}.${child.local} is doubled or out of order`);
    last = index;
    value[field.name] = readValue(child, field.type, model);
  }
  return value;
}

function readSimple(element: AnswerElement, name: string): unknown {
  const { text, local } = element;
  if (element.children.length > 0) throw new Error(`${local} holds elements but is an xsd:${name}`);
  if (element.attributes.size > 0) throw new Error(`${local} has attributes but is an xsd:${name}`);
  switch (name) {
    case 'boolean':
      return matching(element, /^(true|false)$/) === 'true';
    case 'byte':
    case 'short':
    case 'int':
      return Number(matching(element, /^-?\d+$/));
    case 'long': {
      const exact = BigInt(matching(element, /^-?\d+$/));
      return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
    }
    case 'double':
      return readDouble(matching(element, /^(NaN|-?INF|-?\d+(\.\d+)?(e[+-]\d+)?)$/));
    case 'base64Binary':
      return Buffer.from(text, 'base64');
    case 'date':
      return matching(element, /^\d{4}-\d\d-\d\d$/);
    case 'dateTime':
      return matching(element, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
    default:
      return text;
  }
}

function matching({ local, text }: AnswerElement, form: RegExp): string {
  if (!form.test(text)) throw new Error(`${local} has the text '${text}', which does not match ${form}`);
  return text;
}

function readDouble(text: string): number {
  if (text.endsWith('INF')) return text === 'INF' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return Number(text);
}

function onlyChild(element: AnswerElement, uri: string, local: string): AnswerElement {
  const [child, ...more] = element.children;
  if (child === undefined || more.length > 0)
    throw new Error(`${element.local} holds not exactly one element`);
  expectName(child, uri, local);
  return child;
}

function expectName(element: AnswerElement, uri: string, local: string): void {
  if (element.uri !== uri || element.local !== local) {
    throw new Error(`expected {${uri}}${local}, got {${element.uri}}${element.local}`);
  }
}

/** The document as a tree; throws on anything that is not well-formed, undeclared prefixes included. */
export function parse(xml: string): AnswerElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: AnswerElement[] = [];
  let root: AnswerElement | undefined;
  const addText = (text: string) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  };
  parser.on('opentag', (tag) => {
    const attributes = new Map(
      Object.values(tag.attributes)
        .filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
        .map((attribute) => [`{${attribute.uri}}${attribute.local}`, attribute.value]),
    );
    const element: AnswerElement = { uri: tag.uri, local: tag.local, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml).close();
  if (root === undefined) throw new Error('the answer holds no element');
  return root;
}
