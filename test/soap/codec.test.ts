import { describe, expect, it } from 'vitest';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { wsdlModel } from '../support/soap-message.ts';
import { codec, faultFrom, readBody } from '../support/soap-requests.ts';

const E11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const E12 = 'http://www.w3.org/2003/05/soap-envelope';
const wrap = (inner: string, namespace = E11) =>
  `<s:Envelope xmlns:s="${namespace}" xmlns:t="urn:testtrack-interface">${inner}</s:Envelope>`;
const read = (xml: string) => codec.readRequest(xml);
const notRecognized = (name: string) =>
  `Method '${name}' not implemented: method name or namespace not recognized`;

describe('finding the operation', () => {
  it.each([
    ['any prefix', wrap('<s:Body><t:getDatabaseList/></s:Body>')],
    ['an end tag', wrap('<s:Body><t:getDatabaseList></t:getDatabaseList></s:Body>')],
    ['blanks around it', wrap('\n <s:Body>\n <t:getDatabaseList\n/>\n </s:Body>\n')],
    ['its own prefix', wrap('<s:Body><m:getDatabaseList xmlns:m="urn:testtrack-interface"/></s:Body>')],
    ['a default namespace', wrap('<s:Body><getDatabaseList xmlns="urn:testtrack-interface"/></s:Body>')],
    [
      'an inherited default namespace',
      wrap('<s:Body xmlns=" urn:testtrack-interface "><getDatabaseList/></s:Body>'),
    ],
    ['no namespace', wrap('<s:Body><getDatabaseList/></s:Body>')],
    [
      'the envelope as default namespace',
      `<Envelope xmlns="${E11}"><Body><getDatabaseList/></Body></Envelope>`,
    ],
    ['an empty Header', wrap('<s:Header/><s:Body><t:getDatabaseList/></s:Body>')],
    [
      'a Header nobody must understand',
      wrap('<s:Header><t:a s:mustUnderstand="0"/></s:Header><s:Body><t:getDatabaseList/></s:Body>'),
    ],
    [
      'a Header for another receiver',
      wrap(
        '<s:Header><t:a s:mustUnderstand="1" s:actor="urn:other"/></s:Header><s:Body><t:getDatabaseList/></s:Body>',
      ),
    ],
    [
      'encodingStyle on the Envelope',
      wrap('<s:Body><t:getDatabaseList/></s:Body>').replace('xmlns:t', `s:encodingStyle="${E11}" xmlns:t`),
    ],
    ['encodingStyle on the call', wrap(`<s:Body><t:getDatabaseList s:encodingStyle="${E11}"/></s:Body>`)],
    ['a second call, which is ignored', wrap('<s:Body><t:getDatabaseList/><t:getDefect/></s:Body>')],
    [
      'several prefixes for one namespace',
      `<a:Envelope xmlns:a="${E11}" xmlns:b="${E11}"><b:Body><getDatabaseList/></b:Body></a:Envelope>`,
    ],
    [
      'a byte order mark and a comment before it',
      `\ufeff<!-- c -->${wrap('<s:Body><t:getDatabaseList/></s:Body>')}`,
    ],
  ])('works with %s', (_, xml) => {
    expect(read(xml)).toEqual({ operation: 'getDatabaseList', input: {}, version: '1.1' });
  });

  it.each([
    'nope',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'GetDefect',
    'getdefect',
    'getDefectResponse',
  ])('there is no operation %s', (name) => {
    const fault = faultFrom(() => readBody(`<ttns:${name} xmlns:ttns="urn:testtrack-interface"/>`));
    expect(fault).toMatchObject({ code: 'Client', text: notRecognized(`ttns:${name}`), detail: undefined });
  });

  it('a name of 10,000 characters is echoed as far as gSOAP would', () => {
    const fault = faultFrom(() => readBody(`<${'n'.repeat(10_000)}/>`));
    expect(fault.text).toBe(notRecognized('n'.repeat(1_023)));
  });

  it('a misspelt name gets a suggestion', () => {
    expect(faultFrom(() => readBody('<ns:GetDefect/>')).hint).toBe(
      "There is no operation 'GetDefect'. Did you mean 'getDefect'? Names are case-sensitive.",
    );
    expect(faultFrom(() => readBody('<ns:savDefect/>')).hint).toContain("Did you mean 'saveDefect'?");
    expect(faultFrom(() => readBody('<ns:launchRocket/>')).hint).toContain(
      'The WSDL at /ttsoapcgi.wsdl lists every operation.',
    );
  });

  it.each([
    ['another namespace', '<y:getDefect xmlns:y="urn:x"/>', 'y:getDefect', "is in the namespace 'urn:x'"],
    ['another default namespace', '<getDefect xmlns="urn:x"/>', 'getDefect', "is in the namespace 'urn:x'"],
    ['an undeclared prefix', '<q:getDefect/>', 'q:getDefect', 'is not declared'],
    ["the envelope's prefix", '<soap:getDefect/>', 'soap:getDefect', 'is in the namespace'],
  ])('an operation in %s is not recognized', (_, body, name, hint) => {
    const fault = faultFrom(() => readBody(body));
    expect(fault.text).toBe(notRecognized(name));
    expect(fault.hint).toContain(hint);
  });
});

describe('a message that is no call', () => {
  it.each([
    ['nothing', '', 'Client', 'Data required for operation'],
    ['blanks', ' \r\n', 'Client', 'Data required for operation'],
    ['another document', '<a/>', 'Client', notRecognized('a')],
    ['an operation without envelope', '<getDatabaseList/>', 'Client', notRecognized('getDatabaseList')],
    [
      'an envelope of another namespace',
      wrap('<s:Body/>', 'urn:x'),
      'VersionMismatch',
      'Invalid SOAP message or SOAP version mismatch',
    ],
    [
      'an envelope without namespace',
      '<Envelope><Body/></Envelope>',
      'VersionMismatch',
      'Invalid SOAP message or SOAP version mismatch',
    ],
    [
      'an undeclared envelope prefix',
      '<s:Envelope/>',
      'Client',
      "Validation constraint violation: syntax error in element 's:Envelope'",
    ],
    ['no Body', wrap(''), 'Client', 'Validation constraint violation: element tag expected'],
    [
      'something else for the Body',
      wrap('<x/>'),
      'Client',
      "Validation constraint violation: tag name or namespace mismatch in element 'x'",
    ],
    ['an empty Body', wrap('<s:Body/>'), 'Client', notRecognized('')],
    [
      'a Header that must be understood',
      wrap(
        '<s:Header><q:a xmlns:q="urn:q" s:mustUnderstand="1"/></s:Header><s:Body><t:getDatabaseList/></s:Body>',
      ),
      'MustUnderstand',
      "The data in element 'q:a' must be understood but cannot be processed",
    ],
    [
      'only targets of references',
      wrap('<s:Body><a id="1" href="#2"/><b id="2" href="#1"/></s:Body>'),
      'Client',
      notRecognized('a'),
    ],
  ])('%s is answered with a fault', (_, xml, code, text) => {
    const fault = faultFrom(() => read(xml));
    expect(fault).toMatchObject({ code, text, detail: undefined });
    expect(fault.hint).toMatch(/^[A-Z].+\.$/);
  });
});

describe('SOAP 1.2', () => {
  it('is read like 1.1', () => {
    expect(read(wrap('<s:Body><t:getDatabaseList/></s:Body>', E12))).toEqual({
      operation: 'getDatabaseList',
      input: {},
      version: '1.2',
    });
  });

  it('is answered in its own form', () => {
    const answer = codec.writeAnswer('getDatabaseList', [{ name: 'P' }], '1.2').toString();
    expect(answer).toContain(`xmlns:SOAP-ENV="${E12}"`);
    expect(answer).toContain(
      '<SOAP-ENV:Body><ttns:getDatabaseListResponse SOAP-ENV:encodingStyle="http://www.w3.org/2003/05/soap-encoding">' +
        '<pDBList SOAP-ENC:itemType="ttns:CDatabase" SOAP-ENC:arraySize="1"><item><name>P</name></item></pDBList>',
    );
  });

  it('faults say Sender and Receiver', () => {
    const fault = faultFrom(() => read(wrap('<s:Body><t:nope/></s:Body>', E12)));
    expect(codec.writeFault(fault).toString()).toContain(
      '<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value></SOAP-ENV:Code><SOAP-ENV:Reason>' +
        `<SOAP-ENV:Text xml:lang="en">${notRecognized('t:nope')}</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>`,
    );
    expect(codec.writeFault({ code: 'Server', text: 'x', detail: '22' }, '1.2').toString()).toContain(
      '<SOAP-ENV:Detail>22</SOAP-ENV:Detail>',
    );
  });
});

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ttns="urn:testtrack-interface">';
const BODY = '<SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">';
const TAIL = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

describe('the exact bytes of an answer', () => {
  it('a logon answers its cookie and nothing else', () => {
    expect(codec.writeAnswer('ProjectLogon', 1001).toString()).toBe(
      `${HEAD}${BODY}<ttns:ProjectLogonResponse><Cookie>1001</Cookie></ttns:ProjectLogonResponse>${TAIL}`,
    );
  });

  it('a defect has its members in the order of the WSDL and its custom fields with their types', () => {
    const defect = {
      summary: 'Müller & Söhne <b>',
      recordid: 2n ** 53n + 1n,
      defectnumber: 11,
      state: '',
      priority: undefined,
      dateentered: '2018-01-31',
      actualhourstofix: 1.5,
      eventlist: [],
      reportedbylist: [{ recordid: 1, comments: ' one\r\n\ttwo ]]>', showorder: 1 }],
      customFieldList: [
        { $type: 'CStringField', recordid: 1, name: 'Text', value: '😀', isMultilineString: false },
        { $type: 'CMultiSelectDropdownField', recordid: 2, values: [{ value: 'a' }, { value: 'b' }] },
        { recordid: 3, name: 'Plain' },
      ],
    };
    expect(codec.writeAnswer('getDefect', defect).toString()).toBe(
      `${HEAD}${BODY}<ttns:getDefectResponse><pDefect><recordid>9007199254740993</recordid><defectnumber>11</defectnumber>` +
        '<summary>Müller &amp; Söhne &lt;b&gt;</summary><state/><dateentered>2018-01-31</dateentered><actualhourstofix>1.5</actualhourstofix>' +
        '<reportedbylist SOAP-ENC:arrayType="ttns:CReportedByRecord[1]"><item><recordid>1</recordid><comments> one&#xD;&#xA;\ttwo ]]&gt;</comments>' +
        '<showorder>1</showorder></item></reportedbylist><eventlist SOAP-ENC:arrayType="ttns:CEvent[0]"></eventlist><customFieldList SOAP-ENC:arrayType="ttns:CField[3]">' +
        '<item xsi:type="ttns:CStringField"><recordid>1</recordid><name>Text</name><value>😀</value><isMultilineString>false</isMultilineString></item>' +
        '<item xsi:type="ttns:CMultiSelectDropdownField"><recordid>2</recordid><values SOAP-ENC:arrayType="ttns:CFieldValue[2]"><item><value>a</value></item>' +
        '<item><value>b</value></item></values></item><item><recordid>3</recordid><name>Plain</name></item></customFieldList></pDefect>' +
        `</ttns:getDefectResponse>${TAIL}`,
    );
  });

  it('a list names its type and size, an empty one too', () => {
    const operation = [...wsdlModel.operations.values()].find(
      ({ output }) => output.type.name === 'ArrayOflong',
    );
    const { name, output } = operation ?? { name: '', output: { name: '' } };
    const around = (content: string) =>
      `${HEAD}${BODY}<ttns:${name}Response>${content}</ttns:${name}Response>${TAIL}`;
    expect(codec.writeAnswer(name, []).toString()).toBe(
      around(`<${output.name} SOAP-ENC:arrayType="xsd:long[0]"></${output.name}>`),
    );
    expect(codec.writeAnswer(name, [1, 2n ** 60n]).toString()).toBe(
      around(
        `<${output.name} SOAP-ENC:arrayType="xsd:long[2]"><item>1</item><item>1152921504606846976</item></${output.name}>`,
      ),
    );
  });

  it('a missing result leaves the part out', () => {
    expect(codec.writeAnswer('getUser', undefined).toString()).toBe(
      `${HEAD}${BODY}<ttns:getUserResponse></ttns:getUserResponse>${TAIL}`,
    );
  });

  it("a product's fault has its number as the bare text of detail", () => {
    expect(
      codec.writeFault({ code: 'Server', text: 'The record is locked by "A & B".', detail: '22' }).toString(),
    ).toBe(
      `${HEAD}<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode>` +
        `<faultstring>The record is locked by "A &amp; B".</faultstring><detail>22</detail></SOAP-ENV:Fault>${TAIL}`,
    );
  });

  it("the engine's own fault has no detail", () => {
    const fault = faultFrom(() => readBody('<ns:nope/>'));
    expect(codec.writeFault(fault).toString()).toBe(
      `${HEAD}<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>` +
        `<faultstring>${notRecognized('ns:nope')}</faultstring></SOAP-ENV:Fault>${TAIL}`,
    );
  });
});

describe('a request that came before to the letter', () => {
  const getDefect = (summary: string, namespace = E11) =>
    wrap(
      `<s:Body><t:getDefect><cookie>7</cookie><summary>${summary}</summary></t:getDefect></s:Body>`,
      namespace,
    );
  const bytesOf = (xml: string) => Buffer.from(xml, 'utf8');
  const summaryOf = (bytes: Buffer, contentType?: string) => codec.readBody(bytes, contentType).input.summary;

  it('means the same again', () => {
    const [first, second] = [1, 2].map(() => codec.readBody(bytesOf(getDefect('x')), 'text/xml'));
    expect(second).toEqual(first);
    expect(second).toEqual(codec.readRequest(getDefect('x')));
  });

  it('means something else in another encoding', () => {
    const bytes = bytesOf(getDefect('ü'));
    for (let round = 0; round < 2; round += 1) {
      expect(summaryOf(bytes)).toBe('ü');
      expect(summaryOf(bytes, 'text/xml; charset=utf-8')).toBe('ü');
      expect(summaryOf(bytes, 'text/xml; charset=iso-8859-1')).toBe('Ã¼');
    }
    const latin1 = Buffer.from(getDefect('ü'), 'latin1');
    for (let round = 0; round < 2; round += 1) {
      expect(summaryOf(latin1, 'text/xml; charset=iso-8859-1')).toBe('ü');
      expect(() => summaryOf(latin1)).toThrow('UTF content encoding error');
    }
  });

  it('is answered in its own version of SOAP', () => {
    for (let round = 0; round < 2; round += 1) {
      for (const [namespace, version] of [
        [E11, '1.1'],
        [E12, '1.2'],
      ]) {
        expect(codec.readBody(bytesOf(getDefect('x', namespace)), undefined).version).toBe(version);
      }
    }
  });

  it('is refused again when it was refused, and by a codec with narrower limits', () => {
    const deep = wrap('<s:Body><t:getDefect><cookie>x</cookie></t:getDefect></s:Body>');
    for (let round = 0; round < 2; round += 1) {
      expect(() => codec.readBody(bytesOf(deep), undefined)).toThrow();
    }
    codec.readBody(bytesOf(getDefect('x')), undefined);
    const narrow = createSoapCodec(wsdlModel, { depth: 3 });
    for (let round = 0; round < 2; round += 1) {
      expect(() => narrow.readBody(bytesOf(getDefect('x')), undefined)).toThrow();
    }
  });

  it('shares nothing that one call could change for the next', () => {
    const { input } = codec.readBody(bytesOf(getDefect('shared')), undefined);
    expect(Object.isFrozen(input)).toBe(true);
    const save = wrap(
      '<s:Body><t:saveDefect><cookie>7</cookie><pDefect><summary>x</summary></pDefect></t:saveDefect></s:Body>',
    );
    const [first, second] = [1, 2].map(() => codec.readBody(bytesOf(save), undefined));
    expect(second).toEqual(first);
    expect(second?.input.pDefect).not.toBe(first?.input.pDefect);
  });
});

describe('remembering encoded answers', () => {
  const frozen = (summary: string) => Object.freeze({ recordid: 1, summary });

  it('a frozen record is encoded once and gives the same answer again', () => {
    let reads = 0;
    const record = Object.freeze({
      get summary() {
        reads += 1;
        return 'x';
      },
    });
    const fresh = createSoapCodec(wsdlModel);
    const first = fresh.writeAnswer('getDefect', record).toString();
    expect(fresh.writeAnswer('getDefect', record).toString()).toBe(first);
    expect(fresh.writeAnswer('editDefect', record).toString()).toContain(
      '<ttns:editDefectResponse><pDefect><summary>x</summary></pDefect>',
    );
    expect(reads).toBe(1);
  });

  it('a record that can still change is encoded each time', () => {
    const record = { summary: 'before' };
    codec.writeAnswer('getDefect', record).toString();
    record.summary = 'after';
    expect(codec.writeAnswer('getDefect', record).toString()).toContain('after');
  });

  it('the same record as the result of another type is encoded anew', () => {
    const record = frozen('s');
    codec.writeAnswer('getDefect', record).toString();
    expect(codec.writeAnswer('getTestCase', record).toString()).toContain('<summary>s</summary></pTestCase>');
  });

  it('the memory is bounded, and what is too large for it is still answered', () => {
    const small = createSoapCodec(wsdlModel, { answerCacheBytes: 1_000 });
    const records = Array.from({ length: 50 }, (_, index) => frozen(`${index}`));
    for (let round = 0; round < 2; round += 1) {
      for (const [index, record] of records.entries()) {
        expect(small.writeAnswer('getDefect', record).toString()).toContain(`<summary>${index}</summary>`);
      }
    }
    const large = frozen('x'.repeat(10_000));
    expect(small.writeAnswer('getDefect', large).toString()).toBe(
      small.writeAnswer('getDefect', large).toString(),
    );
  });
});

describe('a result that the WSDL does not allow', () => {
  it.each([
    ['getDefect', { summary: 5 }, 'CDefect.summary: expected a string, got number 5'],
    ['getDefect', { recordid: 1.5 }, 'CDefect.recordid: expected a long'],
    ['getDefect', { eventlist: {} }, 'CDefect.eventlist: expected an array, got object'],
    ['getDefect', { eventlist: [undefined] }, 'CDefect.eventlist: an item is missing'],
    [
      'getDefect',
      { customFieldList: [{ $type: 'CUser' }] },
      'CDefect.customFieldList[]: CUser is no kind of CField',
    ],
    ['getDefect', 'text', 'getDefectResponse.pDefect: expected an object, got string'],
    ['ProjectLogon', '1001', 'ProjectLogonResponse.Cookie: expected a long'],
    ['nope', 1, 'the WSDL has no operation nope'],
  ])('%s %j is refused before it is sent', (operation, result, message) => {
    expect(() => codec.writeAnswer(operation, result).toString()).toThrow(message);
  });
});
