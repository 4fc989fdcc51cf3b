import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { TwinErrorCode } from '../errors/own-errors.ts';

/** A name with the namespace its prefix stood for. */
export interface QName {
  readonly namespace: string;
  readonly local: string;
}

/** An element of a WSDL: enough of XML to read definitions, no text and no order between attributes. */
export interface XmlElement {
  readonly namespace: string;
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The attributes whose value is a qualified name, resolved where they stand. */
  readonly names: ReadonlyMap<string, QName>;
  readonly children: XmlElement[];
}

/** A text that is not a WSDL, or uses a construct that no RPC/encoded service needs. */
export class WsdlError extends Error {
  override readonly name = 'WsdlError';
  readonly code: TwinErrorCode = 'TWIN_WSDL_INVALID';
}

/** WSDL 1.1 and XML Schema attributes that hold a qualified name. */
const NAME_ATTRIBUTES = new Set(['type', 'base', 'ref', 'message', 'binding', 'arrayType']);

/**
 * Reads a WSDL text into a tree.
 *
 * @param text the whole document
 * @returns its root element
 * @throws WsdlError when the text is not well-formed XML, with the line and column
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw new WsdlError(`the WSDL is not well-formed XML: ${error.message}`);
  });
  parser.on('opentag', (tag) => {
    const element = toElement(tag, (prefix) => parser.resolve(prefix));
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  if (root === undefined) throw new WsdlError('the WSDL is empty');
  return root;
}

function toElement(tag: SaxesTagNS, resolve: (prefix: string) => string | undefined): XmlElement {
  const attributes = new Map<string, string>();
  const names = new Map<string, QName>();
  for (const { local, value } of Object.values(tag.attributes)) {
    attributes.set(local, value);
    if (!NAME_ATTRIBUTES.has(local)) continue;
    const colon = value.indexOf(':');
    const namespace = resolve(colon < 0 ? '' : value.slice(0, colon));
    if (namespace !== undefined) names.set(local, { namespace, local: value.slice(colon + 1) });
  }
  return { namespace: tag.uri, local: tag.local, attributes, names, children: [] };
}
