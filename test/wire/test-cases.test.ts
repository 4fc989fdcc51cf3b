import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { envelope } from '../support/soap-message.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const testRunSet = 'WysiWrite 5.1';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    testCases: [
      { summary: 'Log on', type: 'API', steps: ['* Open', '+ It <opens> & shows'] },
      { summary: 'Log off', events: [{ name: 'Hold' }] },
    ],
  },
]);
const send = (operation: string, call: string) =>
  soapCall(twin.soapUrl, operation, {}, { body: envelope(call) });

describe('on the wire, test cases', () => {
  test('keep their steps character by character, line ends and all', async () => {
    const cookie = await logOn();
    const steps = '* Öffnen\r\n+  "auf" <b>&amp;</b>\r\n\r\n# ende\t';
    const recordID = await tt.addTestCase({ cookie, pTestCase: { summary: 'Steps', steps } });
    expect((await tt.getTestCaseByRecordID({ cookie, recordID })).steps).toBe(steps);
  });

  test('carry their variants as an array of one type, which needs no xsi:type', async () => {
    const cookie = await logOn();
    const testVariants = [{ name: 'Browser', type: 'Included', values: [{ value: 'Chrome' }] }];
    const recordID = await tt.addTestCase({ cookie, pTestCase: { summary: 'Variants', testVariants } });
    const { body } = await soapCall(twin.soapUrl, 'getTestCaseByRecordID', { cookie, recordID });
    expect(body).toMatch(
      /<testVariants SOAP-ENC:arrayType="ttns:CTestCaseVariantField\[1\]"><item><recordid>\d+<\/recordid><name>Browser<\/name>/,
    );
    expect(body).toContain('<type>Included</type>');
  });

  test('are saved when a client sends only the new event', async () => {
    const cookie = await logOn();
    await tt.editTestCase({ cookie, testCaseNumber: 1 });
    const outcome = await send(
      'saveTestCase',
      `<ns:saveTestCase><cookie>${cookie}</cookie><pTestCase><recordid>1</recordid><eventlist><item><name>Ready</name></item></eventlist></pTestCase></ns:saveTestCase>`,
    );
    expect(outcome.result).toBe(0);
    expect(await tt.getTestCase({ cookie, testCaseNumber: 1 })).toMatchObject({
      state: 'Ready',
      type: 'API',
    });
  });

  test.each([
    ['a case that is nil', '<pTestCase xsi:nil="true"/>', '2'],
    ['no case', '', '2'],
    ['an empty case', '<pTestCase/>', '23'],
    [
      'a variant without a name',
      '<pTestCase><summary>x</summary><testVariants><item/></testVariants></pTestCase>',
      '11',
    ],
    [
      'a file without content',
      '<pTestCase><summary>x</summary><attachmentlist><item><m-strFileName>a</m-strFileName></item></attachmentlist></pTestCase>',
      '23',
    ],
  ])('are refused with the number of the fault as detail: %s', async (_, part, detail) => {
    const cookie = await logOn();
    const call = `<ns:addTestCase><cookie>${cookie}</cookie>${part}<unknown>1</unknown></ns:addTestCase>`;
    const outcome = await send('addTestCase', call);
    expect([outcome.status, outcome.fault?.detail]).toEqual([500, detail]);
    expect(outcome.headers.get('x-twintrack-hint')).toBeTruthy();
  });

  test.each([
    ['a truth value', '<pTestCase><isautomated>maybe</isautomated></pTestCase>', 'isautomated'],
    ['a number', '<pTestCase><storypoints>many</storypoints></pTestCase>', 'storypoints'],
  ])('are refused by gSOAP’s words where %s is none', async (_, part, member) => {
    const outcome = await send('addTestCase', `<ns:addTestCase><cookie>1</cookie>${part}</ns:addTestCase>`);
    expect(outcome.fault?.text).toBe(`Validation constraint violation: invalid value in element '${member}'`);
  });

  test('refuse a guest to add and to edit, and let him read', async () => {
    const cookie = await logOn('guest', 'guest');
    expect((await tt.getTestCase({ cookie, testCaseNumber: 1 })).summary).toBe('Log on');
    expect((await faultOf(tt.addTestCase({ cookie, pTestCase: { summary: 'x' } }))).detail).toBe('5');
    expect((await faultOf(tt.editTestCase({ cookie, testCaseNumber: 1 }))).detail).toBe('5');
    expect((await faultOf(tt.generateTestRuns({ cookie, recordID: 1, testRunSet }))).detail).toBe('5');
  });
});

describe('on the wire, generated runs', () => {
  test('are bare items: a record ID and nothing else', async () => {
    const cookie = await logOn();
    const { body } = await soapCall(twin.soapUrl, 'generateTestRuns', { cookie, recordID: 1, testRunSet });
    expect(body).toMatch(
      / SOAP-ENC:arrayType="ttns:CItemToTrack\[1\]"><item><recordid>1<\/recordid><\/item></,
    );
  });

  test('need no list of variants: absent and nil are one run', async () => {
    const cookie = await logOn();
    for (const part of ['', '<testVariants xsi:nil="true"/>', '<testVariants/>']) {
      const call = `<ns:generateTestRuns><cookie>${cookie}</cookie><recordID>1</recordID>${part}<testRunSet>${testRunSet}</testRunSet></ns:generateTestRuns>`;
      expect((await send('generateTestRuns', call)).result).toHaveLength(1);
    }
  });

  test('take variants as either type that clients send', async () => {
    const cookie = await logOn();
    for (const type of ['CTestRunVariantField', 'CTestCaseVariantField']) {
      const item = `<item xsi:type="ns:${type}"><name>Browser</name><values><item><value>Chrome</value></item><item><value>Safari</value></item></values></item>`;
      const call = `<ns:generateTestRuns><cookie>${cookie}</cookie><recordID>1</recordID><testVariants>${item}</testVariants><testRunSet>${testRunSet}</testRunSet></ns:generateTestRuns>`;
      expect((await send('generateTestRuns', call)).result).toHaveLength(2);
    }
  });

  test('of many cases come with an error, not a fault, for each case that fails', async () => {
    const cookie = await logOn();
    const results = await tt.generateBatchTestRuns({ cookie, testCases: [1, 2, 99], testRunSet });
    expect(results).toMatchObject([
      { testRunList: [{ summary: 'Log on', steps: '* Open\r\n+ It <opens> & shows' }] },
      { errorList: [{}] },
      { errorList: [{}] },
    ]);
  });
});
