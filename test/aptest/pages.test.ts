import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webLogins } from '../../src/aptest/model/web-login.ts';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';
import { type Browse, browse, isSafe } from '../support/browse.ts';

const nasty = '<script>alert("1")</script>';
const section = () =>
  smallSection(
    {
      description: nasty,
      fields: [{ name: 'kind', type: 'list', values: ['smoke', 'stress'] }, { name: 'title' }],
      tests: [
        { id: 'A/One', fields: { kind: 'smoke' } },
        { id: 'A/Two', fields: { kind: 'stress' } },
        'B/Three',
      ],
      executionFields: [
        { name: 'build', label: nasty },
        { name: 'browsers', type: 'list', style: 'multiple', values: ['x', 'y'] },
      ],
      variables: [
        { name: 'os', values: ['Linux', nasty] },
        { name: 'more', type: 'multiple', values: ['p', 'q'] },
        { name: 'part', type: 'separator' },
        { name: 'sum', type: 'derived', text: '<% os %>' },
        { name: 'box', type: 'textbox' },
      ],
      groups: ['G'],
      sessions: [
        { set: 'all', name: nasty, variables: { os: nasty } },
        { set: 'all', locked: true },
      ],
    },
    {
      users: [
        'ann',
        { name: 'bob', password: 'pw' },
        { name: 'gone', disabled: true },
        { name: 'reader', access: { '*': ['browse'] } },
      ],
    },
  );

let twin: RpcTwin;
let folder: string;
let opened: Browse['opened'];
let logIn: Browse['logIn'];
beforeEach(async () => {
  twin = await startRpc(section());
  folder = `${twin.listener.url}/atm/`;
  ({ opened, logIn } = browse(folder));
});
afterEach(() => twin.close());

describe('login.mpl', () => {
  test('asks for user and password, and leads back to the page that was wanted', async () => {
    const asked = await opened('run/runWholeSession.mpl?suite=Small&sess=1');
    expect(asked.status).toBe(303);
    const form = await opened(asked.headers.get('location')?.replace('/atm/', '') ?? '');
    const target = /name="target" value="([^"]*)"/.exec(form.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const entered = await opened('login.mpl', '', { name: 'bob', pass: 'pw', submit: 'Log in', target });
    expect(entered.headers.get('location')).toBe('/atm/run/runWholeSession.mpl?suite=Small&sess=1');
    expect(entered.headers.get('set-cookie')).toMatch(
      /^ATM_LOGIN=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  test('refuses a wrong password, an unknown and a disabled user alike', async () => {
    for (const [username, password] of [
      ['bob', 'no'],
      ['nobody', ''],
      ['gone', ''],
    ]) {
      const page = await opened('login.mpl', '', { username: username ?? '', password: password ?? '' });
      expect(page.status).toBe(403);
      expect(page.text).toContain('User or password is wrong, or the user is disabled.');
    }
  });

  test('leads nowhere else, and shows names escaped', async () => {
    const entered = await opened('login.mpl', '', { username: 'ann', password: '', next: '//evil.example/' });
    expect(entered.headers.get('location')).toBe('/atm/index.mpl');
    const form = await opened(
      `login.mpl?username=${encodeURIComponent(nasty)}&next=${encodeURIComponent(nasty)}`,
    );
    isSafe(form);
  });

  test('keeps at most 1,000 log-ins, and never the password in the journal', async () => {
    const seen: unknown[] = [];
    twin.runner.observe(({ call }) => seen.push(call.input));
    const first = await logIn('bob', 'pw');
    expect(JSON.stringify(seen)).not.toContain('pw');
    for (let count = 0; count < 1000; count++) await logIn();
    expect(twin.runner.world.collection(webLogins, 'aptest').size).toBe(1000);
    expect((await opened('index.mpl', first)).status).toBe(303);
  });
});

describe('index.mpl', () => {
  test('shows the suites that one may run', async () => {
    const page = await opened('index.mpl', await logIn());
    isSafe(page);
    expect(page.text).toContain('<a href="/atm/index.mpl?suite=Small">Small</a>');
    expect((await opened('index.mpl', await logIn('reader'))).text).toContain(
      'There is no suite that you may run.',
    );
  });
});

describe('run/defineSet.mpl', () => {
  const address = 'run/defineSet.mpl?suite=Small';

  test('is a form with the names that createSet takes', async () => {
    const page = await opened(address, await logIn());
    isSafe(page);
    for (const name of [
      'set',
      'setGroup',
      'description',
      'startdatewindow',
      'testPickedBy',
      'SCHEMA_kind',
      'SCHEMA_title_isRE',
      'REQ_atm_id',
      'VAR_os',
      'VAR_more',
      'VAR_box',
    ]) {
      expect(page.text).toContain(`name="${name}"`);
    }
    expect(page.text).not.toContain('name="VAR_sum"');
  });

  test('sent as it stands makes a set of all tests', async () => {
    const cookie = await logIn();
    const untouched = {
      set: 'new',
      setGroup: '',
      description: '',
      startdateplanned: '',
      startdatewindow: '',
      SCHEMA_kind: 'any',
      SCHEMA_title: '',
      SCHEMA_atm_id: '',
      testPickedBy: '',
      REQ_atm_id: '',
      reqPickedBy: '',
      VAR_os: '',
      Define: 'Define',
    };
    expect((await opened(address, cookie, untouched)).text).toContain('The set new has 3 tests.');
    const chosen = { ...untouched, set: 'stress', setGroup: 'G', SCHEMA_kind: ['stress'] };
    expect((await opened(address, cookie, chosen)).text).toContain('The set stress has 1 tests.');
    expect((await twin.call({ command: 'getSetList' })).lines).toEqual(['G/stress', 'all', 'new']);
  });

  test('is shown again with what was entered when something is wrong', async () => {
    const page = await opened(address, await logIn(), {
      set: 'all',
      description: nasty,
      SCHEMA_kind: 'smoke',
      VAR_more: ['q'],
    });
    isSafe(page);
    expect(page.status).toBe(422);
    expect(page.text).toContain('Set exists already: all (argument set)');
    expect(page.text).toContain('<option value="smoke" selected>');
    expect(page.text).toContain('<option value="q" selected>');
  });

  test('is for those only who may run the suite', async () => {
    expect((await opened(address, await logIn('reader'))).status).toBe(403);
    expect((await opened('run/defineSet.mpl?suite=None', await logIn())).status).toBe(404);
  });
});

describe('run/runWholeSession.mpl', () => {
  const address = 'run/runWholeSession.mpl?suite=Small&sess=00001';

  test('shows every test with its inputs and the button Finish', async () => {
    const page = await opened(address, await logIn());
    isSafe(page);
    for (const name of [
      'results_0',
      'RUNDATA_note_2',
      'RUNDATA_atm_prid_1',
      'RUNDATA_browsers_0',
      'Finish',
    ]) {
      expect(page.text).toContain(`name="${name}"`);
    }
  });

  test('records what was changed, and only that', async () => {
    const cookie = await logIn('bob', 'pw');
    const page = await opened(address, cookie, {
      results_0: 'pass',
      RUNDATA_note_0: nasty,
      results_1: 'untested',
      RUNDATA_note_1: '',
      RUNDATA_build_1: '',
      results_2: 'untested',
      RUNDATA_build_2: '7',
      RUNDATA_browsers_2: ['x', 'y'],
      Finish: 'Finish',
    });
    isSafe(page);
    expect(page.text).toContain('2 tests were changed.');
    expect((await twin.call({ command: 'getSessionStatus', sessNum: '1' })).lines).toEqual([
      'numtests=3;pass=1;untested=2;fail=0',
    ]);
    const data = (await twin.call({ command: 'getTestResultData', sessNum: '1', name: 'B/Three' })).lines;
    expect(data).toEqual(expect.arrayContaining(['build=7', 'browsers=x,y', 'note=']));
    const first = (
      await twin.call({ command: 'getTestResultData', sessNum: '1', name: 'A/One' })
    ).lines.join();
    expect(first).toContain('user=bob');
  });

  test('changes nothing when one of the results is unknown, or the session is locked', async () => {
    const cookie = await logIn();
    const page = await opened(address, cookie, { results_0: 'pass', results_1: nasty });
    isSafe(page);
    expect(page.status).toBe(422);
    expect(page.text).toContain('No such result code');
    expect((await twin.call({ command: 'getSessionStatus', sessNum: '1' })).lines[0]).toContain('untested=3');
    const locked = await opened('run/runWholeSession.mpl?suite=Small&sess=2', cookie, { results_0: 'pass' });
    expect(locked.text).toContain('Session is locked: 00002');
    expect(locked.text).not.toMatch(/name="(?:results|RUNDATA|Finish)/);
    expect((await twin.call({ command: 'getSessionStatus', sessNum: '2' })).lines[0]).toContain('untested=3');
  });

  test('links to the bug-tracking system where the setting gives an address', async () => {
    const linked = await startRpc(
      smallSection({}, { settings: { bugLink: 'https://bugs.test/?a=1&t=<% id %>' } }),
    );
    const pages = linked.url.replace('run/rpc.mpl', '');
    const form = new URLSearchParams({ name: 'ann', pass: '' });
    const entered = await fetch(`${pages}login.mpl`, { method: 'POST', body: form, redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(pages + address, { headers: { cookie } });
    expect(await page.text()).toContain(
      '<a href="https://bugs.test/?a=1&amp;t=A.dir%2FOne.bts" rel="noreferrer">Report a problem</a>',
    );
    expect((await opened(address, await logIn())).text).not.toContain('Report a problem');
    await linked.close();
  });

  test('shows long sessions a hundred tests at a time', async () => {
    const long = await startRpc(smallSection({ tests: Array.from({ length: 250 }, (_, at) => `T${at}`) }));
    const url = `${long.listener.url}/`;
    const entered = await fetch(`${url}login.mpl`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username: 'ann', password: '' }),
    });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const text = await (
      await fetch(`${url}run/runWholeSession.mpl?suite=Small&sess=1&start=200`, { headers: { cookie } })
    ).text();
    expect(text).toContain('name="results_200"');
    expect(text).toContain('name="results_249"');
    expect(text).not.toContain('name="results_199"');
    await long.close();
  });

  test('of a session that is not there is a page that says so', async () => {
    const cookie = await logIn();
    for (const sess of ['9', '-1', 'none', '']) {
      expect((await opened(`run/runWholeSession.mpl?suite=Small&sess=${sess}`, cookie)).status).toBe(404);
    }
  });
});

describe('attachments', () => {
  const attach = async (fileName: string) => {
    const data = new FormData();
    const fields = {
      rpctoken: 'secret',
      username: 'ann',
      suite: 'Small',
      command: 'attachFile',
      sess: '1',
      tid: '0',
      fileName,
    };
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    data.append('f', new Blob(['<script>x</script>']), 'f');
    const reply = await twin.post(data);
    const link = /href="([^"]+)"/.exec(reply.lines[0] ?? '')?.[1] ?? '';
    return fetch(link);
  };

  test('are saved, never shown, whatever they hold', async () => {
    const response = await attach('page.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<script>x</script>');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="page.html"');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('keep a name of any language as quoted data', async () => {
    const response = await attach('a"b; ü 😀.txt');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="a_b; _ _.txt"; filename*=UTF-8''a%22b%3B%20%C3%BC%20%F0%9F%98%80.txt`,
    );
  });

  test('that are not there are not found', async () => {
    expect((await opened('run/attachment/00000000-0000-4000-A000-000000000000')).status).toBe(404);
    expect((await opened('run/attachment/../../etc/passwd')).status).toBe(404);
  });
});

test('other methods and paths are told so', async () => {
  expect((await fetch(`${folder}index.mpl`, { method: 'DELETE' })).status).toBe(405);
  expect((await opened('nothing.mpl')).status).toBe(404);
  expect((await opened('atm.css')).headers.get('content-type')).toContain('text/css');
});
