import { describe, expect, it } from 'vitest';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { envelope, wsdlModel } from '../support/soap-message.ts';
import { faultFrom, readBody } from '../support/soap-requests.ts';

const defect = (body: string) => readBody(body).input.pDefect;
const add = (members: string) => `<ns:addDefect><pDefect>${members}</pDefect></ns:addDefect>`;

describe('references in a request', () => {
  const axis = `<ns1:getDefect xmlns:ns1="urn:testtrack-interface" soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
    <cookie href="#id0"/><defectNumber href="#id1"/><summary xsi:type="xsd:string"/><bDownloadAttachments href="#id2"/></ns1:getDefect>`;
  const targets = `<multiRef id="id2" enc:root="0" xsi:type="xsd:boolean">false</multiRef>
    <multiRef id="id0" enc:root="0" xsi:type="xsd:long">9007199254740993</multiRef>
    <multiRef id="id1" enc:root="0" xsi:type="xsd:long"> 11 </multiRef>`;

  it.each([
    ['after the call', axis + targets],
    ['before the call', targets + axis],
  ])('Axis sends every value as a multiRef %s', (_, body) => {
    expect(readBody(body)).toMatchObject({
      operation: 'getDefect',
      input: { cookie: 9_007_199_254_740_993n, defectNumber: 11, summary: '', bDownloadAttachments: false },
    });
  });

  it('gSOAP calls the independent elements id', () => {
    const body =
      '<ns:getDefect><cookie href="#_4"/><defectNumber href="#_4"/></ns:getDefect><id id="_4" xsi:type="xsd:long">9</id>';
    expect(readBody(body).input).toMatchObject({ cookie: 9, defectNumber: 9 });
  });

  it('PHP puts the id on the first use and refers to it', () => {
    const items =
      '<customFieldList><item xsi:type="ns:CStringField" id="ref1"><name>N</name><value>v</value></item><item href="#ref1"/></customFieldList>';
    const field = { $type: 'CStringField', name: 'N', value: 'v' };
    expect(defect(add(items))).toEqual({ customFieldList: [field, field] });
  });

  it('SOAP 1.2 encoding uses enc:id and enc:ref', () => {
    expect(
      readBody('<ns:getDefect><cookie enc:id="a">7</cookie><defectNumber enc:ref="a"/></ns:getDefect>').input,
    ).toMatchObject({
      cookie: 7,
      defectNumber: 7,
    });
  });

  it('the target may be inside something the contract does not know, nil, or a reference itself', () => {
    const body = `${add('<summary href="#a"/><priority href="#n"/><type href="#b"/>')}<x><y id="a">text</y></x><n id="n" xsi:nil="1"/><b id="b" href="#a"/>`;
    expect(defect(body)).toEqual({ summary: 'text', type: 'text' });
  });

  it('the subtype comes from the target', () => {
    const body = `${add('<customFieldList><item href="#f"/></customFieldList>')}<multiRef id="f" xsi:type="ns:CDecimalField"><value>1.5</value></multiRef>`;
    expect(defect(body)).toEqual({ customFieldList: [{ $type: 'CDecimalField', value: 1.5 }] });
  });

  it('one target can be read as two types', () => {
    expect(
      readBody('<ns:getDefect><cookie id="x">7</cookie><summary href="#x"/></ns:getDefect>').input,
    ).toMatchObject({
      cookie: 7,
      summary: '7',
    });
  });

  it('a call with an id that nobody refers to stays the call', () => {
    expect(readBody('<ns:getDatabaseList id="x"/><multiRef id="y"/>').operation).toBe('getDatabaseList');
  });

  it('an href that points out of the message is no reference', () => {
    expect(readBody('<ns:getDefect><cookie href="http://x/#y">5</cookie></ns:getDefect>').input.cookie).toBe(
      5,
    );
  });

  it('10,000 references to one element share one value', () => {
    const body = `${add(`<customFieldList>${'<item href="#f"/>'.repeat(10_000)}</customFieldList>`)}<multiRef id="f"><name>N</name></multiRef>`;
    const { customFieldList } = defect(body) as { customFieldList: unknown[] };
    expect(customFieldList).toHaveLength(10_000);
    expect(new Set(customFieldList).size).toBe(1);
  });
});

describe('references that cannot be resolved', () => {
  it("a missing target is gSOAP's fault, and the hint says who refers to it", () => {
    const fault = faultFrom(() => readBody('<ns:getDefect><cookie href="#x"/></ns:getDefect>'));
    expect(fault.text).toBe(
      "Validation constraint violation: missing id for ref x in element 'soap:Envelope'",
    );
    expect(fault.hint).toBe(
      "Body/getDefect/cookie refers to '#x', but no element of the Body has that id. Send the target element, or the value in place.",
    );
  });

  it('a doubled target is a fault', () => {
    const fault = faultFrom(() =>
      readBody('<ns:getDefect><cookie href="#_1"/></ns:getDefect><id id="_1">1</id><id id="_1">2</id>'),
    );
    expect(fault.text).toBe(
      "Validation constraint violation: multiple elements (use the SOAP_XML_TREE flag) with duplicate id #_1 in element 'id'",
    );
  });

  it('doubled ids that nobody refers to do no harm', () => {
    expect(
      readBody('<ns:getDefect><cookie id="1">1</cookie><defectNumber id="1">2</defectNumber></ns:getDefect>')
        .input,
    ).toMatchObject({
      cookie: 1,
    });
  });

  it.each([
    ['an element referring to itself', '<ns:getDefect><cookie id="a" href="#a"/></ns:getDefect>'],
    [
      'two referring to each other',
      '<ns:getDefect><cookie href="#a"/></ns:getDefect><a id="a" href="#b"/><b id="b" href="#a"/>',
    ],
    [
      'a struct that contains itself',
      `${add('<eventlist href="#l"/>')}<l id="l"><item><fieldlist><item xsi:type="ns:CDropdownField"><value href="#v"/></item></fieldlist></item></l><v id="v" href="#v"/>`,
    ],
    [
      'an array in its own item',
      `${add('<reportedbylist id="l"><item><attachmentlist href="#m"/></item></reportedbylist>')}<m id="m"><item><m-strType href="#s"/></item></m><s id="s" href="#t"/><t id="t" href="#s"/>`,
    ],
  ])('a cycle is a fault: %s', (_, body) => {
    expect(faultFrom(() => readBody(body)).text).toMatch(
      /^Validation constraint violation: cyclic ref \w in element '.+'$/,
    );
  });

  it('a value that contains itself through its own type is a fault', () => {
    const tree = { kind: 'struct', name: 'CTreeNodeSoap' } as const;
    const part = { name: 'node', type: tree, optional: false, nillable: false };
    const codec = createSoapCodec({
      ...wsdlModel,
      operations: new Map([['plant', { name: 'plant', soapAction: '', input: [part], output: part }]]),
    });
    const read = (body: string) => codec.readRequest(envelope(body));
    const link = (from: number) => `<n id="n${from}"><childList><item href="#n${from + 1}"/></childList></n>`;
    const chain = (length: number) => Array.from({ length }, (_, index) => link(index)).join('');
    expect(
      faultFrom(() =>
        read('<ns:plant><node href="#n"/></ns:plant><n id="n"><childList><item href="#n"/></childList></n>'),
      ).text,
    ).toContain('cyclic ref n');
    expect(read(`<ns:plant><node href="#n0"/></ns:plant>${chain(30)}<n id="n30"/>`).operation).toBe('plant');
    expect(
      faultFrom(() => read(`<ns:plant><node href="#n0"/></ns:plant>${chain(40)}<n id="n40"/>`)).text,
    ).toContain('nesting depth');
    const backwards = Array.from({ length: 40 }, (_, index) => `<item href="#n${39 - index}"/>`).join('');
    const shared = `<ns:plant><node><childList>${backwards}</childList></node></ns:plant>${chain(40)}<n id="n40"/>`;
    expect(faultFrom(() => read(shared)).text).toContain('nesting depth');
  });

  it('references to references cannot grow beyond the limit of values', () => {
    const many = (id: string) => `<item href="#${id}"/>`.repeat(1_100);
    const bomb = `${add(`<reportedbylist>${many('r')}</reportedbylist>`)}<r id="r"><attachmentlist>${many('f')}</attachmentlist></r><f id="f"/>`;
    const fault = faultFrom(() => readBody(bomb));
    expect(fault.text).toBe('max message length exceeded');
    expect(fault.hint).toContain('100000 values once its references are resolved');
  });
});
