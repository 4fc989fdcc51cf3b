import { describe, expect, it } from 'vitest';
import { wsdlModel } from '../support/soap-message.ts';
import { defectFrom, faultFrom, inputOf, summaryFrom } from '../support/soap-requests.ts';

describe('the parts of a call', () => {
  it('have the types of the contract', () => {
    const parts =
      '<cookie>9007199254740993</cookie><defectNumber>11</defectNumber><summary> a </summary><bDownloadAttachments>true</bDownloadAttachments>';
    expect(inputOf('getDefect', parts)).toEqual({
      cookie: 9_007_199_254_740_993n,
      defectNumber: 11,
      summary: ' a ',
      bDownloadAttachments: true,
    });
  });

  it('that are missing have the zero value of their type', () => {
    expect(inputOf('getDefect', '')).toEqual({
      cookie: 0,
      defectNumber: 0,
      summary: '',
      bDownloadAttachments: false,
    });
    expect(inputOf('addDefect', '')).toEqual({ cookie: 0, pDefect: undefined });
    expect(inputOf('getRecordListForTable', '<cookie>1</cookie>')).toEqual({
      cookie: 1,
      tablename: '',
      filtername: '',
      columnlist: undefined,
    });
    expect(Object.keys(inputOf('addDefect', ''))).toEqual(['cookie', 'pDefect']);
  });

  it.each(['true', '1', ' true '])('xsi:nil="%s" means missing, whatever its xsi:type says', (nil) => {
    const input = inputOf(
      'getDefect',
      `<cookie xsi:nil="${nil}"/><defectNumber xsi:type="xsd:string" xsi:nil="${nil}"/><summary xsi:nil="${nil}">x</summary>`,
    );
    expect(input).toEqual({ cookie: 0, defectNumber: 0, summary: '', bDownloadAttachments: false });
  });

  it('may come in any order, with unknown ones between them', () => {
    const input = inputOf(
      'getDefect',
      '<zzz><a/></zzz><defectNumber>2</defectNumber><toString/><cookie>1</cookie>',
    );
    expect(input).toMatchObject({ cookie: 1, defectNumber: 2 });
  });

  it('count once: of doubled ones the first', () => {
    expect(inputOf('getDefect', '<cookie>1</cookie><cookie>2</cookie>')).toMatchObject({ cookie: 1 });
  });

  it('match by local name, in any namespace, but not in another letter case', () => {
    expect(
      inputOf('getDefect', '<ns:cookie>1</ns:cookie><defectNumber xmlns="urn:x">2</defectNumber>'),
    ).toMatchObject({
      cookie: 1,
      defectNumber: 2,
    });
    expect(inputOf('getDefect', '<Cookie>1</Cookie>')).toMatchObject({ cookie: 0 });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '$type'])(
    'called %s are harmless',
    (name) => {
      const safe = name === '$type' ? 'xtype' : name;
      const input = inputOf(
        'addDefect',
        `<${safe}><polluted>1</polluted></${safe}><pDefect><${safe}>1</${safe}></pDefect>`,
      );
      expect(input).toEqual({ cookie: 0, pDefect: {} });
      expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
      expect('polluted' in {}).toBe(false);
    },
  );

  it.each([...wsdlModel.operations.keys()])('of %s can all be missing', (operation) => {
    const input = inputOf(operation, '');
    expect(Object.keys(input)).toEqual(wsdlModel.operations.get(operation)?.input.map(({ name }) => name));
  });
});

describe('a value that is not of its type', () => {
  it.each([
    ['defectNumber', 'abc', 'invalid value'],
    ['defectNumber', '"274"', 'invalid value'],
    ['defectNumber', '9223372036854775808', 'invalid value'],
    ['defectNumber', '', 'empty value provided where a value is required'],
    ['defectNumber', ' \n ', 'empty value provided where a value is required'],
    ['bDownloadAttachments', 'True', 'invalid value'],
    ['bDownloadAttachments', '', 'empty value provided where a value is required'],
  ])("%s sent as '%s': gSOAP's fault", (part, value, violation) => {
    const fault = faultFrom(() => inputOf('getDefect', `<${part}>${value}</${part}>`));
    expect(fault).toMatchObject({
      code: 'Client',
      text: `Validation constraint violation: ${violation} in element '${part}'`,
      detail: undefined,
    });
  });

  it('the fault echoes the prefix of the element', () => {
    const fault = faultFrom(() => inputOf('getDefect', '<ns:cookie>x</ns:cookie>'));
    expect(fault.text).toContain("in element 'ns:cookie'");
  });

  it('the hint says where it stands, what came and what was expected', () => {
    const fault = faultFrom(() =>
      defectFrom('<eventlist><item/><item><date>yesterday</date></item></eventlist>'),
    );
    expect(fault.text).toBe("Validation constraint violation: invalid value in element 'date'");
    expect(fault.hint).toBe(
      "Body/addDefect/pDefect/eventlist/item[2]/date is an xsd:dateTime but was sent as 'yesterday'. " +
        'Send a moment that exists, as YYYY-MM-DDThh:mm:ss with Z, an offset such as -05:00, or no zone.',
    );
  });

  it('an attachment without content is refused, as the server does since 2015.1', () => {
    const fault = faultFrom(() =>
      defectFrom(
        '<reportedbylist><item><attachmentlist><item><m-pFileData/></item></attachmentlist></item></reportedbylist>',
      ),
    );
    expect(fault.text).toBe(
      "Validation constraint violation: empty value provided where a value is required in element 'm-pFileData'",
    );
  });
});

describe('a value with a type of the sender', () => {
  it('xsd:int where a long is due is a long', () => {
    expect(inputOf('getDefect', '<cookie xsi:type="xsd:int">1</cookie>')).toMatchObject({ cookie: 1 });
  });

  it('a boolean may be 0 or 1 and have blanks around it', () => {
    expect(
      inputOf('getDefect', '<bDownloadAttachments xsi:type="xsd:int"> 1 </bDownloadAttachments>'),
    ).toMatchObject({
      bDownloadAttachments: true,
    });
  });

  it('text sent as base64Binary is decoded (SOAP::Lite does so beyond ASCII)', () => {
    const base64 = Buffer.from('Müller').toString('base64');
    expect(summaryFrom(`<summary xsi:type="xsd:base64Binary">${base64}</summary>`)).toBe('Müller');
    expect(summaryFrom('<summary xsi:type="xsd:base64Binary"/>')).toBe('');
    expect(faultFrom(() => summaryFrom('<summary xsi:type="SOAP-ENC:base64">ä</summary>')).text).toContain(
      'summary',
    );
  });

  it('dates may be dateTimes, as clients of the old WSDL send them', () => {
    expect(
      defectFrom('<dateentered xsi:type="xsd:dateTime">2018-01-31T00:00:00-05:00</dateentered>'),
    ).toEqual({
      dateentered: '2018-01-31',
    });
  });
});

describe('a struct', () => {
  it('holds only the members that were sent', () => {
    expect(defectFrom('<summary>x</summary><zz/><priority xsi:nil="true"/>')).toEqual({ summary: 'x' });
    expect(defectFrom('')).toEqual({});
  });

  it.each([
    ['ttns:CStringField', 'CStringField'],
    ['CStringField', 'CStringField'],
    ['ttns::CStringField', 'CStringField'],
    ['ns:CField', undefined],
    ['namesp1:SOAPStruct', undefined],
    ['ns:CDefect', undefined],
    ['__proto__', undefined],
  ])('of xsi:type %s is a %s', (type, $type) => {
    const defect = defectFrom(
      `<customFieldList><item xsi:type="${type}"><recordid>1</recordid><value>v</value></item></customFieldList>`,
    );
    const item = $type === undefined ? { recordid: 1 } : { $type, recordid: 1, value: 'v' };
    expect(defect).toEqual({ customFieldList: [item] });
  });

  it.each(['xsi:type="ns:CProject"', 'xsi:type="urn:CProject"', ''])('needs no right type: %s', (type) => {
    const input = inputOf('ProjectLogon', `<pProj ${type}><database><name>P</name></database></pProj>`);
    expect(input.pProj).toEqual({ database: { name: 'P' } });
  });
});

describe('an array', () => {
  const items = '<a><name>TestTrack Pro</name></a><item><name>TestTrack TCM</name></item>';

  it.each([
    ['without any attribute', ''],
    ['with its size', 'enc:arrayType="ns:CProjectDataOption[2]"'],
    ['with a wrong size', 'enc:arrayType="ns:CProjectDataOption[7]"'],
    ['with an empty size', 'enc:arrayType="ns:CProjectDataOption[]"'],
    ['with nonsense for a type', 'SOAP-ENC:arrayType="ttns=CProjectDataOption[1]"'],
    ['with undeclared prefixes in the wrong case', 'soap-enc:arraytype="x" soapenc:arrayType="y"'],
    ['of type enc:Array', 'xsi:type="enc:Array"'],
    ['of its own type', 'xsi:type="ns:ArrayOfCProjectDataOption"'],
    ['in SOAP 1.2 form', 'enc:itemType="ns:CProjectDataOption" enc:arraySize="2"'],
  ])('%s is read by its items, whatever they are called', (_, attributes) => {
    const input = inputOf('ProjectLogon', `<pProj><options ${attributes}>${items}</options></pProj>`);
    expect(input.pProj).toEqual({ options: [{ name: 'TestTrack Pro' }, { name: 'TestTrack TCM' }] });
  });

  it('without items is empty, nil is missing', () => {
    expect(inputOf('ProjectLogon', '<pProj><options/></pProj>').pProj).toEqual({ options: [] });
    expect(inputOf('ProjectLogon', '<pProj><options xsi:nil="1"/></pProj>').pProj).toEqual({});
  });

  it('may have positions and nil items; these are left out', () => {
    const input = inputOf(
      'generateBatchTestRuns',
      '<testCases><item enc:position="[0]">1</item><item xsi:nil="true"/><item>9007199254740993</item></testCases>',
    );
    expect(input.testCases).toEqual([1, 9_007_199_254_740_993n]);
  });
});
