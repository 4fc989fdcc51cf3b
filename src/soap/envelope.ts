import {
  elementExpected,
  methodNotRecognized,
  mustUnderstand,
  syntaxError,
  tagMismatch,
  versionMismatch,
} from './gsoap-faults.ts';
import { descendants } from './references.ts';
import { quoted, type SoapVersion } from './soap-fault.ts';
import { localPart, namespaceOf, type XmlNode } from './xml-node.ts';

const ENVELOPES: ReadonlyMap<string, SoapVersion> = new Map([
  ['http://schemas.xmlsoap.org/soap/envelope/', '1.1'],
  ['http://www.w3.org/2003/05/soap-envelope', '1.2'],
]);

/** Values of `actor` and `role` that mean the first reader of the message: us. */
const NEXT = new Set([
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
]);

/**
 * The version of the envelope that a document's root is.
 * @throws SoapFault when it is none: VersionMismatch for an Envelope of another namespace
 */
export function envelopeVersion(root: XmlNode): SoapVersion {
  if (root.local !== 'Envelope') {
    throw methodNotRecognized(
      root.name,
      `The request's root element is ${quoted(root.name)}, not a SOAP Envelope. Wrap the operation in Envelope and Body.`,
    );
  }
  const namespace = namespaceOf(root, []);
  if (namespace === undefined) {
    throw syntaxError(
      root.name,
      `The prefix of ${quoted(root.name)} is not declared. Add xmlns:…="http://schemas.xmlsoap.org/soap/envelope/" to it.`,
    );
  }
  const version = ENVELOPES.get(namespace);
  if (version === undefined) {
    throw versionMismatch(
      `The Envelope's namespace is ${quoted(namespace)}. Use http://schemas.xmlsoap.org/soap/envelope/ (SOAP 1.1).`,
    );
  }
  return version;
}

/**
 * The Body of an envelope, after its Header entries were looked at.
 * @throws SoapFault for a Header entry that must be understood, and when there is no Body
 */
export function bodyOf(envelope: XmlNode): XmlNode {
  for (const child of envelope.children) {
    if (child.local === 'Body') return child;
    if (child.local !== 'Header') {
      throw tagMismatch(child.name, `The Envelope holds ${quoted(child.name)} where its Body should be.`);
    }
    refuseMandatoryEntries(child);
  }
  throw elementExpected('The Envelope has no Body. Put the operation into one.');
}

function refuseMandatoryEntries(header: XmlNode): void {
  for (const entry of header.children) {
    const mark = prefixedAttribute(entry, 'mustUnderstand')?.trim();
    const actor = prefixedAttribute(entry, 'actor') ?? prefixedAttribute(entry, 'role');
    const isForUs = actor === undefined || actor.trim() === '' || NEXT.has(actor.trim());
    if (isForUs && (mark === '1' || mark === 'true')) throw mustUnderstand(entry.name);
  }
}

function prefixedAttribute(node: XmlNode, local: string): string | undefined {
  for (const name in node.attributes) {
    if (name.includes(':') && localPart(name) === local) return node.attributes[name];
  }
  return undefined;
}

/**
 * The element of a Body that is the call: its first child that no reference points to (Axis puts its
 * multiRef elements after the call, others before it). Further calls are ignored, as gSOAP does (observed).
 * @throws SoapFault when there is none
 */
export function callElement(body: XmlNode): XmlNode {
  const [first, second] = body.children;
  if (first === undefined) {
    throw methodNotRecognized(
      '',
      'The Body is empty. Put one operation into it, e.g. <ttns:getDatabaseList/>.',
    );
  }
  if (second === undefined) return first;
  const referenced = new Set<string>();
  for (const node of descendants(body)) {
    if (node.reference !== undefined) referenced.add(node.reference);
  }
  const isTarget = (node: XmlNode) =>
    (node.id !== undefined && referenced.has(node.id)) || prefixedAttribute(node, 'root') === '0';
  const call = body.children.find((child) => !isTarget(child));
  if (call === undefined) {
    throw methodNotRecognized(
      first.name,
      'Every element of the Body is the target of a reference, so none of them is the call.',
    );
  }
  return call;
}
