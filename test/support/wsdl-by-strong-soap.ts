import { createRequire } from 'node:module';
import type { InterfaceLines } from './interface-lines.ts';

/** What this reading needs of strong-soap's object model of a WSDL; the package brings no types. */
interface Node {
  readonly name: string;
  readonly children: readonly Node[];
  readonly $name?: string;
  readonly $type?: string;
  readonly $base?: string;
  readonly $minOccurs?: string;
  readonly $maxOccurs?: string;
  readonly $nillable?: string;
  readonly '$wsdl:arrayType'?: string;
}
interface Message {
  readonly body: Node & { readonly parts?: Readonly<Record<string, Node>>; readonly use: string };
}
interface Operation {
  readonly soapAction: string;
  readonly style: string;
  readonly input: Message;
  readonly output: Message;
}
interface Definitions {
  readonly messages: Readonly<Record<string, Node>>;
  readonly portTypes: Readonly<Record<string, { readonly operations: Readonly<Record<string, unknown>> }>>;
  readonly bindings: Readonly<Record<string, { readonly operations: Readonly<Record<string, Operation>> }>>;
  readonly schemas: Readonly<Record<string, { readonly complexTypes: Readonly<Record<string, Node>> }>>;
}
interface StrongSoap {
  readonly WSDL: new (
    text: string,
    uri: string,
    options: object,
  ) => { loadSync(): { readonly definitions: Definitions } };
}

/** A WSDL as strong-soap understands it, and what its structure says beside the lines. */
export interface ForeignReading extends InterfaceLines {
  readonly namespaces: readonly string[];
  readonly messages: readonly string[];
  readonly portOperations: readonly string[];
  /** Style, use, and the counts that no SOAP array or struct may set otherwise. */
  readonly styles: ReadonlySet<string>;
}

/**
 * Reads a WSDL with strong-soap, which shares no code with ours. Nothing is fetched: the text is handed over
 * and its only import names no place.
 */
export function readWithStrongSoap(text: string): ForeignReading {
  const { WSDL } = createRequire(import.meta.url)('strong-soap') as StrongSoap;
  const { definitions } = new WSDL(text, 'ttsoapcgi.wsdl', {}).loadSync();
  const operations = Object.values(definitions.bindings).flatMap((binding) =>
    Object.entries(binding.operations),
  );
  const types = Object.values(definitions.schemas).flatMap((schema) => Object.entries(schema.complexTypes));
  return {
    namespaces: Object.keys(definitions.schemas),
    messages: Object.keys(definitions.messages).sort(),
    portOperations: Object.values(definitions.portTypes)
      .flatMap((port) => Object.keys(port.operations))
      .sort(),
    styles: new Set(
      operations.map(([, { style, input, output }]) => `${style} ${input.body.use} ${output.body.use}`),
    ),
    operations: operations.map(([name, operation]) => operationLine(name, operation)).sort(),
    types: types
      .filter(([, type]) => arrayOf(type) === undefined)
      .map(([name, type]) => typeLines(name, type))
      .sort()
      .flat(),
    arrays: types
      .flatMap(([name, type]) => {
        const restriction = arrayOf(type);
        return restriction === undefined ? [] : [`${name} of ${itemType(restriction)}`];
      })
      .sort(),
  };
}

function operationLine(name: string, { soapAction, input, output }: Operation): string {
  const parts = (message: Message) =>
    Object.entries(message.body.parts ?? {})
      .map(([part, node]) => `${part}: ${node.$type}`)
      .join(', ');
  return `${name} "${soapAction}" (${parts(input)}) -> ${parts(output)}`;
}

function typeLines(name: string, type: Node): string[] {
  const extension = descend(type, 'complexContent', 'extension');
  const members = descend(extension ?? type, 'sequence')?.children ?? [];
  const head = extension ? `${name} < ${extension.$base?.replace('ttns:', '')}` : name;
  return [
    head,
    ...members.map((member, index) => {
      const optional = member.$minOccurs === '0' ? ' optional' : '';
      const nillable = member.$nillable === 'true' ? ' nillable' : '';
      return `${name} ${index + 1} ${member.$name}: ${member.$type}${optional}${nillable}${several(member)}`;
    }),
  ];
}

function several(member: Node): string {
  return member.$maxOccurs === undefined || member.$maxOccurs === '1' ? '' : ` up to ${member.$maxOccurs}`;
}

function arrayOf(type: Node): Node | undefined {
  const restriction = descend(type, 'complexContent', 'restriction');
  return restriction?.$base === 'SOAP-ENC:Array' ? restriction : undefined;
}

/** The item type by the attribute, or both when the declared item element says something else. */
function itemType(restriction: Node): string {
  const attribute = restriction.children.find((child) => child.name === 'attribute')?.['$wsdl:arrayType'];
  const item = descend(restriction, 'sequence', 'element');
  const declared = item && `${item.$name} ${item.$type}[] ${item.$minOccurs} ${item.$maxOccurs}`;
  const expected = `item ${attribute} 0 unbounded`;
  return declared === expected ? `${attribute?.replace('[]', '')}` : `${attribute} but ${declared}`;
}

function descend(node: Node, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((at, name) => at?.children.find((child) => child.name === name), node);
}
