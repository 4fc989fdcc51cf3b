import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { DEFAULT_SOAP_LIMITS, type SoapLimits } from '../../src/soap/limits.ts';
import { plainTree } from '../../src/soap/plain-xml.ts';
import type { XmlNode } from '../../src/soap/xml-node.ts';
import { readingTree } from '../../src/soap/xml-reader.ts';

/** As the parser reads a document: a comment behind the root keeps the short cut away. */
const parsed = (xml: string) => atOnce(readingTree(`${xml}<!---->`, DEFAULT_SOAP_LIMITS));

/** What counts of a tree, as plain data. */
const plain = ({ children, attributes, ...node }: XmlNode): object => ({
  ...node,
  attributes: { ...attributes },
  children: children.map(plain),
});

const pieces = fc.array(
  fc.constantFrom(
    ...[
      '<a>',
      '</a>',
      '<b x="1">',
      '<b y=\'2\' x:type="ns:T">',
      '</b>',
      '<c/>',
      '<c href="#i" />',
      '<d:e id="i">',
    ],
    ...[
      '</d:e>',
      ' ',
      '\n',
      '\t',
      'text',
      '&amp;',
      '&lt;',
      '&#65;',
      '&',
      ';',
      '"',
      "'",
      '<',
      '>',
      '/',
      '=',
      ']]>',
      'ä',
    ],
    ...[
      '\r\n',
      '\u0001',
      '<!-- -->',
      '<![CDATA[x]]>',
      '<?p?>',
      '<b x="1" x="2">',
      '<b x="&amp;">',
      '<b x="a\tb">',
    ],
    ...[
      '<b __proto__="1">',
      '<b constructor="1">',
      '\ud83d\ude00',
      '\ud83d',
      '<ä>',
      '</ä>',
      '<1>',
      '<a >',
      '</a >',
    ],
  ),
  { maxLength: 12 },
);

describe('the short cut for plain XML', () => {
  it('gives the tree of the parser, or nothing', () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (middle, isDeclared) => {
        const start = isDeclared ? '<?xml version="1.0" encoding="UTF-8"?>' : '';
        const xml = `${start}<a xmlns="urn:x">${middle.join('')}</a>`;
        const tree = plainTree(xml, DEFAULT_SOAP_LIMITS);
        if (tree !== undefined) expect(plain(tree)).toEqual(plain(parsed(xml)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads what programs send', () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?>\n<E:Envelope xmlns:E="urn:e">\n  <E:Body><n:get xmlns:n="urn:n"><cookie xsi:type="xsd:long">12</cookie><summary>a &lt; b &amp; ä</summary><none/></n:get></E:Body>\n</E:Envelope>\n';
    const tree = plainTree(xml, DEFAULT_SOAP_LIMITS);
    expect(tree && plain(tree)).toEqual(plain(parsed(xml)));
  });

  it.each<[string, string, Partial<SoapLimits>?]>([
    ['a document that is not whole', '<a><b></a>'],
    ['a second root', '<a/><a/>'],
    ['an element too many', '<a><a><b/><b/></a></a>', { elements: 3 }],
    ['a level too deep', '<a><b><c/></b></a>', { depth: 2 }],
    ['an attribute too many', '<a b="1" c="2"/>', { attributesPerElement: 1 }],
    ['a name too long', '<abc/>', { nameLength: 2 }],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<a>&other;</a>'],
  ])('leaves %s to the parser', (_, xml, limits = {}) => {
    expect(plainTree(xml, { ...DEFAULT_SOAP_LIMITS, ...limits })).toBeUndefined();
  });
});
