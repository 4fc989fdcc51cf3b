/**
 * The example requests of the rpc.mpl manual, sent as printed to the demo: only the back-slashes and blanks that
 * break the lines are taken out. Each begins with the demo as it starts.
 */
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoCaller, demoSection, type RpcReply, type RpcTwin, startRpc } from '../support/aptest.ts';

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(demoSection(), { common: demoCaller });
});
afterEach(() => twin.close());

/** Sends the text after `rpc.mpl?` byte for byte: Node's own client encodes nothing. */
async function printed(query: string): Promise<RpcReply> {
  const path = `/atm/run/rpc.mpl?${query.replace(/[\\ ]/g, '')}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port: twin.listener.port, path }, resolve).on('error', reject);
  });
  const body = await text(response);
  const [code = '', ...lines] = body.split('\n');
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? null,
    hint: String(response.headers['x-twintrack-hint'] ?? ''),
    body,
    code,
    lines: lines.slice(0, -1),
  };
}

/** Sends the arguments as a multipart form with a file, as a browser or `curl -F` does. */
async function printedForm(query: string, file: { name: string; bytes: string }): Promise<RpcReply> {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(query.replace(/[\\ ]/g, ''))) form.append(name, value);
  form.append('anything', new Blob([file.bytes]), file.name);
  return twin.post(form);
}

const status = async (session: string) =>
  (await twin.call({ command: 'getSessionStatus', sessNum: session })).lines[0];

const lake = 'rpctoken=token&username=lake&suite=Example&command';
const demo = 'rpctoken=token&username=lake&suite=Example';

describe('the examples of the manual', () => {
  test('assignSession: session 123 to tester1 and tester2', async () => {
    const reply = await printed(`${lake}=assignSession& \\ sessNum=123&assignTo=tester1,tester2`);
    expect(reply.body).toBe('0\nSession 00123 is assigned to tester1, tester2\n');
    const details = await twin.json({ command: 'getSessionDetails', sessNum: '123' });
    expect(details.data).toMatchObject({ assignedto: 'tester1,tester2' });
  });

  test('assignSet: group1/set1 to tester1 and tester2', async () => {
    const reply = await printed(`${lake}=assignSet& \\ set=group1/set1&assignTo=tester1,tester2`);
    expect(reply.body).toBe('0\nSet group1/set1 is assigned to tester1, tester2\n');
  });

  test('attachFile: log.txt to the test with a UUID', async () => {
    const example = `${lake}=attachFile& \\ sess=00001&uuid=AC2CD7D2-955D-11D8-A214-90E5C9F5B464&fileName=log.txt`;
    const reply = await printedForm(example, { name: 'local.txt', bytes: 'all went well' });
    expect(reply.body).toMatch(
      /^0\n<div class="note">.*<a href="[^"]*\/atm\/run\/attachment\/[-0-9A-F]{36}">log\.txt<\/a>.*\n$/,
    );
  });

  test('createGroup: Group_C within Group_A/Group_B', async () => {
    const reply = await printed(`${lake}=createGroup& \\ name=Group_C&setGroup=Group_A/Group_B`);
    expect(reply.body).toBe('0\n\n');
    expect((await twin.call({ command: 'getSetList', group: 'Group_A/Group_B/Group_C' })).body).toBe('0\n');
  });

  test('createSet: My_Set in Group_A/Group_B with the high priority test cases', async () => {
    const reply = await printed(
      `${lake}=createSet& \\ set=My_Set&setGroup=Group_A/Group_B&SCHEMA_priority=high`,
    );
    expect(reply.body).toBe('0\n7\n');
  });

  test('createSession: from Group_A/Group_B/My_Set for Mac OS 9', async () => {
    const reply = await printed(
      `${lake}=createSession& \\ set=Group_A/Group_B/My_Set&startdateplanned=1233446400&VAR_os=Mac_OS_9`,
    );
    expect(reply.body).toBe('0\n00124\n');
    const details = await twin.json({ command: 'getSessionDetails', sessNum: '124' });
    expect(details.data).toMatchObject({ startdateplanned: 1233446400, VAR_os: 'Mac_OS_9', numtests: 7 });
  });

  test('DeleteSession: session 10', async () => {
    expect((await printed(`${lake}=DeleteSession&sessNum=10`)).body).toBe('0\n\n');
    expect(await status('10')).toBe('No such session: 10 (argument sessNum)');
  });

  test('DeleteSet: theSet, and not theset', async () => {
    expect((await printed(`${lake}=DeleteSet&set=theSet`)).body).toBe('0\n\n');
    const sets = (await twin.call({ command: 'getSetList' })).lines;
    expect(sets).toContain('theset');
    expect(sets).not.toContain('theSet');
  });

  test('getReqUUID: the requirement with outline number 1.0.1', async () => {
    const reply = await printed(`${lake}=getReqUUID& \\ name=1.0.1`);
    expect(reply.body).toBe('0\n5B1F2E60-9D1C-11DD-AD8B-0800200C9A66\n');
  });

  test('getSessionDetails: session 0057', async () => {
    const reply = await printed(`${lake}=getSessionDetails&sessNum=0057`);
    expect(reply.lines).toContain('sessNum=00057');
    expect(reply.lines).toContain('testset=group1/set1');
    expect(reply.lines).toContain('assignedto=tester1');
    expect(reply.lines).toContain('results_pass=2');
    expect(reply.lines).toContain('VAR_target=Mac_OS_9 build 112');
  });

  test('geSessionStatus: session 2, with the misprinted name of the command', async () => {
    const reply = await printed(`${lake}=geSessionStatus& \\ sessnum=2`);
    expect(reply.lines).toEqual(['numtests=7;pass=6;foo=1;retest=0;untested=0;bar=0;blocked=0;fail=0']);
  });

  test('getTestList: the set performance in UUID form', async () => {
    const reply = await printed(`${lake}=getTestList& \\ set=performance&byUUID=1`);
    expect(reply.code).toBe('0');
    expect(reply.lines).toHaveLength(3);
    expect(reply.lines[0]).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/);
  });

  test('getTestsSuiteByname', async () => {
    const reply = await printed(`${lake}=getTestsSuiteByname`);
    expect(reply.lines).toHaveLength(20);
    expect(reply.lines[0]).toBe('ATM_Administration.dir/Help_Screen.bts');
  });

  test('getTestsSuiteByUUID', async () => {
    const reply = await printed(`${lake}=getTestsSuiteByUUID`);
    expect(reply.lines).toHaveLength(20);
    expect(reply.lines[0]).toBe('AC2CD7D2-955D-11D8-A214-90E5C9F5B464');
  });

  test('getTestCaseDetails: all of the test case foo by UUID', async () => {
    const reply = await printed(`${lake}=getTestCaseDetails&uuid=foo`);
    expect(reply.lines).toContain('atm_id=foo.bts');
    expect(reply.lines).toContain('priority=high');
  });

  test('getTestCaseDetails: all of the test case bar by name', async () => {
    const reply = await printed(`${lake}=getTestCaseDetails&name=bar.bts`);
    expect(reply.lines).toContain('atm_uuid=bar');
    expect(reply.lines).toContain('summary=The other placeholder');
  });

  test('getTestCaseResult: the test with UUID foo in session bar', async () => {
    expect((await printed(`${lake}=getTestCaseResult&uuid=foo&sessNum=bar`)).body).toBe('0\npass\n');
  });

  test('getTestCaseResult: the same result by name', async () => {
    expect((await printed(`${lake}=getTestCaseResult&name=foo&sessNum=bar`)).body).toBe('0\npass\n');
  });

  test('getTestResultData: the test with UUID foo in session 123', async () => {
    const reply = await printed(`${lake}=getTestResultData&uuid=foo&sessNum=123`);
    expect(reply.lines).toContain('results=foo');
    expect(reply.lines).toContain('buildnumber=113');
  });

  test('getTestResultData: the same by name', async () => {
    const byName = await printed(`${lake}=getTestResultData&name=foo&sessNum=123`);
    const byUuid = await printed(`${lake}=getTestResultData&uuid=foo&sessNum=123`);
    expect(byName.body).toBe(byUuid.body);
  });

  test('getTestUUID: the test case test/more/foo', async () => {
    const reply = await printed(`${lake}=getTestUUID& \\ name=test/more/foo`);
    expect(reply.body).toBe('0\n0D2CE4C0-9D1D-11DD-AD8B-0800200C9A66\n');
  });

  test('lockSession: session 5', async () => {
    expect((await printed(`${lake}=lockSession&sessNum=5`)).body).toBe('0\n\n');
    expect((await twin.call({ command: 'getSessionList', locked: 'locked' })).lines[1]).toMatch(/^00005;/);
  });

  test('lockSet: theset', async () => {
    expect((await printed(`${lake}=lockSet&set=theset`)).body).toBe('0\n\n');
  });

  test('unlockSession: session 5', async () => {
    expect((await printed(`${lake}=unlockSession&sessNum=5`)).body).toBe('0\n\n');
  });

  test('unlockSet: theset', async () => {
    expect((await printed(`${lake}=unlockSet&set=theset`)).body).toBe('0\n\n');
  });

  test('result: "retest" for the first test of session 1', async () => {
    const reply = await printed(`${lake}=result& \\ sess=00001&tid=0&result=retest`);
    expect(reply.body).toMatch(/^0\n<div class="note">.*retest.*<\/div>\n$/);
    expect(await status('1')).toContain('retest=1');
  });

  test('result: atm_prid of the help screen test to 42', async () => {
    const reply = await printed(
      `${lake}=result& \\ sess=00001&id=ATM_Administration.dir/Help_Screen.bts& \\ EXECDATA_prid=42`,
    );
    expect(reply.code).toBe('0');
    const data = await twin.call({
      command: 'getTestResultData',
      sessNum: '1',
      name: 'ATM_Administration/Help_Screen',
    });
    expect(data.lines).toContain('atm_prid=42');
    expect(data.lines).toContain('results=fail');
    expect(data.lines).toContain('buildnumber=101');
  });

  test('result: the note "Fixed" for the test with a UUID', async () => {
    const reply = await printed(
      `${lake}=result& \\ sess=00001&uuid=AC2CD7D2-955D-11D8-A214-90E5C9F5B464&note=Fixed`,
    );
    expect(reply.lines[0]).toContain('>Fixed<');
  });

  test('result: the same note as the print has it, with a not sign where &not was', async () => {
    const start = `${lake}=result& \\ sess=00001&uuid=AC2CD7D2-955D-11D8-A214-90E5C9F5B464`;
    for (const sign of ['%C2%AC', '%AC']) {
      expect((await printed(`${start}${sign}e=Fixed`)).lines[0]).toContain('>Fixed<');
    }
    // Node refuses bytes beyond ASCII in a request line, so the raw sign can only come in a body.
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `${start.replace(/[\\ ]/g, '')}\u00ace=Fixed`;
    expect((await twin.post(body, headers)).lines[0]).toContain('>Fixed<');
  });

  test('result: the general case of several entries', async () => {
    const reply = await printed(
      `${demo}& \\ sess=00001&command=result& \\ result={"label":[ {"tid":"0","result":"foo"},{"tid":"1","result":"bar"}]}`,
    );
    expect(reply.code).toBe('0');
    expect(reply.lines).toHaveLength(2);
    expect(await status('1')).toContain('foo=1');
  });

  test('result: two results, for tid 0 and tid 1', async () => {
    const reply = await printed(
      `${demo}& \\ sess=00001&command=result& \\ result={"tid_1":[ {"tid":"0","result":"foo"},{"tid":"1","result":"bar"}]}`,
    );
    expect(reply.lines).toHaveLength(2);
    expect(await status('1')).toBe('numtests=7;pass=0;foo=1;retest=0;untested=5;bar=1;blocked=0;fail=0');
  });

  test('result: three execution fields in one entry', async () => {
    const reply = await printed(
      `${lake}=result& \\ sess=00001& \\ result={ "label": [{"id":"ATM_Administration.dir/Help_Screen.bts", \\ "EXECDATA_prid":"42", \\ "EXECDATA_foo":"bar", \\ "EXECDATA_assignedto":"user"} ] }`,
    );
    expect(reply.code).toBe('0');
    const data = await twin.call({
      command: 'getTestResultData',
      sessNum: '1',
      name: 'ATM_Administration/Help_Screen',
    });
    expect(data.lines).toEqual(expect.arrayContaining(['atm_prid=42', 'foo=bar', 'assignedto=user']));
  });

  test('getSessionResults: fields of all tests in all sessions of the set theset', async () => {
    const reply = await printed(
      `${lake}=getSessionResults \\ &sets=theset&resultFields=when,results,assignedto&testFields=atm_reqlink&returnJSON=1`,
    );
    expect(reply.contentType).toBe('application/json');
    const { result, data } = JSON.parse(reply.body) as { result: number; data: Record<string, unknown>[] };
    expect(result).toBe(0);
    expect(data.map(({ sessNum, name }) => [sessNum, name])).toEqual([
      ['00060', 'bar'],
      ['00123', 'Manual'],
    ]);
    const chosen = { assignedto: 'user', testFields: { atm_reqlink: '' } };
    expect(data[1]?.tests).toEqual([
      { tid: 0, id: 'foo.bts', uuid: 'foo', name: 'foo', results: 'foo', when: 1_233_306_000, ...chosen },
      { tid: 1, id: 'bar.bts', uuid: 'bar', name: 'bar', results: 'bar', when: 1_233_306_300, ...chosen },
      {
        tid: 2,
        id: 'ATM_Administration.dir/Help_Screen.bts',
        uuid: 'AC2CD7D2-955D-11D8-A214-90E5C9F5B464',
        name: 'ATM_Administration/Help_Screen',
        results: 'untested',
        when: '',
        assignedto: 'user',
        testFields: { atm_reqlink: '5B1F2E60-9D1C-11DD-AD8B-0800200C9A66' },
      },
      expect.objectContaining({ tid: 3, results: 'untested', when: '', ...chosen }),
      expect.objectContaining({ tid: 4, results: 'untested', when: '', ...chosen }),
    ]);
  });
});
