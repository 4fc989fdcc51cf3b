import type { SoapLimits } from './limits.ts';
import { pickSoapAttributes } from './soap-attributes.ts';
import { XmlNode } from './xml-node.ts';

/**
 * Reads the XML that programs write: elements, attributes and text in ASCII and the letters beyond it, with the five
 * predefined entities in text. Some six times as fast as the parser, because it knows little.
 *
 * It never refuses. Whatever it does not know for certain to be well-formed and within the limits (comments, CDATA,
 * numeric references, control characters, an error) is left to the parser, which has the last word.
 *
 * @returns undefined for a document that is to be read by the parser
 */
export function plainTree(xml: string, limits: SoapLimits): XmlNode | undefined {
  if (UNUSUAL.test(xml) || xml.includes(']]>')) return undefined;
  try {
    return new PlainReader(xml, limits).document();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Ends the reading; made once, because a stack would cost more than what is read. */
const notPlain = new Error('the document is for the parser');

/** Control characters, carriage returns, halves of characters, and what XML has no place for. */
const UNUSUAL = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/;
const DECLARATION =
  /^<\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?\s*\?>/;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;

class PlainReader {
  readonly #xml: string;
  readonly #limits: SoapLimits;
  #at = 0;
  #elements = 0;

  constructor(xml: string, limits: SoapLimits) {
    this.#xml = xml;
    this.#limits = limits;
  }

  document(): XmlNode {
    this.#at = DECLARATION.exec(this.#xml)?.[0].length ?? 0;
    this.#skipBlanks();
    const root = this.#startTag(undefined);
    if (!this.#isEmptyTag()) this.#content(root);
    this.#skipBlanks();
    if (this.#at < this.#xml.length) throw notPlain;
    return root;
  }

  /** Reads what an element holds, and its end tag. */
  #content(root: XmlNode): void {
    const open: XmlNode[] = [];
    for (let node: XmlNode | undefined = root; node !== undefined; ) {
      this.#text(node);
      if (this.#xml.charCodeAt(this.#at + 1) === SLASH) {
        this.#endTag(node);
        node = open.pop();
        continue;
      }
      if (open.length + 1 >= this.#limits.depth) throw notPlain;
      const child = this.#startTag(node);
      if (this.#isEmptyTag()) continue;
      open.push(node);
      node = child;
    }
  }

  /** Reads up to the next tag. */
  #text(node: XmlNode): void {
    const tag = this.#xml.indexOf('<', this.#at);
    if (tag < 0) throw notPlain;
    if (tag > this.#at) node.text += plainText(this.#xml.slice(this.#at, tag));
    this.#at = tag;
  }

  #endTag({ name }: XmlNode): void {
    const start = this.#at + 2;
    const end = start + name.length;
    if (!this.#xml.startsWith(name, start) || this.#xml.charCodeAt(end) !== GREATER) throw notPlain;
    this.#at = end + 1;
  }

  /** Reads a start tag up to its `>` or `/>`. */
  #startTag(parent: XmlNode | undefined): XmlNode {
    if (this.#xml.charCodeAt(this.#at) !== LESS || ++this.#elements > this.#limits.elements) throw notPlain;
    this.#at += 1;
    const name = this.#name();
    const attributes = this.#attributes();
    const node = new XmlNode(name, attributes, parent === undefined ? 0 : parent.text.length);
    if (attributes !== NO_ATTRIBUTES) pickSoapAttributes(node, this.#limits);
    parent?.append(node);
    return node;
  }

  #attributes(): Readonly<Record<string, string>> {
    if (this.#isEndOfTag()) return NO_ATTRIBUTES;
    const attributes: Record<string, string> = {};
    for (let count = 1; ; count++) {
      const before = this.#at;
      this.#skipBlanks();
      if (this.#isEndOfTag()) return attributes;
      if (this.#at === before || count > this.#limits.attributesPerElement) throw notPlain;
      const name = this.#name();
      // Twice there, or a name that every object has.
      if (name in attributes) throw notPlain;
      attributes[name] = this.#attributeValue();
    }
  }

  /** Reads `="value"`. Entities in it, and blanks that would turn into others, are for the parser. */
  #attributeValue(): string {
    const quote = this.#xml.charCodeAt(this.#at + 1);
    if (this.#xml.charCodeAt(this.#at) !== EQUALS || (quote !== QUOTE && quote !== APOSTROPHE))
      throw notPlain;
    const start = this.#at + 2;
    const end = this.#xml.indexOf(quote === QUOTE ? '"' : "'", start);
    const value = this.#xml.slice(start, end);
    if (end < 0 || /[<&\t\n]/.test(value)) throw notPlain;
    this.#at = end + 1;
    return value;
  }

  /** Reads an ASCII name. */
  #name(): string {
    const start = this.#at;
    let at = start;
    if (!isNameStart(this.#xml.charCodeAt(at))) throw notPlain;
    do at += 1;
    while (isNamePart(this.#xml.charCodeAt(at)));
    if (at - start > this.#limits.nameLength) throw notPlain;
    this.#at = at;
    return this.#xml.slice(start, at);
  }

  #isEndOfTag(): boolean {
    const code = this.#xml.charCodeAt(this.#at);
    return code === GREATER || (code === SLASH && this.#xml.charCodeAt(this.#at + 1) === GREATER);
  }

  /** Goes past the end of a start tag. @returns whether it is an end tag too */
  #isEmptyTag(): boolean {
    const isEmpty = this.#xml.charCodeAt(this.#at) === SLASH;
    this.#at += isEmpty ? 2 : 1;
    return isEmpty;
  }

  #skipBlanks(): void {
    while (isBlank(this.#xml.charCodeAt(this.#at))) this.#at += 1;
  }
}

/** Text with its entities resolved. */
function plainText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&[^;&]{0,4};?/g, (entity) => {
    const character = ENTITIES.get(entity);
    if (character === undefined) throw notPlain;
    return character;
  });
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

function isNameStart(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code === 0x5f;
}

/** Letters, digits, `_`, `-`, `.` and `:`. */
function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= COLON) || code === 0x2d || code === 0x2e;
}
