import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';
import { type Browse, browse, isSafe } from '../support/browse.ts';

const nasty = '"><img src=x onerror=alert(1)>';

let twin: RpcTwin;
let folder: string;
let opened: Browse['opened'];
let cookie: string;
beforeEach(async () => {
  twin = await startRpc(
    smallSection({
      fields: [{ name: 'title' }, { name: 'steps', type: 'textarea' }],
      tests: [{ id: 'A/One', fields: { title: nasty, steps: `Go to ${nasty} of <% os %>` } }, 'A/Two'],
      results: [
        { code: 'pass', description: 'Passed', colour: '#0a0' },
        { code: 'untested', description: 'Not yet', colour: 'red; } body { display: none' },
      ],
      variables: [{ name: 'os', values: ['Linux', 'BSD'] }],
      sessions: [
        { set: 'all', name: 'On Linux', variables: { os: 'Linux' } },
        { set: 'all', name: nasty, variables: { os: 'BSD' } },
      ],
    }),
  );
  folder = `${twin.listener.url}/atm/`;
  const browser = browse(folder);
  opened = browser.opened;
  cookie = await browser.logIn();
});
afterEach(() => twin.close());

describe('the sessions of a suite', () => {
  test('are filtered by what getSessionList filters by', async () => {
    const page = await opened('index.mpl?suite=Small&VAR_os=BSD&status=notrun&apply=1', cookie);
    isSafe(page);
    expect(page.text).toContain('1 of 2 sessions');
    expect(page.text).toContain('sessNum=00002/all');
    expect(page.text).not.toContain('sessNum=00001/all');
    const none = await opened('index.mpl?suite=Small&VAR_sex=BSD', cookie);
    expect([none.status, none.text]).toEqual([404, expect.stringContaining('No such session variable')]);
  });

  test('are counted together in a report, chosen one by one or all of the list', async () => {
    const rpc = { command: 'result', sess: '1', tid: '0', result: 'pass' };
    expect((await twin.call(rpc)).code).toBe('0');
    const of = async (query: string) =>
      (await opened(`report/report.mpl?suite=Small&generateReport=1&${query}`, cookie)).text;
    expect(await of('sessNum=00001')).toContain('<td>pass</td><td>1</td><td>50.0%</td>');
    expect(await of('sessList-toggleAll=1')).toContain('<td>pass</td><td>1</td><td>25.0%</td>');
    expect(await of('sessList-toggleAll=1&VAR_os=BSD')).toContain('<td>pass</td><td>0</td><td>0.0%</td>');
    expect(await of('')).toContain('Choose at least one session for the report.');
  });
});

test('a test case is found by its path, and shown with what it holds as text', async () => {
  const page = await opened('browse/viewTestCase.mpl?suite=Small&tc=A.dir/One.bts&dir=A.dir', cookie);
  isSafe(page);
  expect(page.text).not.toContain('<img');
  expect(page.text.match(/class="TYPE_tc_table"/g)).toHaveLength(1);
  expect((await opened('browse/viewTestCase.mpl?suite=Small&tc=A.dir/None.bts', cookie)).status).toBe(404);
});

test('a test case names the requirements that it is linked to', async () => {
  const uuid = '11111111-0000-11DD-8000-000000000001';
  const linked = await startRpc(
    smallSection({
      outline: { requirements: true },
      requirements: [{ id: 'top/one', uuid }, { id: 'top/two' }],
      tests: [{ id: 'A/One', fields: { atm_reqlink: [uuid, 'top/two', 'gone'] } }],
    }),
  );
  const browser = browse(`${linked.listener.url}/atm/`);
  const page = await browser.opened('browse/viewTestCase.mpl?suite=Small&tc=A/One', await browser.logIn());
  expect(page.text).toMatch(/<dd>1\.1, ?1\.2, ?gone<\/dd>/);
  await linked.close();
});

test('tests go by their outline number where the suite is in that mode', async () => {
  const outlined = await startRpc(smallSection({ outline: { tests: true } }));
  const browser = browse(`${outlined.listener.url}/atm/`);
  const at = await browser.logIn();
  const page = async (address: string) => (await browser.opened(address, at)).text;
  const found = await page('browse/viewTestCase.mpl?suite=Small&tc=2.1');
  expect(found).toContain('<h1>2.1</h1>');
  expect(found).toContain('B.dir/Three.bts');
  expect(await page('run/runWholeSession.mpl?suite=Small&sessNum=1')).toContain('>1.2</a>');
  await outlined.close();
});

test('what a form sent and the state does not hold is told before another page is shown', async () => {
  const set = 'run/viewSet.mpl?suite=Small&set=all';
  const make = { command: 'createSession', set: 'all', name: 'One', startdateplanned: '1233446400000' };
  const session = await opened(set, cookie, make);
  expect(session.status).toBe(200);
  isSafe(session);
  expect(session.text).toMatch(/<p class="done" role="status">Session 00003 is made\. [^<]*startdateplanned/);
  const plain = await opened('run/defineGroup.mpl?suite=Small', cookie, { name: 'I' });
  expect([plain.status, plain.headers.get('location')]).toEqual([303, expect.stringContaining('index.mpl')]);
});

test('a session is run with the values of its variables in the texts of the tests', async () => {
  const page = await opened('run/runWholeSession.mpl?suite=Small&sessNum=00002/all&tid=0', cookie);
  isSafe(page);
  expect(page.text).toContain('of BSD</td>');
  expect(page.text).toContain('name="results_0"');
  expect(page.text).not.toContain('name="results_1"');
  expect((await opened('run/runWholeSession.mpl?suite=Small&sessNum=2&tid=9', cookie)).status).toBe(404);
});

test('the colours of results are those of the scenario, and nothing else gets into the style sheet', async () => {
  const { text, headers } = await opened('results.css?suite=Small', cookie);
  expect(text).toBe('.result-0 { border-left-color: #0a0; }\n');
  expect(headers.get('content-type')).toContain('text/css');
});

describe('a form', () => {
  const lock = { command: 'lockSession' };
  const address = 'run/viewSession.mpl?suite=Small&sessNum=1';
  const isLocked = async () =>
    (await twin.call({ command: 'getSessionDetails', sessNum: '1' })).lines.includes('locked=1');

  test.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('that a page elsewhere sends (%o) is refused', async (headers) => {
    const { status } = await browse(folder, headers).opened(address, cookie, lock);
    expect([status, await isLocked()]).toEqual([403, false]);
  });

  test('of the pages themselves is taken', async () => {
    const own = { origin: twin.listener.url, 'sec-fetch-site': 'same-origin' };
    const { status } = await browse(folder, own).opened(address, cookie, lock);
    expect([status, await isLocked()]).toEqual([200, true]);
  });

  test('that is refused changes nothing, also when a part of it was done before', async () => {
    const form = { set: 'half', SCHEMA_title: '(', SCHEMA_title_isRE: '1' };
    const page = await opened('run/defineSet.mpl?suite=Small', cookie, form);
    expect(page.status).toBe(422);
    expect(page.text).toContain('role="alert"');
    expect((await twin.call({ command: 'getSetList' })).lines).toEqual(['all']);
  });

  test('that asks for a command of another page does nothing', async () => {
    await opened(address, cookie, { command: 'deleteSet', set: 'all' });
    expect((await twin.call({ command: 'getSetList' })).lines).toEqual(['all']);
  });

  test('to attach wants a file', async () => {
    const data = new FormData();
    data.append('fileName', 'log.txt');
    const page = await opened('run/attachFile.mpl?suite=Small&sessNum=1&tid=0', cookie, data);
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('No file part')]);
    data.append('file', new Blob(['x']), 'log.txt');
    const done = await opened('run/attachFile.mpl?suite=Small&sessNum=1&tid=0', cookie, data);
    expect(done.text).toContain('log.txt is attached.');
  });
});

describe('a log-in', () => {
  test.each([
    ['/atm/index.mpl%3f', '/atm/index.mpl'],
    [
      '/atm/run/runWholeSession.mpl?suite=Small%26sessNum=00001/all',
      '/atm/run/runWholeSession.mpl?suite=Small&sessNum=00001/all',
    ],
    ['index.mpl?suite=Small', '/atm/index.mpl?suite=Small'],
    ['//evil.example/atm/index.mpl', '/atm/index.mpl'],
    ['/%5cevil.example/index.mpl', '/atm/index.mpl'],
    ['http://evil.example/atm/index.mpl', '/atm/index.mpl'],
    ['javascript:alert(1)', '/atm/index.mpl'],
    ['/other/index.mpl', '/atm/index.mpl'],
    ['/atm/logout.mpl', '/atm/index.mpl'],
  ])('with the target %s leads to %s', async (target, place) => {
    const form = await opened(`login.mpl?target=${target}`);
    const kept = /name="target" value="([^"]*)"/.exec(form.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const { headers } = await opened('login.mpl', '', { name: 'ann', pass: '', target: kept });
    expect(headers.get('location')).toBe(place);
  });

  test('puts no line of a target into the headers', async () => {
    const target = '/atm/index.mpl?x=\r\nSet-Cookie: a=b';
    const { headers } = await opened('login.mpl', '', { name: 'ann', pass: '', target });
    expect(headers.get('location')).toBe('/atm/index.mpl?x=Set-Cookie:%20a=b');
    expect(headers.getSetCookie()).toHaveLength(1);
  });

  test('ends with the log-out, which an address alone does not do', async () => {
    const asked = (await opened('logout.mpl', cookie)).text;
    expect(asked).toContain('Log out?');
    expect(asked).toContain('(ann) is logged in.');
    expect((await opened('logout.mpl')).headers.get('location')).toBe('/atm/login.mpl');
    expect((await opened('index.mpl', cookie)).status).toBe(200);
    expect((await opened('logout.mpl', cookie, { x: '1' })).headers.get('location')).toBe('/atm/login.mpl');
    expect((await opened('index.mpl', cookie)).status).toBe(303);
  });

  test('is needed for every page, and run access for those of a suite', async () => {
    const reader = await browse(folder).logIn('reader');
    for (const page of [
      'browse/viewTestCase',
      'report/report',
      'run/attachFile',
      'run/defineGroup',
      'run/viewSession',
      'run/viewSet',
    ]) {
      expect((await opened(`${page}.mpl?suite=Small`)).status).toBe(303);
      expect((await opened(`${page}.mpl?suite=Small`, reader)).status).toBe(403);
    }
  });
});
