import { type QName, readXml, WsdlError, type XmlElement } from './wsdl-xml.ts';

export { WsdlError } from './wsdl-xml.ts';

/** The XML Schema types that a value on the wire can have. */
export type SimpleName = (typeof SIMPLE_NAMES)[number];

export type TypeRef =
  | { readonly kind: 'simple'; readonly name: SimpleName }
  | { readonly kind: 'struct'; readonly name: string }
  | ArrayType;

/** A SOAP array; arrays of arrays are possible in SOAP and kept possible here. */
export interface ArrayType {
  readonly kind: 'array';
  readonly name: string;
  readonly item: TypeRef;
}

/** A member of a struct, or a part of a message. */
export interface WsdlField {
  readonly name: string;
  readonly type: TypeRef;
  /** minOccurs is 0. Never set for a message part. */
  readonly optional: boolean;
  readonly nillable: boolean;
}

export interface StructType {
  readonly name: string;
  readonly base?: string;
  /** In the order of the wire: those of the base first. */
  readonly fields: readonly WsdlField[];
  /** Everything derived from this type, directly or not, in the order of the WSDL. */
  readonly subtypes: readonly string[];
}

export interface OperationModel {
  readonly name: string;
  /** May be empty: some operations have none. */
  readonly soapAction: string;
  readonly input: readonly WsdlField[];
  readonly output: WsdlField;
}

export interface WsdlModel {
  readonly namespace: string;
  readonly structs: ReadonlyMap<string, StructType>;
  readonly arrays: ReadonlyMap<string, ArrayType>;
  readonly operations: ReadonlyMap<string, OperationModel>;
}

const SIMPLE_NAMES = [
  'string',
  'boolean',
  'byte',
  'short',
  'int',
  'long',
  'double',
  'date',
  'dateTime',
  'base64Binary',
] as const;

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const WSDL_SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
const SCHEMA = 'http://www.w3.org/2001/XMLSchema';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';

const SIMPLE_TYPES: ReadonlyMap<string, TypeRef> = new Map(
  SIMPLE_NAMES.map((name) => [name, Object.freeze({ kind: 'simple' as const, name })]),
);

/**
 * Reads an RPC/encoded WSDL 1.1 document into the model that the codec works from.
 *
 * @param text the WSDL
 * @returns every type and operation, in the order of the document; maps, so that no name can collide with
 *   a property that objects have anyway
 * @throws WsdlError naming the element, for text that is not XML, dangling names and unsupported constructs
 */
export function readWsdl(text: string): WsdlModel {
  const root = readXml(text);
  if (root.namespace !== WSDL || root.local !== 'definitions') {
    throw new WsdlError(`the WSDL begins with <${root.local}>, expected <definitions> of WSDL 1.1`);
  }
  const namespace = attribute(root, 'targetNamespace');
  const complexTypes = childrenOf(root, WSDL, 'types')
    .flatMap((types) => childrenOf(types, SCHEMA, 'schema'))
    .flatMap((schema) => childrenOf(schema, SCHEMA, 'complexType'));
  const types = new TypeReader(namespace, complexTypes);
  return {
    namespace,
    structs: types.structs(),
    arrays: types.arrays(),
    operations: readOperations(root, types),
  };
}

/** Resolves names to types; a struct refers to others by name, so types may be recursive. */
class TypeReader {
  readonly #namespace: string;
  readonly #declarations = new Map<string, XmlElement>();
  readonly #structs = new Map<string, StructType>();

  constructor(namespace: string, complexTypes: readonly XmlElement[]) {
    this.#namespace = namespace;
    for (const type of complexTypes) this.#declarations.set(attribute(type, 'name'), type);
  }

  structs(): Map<string, StructType> {
    const names = [...this.#declarations].filter(([, type]) => !isArray(type)).map(([name]) => name);
    const structs = names.map((name) => this.#struct(name, new Set()));
    return new Map(
      structs.map((struct) => [
        struct.name,
        { ...struct, subtypes: names.filter((other) => this.#derives(other, struct.name)) },
      ]),
    );
  }

  arrays(): Map<string, ArrayType> {
    const found = new Map<string, ArrayType>();
    for (const name of this.#declarations.keys()) {
      const type = this.ref({ namespace: this.#namespace, local: name }, name);
      if (type.kind === 'array') found.set(name, type);
    }
    return found;
  }

  /** @param owner where the name was used, for the error */
  ref(name: QName | undefined, owner: string): TypeRef {
    if (name === undefined) throw new WsdlError(`${owner} has no type, or one with an undeclared prefix`);
    const simple = name.namespace === SCHEMA ? SIMPLE_TYPES.get(name.local) : undefined;
    if (simple !== undefined) return simple;
    const declared = name.namespace === this.#namespace ? this.#declarations.get(name.local) : undefined;
    if (declared === undefined) {
      throw new WsdlError(`${owner} has the type {${name.namespace}}${name.local}, which is not declared`);
    }
    if (!isArray(declared)) return { kind: 'struct', name: name.local };
    return { kind: 'array', name: name.local, item: this.ref(itemType(declared), name.local) };
  }

  #struct(name: string, seen: Set<string>): StructType {
    const known = this.#structs.get(name);
    if (known !== undefined) return known;
    if (seen.has(name)) throw new WsdlError(`the type ${name} extends itself`);
    const declaration = this.#declarations.get(name);
    if (declaration === undefined) throw new WsdlError(`the base type ${name} is not declared`);
    const extension = derivation(declaration, 'extension');
    const own = childrenOf(extension ?? declaration, SCHEMA, 'sequence')
      .flatMap((sequence) => childrenOf(sequence, SCHEMA, 'element'))
      .map((element) => this.#field(element, name));
    const base = extension && this.#struct(baseName(extension, name), new Set(seen).add(name));
    const struct: StructType = base
      ? { name, base: base.name, fields: [...base.fields, ...own], subtypes: [] }
      : { name, fields: own, subtypes: [] };
    this.#structs.set(name, struct);
    return struct;
  }

  #field(element: XmlElement, owner: string): WsdlField {
    const name = attribute(element, 'name');
    return {
      name,
      type: this.ref(element.names.get('type'), `${owner}.${name}`),
      optional: element.attributes.get('minOccurs') === '0',
      nillable: element.attributes.get('nillable') === 'true',
    };
  }

  #derives(name: string, ancestor: string): boolean {
    const base = this.#structs.get(name)?.base;
    return base !== undefined && (base === ancestor || this.#derives(base, ancestor));
  }
}

function readOperations(root: XmlElement, types: TypeReader): Map<string, OperationModel> {
  const messages = new Map(
    childrenOf(root, WSDL, 'message').map((message) => [attribute(message, 'name'), message]),
  );
  const parts = (operation: XmlElement, direction: 'input' | 'output'): WsdlField[] => {
    const owner = `operation ${attribute(operation, 'name')}`;
    const name = childrenOf(operation, WSDL, direction)[0]?.names.get('message')?.local ?? '';
    const message = messages.get(name);
    if (message === undefined) throw new WsdlError(`${owner} has no ${direction} message that is declared`);
    return childrenOf(message, WSDL, 'part').map((part) => ({
      name: attribute(part, 'name'),
      type: types.ref(part.names.get('type'), `${name}.${attribute(part, 'name')}`),
      optional: false,
      nillable: false,
    }));
  };
  const actions = readActions(root);
  const operations = new Map<string, OperationModel>();
  for (const operation of childrenOf(root, WSDL, 'portType').flatMap((p) =>
    childrenOf(p, WSDL, 'operation'),
  )) {
    const name = attribute(operation, 'name');
    const soapAction = actions.get(name);
    if (soapAction === undefined) throw new WsdlError(`operation ${name} has no SOAP 1.1 binding`);
    const [output, ...more] = parts(operation, 'output');
    if (output === undefined || more.length > 0) {
      throw new WsdlError(`operation ${name} must answer with exactly one part`);
    }
    operations.set(name, { name, soapAction, input: parts(operation, 'input'), output });
  }
  return operations;
}

function readActions(root: XmlElement): Map<string, string> {
  return new Map(
    childrenOf(root, WSDL, 'binding')
      .flatMap((binding) => childrenOf(binding, WSDL, 'operation'))
      .flatMap((operation) =>
        childrenOf(operation, WSDL_SOAP, 'operation').map((soap): [string, string] => [
          attribute(operation, 'name'),
          soap.attributes.get('soapAction') ?? '',
        ]),
      ),
  );
}

function isArray(type: XmlElement): boolean {
  const base = derivation(type, 'restriction')?.names.get('base');
  return base?.namespace === ENCODING && base.local === 'Array';
}

/** `wsdl:arrayType="ttns:CField[]"` names the items; the bounds say nothing and go. */
function itemType(array: XmlElement): QName | undefined {
  const name = derivation(array, 'restriction')
    ?.children.find((child) => child.names.has('arrayType'))
    ?.names.get('arrayType');
  return name && { namespace: name.namespace, local: name.local.replace(/\[[\d,]*\]$/, '') };
}

function derivation(type: XmlElement, kind: 'extension' | 'restriction'): XmlElement | undefined {
  const content = childrenOf(type, SCHEMA, 'complexContent')[0];
  return content && childrenOf(content, SCHEMA, kind)[0];
}

function baseName(extension: XmlElement, owner: string): string {
  const base = extension.names.get('base');
  if (base === undefined) throw new WsdlError(`the type ${owner} extends a name with an undeclared prefix`);
  return base.local;
}

function childrenOf(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return element.children.filter((child) => child.local === local && child.namespace === namespace);
}

function attribute(element: XmlElement, name: string): string {
  const value = element.attributes.get(name);
  if (value === undefined) throw new WsdlError(`<${element.local}> has no ${name}`);
  return value;
}
