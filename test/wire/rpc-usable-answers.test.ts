import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc, startSeconds } from '../support/aptest.ts';

const suite = {
  outline: { tests: true, requirements: true },
  fields: [
    { name: 'effort', type: 'number' },
    { name: 'systems', type: 'list', style: 'multiple', values: ['x', 'y'] },
  ],
  executionFields: [
    { name: 'build' },
    { name: 'tries', type: 'number' },
    { name: 'seen', type: 'list', style: 'multiple', values: ['x', 'y'] },
  ],
  tests: [
    { id: 'A/One', uuid: 'U1', fields: { effort: '12.5', systems: ['x'] } },
    { id: 'A/Two', uuid: 'U2' },
    { id: 'B/Three', uuid: 'U3', outline: '9.9' },
  ],
};

let twin: RpcTwin;
beforeAll(async () => {
  twin = await startRpc(
    smallSection(suite, {
      settings: {
        bugLink:
          'https://bugs.test/new?test=<% uuid %>&at=<% session %>/<% tid %>&t=<% name %><% nothing %>&r=<% results %>',
      },
    }),
  );
  const at = { command: 'result', sess: '1', tid: '0' };
  await twin.call({
    ...at,
    result: 'pass',
    note: 'a\n<b>',
    EXECDATA_tries: '3',
    EXECDATA_seen: ['x', 'y'],
    EXECDATA_timeclock: '90',
  });
  await twin.call({ ...at, note: 'later', execdata_user: 'bob', execdata_when: '1000000000' });
  const form = new FormData();
  const attach = {
    rpctoken: 'secret',
    username: 'ann',
    suite: 'Small',
    command: 'attachFile',
    sess: '1',
    tid: '0',
    fileName: 'log.txt',
    note: 'see',
  };
  for (const [name, value] of Object.entries(attach)) form.append(name, value);
  form.append('file', new Blob(['hello']), 'x');
  await twin.post(form);
});
afterAll(() => twin.close());

const data = async (args: Readonly<Record<string, string>>) => (await twin.json(args)).data;
const resultData = async (name: string) =>
  Object.values(
    (await data({ command: 'getTestResultData', sessNum: '1', name })) as Record<
      string,
      Record<string, unknown>
    >,
  )[0];

test('what was written is in the JSON of result and attachFile as data too, beside the HTML', async () => {
  const own = await startRpc(smallSection(suite));
  const at = { command: 'result', sess: '1', tid: '1', returnJSON: '1' };
  const asJson = async (args: Record<string, string>) =>
    JSON.parse((await own.call({ ...at, ...args })).body);
  const fail = { number: 1, when: startSeconds, user: 'ann', result: 'fail', text: 'a\nb' };
  expect(await asJson({ result: 'fail', note: 'a\nb' })).toEqual({
    result: 0,
    data: expect.stringContaining('<div class="note">'),
    notes: [fail],
  });
  // It is in no note.
  expect(await asJson({ EXECDATA_build: '7' })).toMatchObject({ result: 0, notes: [] });
  const entries = [
    { tid: '0', result: 'pass' },
    { tid: '1', EXECDATA_build: '8' },
  ];
  expect(await asJson({ tid: '', result: JSON.stringify({ a: entries, b: [] }) })).toEqual({
    result: 0,
    data: { a: [expect.stringContaining('pass'), expect.stringContaining('build: 8')], b: [] },
    notes: { a: [{ ...fail, result: 'pass', text: '' }, null], b: [] },
  });
  const form = new FormData();
  const attach = { rpctoken: 'secret', username: 'ann', suite: 'Small', ...at, command: 'attachFile' };
  for (const [name, value] of Object.entries({ ...attach, fileName: 'log.txt' })) form.append(name, value);
  form.append('file', new Blob(['hello']), 'x');
  const { notes } = JSON.parse((await own.post(form)).body);
  expect(notes).toEqual([
    {
      ...fail,
      number: 2,
      result: '',
      text: '',
      attachment: { name: 'log.txt', bytes: 5, url: expect.any(String) },
    },
  ]);
  expect(await (await fetch(notes[0].attachment.url)).text()).toBe('hello');
  await own.close();
});

describe('the data of a test', () => {
  test('has every execution field, empty where nothing was set, and numbers as numbers', async () => {
    expect(await resultData('1.1')).toMatchObject({
      tid: 0,
      id: 'A.dir/One.bts',
      uuid: 'U1',
      name: '1.1',
      results: 'pass',
      when: startSeconds,
      user: 'ann',
      assignedto: '',
      build: '',
      tries: 3,
      seen: ['x', 'y'],
      exectimeclock: 90,
      exectimestaff: '',
      atm_prid: '',
    });
    expect(await resultData('9.9')).toMatchObject({
      tid: 2,
      results: 'untested',
      when: '',
      user: '',
      seen: [],
      note: '',
      notes: [],
    });
    const { lines } = await twin.call({ command: 'getTestResultData', sessNum: '1', name: '9.9' });
    expect(lines).toEqual(expect.arrayContaining(['tid=2', 'name=9.9', 'when=', 'build=', 'seen=', 'note=']));
  });

  test('has notes and attachments as data beside the HTML, with whole addresses', async () => {
    const shown = await resultData('U1');
    const [first, second, third] = (shown?.notes ?? []) as Record<string, unknown>[];
    expect(first).toEqual({ number: 1, when: startSeconds, user: 'ann', result: 'pass', text: 'a\n<b>' });
    expect(second).toEqual({ number: 2, when: 1_000_000_000, user: 'bob', result: '', text: 'later' });
    const { url, ...attachment } = (third?.attachment ?? { url: '' }) as { url: string };
    expect(attachment).toEqual({ name: 'log.txt', bytes: 5 });
    expect(url.startsWith(`${twin.listener.url}/atm/run/attachment/`)).toBe(true);
    expect(await (await fetch(url)).text()).toBe('hello');
    expect(shown?.note).toContain(`<a href="${url}">log.txt</a>`);
  });

  test('has the link to the bug-tracking system with its parameters', async () => {
    expect((await resultData('U1'))?.bugLink).toBe('https://bugs.test/new?test=U1&at=00001/0&t=1.1&r=pass');
  });

  test('is the same in getSessionResults, and a choice of fields still names the test', async () => {
    const all = { command: 'getSessionResults', everyTest: '1' };
    const [row] = (await data(all)) as { tests: object[] }[];
    expect(row?.tests[0]).toEqual(await resultData('1.1'));
    const [chosen] = (await data({ ...all, resultFields: 'when,bugLink' })) as { tests: object[] }[];
    expect(chosen?.tests[1]).toEqual({
      tid: 1,
      id: 'A.dir/Two.bts',
      uuid: 'U2',
      name: '1.2',
      when: '',
      bugLink: 'https://bugs.test/new?test=U2&at=00001/1&t=1.2&r=untested',
    });
    const [noted] = (await data({ ...all, resultFields: 'notes' })) as { tests: object[] }[];
    expect(noted?.tests[1]).toEqual({ tid: 1, id: 'A.dir/Two.bts', uuid: 'U2', name: '1.2', notes: [] });
  });
});

describe('the definition of a test', () => {
  test('has numbers as numbers, lists as lists and nothing missing', async () => {
    const details = { command: 'getTestCaseDetails', uuid: 'U1' };
    expect(await data(details)).toMatchObject({ atm_id: 'A.dir/One.bts', effort: 12.5, systems: ['x'] });
    expect(await data({ ...details, field: 'effort' })).toBe(12.5);
    expect(await data({ ...details, uuid: 'U2' })).toMatchObject({ effort: '', systems: [] });
    const [row] = (await data({ command: 'getSessionResults', testFields: 'effort,systems' })) as {
      tests: object[];
    }[];
    expect(row?.tests[1]).toMatchObject({ tid: 1, testFields: { effort: '', systems: [] } });
  });

  test('is found by a name that is a UUID, as results and their data are', async () => {
    expect(await data({ command: 'getTestCaseDetails', name: 'u1' })).toMatchObject({ effort: 12.5 });
    expect(await data({ command: 'getTestCaseResult', sessNum: '1', name: 'U1' })).toBe('pass');
    expect(await data({ command: 'getTestResultData', sessNum: '1', name: 'U1,9.9' })).toMatchObject({
      U1: { tid: 0 },
      9.9: { tid: 2 },
    });
  });
});

describe('in a suite in auto-outline mode', () => {
  test('tests are listed and named by outline number', async () => {
    expect((await twin.call({ command: 'getTestsSuiteByname' })).lines).toEqual(['1.1', '1.2', '9.9']);
    expect((await twin.call({ command: 'getTestUUID', name: '9.9' })).lines).toEqual(['U3']);
    expect((await twin.call({ command: 'createSession', set: 'all', tests: '9.9,1.1' })).code).toBe('0');
    expect((await twin.call({ command: 'getTestList', sessNum: '2' })).lines).toEqual([
      'B.dir/Three.bts',
      'A.dir/One.bts',
    ]);
    expect((await twin.call({ command: 'result', sess: '2', name: '9.9', result: 'fail' })).code).toBe('0');
    expect((await twin.call({ command: 'getTestCaseResult', sessNum: '2', name: '9.9' })).lines).toEqual([
      'fail',
    ]);
  });
});

test('several assignees take the tests in turn where the setting says so', async () => {
  const shared = await startRpc(smallSection({}, { settings: { severalAssignees: 'inTurn' } }));
  expect((await shared.call({ command: 'assignSession', sessNum: '1', assignTo: 'ann,bob' })).code).toBe('0');
  const assigned = { command: 'getSessionResults', resultFields: 'assignedto' };
  const [row] = (await shared.json(assigned)).data as { tests: { assignedto: string }[] }[];
  expect(row?.tests.map(({ assignedto }) => assignedto)).toEqual(['ann', 'bob', 'ann']);
  expect((await shared.call({ command: 'getSessionDetails', sessNum: '1' })).lines).toContain(
    'assignedto=ann,bob',
  );
  await shared.close();
});
