import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { DEFAULT_SOAP_LIMITS } from '../../src/soap/limits.ts';
import { readingTree } from '../../src/soap/xml-reader.ts';
import { envelope, wsdlModel } from '../support/soap-message.ts';
import { codec, faultFrom, readBody, summaryFrom } from '../support/soap-requests.ts';

const call = envelope('<ns:getDatabaseList/>');
const nested = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`;
const refusal = (xml: string, limits = {}) =>
  faultFrom(() => createSoapCodec(wsdlModel, limits).readRequest(xml));

describe('a document type declaration', () => {
  it.each([
    ['external', '<!DOCTYPE a SYSTEM "file:///etc/passwd">'],
    ['internal', '<!DOCTYPE a [<!ENTITY x "y">]>'],
    ['with a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>'],
    ['doubled', '<!DOCTYPE a><!DOCTYPE b>'],
    ['in small letters', '<!doctype a>'],
    ['after a comment and an instruction', '<!-- <a> --><?x <a> ?>\r\n<!DOCTYPE a>'],
    ['that never ends', '<!DOCTYPE a ['],
  ])('%s is refused', (_, doctype) => {
    const fault = refusal(doctype + call.replace(/^<\?.*\?>/, ''));
    expect(fault.text).toBe('Validation constraint violation: document type declaration not allowed');
    expect(fault.hint).toContain('remove it');
  });

  it('is refused after the XML declaration and inside the root as well', () => {
    expect(refusal(call.replace('?>', '?><!DOCTYPE a>')).text).toContain(
      'document type declaration not allowed',
    );
    expect(refusal(call.replace('<ns:get', '<!DOCTYPE a><ns:get')).code).toBe('Client');
  });

  it('only mentioned in a comment or a value does no harm', () => {
    expect(codec.readRequest(call.replace('?>', '?><!-- <!DOCTYPE a> -->')).operation).toBe(
      'getDatabaseList',
    );
    expect(summaryFrom('<summary><![CDATA[<!DOCTYPE a>]]></summary>')).toBe('<!DOCTYPE a>');
  });
});

describe('the limits of a request', () => {
  it('64 levels of elements are read, 65 are not', () => {
    expect(readBody(`<ns:getDefect>${nested(61)}</ns:getDefect>`).operation).toBe('getDefect');
    const fault = faultFrom(() => readBody(`<ns:getDefect>${nested(62)}</ns:getDefect>`));
    expect(fault.text).toBe('Maximum XML nesting depth level exceeded: increase maxlevel');
    expect(fault.hint).toContain('64 levels deep (setting soapDepth)');
  });

  it.each([
    ['(setting soapElements)', `<ns:getDefect>${'<a/>'.repeat(100_000)}</ns:getDefect>`],
    [
      '(setting soapAttributes)',
      `<ns:getDefect ${Array.from({ length: 257 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    ],
    [
      '(setting soapAttributes)',
      `<ns:getDefect ${Array.from({ length: 10_000 }, (_, i) => `xmlns:a${i}="u"`).join(' ')}/>`,
    ],
    ['longer than 1000000 characters', `<${'n'.repeat(1_000_001)}/>`],
    ['longer than 1000000 characters', `<ns:getDefect ${'n'.repeat(1_000_001)}=""/>`],
    ['character references', `<ns:getDefect><summary>${'&#65;'.repeat(500_001)}</summary></ns:getDefect>`],
  ])('too many or too long: %s', (limit, body) => {
    const fault = refusal(envelope(body));
    expect(fault.text).toBe('max message length exceeded');
    expect(fault.hint).toContain(limit);
  });

  it('just enough is read', () => {
    const attributes = Array.from({ length: 256 }, (_, i) => `a${i}=""`).join(' ');
    expect(readBody(`<ns:getDefect ${attributes}>${'<a/>'.repeat(99_997)}</ns:getDefect>`).operation).toBe(
      'getDefect',
    );
  });

  it('an element with too many attributes is refused before the rest of them are read', () => {
    const many = Array.from({ length: 300 }, (_, i) => `a${i}=""`).join(' ');
    // Nothing after the attribute over the limit is looked at: what is no XML there does not matter.
    expect(refusal(envelope(`<ns:getDefect ${many} <<<`)).hint).toContain('more than 256 attributes');
  });

  it('every one can be set', () => {
    expect(refusal(call, { depth: 2 }).text).toContain('nesting depth');
    expect(refusal(call, { elements: 2 }).hint).toContain('more than 2 elements');
    expect(refusal(call, { attributesPerElement: 1 }).hint).toContain('more than 1 attributes');
    expect(refusal(call, { nameLength: 3 }).hint).toContain('longer than 3 characters');
    expect(refusal(`${call}<!--&&-->`, { characterReferences: 1 }).hint).toContain(
      'more than 1 character references',
    );
  });

  it('an element name of a megabyte within the limit is answered shortly', () => {
    const fault = refusal(envelope(`<${'n'.repeat(900_000)}/>`));
    expect(fault.text.length).toBeLessThan(1_200);
    expect(fault.hint.length).toBeLessThan(700);
  });
});

describe('XML that is not well-formed', () => {
  it.each([
    ['cut off', call.slice(0, -20), 'End of file or no input: message transfer interrupted'],
    ['without any element', 'hello', 'End of file or no input: message transfer interrupted'],
    ['never closed', '<a><b>', 'End of file or no input: message transfer interrupted'],
    [
      'with a wrong end tag',
      envelope('<ns:getDefect><cookie>1</cooki></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'ns:getDefect'",
    ],
    [
      'with two roots',
      `${call}<b/>`,
      "Validation constraint violation: syntax error in element 'soap:Envelope'",
    ],
    [
      'with a bare ampersand',
      envelope('<ns:getDefect><summary>a & b</summary></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'summary'",
    ],
    [
      'with an unknown entity',
      envelope('<ns:getDefect><summary>&nbsp;</summary></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'summary'",
    ],
    [
      'with a NUL',
      envelope('<ns:getDefect><summary>\0</summary></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'summary'",
    ],
    [
      'with a reference to NUL',
      envelope('<ns:getDefect><summary>&#0;</summary></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'summary'",
    ],
    [
      'with a reference to a surrogate',
      envelope('<ns:getDefect><summary>&#xD800;</summary></ns:getDefect>'),
      "Validation constraint violation: syntax error in element 'summary'",
    ],
    [
      'with a doubled attribute',
      envelope('<ns:getDefect a="1" a="2"/>'),
      "Validation constraint violation: syntax error in element 'soap:Body'",
    ],
  ])('%s is refused', (_, xml, text) => {
    expect(refusal(xml).text).toBe(text);
  });

  it('the hint tells line, column and remedy', () => {
    const { hint } = refusal(envelope('<ns:getDefect>\n<summary>R&D</summary></ns:getDefect>'));
    expect(hint).toMatch(
      /^The request is not well-formed XML: 3:11: .*in element 'summary'\. Escape & and </,
    );
  });
});

describe('text of a value', () => {
  it.each([
    ['leading and trailing blanks', '<summary>  a  </summary>', '  a  '],
    ['blanks only', '<summary> \t </summary>', ' \t '],
    ['CDATA', '<summary>a<![CDATA[<b> & ]] ]>]]>c</summary>', 'a<b> & ]] ]>c'],
    ['comments', '<summary>a<!-- > & < -->b</summary>', 'ab'],
    ['processing instructions', '<summary>a<?php echo ">" ?>b</summary>', 'ab'],
    [
      'references',
      '<summary>&lt;&amp;&gt;&quot;&apos;&#228;&#xE4;&#x1F600;&#13;&#9;</summary>',
      '<&>"\'ää😀\r\t',
    ],
    ['raw CR LF, as gSOAP keeps it', '<summary>a\r\nb\rc\nd</summary>', 'a\r\nb\rc\nd'],
    ['raw CR LF in CDATA', '<summary><![CDATA[a\r\nb]]>\r\n</summary>', 'a\r\nb\r\n'],
    ['a line end beside markup', '<summary\r\n a=">\r"\r>\r<!--\r-->x</summary\r\n>', '\rx'],
    ['private use characters', '<summary>\ue00d\ue0d1\r\n</summary>', '\ue00d\ue0d1\r\n'],
    [
      'markup nobody escaped, as gSOAP keeps it',
      '<summary>a<b x="1&amp;">c<br/></b>d&lt;</summary>',
      'a<b x="1&amp;">c<br/></b>d<',
    ],
  ])('is kept exactly: %s', (_, element, text) => {
    expect(summaryFrom(element)).toBe(text);
  });

  it('line ends around and between elements are blanks', () => {
    const xml = `<?xml version="1.0"?>\r\n<!-- \r\n -->\r\n${call.split('\n')[1]?.replaceAll('><', '>\r\n<')}\r\n`;
    expect(codec.readRequest(xml).operation).toBe('getDatabaseList');
  });

  it('a document that uses every stand-in for CR is read with plain line ends', () => {
    expect(summaryFrom('<summary>\ue00d\ue0d1\ue3d7\uf00d\uf1d3\uf8d5\r\n</summary>')).toBe(
      '\ue00d\ue0d1\ue3d7\uf00d\uf1d3\uf8d5\n',
    );
  });

  it('a value of a long request does not share memory with it', () => {
    expect(summaryFrom(`<!--${'x'.repeat(10_000)}--><summary>more than thirteen characters</summary>`)).toBe(
      'more than thirteen characters',
    );
  });
});

it('a tree keeps the attributes that SOAP encoding defines apart', () => {
  const tree = atOnce(
    readingTree(
      '<a href="#r"><b id="i" x:nil=" 1 "/><c x:type="ns::T "/><d e:id="j"/><e q:ref="k"/><f href="http://x"/></a>',
      DEFAULT_SOAP_LIMITS,
    ),
  );
  const [b, c, d, e, f] = tree.children;
  expect([tree.reference, b?.id, b?.isNil, c?.typeName, d?.id, e?.reference, f?.reference]).toEqual([
    'r',
    'i',
    true,
    'T',
    'j',
    'k',
    undefined,
  ]);
});
