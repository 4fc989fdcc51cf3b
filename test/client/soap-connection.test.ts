import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import {
  type CDefect,
  type EditScope,
  TestTrackApiError,
  type TestTrackClient,
  TestTrackConnectionError,
  type TestTrackServer,
} from '../../src/client/index.ts';
import { connectTestTrack } from '../../src/client/testtrack-server.ts';

/** A server that says what it is told to, and remembers what it was asked. */
let answer: { status?: number; body: string } | 'silence' = { body: '' };
let request = '';
const server = createServer(async (incoming, response) => {
  request = await text(incoming);
  if (answer !== 'silence') response.writeHead(answer.status ?? 200).end(answer.body);
});
let tt: TestTrackServer;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  tt = await connectTestTrack({ url: `http://127.0.0.1:${port}`, timeoutMs: 10_000 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const envelope = (body: string) =>
  `<?xml version="1.0"?>\n<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:testtrack-interface"><e:Body>${body}</e:Body></e:Envelope>`;
const defectOf = (inner: string) => {
  answer = { body: envelope(`<t:getDefectResponse><pDefect>${inner}</pDefect></t:getDefectResponse>`) };
  return tt.call('getDefect', { cookie: 1, defectNumber: 11 });
};
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error,
  );

describe('an answer is read', () => {
  test('with white space between its elements', async () => {
    const defect = await defectOf('\n  <recordid> 7 </recordid>\n  <summary> a  b </summary>\n');
    expect(defect).toEqual({ recordid: 7, summary: ' a  b ' });
  });

  test('with texts of nothing but blanks, of references, of CDATA, and none', async () => {
    const defect = await defectOf(
      '<summary>  </summary><reference>&#xD;&#xA;x&amp;&#x20;</reference><workaround><![CDATA[<p> y ]]></workaround><state/>',
    );
    expect(defect).toEqual({ summary: '  ', reference: '\r\nx& ', workaround: '<p> y', state: '' });
  });

  test('with one item, none, or no list at all', async () => {
    const report = (comments: string) => `<item><comments>${comments}</comments></item>`;
    expect(await defectOf(`<reportedbylist>${report('one')}</reportedbylist>`)).toEqual({
      reportedbylist: [{ comments: 'one' }],
    });
    expect(await defectOf(`<reportedbylist>${report('a')}${report('b')}</reportedbylist>`)).toMatchObject({
      reportedbylist: [{ comments: 'a' }, { comments: 'b' }],
    });
    expect(await defectOf('<reportedbylist/>')).toEqual({ reportedbylist: [] });
    answer = { body: envelope('<t:getTableListResponse/>') };
    expect(await tt.call('getTableList', { cookie: 1 })).toEqual([]);
  });

  test('with lists of plain texts, an empty one among them', async () => {
    answer = {
      body: envelope(
        '<t:getAttachmentTypesResponse><pTypeList><item>a</item><item></item></pTypeList></t:getAttachmentTypesResponse>',
      ),
    };
    expect(await tt.call('getAttachmentTypes', { cookie: 1 })).toEqual(['a', '']);
  });

  test('without what is nil', async () => {
    expect(await defectOf('<recordid>1</recordid><summary xsi:nil="true"/>')).toEqual({ recordid: 1 });
  });

  test('with custom fields of the kind that they say, and of the declared kind when that is unknown', async () => {
    const item = (type: string) => `<item xsi:type="t:${type}"><name>n</name><value>5</value></item>`;
    const kinds = ['CIntegerField', 'CStringField', 'CFutureField'].map(item).join('');
    expect(await defectOf(`<customFieldList>${kinds}</customFieldList>`)).toEqual({
      customFieldList: [
        { $type: 'CIntegerField', name: 'n', value: 5 },
        { $type: 'CStringField', name: 'n', value: '5' },
        { name: 'n' },
      ],
    });
  });

  test('with numbers beyond 2^53 as bigint', async () => {
    expect(await defectOf('<recordid>9007199254740993</recordid>')).toEqual({ recordid: 9007199254740993n });
  });

  test('with days where a contract from before 2014.0.1 says moments', async () => {
    expect(await defectOf('<datetimecreated>2013-06-23</datetimecreated>')).toEqual({
      datetimecreated: '2013-06-23',
    });
  });
});

describe('a request', () => {
  test('says the type of every array, and of every value that is more special than its place', async () => {
    answer = { body: envelope('<t:addDefectResponse><recordID>5</recordID></t:addDefectResponse>') };
    await tt.call('addDefect', {
      cookie: 1,
      pDefect: {
        customFieldList: [
          { $type: 'CDateField', name: 'd', value: '2026-01-31' },
          { $type: 'CMultiSelectDropdownField', name: 'm', values: [{ value: 'x' }] },
        ],
        eventlist: [{ name: 'Assign', date: '2018-01-31T09:15:00', assigntolist: ['a', 'b'] }],
        summary: 's',
      },
    });
    expect(request).toContain(
      '<pDefect><summary>s</summary><eventlist xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ttns:CEvent[1]"><item>' +
        '<date>2018-01-31T09:15:00</date><name>Assign</name>' +
        '<assigntolist xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[2]"><item>a</item><item>b</item></assigntolist>' +
        '</item></eventlist><customFieldList xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ttns:CField[2]">' +
        '<item xsi:type="ttns:CDateField"><name>d</name><value>2026-01-31</value></item>' +
        '<item xsi:type="ttns:CMultiSelectDropdownField"><name>m</name>' +
        '<values xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="ttns:CFieldValue[1]"><item><value>x</value></item></values>' +
        '</item></customFieldList></pDefect>',
    );
  });

  test('has every plain part, also those that were left out', async () => {
    await defectOf('<recordid>1</recordid>');
    expect(request).toContain(
      '<cookie>1</cookie><defectNumber>11</defectNumber><summary/><bDownloadAttachments>false</bDownloadAttachments>',
    );
  });

  test('is not made of parts that the operation does not have', async () => {
    const parts = { cookie: 1, number: 11 } as unknown as { cookie: number };
    expect(await errorOf(tt.call('getDefect', parts))).toMatchObject({
      name: 'TypeError',
      message: 'getDefect has no part number. Its parts: defectNumber, summary, bDownloadAttachments.',
    });
  });
});

describe('an answer that is none', () => {
  test.each([
    [
      'a number that is none',
      200,
      envelope('<t:getDefectResponse><pDefect><recordid>seven</recordid></pDefect></t:getDefectResponse>'),
      'pDefect.recordid is "seven", expected a whole number',
    ],
    [
      'without its part',
      200,
      envelope('<t:getDefectResponse/>'),
      'getDefect was answered without its part pDefect',
    ],
    ['a page', 503, '<html>Busy</html>', 'HTTP 503 without a SOAP envelope: <html>Busy</html>'],
    ['nothing', 200, '', 'HTTP 200 without a SOAP envelope'],
    ['half an envelope', 200, '<e:Envelope xmlns:e="x"><e:Body><t:get', 'getDefect'],
  ])('(%s) is a TestTrackConnectionError', async (_, status, body, message) => {
    answer = { status, body };
    const error = await errorOf(tt.call('getDefect', { cookie: 1 }));
    expect(error).toBeInstanceOf(TestTrackConnectionError);
    expect((error as Error).message).toContain(message);
  });

  test('because its part has another name, even of a list', async () => {
    answer = { body: envelope('<t:getTableListResponse><list/></t:getTableListResponse>') };
    expect(await errorOf(tt.call('getTableList', { cookie: 1 }))).toMatchObject({
      name: 'TestTrackConnectionError',
      message: 'getTableList was answered with list instead of pTableList',
    });
  });

  test('because it took too long, too', async () => {
    answer = 'silence';
    const { port } = server.address() as AddressInfo;
    const hasty = await connectTestTrack({ url: `http://127.0.0.1:${port}`, timeoutMs: 50 });
    expect(await errorOf(hasty.getDatabaseList())).toMatchObject({
      name: 'TestTrackConnectionError',
      message: expect.stringContaining('it took too long'),
    });
  });
});

test.each([
  [
    'of the SOAP engine, which has no number',
    '<faultcode>e:Client</faultcode><faultstring> no such method </faultstring>',
    undefined,
    ' no such method ',
  ],
  [
    'with text in its detail',
    '<faultcode>e:Server</faultcode><faultstring>x</faultstring><detail>why</detail>',
    undefined,
    'x',
  ],
  [
    'with a number',
    '<faultcode>e:Server</faultcode><faultstring>x</faultstring><detail> 22 </detail>',
    22,
    'x',
  ],
  [
    'of SOAP 1.2',
    '<e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text xml:lang="en">x</e:Text></e:Reason><e:Detail>6</e:Detail>',
    6,
    'x',
  ],
])('a fault %s is a TestTrackApiError', async (_, fault, number, sentence) => {
  answer = { status: 500, body: envelope(`<e:Fault>${fault}</e:Fault>`) };
  const error = await errorOf(tt.getDatabaseList());
  expect(error).toBeInstanceOf(TestTrackApiError);
  expect(error).toMatchObject({ number, text: sentence });
});

test('a part that stands alone must be given, a look-up may leave out the other half', () => {
  expectTypeOf<TestTrackClient['getTask']>().parameters.toEqualTypeOf<[parts: { summary: string }]>();
  expectTypeOf<TestTrackClient['getTableList']>().parameters.toEqualTypeOf<[]>();
  expectTypeOf<{ defectNumber: number }>().toExtend<Parameters<TestTrackClient['getDefect']>[0]>();
  expectTypeOf<TestTrackClient['editDefect']>().returns.toEqualTypeOf<Promise<EditScope<CDefect>>>();
  expectTypeOf<TestTrackClient>().not.toHaveProperty('DatabaseLogoff');
});
