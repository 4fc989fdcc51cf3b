import { gzipSync } from 'node:zlib';
import type { Question } from './questions.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const ENC = 'http://schemas.xmlsoap.org/soap/encoding/';
const NAMESPACES = `xmlns:S="${SOAP}" xmlns:E="${ENC}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:n="urn:testtrack-interface"`;

const envelope = (body: string, { attributes = '', header = '' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?><S:Envelope ${NAMESPACES}${attributes}>${header}<S:Body>${body}</S:Body></S:Envelope>`;
const call = (operation: string, parts = '') => envelope(`<n:${operation}>${parts}</n:${operation}>`);

/** Shows what was read of a defect. */
const readDefect = call('getDefect');
const readProjects = call('getFilterList');

type Forms = Readonly<Record<string, string>>;

/** addDefect answers with the cookie it read: a number of every spelling. */
const longs: Forms = {
  'with blanks': ' 12 ',
  'with a plus': '+12',
  'with leading zeros': '0012',
  negative: '-12',
  'minus zero': '-0',
  'the largest': '9223372036854775807',
  'one too large': '9223372036854775808',
  'the smallest': '-9223372036854775808',
  'with a fraction': '12.0',
  'with an exponent': '1e3',
  'in hexadecimal': '0x1F',
  'in quotes': '&quot;274&quot;',
  'a word': 'abc',
  'digits and a word': '12abc',
  'a blank in the middle': '1 2',
  empty: '',
  'only blanks': '  ',
};

const booleans: Forms = {
  true: 'true',
  one: '1',
  'with blanks': ' true ',
  false: 'false',
  zero: '0',
  'in capitals': 'TRUE',
  yes: 'yes',
  two: '2',
  empty: '',
};

const doubles: Forms = {
  plain: '1.5',
  'with an exponent': '-1.5E-3',
  'without a leading digit': '.5',
  'without a fraction': '5.',
  'with a plus': '+1.5',
  infinity: 'INF',
  'minus infinity': '-INF',
  'infinity in small letters': 'inf',
  'not a number': 'NaN',
  'too large': '1e999',
  'with a comma': '1,5',
  'a word': 'abc',
  empty: '',
};

const moments: Forms = {
  'with Z': '2026-03-02T10:00:00Z',
  'with an offset': '2026-03-02T10:00:00-05:00',
  'with a fraction': '2026-03-02T10:00:00.123Z',
  'a day only': '2026-03-02',
  'a leap day': '2024-02-29T00:00:00Z',
  'a leap day in a common year': '2026-02-29T00:00:00Z',
  'month 13': '2026-13-01T00:00:00Z',
  'hour 25': '2026-03-02T25:00:00Z',
  'a word': 'yesterday',
  empty: '',
};

const contents: Forms = {
  plain: 'AAECAw==',
  'with line ends': 'AAEC\nAw==\n',
  'without padding': 'AAECAw',
  'with a wrong character': 'AA*CAw==',
  empty: '',
};

const texts: Forms = {
  'blanks around': '  text  ',
  'raw CR LF': 'one\r\ntwo\rthree\nfour',
  'CR LF as references': 'one&#13;&#10;two',
  CDATA: '<![CDATA[<b>&amp;</b>]]> and after',
  'a comment inside': 'one<!-- no -->two',
  'an instruction inside': 'one<?no no?>two',
  'an element inside': 'one<b>two</b>three',
  'references beyond ASCII': '&#xC4;&#26481;&#x1F600;',
  'surrogates as two references': '&#xD83D;&#xDE00;',
  'a bare ampersand': 'Q&A',
  'an unknown entity': 'a&nbsp;b',
  'a closing bracket': 'a ]]> b > c',
  empty: '',
};

const fieldItem = (type: string, tag = 'item') =>
  `<${tag} xsi:type="${type}"><recordid>1</recordid><name>F</name><value>V</value></${tag}>`;

/** How a list and its items are written. */
const lists: Forms = {
  'as gSOAP': `<customFieldList E:arrayType="n:CField[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'as the vendor': `<customFieldList xsi:type="E:Array" E:arrayType="n:CField[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'without arrayType': `<customFieldList>${fieldItem('n:CStringField')}</customFieldList>`,
  'with the name of the list type': `<customFieldList xsi:type="n:ArrayOfCField">${fieldItem('n:CStringField')}</customFieldList>`,
  'size too small': `<customFieldList E:arrayType="n:CField[1]">${fieldItem('n:CStringField')}${fieldItem('n:CStringField')}</customFieldList>`,
  'size too large': `<customFieldList E:arrayType="n:CField[5]">${fieldItem('n:CStringField')}</customFieldList>`,
  'no size': `<customFieldList E:arrayType="n:CField[]">${fieldItem('n:CStringField')}</customFieldList>`,
  'arrayType of another type': `<customFieldList E:arrayType="xsd:anyType[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'arrayType in small letters': `<customFieldList E:arraytype="n:CField[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'arrayType with an undeclared prefix': `<customFieldList soap-enc:arraytype="n:CField[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'arrayType with an equals sign': `<customFieldList E:arrayType="n=CField[1]">${fieldItem('n:CStringField')}</customFieldList>`,
  'items named after the member': `<customFieldList>${fieldItem('n:CStringField', 'customFieldList')}</customFieldList>`,
  'items named after their class': `<customFieldList>${fieldItem('n:CStringField', 'CStringField')}</customFieldList>`,
  'items with a prefix': `<customFieldList>${fieldItem('n:CStringField', 'n:item')}</customFieldList>`,
  'two colons in the type': `<customFieldList>${fieldItem('n::CStringField')}</customFieldList>`,
  'undeclared prefix in the type': `<customFieldList>${fieldItem('zz:CStringField')}</customFieldList>`,
  'no prefix in the type': `<customFieldList>${fieldItem('CStringField')}</customFieldList>`,
  'an unknown type': `<customFieldList>${fieldItem('n:CNothing')}</customFieldList>`,
  'an unrelated type': `<customFieldList>${fieldItem('n:CDefect')}</customFieldList>`,
  'no type':
    '<customFieldList><item><recordid>1</recordid><name>F</name><value>V</value></item></customFieldList>',
  'a nil item': `<customFieldList><item xsi:nil="true"/>${fieldItem('n:CStringField')}</customFieldList>`,
  'an empty item': `<customFieldList><item xsi:type="n:CStringField"></item>${fieldItem('n:CStringField')}</customFieldList>`,
  empty: '<customFieldList></customFieldList>',
  'empty with a size': '<customFieldList E:arrayType="n:CField[0]"></customFieldList>',
  nil: '<customFieldList xsi:nil="true"/>',
  'nil with another type': '<customFieldList xsi:type="n:CStringField" xsi:nil="true"/>',
  'positions on the items': `<customFieldList E:arrayType="n:CField[1]"><item E:position="[0]" xsi:type="n:CStringField"><recordid>1</recordid><name>F</name></item></customFieldList>`,
};

/** The members of a record. */
const members: Forms = {
  'in another order': '<type>T</type><summary>S</summary><recordid>5</recordid>',
  doubled: '<recordid>5</recordid><summary>one</summary><summary>two</summary>',
  unknown: '<recordid>5</recordid><nothing>x</nothing><summary>S</summary>',
  'with a prefix': '<n:recordid>5</n:recordid><n:summary>S</n:summary>',
  'in another case': '<RecordID>5</RecordID><Summary>S</Summary>',
  'nil text': '<recordid>5</recordid><summary xsi:nil="true"/><type>T</type>',
  'nil number that is optional': '<recordid>5</recordid><defectnumber xsi:nil="true"/>',
  'nil number that is required': '<recordid xsi:nil="true"/><summary>S</summary>',
  'nil as 1': '<recordid>5</recordid><summary xsi:nil="1"/>',
  'a text as base64Binary': '<recordid>5</recordid><summary xsi:type="xsd:base64Binary">w4RyZ2Vy</summary>',
  'a number as int': '<recordid xsi:type="xsd:int">5</recordid>',
  'a number as string': '<recordid xsi:type="xsd:string">5</recordid>',
  'a text as int': '<recordid>5</recordid><summary xsi:type="xsd:int">12</summary>',
  'text between members': ' <recordid>5</recordid> text <summary>S</summary>\n',
};

const referred = (parts: string, independent: string) =>
  envelope(`<n:addDefect>${parts}</n:addDefect>${independent}`);

const references: Forms = {
  'a record after the call': referred(
    '<cookie>7</cookie><pDefect href="#d"/>',
    '<n:CDefect id="d" xsi:type="n:CDefect"><recordid>5</recordid><summary>S</summary></n:CDefect>',
  ),
  'everything, as Axis': referred(
    '<cookie href="#c"/><pDefect href="#d"/>',
    '<multiRef id="d" E:root="0" xsi:type="n:CDefect"><recordid href="#r"/><summary xsi:type="xsd:string">S</summary></multiRef><multiRef id="c" E:root="0" xsi:type="xsd:long">7</multiRef><multiRef id="r" E:root="0" xsi:type="xsd:long">5</multiRef>',
  ),
  'independent elements as gSOAP': referred(
    '<cookie>7</cookie><pDefect href="#_1"/>',
    '<id id="_1" xsi:type="n:CDefect"><recordid>5</recordid><summary>S</summary></id>',
  ),
  'an id in place': call(
    'addDefect',
    '<cookie>7</cookie><pDefect><recordid>5</recordid><summary id="s">S</summary><type href="#s"/></pDefect>',
  ),
  'an item in place, as PHP': call(
    'addDefect',
    '<cookie>7</cookie><pDefect><recordid>5</recordid><customFieldList E:arrayType="n:CField[2]"><item id="ref1" xsi:type="n:CStringField"><recordid>1</recordid><name>F</name></item><item href="#ref1"/></customFieldList></pDefect>',
  ),
  dangling: call('addDefect', '<cookie>7</cookie><pDefect href="#nowhere"/>'),
  'to a number that dangles': call('addDefect', '<cookie href="#nowhere"/>'),
  'two targets of one name': referred(
    '<cookie>7</cookie><pDefect href="#d"/>',
    '<a id="d" xsi:type="n:CDefect"><recordid>5</recordid></a><b id="d" xsi:type="n:CDefect"><recordid>6</recordid></b>',
  ),
  'without a hash': referred('<cookie>7</cookie><pDefect href="d"/>', '<a id="d"><recordid>5</recordid></a>'),
};

/** Envelopes, bodies and calls. */
const envelopes: Readonly<Record<string, string>> = {
  'another prefix': call('getDatabaseList')
    .replaceAll('n:', 'ttns:')
    .replace('xmlns:ttns:', 'xmlns:')
    .replace('xmlns:n=', 'xmlns:ttns='),
  'the call in a default namespace': envelope(
    '<DatabaseLogon xmlns="urn:testtrack-interface"><dbname>P</dbname></DatabaseLogon>',
  ),
  'several prefixes for one namespace': envelope(
    '<q:addDefect xmlns:q="urn:testtrack-interface"><cookie>7</cookie><pDefect xsi:type="n:CDefect"><recordid>5</recordid></pDefect></q:addDefect>',
  ),
  'no namespace on the call': envelope('<getDatabaseList/>'),
  'another namespace on the call': envelope('<q:getDatabaseList xmlns:q="urn:other"/>'),
  'an undeclared prefix on the call': envelope('<zz:getDatabaseList/>'),
  'parts with a prefix': call('addDefect', '<n:cookie>7</n:cookie>'),
  'parts in another order': call('addDefect', '<pDefect><recordid>5</recordid></pDefect><cookie>7</cookie>'),
  'a part twice': call('addDefect', '<cookie>7</cookie><cookie>8</cookie>'),
  'a part too many': call('addDefect', '<cookie>7</cookie><summary>S</summary>'),
  'a part in another case': call('addDefect', '<Cookie>7</Cookie>'),
  'an unknown operation': call('nope'),
  'an operation in another case': call('getdatabaselist'),
  'the operation constructor': call('constructor'),
  'an operation with children': call('nope', '<a><b>1</b></a>'),
  'two operations': envelope('<n:getDatabaseList/><n:getProjectDataOptionList/>'),
  'no operation': envelope(''),
  'text in place of the operation': envelope('text'),
  'an empty Header': envelope('<n:getDatabaseList/>', { header: '<S:Header/>' }),
  'a Header nobody knows': envelope('<n:getDatabaseList/>', {
    header: '<S:Header><x:a xmlns:x="urn:x">1</x:a></S:Header>',
  }),
  'a Header that must be understood': envelope('<n:getDatabaseList/>', {
    header: '<S:Header><x:a xmlns:x="urn:x" S:mustUnderstand="1">1</x:a></S:Header>',
  }),
  'encodingStyle on the Envelope': envelope('<n:getDatabaseList/>', {
    attributes: ` S:encodingStyle="${ENC}"`,
  }),
  'encodingStyle on the call': envelope(`<n:getDatabaseList S:encodingStyle="${ENC}"/>`),
  'another encodingStyle': envelope('<n:getDatabaseList S:encodingStyle="urn:other"/>'),
  'no Body': `<S:Envelope ${NAMESPACES}></S:Envelope>`,
  'something else in place of the Body': `<S:Envelope ${NAMESPACES}><S:Other/></S:Envelope>`,
  'no Envelope': `<n:getDatabaseList ${NAMESPACES}/>`,
  'an Envelope of another namespace': call('getDatabaseList').replace(SOAP, 'urn:soap'),
  'an Envelope without a namespace': '<Envelope><Body><getDatabaseList/></Body></Envelope>',
  'SOAP 1.2': call('getDatabaseList').replace(SOAP, 'http://www.w3.org/2003/05/soap-envelope'),
  'a fault in SOAP 1.2': call('nope').replace(SOAP, 'http://www.w3.org/2003/05/soap-envelope'),
  'no XML declaration': call('getDatabaseList').replace(/^<\?.*?\?>/, ''),
  'blanks before everything': ` \r\n${call('getDatabaseList').replace(/^<\?.*?\?>/, '')}`,
  'a byte order mark': `\ufeff${call('getDatabaseList')}`,
  'a comment first': call('getDatabaseList').replace('?>', '?><!-- hello -->'),
  'line ends and indents everywhere': call('getDatabaseList').replaceAll('><', '>\r\n  <'),
  'a DOCTYPE': call('getDatabaseList').replace('?>', '?><!DOCTYPE a>'),
  'no bytes at all': '',
  'only blanks': '   ',
  'no XML': 'hello',
  'an Envelope that is not closed': call('getDatabaseList').replace('</S:Envelope>', ''),
  'cut in a tag': call('getDatabaseList').slice(0, -10),
  'cut in the call': call('getDefect', '<cookie>1</cook').replace(/<\/n:getDefect>.*/, ''),
  'tags that do not match': call('getDefect', '<cookie>1</kookie>'),
  'tags that overlap': call('getDefect', '<cookie><summary>1</cookie></summary>'),
  'an attribute without quotes': call('getDefect', '<cookie a=1>1</cookie>'),
  'an attribute twice': call('getDefect', '<cookie a="1" a="2">1</cookie>'),
  'something after the Envelope': `${call('getDatabaseList')}<more/>`,
};

/** The same call with other headers. */
const transports: Readonly<Record<string, Pick<Question, 'headers'> & { readonly body?: string | Buffer }>> =
  {
    'no SOAPAction': { headers: { soapaction: undefined } },
    'a SOAPAction without quotes': { headers: { soapaction: 'urn:testtrack-interface#getDatabaseList' } },
    'a SOAPAction of another operation': {
      headers: { soapaction: '"urn:testtrack-interface#ProjectLogon"' },
    },
    'no Content-Type': { headers: { 'content-type': undefined } },
    'Content-Type text/plain': { headers: { 'content-type': 'text/plain' } },
    'Content-Type application/soap+xml': {
      headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
    },
    'Latin-1 by the header': {
      headers: { 'content-type': 'text/xml; charset=ISO-8859-1' },
      body: Buffer.from(
        call('addDefect', '<cookie>7</cookie><pDefect><summary>\xc4</summary></pDefect>'),
        'latin1',
      ),
    },
    'Latin-1 by the declaration': {
      headers: { 'content-type': 'text/xml' },
      body: Buffer.from(
        call('addDefect', '<cookie>7</cookie><pDefect><summary>\xc4</summary></pDefect>').replace(
          'UTF-8',
          'ISO-8859-1',
        ),
        'latin1',
      ),
    },
    'UTF-16 with its mark': {
      body: Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(call('getDatabaseList').replace('UTF-8', 'UTF-16'), 'utf16le'),
      ]),
    },
    'bytes that are no UTF-8': {
      body: Buffer.from(
        call('addDefect', '<cookie>7</cookie><pDefect><summary>\xc4\xe4</summary></pDefect>'),
        'latin1',
      ),
    },
    gzip: { headers: { 'content-encoding': 'gzip' }, body: gzipSync(call('getDatabaseList')) },
  };

/** Requests that real clients send, and such that none should. */
export function sloppyQuestions(): Question[] {
  const defect = (content: string) =>
    call('addDefect', `<cookie>7</cookie><pDefect><recordid>5</recordid>${content}</pDefect>`);
  return [
    ...questions('long', longs, (text) => call('addDefect', `<cookie>${text}</cookie>`)),
    ...questions('boolean', booleans, (text) =>
      call('formattedTextSupport', `<enableFormattedText>${text}</enableFormattedText>`),
    ),
    ...questions('short', { 'too large': '32768', 'in range': '-32768', 'a word': 'x' }, (text) =>
      defect(
        `<eventlist><item><recordid>1</recordid><eventaddorder>${text}</eventaddorder></item></eventlist>`,
      ),
    ),
    ...questions('double', doubles, (text) => defect(`<estimatedhours>${text}</estimatedhours>`)),
    ...questions('date', { ...moments, plain: '2026-03-02' }, (text) =>
      defect(`<dateentered>${text}</dateentered>`),
    ),
    ...questions('dateTime', moments, (text) => defect(`<datetimecreated>${text}</datetimecreated>`)),
    ...questions('base64Binary', contents, (text) =>
      defect(
        `<workaroundInlineAttachList><item><m-pFileData>${text}</m-pFileData><m-recordid>0</m-recordid></item></workaroundInlineAttachList>`,
      ),
    ),
    ...questions('text', texts, (text) => defect(`<summary>${text}</summary>`)),
    ...questions('list', lists, defect),
    ...questions('members', members, (content) =>
      call('addDefect', `<cookie>7</cookie><pDefect>${content}</pDefect>`),
    ),
    ...questions('reference', references, (body) => body),
    ...Object.entries(envelopes).map(([name, body]) => ({
      name: `envelope: ${name}`,
      body,
      after: readProjects,
    })),
    ...Object.entries(transports).map(([name, { body, ...rest }]) => ({
      name: `transport: ${name}`,
      body: body ?? call('getDatabaseList'),
      after: readDefect,
      ...rest,
    })),
  ];
}

function questions(kind: string, forms: Forms, body: (form: string) => string): Question[] {
  return Object.entries(forms).map(([name, form]) => ({
    name: `${kind}: ${name}`,
    body: body(form),
    after: readDefect,
  }));
}
