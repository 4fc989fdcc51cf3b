import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

const suite = {
  fields: [
    { name: 'priority', type: 'list', values: ['high', 'low'] },
    { name: 'area', type: 'text' },
  ],
  executionFields: [
    { name: 'build' },
    { name: 'severity', type: 'list', values: ['minor', 'major'] },
    { name: 'planned', type: 'date' },
    { name: 'effort', type: 'number' },
  ],
  variables: [{ name: 'os', values: ['Linux', 'Mac'] }, { name: 'target' }],
  tests: [{ id: 'A/One', uuid: 'U1' }, 'A/Two', 'B/Three'],
};

let twin: RpcTwin;
let strict: RpcTwin;
beforeAll(async () => {
  twin = await startRpc(smallSection(suite));
  strict = await startRpc(smallSection(suite, { settings: { strictFields: true } }));
});
afterAll(async () => {
  await twin.close();
  await strict.close();
});

type Args = Readonly<Record<string, string | readonly string[]>>;

const result = { command: 'result', sess: '1', tid: '0', result: 'pass' };
const entries = (...list: readonly object[]): Args => ({
  command: 'result',
  sess: '1',
  result: JSON.stringify({ a: list }),
});
const list = { command: 'getSessionList' };
const reports = { command: 'getSessionResults' };
const jsonReports = { ...reports, returnJSON: '1' };
const sessions = { command: 'createSession', set: 'all' };
let count = 0;
const set = (args: Args): Args => ({ command: 'createSet', set: `S${++count}`, ...args });

describe('what a call carried and the state does not hold is named: argument, value, reason, what was meant', () => {
  const told: readonly [string, Args, string][] = [
    [
      'an argument the command does not know',
      { ...result, notes: 'x' },
      'notes=x was ignored: result does not know the argument "notes". Did you mean "note"?',
    ],
    [
      'a secret, without what it says',
      { ...result, password: 'grace' },
      'password=*** was ignored: result does not know the argument "password".',
    ],
    [
      'a variable without its prefix',
      { ...sessions, target: 'PC' },
      'target=PC was ignored: createSession does not know the argument "target". Did you mean "VAR_target"?',
    ],
    [
      'an execution field without its prefix',
      { ...result, build: '7' },
      'build=7 was ignored: result does not know the argument "build". Did you mean "EXECDATA_build"?',
    ],
    [
      'an execution field that does not exist',
      { ...result, EXECDATA_biuld: '7' },
      'EXECDATA_biuld=7 was ignored: the suite has no execution field "biuld". Did you mean "EXECDATA_build"?',
    ],
    [
      'an execution field that only a result sets',
      { ...result, EXECDATA_results: 'fail' },
      'EXECDATA_results=fail was ignored: only a result or a note sets "results"',
    ],
    [
      'a field without a name',
      { ...result, EXECDATA_: 'x' },
      'EXECDATA_=x was ignored: result does not know the argument "EXECDATA_".',
    ],
    [
      'a field of an entry that does not exist',
      entries({ tid: '0', result: 'pass', EXECDATA_biuld: '7' }),
      'result a[0].EXECDATA_biuld=7 was ignored: the suite has no execution field "biuld". Did you mean "EXECDATA_build"?',
    ],
    [
      'a member of an entry that does not exist',
      entries({ tid: '0', resutl: 'pass', note: 'n' }),
      'result a[0].resutl=pass was ignored: an entry has no such member. Did you mean "result"?',
    ],
    [
      'a label that is there twice',
      { command: 'result', sess: '1', result: '{"a":[{"tid":"0","result":"pass"}],"a":[]}' },
      'result a=[{"tid":"0","result":"pass"}] was ignored: it is there twice, and the last one counts.',
    ],
    [
      'a member of an entry that is there twice',
      { command: 'result', sess: '1', result: '{"a":[{"tid":"0","result":"fail","result":"pass"}]}' },
      'result a[0].result="fail" was ignored: it is there twice',
    ],
    [
      'a test beside entries that name theirs',
      { ...entries({ tid: '1', result: 'pass' }), tid: '0' },
      'tid=0 was ignored: the entries of result name their own tests.',
    ],
    [
      'a default that no entry takes',
      { ...entries({ tid: '1', note: 'own' }), note: 'common' },
      'note=common was ignored: no entry takes it',
    ],
    [
      'a UUID and a name that disagree',
      { ...result, uuid: 'U1', id: 'A/Two', tid: '2' },
      'id=A/Two was ignored: uuid names another test, and counts before it. tid=2 was ignored: uuid names another test',
    ],
    [
      'a UUID and a name that disagree, where one test is asked for',
      { command: 'getTestCaseDetails', uuid: 'U1', name: 'A/Two' },
      'name=A/Two was ignored: uuid names another test',
    ],
    [
      'time and author without a result or note',
      {
        command: 'result',
        sess: '1',
        tid: '0',
        EXECDATA_build: '7',
        execdata_when: '5',
        execdata_user: 'bob',
      },
      'execdata_when=5 was ignored: there is neither a result nor a note that it belongs to. execdata_user=bob was ignored',
    ],
    [
      'bounds without date=range',
      { ...list, from: '5' },
      'from=5 was ignored: it counts with date=range only.',
    ],
    [
      'bounds beside a number of seconds, in another spelling',
      { ...list, date: '60', rangeEnd: '9' },
      'rangeEnd=9 was ignored: it counts with date=range only.',
    ],
    [
      'everyTest without JSON',
      { ...reports, everyTest: '1' },
      'everyTest=1 was ignored: it needs returnJSON=1.',
    ],
    [
      'fields without JSON',
      { ...reports, resultFields: 'when', testFields: 'area' },
      'resultFields=when was ignored: it needs returnJSON=1. testFields=area was ignored: it needs returnJSON=1.',
    ],
    [
      'definitions without tests',
      { ...jsonReports, testCases: '1' },
      'testCases=1 was ignored: it needs everyTest=1.',
    ],
    [
      'result fields that do not exist',
      { ...jsonReports, resultFields: 'when,resluts' },
      'resultFields=resluts was ignored: there is no such field. Did you mean "results"?',
    ],
    [
      'test fields that do not exist',
      { ...jsonReports, testFields: 'aera' },
      'testFields=aera was ignored: there is no such field. Did you mean "area"?',
    ],
    [
      'a set beside a session',
      { command: 'getTestList', sessNum: '1', set: 'all' },
      'set=all was ignored: sessNum came too, and counts before it.',
    ],
    ['returnJSON=true', { ...list, returnJSON: 'true' }, 'returnJSON=true was ignored: it takes 1, or 0.'],
    [
      'a flag of a selector that is not there',
      set({ SCHEMA_area_isRE: '1' }),
      'SCHEMA_area_isRE=1 was ignored: the field it belongs to has no selector.',
    ],
    [
      'how tests are picked, when none are',
      set({ testPickedBy: 'test' }),
      'testPickedBy=test was ignored: it says what SCHEMA_id names, which did not come.',
    ],
  ];
  test.each(told)('%s', async (_what, args, hint) => {
    const reply = await twin.call(args);
    expect(reply.hint).toContain(hint);
    expect(reply.body.startsWith('0') || reply.body.includes('"result":0')).toBe(true);
    const before = strict.runner.world;
    const refused = await strict.call({
      ...args,
      ...('set' in args && args.command === 'createSet' ? { set: 'X' } : {}),
    });
    expect(refused.body.startsWith('1') || refused.body.includes('"result":1')).toBe(true);
    expect(strict.runner.world).toBe(before);
  });

  const doubted: readonly [string, Args, string][] = [
    [
      'a value beside the list of its field',
      { ...result, EXECDATA_severity: 'mayor' },
      'EXECDATA_severity=mayor was taken as it is: it is not one of minor, major. Did you mean "major"?',
    ],
    [
      'the same in an entry',
      entries({ tid: '0', note: 'n', EXECDATA_severity: 'mayor' }),
      'result a[0].EXECDATA_severity=mayor was taken as it is',
    ],
    [
      'an assignee who is not there',
      { ...result, EXECDATA_assignedto: 'ann,bobb' },
      'EXECDATA_assignedto=bobb was taken as it is: there is no such user. Did you mean "bob"?',
    ],
    [
      'no number',
      { ...result, EXECDATA_effort: 'much' },
      'EXECDATA_effort=much was taken as it is: the field holds a number.',
    ],
    [
      'a date in milliseconds in a field',
      { ...result, EXECDATA_planned: '1233446400000' },
      'EXECDATA_planned=1233446400000 was taken as it is: dates are in seconds and this one is in the year 41056; if it is in milliseconds, send 1233446400.',
    ],
    [
      'a date in milliseconds as an argument',
      { ...sessions, startdateplanned: '1233446400000' },
      'startdateplanned=1233446400000 was taken as it is: dates are in seconds',
    ],
    [
      'a time of an entry in milliseconds',
      entries({ tid: '0', note: 'n', execdata_when: '1233446400000' }),
      'result a[0].execdata_when=1233446400000 was taken as it is: dates are in seconds',
    ],
    [
      'a value of a selector beside the list of its field',
      set({ SCHEMA_priority: 'hihg' }),
      'SCHEMA_priority=hihg was taken as it is: it is not one of high, low. Did you mean "high"?',
    ],
    [
      'a filter by a choice that is not there',
      { ...list, VAR_os: 'Linx' },
      'VAR_os=Linx was taken as it is: it is not one of Linux, Mac. Did you mean "Linux"?',
    ],
    [
      'an assignee who may only browse',
      { command: 'assignSession', sessNum: '1', assignTo: 'ann,reader' },
      'assignTo=reader was taken as it is: the user may not run tests of the suite Small.',
    ],
    [
      'a semicolon between arguments',
      { ...result, note: 'a;EXECDATA_build=7' },
      'note=a;EXECDATA_build=7 was taken as it is: EXECDATA_build stands in it after ";", but arguments are parted by "&".',
    ],
  ];
  test.each(doubted)('%s is kept and told of', async (_what, args, hint) => {
    const reply = await twin.call(args);
    expect(reply.hint).toContain(hint);
    expect(reply.code).toBe('0');
    expect((await strict.call(args)).code).toBe('1');
  });

  test('many of them in one line, with how many are left', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`p${at}`, '1']));
    const form = new URLSearchParams({
      rpctoken: 'secret',
      username: 'ann',
      suite: 'Small',
      ...result,
      ...many,
    });
    const reply = await twin.post(form);
    expect(reply.code).toBe('0');
    expect(reply.hint).toContain('p0=1 was ignored');
    expect(reply.hint).toContain('4992 more arguments were not kept as sent.');
    expect(reply.hint?.length).toBeLessThanOrEqual(1000);
  });
});

describe('a hint is never false', () => {
  const silent: readonly [string, Args][] = [
    ['result with a test by name', { command: 'result', sess: '1', name: 'A/One', result: 'pass' }],
    ['two names of one test', { ...result, uuid: 'U1', id: 'A/One' }],
    ['empty arguments that clients send', { ...result, note: '', EXECDATA_: '' }],
    [
      'known fields by all their names',
      { ...result, EXECDATA_prid: '1', EXECDATA_timeclock: '60', EXECDATA_build: '1' },
    ],
    [
      'defaults that some entry takes',
      { ...entries({ tid: '0', result: 'pass' }, { tid: '1', note: 'n' }), note: 'c' },
    ],
    ['a range', { ...list, date: 'range', from: '5', to: '9' }],
    [
      'fields with JSON',
      { ...jsonReports, resultFields: 'when,prid,timeclock,notes', testFields: 'area,id' },
    ],
    ['getSuiteList with a suite', { command: 'getSuiteList' }],
    ['a picked test', set({ SCHEMA_id: 'A/One', testPickedBy: 'test' })],
    ['a semicolon in a sentence', { ...result, note: 'one; two=3; sessions=4' }],
  ];
  test.each(silent)('%s', async (_what, args) => {
    const reply = await twin.call(args);
    expect(reply.hint).toBeNull();
    expect(reply.body.startsWith('0') || reply.body.includes('"result":0')).toBe(true);
  });
});

describe('a refusal says what was probably meant', () => {
  test('when the arguments are parted by semicolons', async () => {
    const reply = await twin.get(
      'rpctoken=secret&username=ann&suite=Small&command=getSessionDetails;sessNum=1',
    );
    expect(reply.code).toBe('1');
    expect(reply.hint).toContain(
      'Of command: sessNum stands in it after ";", but arguments are parted by "&".',
    );
  });

  test('when they are parted so from the token on, whose value is not shown', async () => {
    const reply = await twin.get('rpctoken=secret;username=ann;suite=Small;command=getSuiteList');
    expect(reply.lines).toEqual(['Wrong token (argument rpctoken)']);
    expect(reply.hint).toContain(
      'Of rpctoken: username stands in it after ";", but arguments are parted by "&".',
    );
    expect(reply.hint).not.toContain('secret');
  });

  test('when a variable has a misspelt name', async () => {
    const reply = await twin.call({ ...sessions, VAR_tagret: 'PC' });
    expect(reply.lines).toEqual(['No such session variable: tagret (argument VAR_tagret)']);
    expect(reply.hint).toContain('Did you mean "VAR_target"?');
  });

  test('when the entries are a list', async () => {
    const reply = await twin.call({ command: 'result', sess: '1', result: '[{"tid":"0","result":"pass"}]' });
    expect(reply.lines).toEqual([
      'Not valid JSON: a list, not an object of lists by label (argument result)',
    ]);
    expect(reply.hint).toContain('{"label":[{"tid":"0","result":"pass"}]}');
  });
});

test.each([
  ['short', 'Done'],
  ['long', 'x'.repeat(60_000)],
])(
  'labels come back in the order of the text, also those that are numbers, in a %s text',
  async (_, note) => {
    const common = { rpctoken: 'secret', username: 'ann', suite: 'Small', command: 'result', sess: '1' };
    const form = new URLSearchParams({
      ...common,
      result: `{"2":[{"tid":"0","result":"pass"}],"1":[{"tid":"1","result":"fail","note":"${note}"}],"a":[]}`,
      returnJSON: '1',
    });
    const reply = await twin.post(form);
    expect([...reply.body.matchAll(/"(\w+)":\[/g)].map(([, label]) => label)).toEqual([
      ...['2', '1', 'a'],
      // And once more in "notes".
      ...['2', '1', 'a'],
    ]);
    expect(JSON.parse(reply.body)).toMatchObject({
      data: { 1: [expect.any(String)], 2: [expect.any(String)], a: [] },
    });
  },
);

test('5,000 labels are taken, each with its entry', async () => {
  const labels = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [`l${at}`, [{ tid: '0', note: 'n' }]]),
  );
  const form = new URLSearchParams({ rpctoken: 'secret', username: 'ann', suite: 'Small' });
  form.set('command', 'result');
  form.set('sess', '1');
  form.set('result', JSON.stringify(labels));
  const reply = await twin.post(form);
  expect([reply.code, reply.lines.length, reply.hint]).toEqual(['0', 5000, null]);
});

test('a change of execution data alone says that it is in no history', async () => {
  const change = { command: 'result', sess: '1', tid: '1', EXECDATA_build: '<7>' };
  const reply = await twin.call(change);
  expect(reply.lines[0]).toContain('<span class="result">execution data</span>');
  expect(reply.lines[0]).toContain('<span class="text">build: &lt;7&gt; (in no history)</span>');
  expect((await twin.call({ ...change, EXECDATA_build: [] })).lines[0]).toContain(
    'nothing was changed (in no history)',
  );
});

describe('names of new things', () => {
  const refused: readonly [string, Args, string][] = [
    [
      'a session of 300 kB',
      { ...sessions, name: 'n'.repeat(300_000) },
      'Not a name of one line and at most 255 characters',
    ],
    [
      'a session with a line feed',
      { ...sessions, name: 'a\nb' },
      'Not a name of one line and at most 255 characters',
    ],
    ['a group named ..', { command: 'createGroup', name: '..' }, 'Not a name without the parts "." and ".."'],
    ['a set in ..', { command: 'createSet', set: '../x' }, 'Not a name without the parts "." and ".."'],
  ];
  test.each(refused)('%s is refused', async (_what, args, message) => {
    const before = twin.runner.world;
    const form = new URLSearchParams({ rpctoken: 'secret', username: 'ann', suite: 'Small' });
    for (const [name, value] of Object.entries(args)) form.set(name, String(value));
    const reply = await twin.post(form);
    expect(reply.lines[0]).toContain(message);
    expect(twin.runner.world).toBe(before);
  });
});

test('a requirement of an outline suite is called a requirement, and found by its number', async () => {
  const outline = await startRpc(
    smallSection({
      outline: { tests: true, requirements: true },
      requirements: [{ id: 'top/sub', outline: '1.1' }],
      tests: [{ id: 'A/One', outline: '7.1', fields: { atm_reqlink: 'top/sub' } }, 'A/Two'],
    }),
  );
  const pick = { command: 'createSet', reqPickedBy: 'requirement' };
  const reply = await outline.call({ ...pick, set: 'none', REQ_id: '9.9' });
  expect(reply.lines).toEqual(['No such requirement: 9.9 (argument REQ_id)']);
  expect((await outline.call({ ...pick, set: 'byNumber', REQ_id: '1.1' })).lines).toEqual(['1']);
  const tests = { command: 'createSet', set: 'tests', testPickedBy: 'test', SCHEMA_id: '7.1' };
  expect((await outline.call(tests)).lines).toEqual(['1']);
  await outline.close();
});
