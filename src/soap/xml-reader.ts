import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Steps } from '../answers/steps.ts';
import { hideCarriageReturns, restoreCarriageReturns } from './carriage-returns.ts';
import { doctypeRefused, endOfInput, nestingTooDeep, syntaxError, tooLarge } from './gsoap-faults.ts';
import type { SoapLimits } from './limits.ts';
import { plainTree } from './plain-xml.ts';
import { descendants } from './references.ts';
import { pickSoapAttributes, refuseLongName } from './soap-attributes.ts';
import { quoted, SoapFault } from './soap-fault.ts';
import { joinSurrogateReferences } from './surrogate-references.ts';
import { XmlNode } from './xml-node.ts';

/** So many characters are read at a stretch: a few milliseconds at most, whatever they are. */
const STRETCH = 64 * 1024;

/**
 * Reads a document into a light tree, in steps: a long one takes a tenth of a second.
 *
 * Namespaces are left alone (`xmlns: false`): real clients send undeclared prefixes on attributes, and the
 * few names that matter are resolved by the envelope reader. A document type declaration is refused by
 * looking at the prolog before the parser starts, so no entity is ever defined.
 *
 * @throws SoapFault for text that is not well-formed or goes beyond a limit; never anything else
 */
export function* readingTree(xml: string, limits: SoapLimits): Steps<XmlNode> {
  const plain = xml.length <= STRETCH ? plainTree(xml, limits) : undefined;
  if (plain !== undefined) return plain;
  refuseDoctype(xml);
  refuseReferenceFlood(xml, limits.characterReferences);
  const builder = new TreeBuilder(limits);
  try {
    yield* builder.parse(xml);
  } catch (error) {
    throw error instanceof SoapFault ? error : builder.notWellFormed(error);
  }
  return builder.finished();
}

class TreeBuilder {
  readonly #limits: SoapLimits;
  readonly #open: XmlNode[] = [];
  #root: XmlNode | undefined;
  #current: XmlNode | undefined;
  #elements = 0;
  /** Of the start tag that is being read. */
  #tagName = '';
  #attributes = 0;
  #xml = '';
  /** Where the last start tag ended. */
  #position = 0;

  constructor(limits: SoapLimits) {
    this.#limits = limits;
  }

  *parse(source: string): Steps<void> {
    const { xml, mark } = yield* hideCarriageReturns(yield* joinSurrogateReferences(source));
    const addText = (text: string) => this.#addText(text);
    // A fresh parser for each document: it costs 0.2 µs, and one that failed could not be used again.
    const parser = new SaxesParser({ xmlns: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
    this.#xml = xml;
    parser.on('opentagstart', ({ name }) => {
      this.#tagName = name;
      this.#attributes = 0;
    });
    // Told of each attribute before the next one is read: nothing is made of those beyond the limit.
    parser.on('attribute', () => this.#countAttribute());
    parser.on('opentag', (tag) => {
      this.#position = parser.position;
      this.#openTag(tag);
    });
    parser.on('closetag', () => this.#closeTag());
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('doctype', () => {
      throw doctypeRefused();
    });
    for (let at = 0; at < xml.length; at += STRETCH) {
      if (at > 0) yield;
      parser.write(at === 0 && xml.length <= STRETCH ? xml : xml.slice(at, at + STRETCH));
    }
    parser.close();
    if (mark !== undefined && this.#root !== undefined) yield* this.#restore(this.#root, mark);
  }

  finished(): XmlNode {
    if (this.#root === undefined) throw endOfInput('The request holds no XML element. POST a SOAP envelope.');
    return this.#root;
  }

  /** The fault for what the parser found: its message carries line and column. */
  notWellFormed(error: unknown): SoapFault {
    const message = error instanceof Error ? error.message : String(error);
    const isCut = /unclosed tag|unexpected end|must contain a root/.test(message);
    const ampersand = isCut ? this.#bareAmpersand() : undefined;
    const found = ampersand ?? message;
    if ((isCut && ampersand === undefined) || this.#root === undefined) {
      return endOfInput(
        `The request is not complete XML (${found}). Check Content-Length and that the whole envelope is sent.`,
      );
    }
    const element = this.#current?.name ?? this.#root.name;
    return syntaxError(
      element,
      `The request is not well-formed XML: ${found} (line:column), in element ${quoted(element)}. Escape & and < in values and close every element.`,
    );
  }

  /** The parser takes all text after a bare & for an entity's name, and then reports only that the text ended. */
  #bareAmpersand(): string | undefined {
    const rest = this.#xml.slice(this.#position).search(/&(?![#\w]{1,32};)/);
    if (rest < 0) return undefined;
    const before = this.#xml.slice(0, this.#position + rest).split('\n');
    return `${before.length}:${(before.at(-1) ?? '').length + 1}: & that begins no reference.`;
  }

  /** Gives texts back what was hidden from the parser; one character for another, so that places in them stay. */
  *#restore(root: XmlNode, mark: string): Steps<void> {
    root.text = yield* restoreCarriageReturns(root.text, mark);
    for (const node of descendants(root)) node.text = yield* restoreCarriageReturns(node.text, mark);
  }

  #openTag(tag: SaxesTagPlain): void {
    const limits = this.#limits;
    const parent = this.#current;
    if (++this.#elements > limits.elements) {
      throw tooLarge(`The request has more than ${limits.elements} elements (setting soapElements).`);
    }
    if (this.#open.length >= limits.depth) throw nestingTooDeep(limits.depth);
    refuseLongName(tag.name, limits.nameLength);
    const node = new XmlNode(tag.name, tag.attributes, parent === undefined ? 0 : parent.text.length);
    pickSoapAttributes(node, limits);
    if (parent === undefined) this.#root = node;
    else parent.append(node);
    this.#open.push(node);
    this.#current = node;
  }

  #countAttribute(): void {
    const { attributesPerElement } = this.#limits;
    if (++this.#attributes <= attributesPerElement) return;
    throw tooLarge(
      `Element ${quoted(this.#tagName)} has more than ${attributesPerElement} attributes (setting soapAttributes).`,
    );
  }

  #closeTag(): void {
    this.#open.pop();
    this.#current = this.#open[this.#open.length - 1];
  }

  #addText(text: string): void {
    if (this.#current !== undefined) this.#current.text += text;
  }
}

/** Looks through the prolog (declaration, comments, instructions, blanks) for a document type declaration. */
function refuseDoctype(xml: string): void {
  let position = 0;
  for (;;) {
    const open = xml.indexOf('<', position);
    if (open < 0) return;
    if (xml.startsWith('<!--', open)) position = xml.indexOf('-->', open + 4);
    else if (xml.startsWith('<?', open)) position = xml.indexOf('?>', open + 2);
    else if (/^<!doctype/i.test(xml.slice(open, open + 9))) throw doctypeRefused();
    else return;
    if (position < 0) return;
  }
}

/** Every reference starts with `&` and is at least four characters long, so small documents need no count. */
function refuseReferenceFlood(xml: string, most: number): void {
  if (xml.length < most * 4) return;
  let count = 0;
  for (let at = xml.indexOf('&'); at >= 0; at = xml.indexOf('&', at + 1)) {
    if (++count > most) {
      throw tooLarge(
        `The request has more than ${most} character references; send the characters themselves as UTF-8.`,
      );
    }
  }
}
