const NO_CHILDREN: readonly XmlNode[] = Object.freeze([]);

/**
 * One element of a request, with the attributes that SOAP encoding gives a meaning already picked out.
 * Their prefixes are not resolved: clients of the real server send undeclared ones.
 */
export class XmlNode {
  /** As sent, prefix included. */
  readonly name: string;
  /** The name after its last colon. */
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Length of the parent's text where this element began: keeps mixed content in order. */
  readonly offset: number;
  children: readonly XmlNode[] = NO_CHILDREN;
  /** All text and CDATA directly inside, joined. */
  text = '';
  /** Target id of `href="#id"` (SOAP 1.1) or `enc:ref="id"` (SOAP 1.2). */
  reference: string | undefined = undefined;
  id: string | undefined = undefined;
  isNil = false;
  /** Local part of `xsi:type`: the text after the last colon, so that `ttns::CStringField` works. */
  typeName: string | undefined = undefined;

  constructor(name: string, attributes: Readonly<Record<string, string>>, offset: number) {
    this.name = name;
    this.local = localPart(name);
    this.attributes = attributes;
    this.offset = offset;
  }

  append(child: XmlNode): void {
    if (this.children === NO_CHILDREN) this.children = [child];
    else (this.children as XmlNode[]).push(child);
  }
}

/** The part of a qualified name after its last colon. */
export function localPart(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The part of a qualified name before its first colon; empty when there is none. */
function prefixPart(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

/**
 * The namespace of an element, looked up in its own declarations and then in those of its ancestors.
 * @param ancestors from the nearest to the root
 * @returns undefined when the prefix is not declared; '' for an element without prefix and default namespace
 */
export function namespaceOf(node: XmlNode, ancestors: readonly XmlNode[]): string | undefined {
  const prefix = prefixPart(node.name);
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const found = node.attributes[declaration] ?? firstDeclaration(ancestors, declaration);
  return found === undefined && prefix === '' ? '' : found?.trim();
}

function firstDeclaration(nodes: readonly XmlNode[], declaration: string): string | undefined {
  for (const node of nodes) {
    const value = node.attributes[declaration];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The way from `root` down to `node` for a message: `Body/saveDefect/pDefect/eventlist/item[2]/date`. */
export function pathTo(root: XmlNode, node: XmlNode): string {
  const steps = stepsTo(root, node);
  return steps === undefined ? shortened(node.local) : steps.join('/');
}

function stepsTo(from: XmlNode, node: XmlNode): string[] | undefined {
  if (from === node) return [shortened(from.local)];
  for (const child of from.children) {
    const rest = stepsTo(child, node);
    if (rest === undefined) continue;
    const twins = from.children.filter((each) => each.local === child.local);
    if (twins.length > 1) rest[0] += `[${twins.indexOf(child) + 1}]`;
    return [shortened(from.local), ...rest];
  }
  return undefined;
}

function shortened(name: string): string {
  return name.length <= 40 ? name : `${name.slice(0, 39)}…`;
}
