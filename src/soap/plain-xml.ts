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
  return new PlainReader(xml, limits).root();
}

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

  root(): XmlNode | undefined {
    this.#at = DECLARATION.exec(this.#xml)?.[0].length ?? 0;
    this.#skipBlanks();
    const root = this.#startTag(undefined);
    if (root === undefined || !this.#content(root)) return undefined;
    this.#skipBlanks();
    return this.#at === this.#xml.length ? root : undefined;
  }

  /** Reads what an element holds up to the end of its end tag. @returns false when that is not known for certain */
  #content(root: XmlNode): boolean {
    const xml = this.#xml;
    const open: XmlNode[] = [];
    let node = root;
    if (this.#isEmptyTag()) return true;
    for (;;) {
      const tag = xml.indexOf('<', this.#at);
      if (tag < 0) return false;
      if (tag > this.#at) {
        const text = plainText(xml.slice(this.#at, tag));
        if (text === undefined) return false;
        node.text += text;
      }
      this.#at = tag;
      if (xml.charCodeAt(tag + 1) === SLASH) {
        const end = tag + 2 + node.name.length;
        if (!xml.startsWith(node.name, tag + 2) || xml.charCodeAt(end) !== GREATER) return false;
        this.#at = end + 1;
        const parent = open.pop();
        if (parent === undefined) return true;
        node = parent;
        continue;
      }
      if (open.length + 1 >= this.#limits.depth) return false;
      const child = this.#startTag(node);
      if (child === undefined) return false;
      if (this.#isEmptyTag()) continue;
      open.push(node);
      node = child;
    }
  }

  /** Reads a start tag up to its `>` or `/>`. */
  #startTag(parent: XmlNode | undefined): XmlNode | undefined {
    if (this.#xml.charCodeAt(this.#at) !== LESS || ++this.#elements > this.#limits.elements) return undefined;
    this.#at += 1;
    const name = this.#name();
    const attributes = name === undefined ? undefined : this.#attributes();
    if (name === undefined || attributes === undefined) return undefined;
    const node = new XmlNode(name, attributes, parent === undefined ? 0 : parent.text.length);
    if (attributes !== NO_ATTRIBUTES) pickSoapAttributes(node, this.#limits);
    parent?.append(node);
    return node;
  }

  #attributes(): Readonly<Record<string, string>> | undefined {
    const xml = this.#xml;
    if (this.#isEndOfTag()) return NO_ATTRIBUTES;
    const attributes: Record<string, string> = {};
    for (let count = 1; ; count++) {
      const before = this.#at;
      this.#skipBlanks();
      if (this.#isEndOfTag()) return attributes;
      const name = this.#at === before ? undefined : this.#name();
      const quote = xml.charCodeAt(this.#at + 1);
      if (
        name === undefined ||
        // Twice there, or a name that every object has.
        name in attributes ||
        count > this.#limits.attributesPerElement ||
        xml.charCodeAt(this.#at) !== EQUALS ||
        (quote !== QUOTE && quote !== APOSTROPHE)
      )
        return undefined;
      const start = this.#at + 2;
      const end = xml.indexOf(quote === QUOTE ? '"' : "'", start);
      const value = end < 0 ? '<' : xml.slice(start, end);
      // Entities, and blanks that an attribute turns into others.
      if (/[<&\t\n]/.test(value)) return undefined;
      attributes[name] = value;
      this.#at = end + 1;
    }
  }

  /** Reads an ASCII name. */
  #name(): string | undefined {
    const xml = this.#xml;
    const start = this.#at;
    let at = start;
    if (!isNameStart(xml.charCodeAt(at))) return undefined;
    do at += 1;
    while (isNamePart(xml.charCodeAt(at)));
    if (at - start > this.#limits.nameLength) return undefined;
    this.#at = at;
    return xml.slice(start, at);
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

/** Text with its entities resolved; undefined when it has others than the predefined ones. */
function plainText(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isPlain = true;
  const resolved = text.replace(/&[^;&]{0,4};?/g, (entity) => {
    const character = ENTITIES.get(entity);
    isPlain &&= character !== undefined;
    return character ?? '';
  });
  return isPlain ? resolved : undefined;
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
