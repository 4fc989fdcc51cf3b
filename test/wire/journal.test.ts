import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { envelope, KeptLog } from '../support/edge.ts';
import { jsonBody } from '../support/json-body.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const log = new KeptLog();
const twin = await startTwin({
  log,
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    testtrack: {
      projects: [
        {
          name: 'Project',
          users: people,
          groups: [noSoap],
          defects: [{ summary: 'The printer is on fire', priority: 'Low' }, { summary: 'No paper' }],
        },
      ],
    },
    aptest: {
      token: 'rpc-token-of-the-site',
      users: [{ name: 'ann', password: 'password-of-ann' }],
      suites: [{ name: 'Small', tests: ['A/One'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] }],
    },
  },
});
afterAll(() => twin.close());
beforeEach(() => {
  twin.reset();
  twin.journal.clear();
  log.lines.length = 0;
});

const tt = soapClient(twin.soapUrl);
const logOn = async (username = 'admin', password = 'secret') =>
  Number(await tt.DatabaseLogon({ dbname: 'Project', username, password }));

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${twin.url}/__admin${path}`, {
    method,
    ...(body === undefined ? {} : jsonBody(body)),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text) as Record<string, unknown> };
}
const entries = async (query = '') =>
  (await ask('GET', `/journal${query}`)).json.entries as Record<string, unknown>[];
const rpc = async (query: string) =>
  (await fetch(`${twin.rpcUrl}?rpctoken=rpc-token-of-the-site&username=ann&suite=Small&${query}`)).text();

async function savePriority(cookie: number, recordID: number, priority: string): Promise<void> {
  const defect = await tt.editDefectByRecordID({ cookie, recordID });
  await tt.saveDefect({ cookie, pDefect: { ...defect, priority } });
}

describe('the journal', () => {
  test('shows a call with its arguments, answer, login, times and what it changed', async () => {
    const cookie = await logOn();
    await savePriority(cookie, 1, 'Medium');
    const [, edit, save] = await entries();
    expect(edit).toMatchObject({
      world: 'main',
      api: 'testtrack',
      operation: 'editDefectByRecordID',
      user: 'admin',
      project: 'Project',
      at: '2026-03-02T15:00:00.000Z',
      arguments: { recordID: 1 },
      result: { summary: 'The printer is on fire', priority: 'Low' },
      changes: ['lock of admin on defect 1 taken'],
    });
    expect(save).toMatchObject({
      arguments: { pDefect: { priority: 'Medium' } },
      changes: ['defect 1: priority Low to Medium', 'lock of admin on defect 1 released'],
    });
    expect(Date.parse(String(save?.realAt))).toBeGreaterThan(0);
    expect(save?.durationMs).toBeTypeOf('number');
  });

  test('shows a fault with its hint', async () => {
    await faultOf(tt.getTableList({ cookie: 77_001 }));
    expect((await entries())[0]).toMatchObject({
      operation: 'getTableList',
      fault: { code: 17, text: 'Session Dropped.', hint: expect.stringContaining('ProjectLogon') },
      changes: [],
    });
  });

  test('shows the calls of rpc.mpl by user and suite', async () => {
    await rpc('command=result&sess=1&tid=0&result=pass');
    const [entry] = await entries();
    expect(entry).toMatchObject({
      api: 'aptest',
      operation: 'result',
      user: 'ann',
      suite: 'Small',
      arguments: { sess: '1', result: 'pass' },
    });
    expect(entry?.changes).toContain('test A/One of session 1 result pass');
  });

  test('shows a request that never became a call, with the reason', async () => {
    await fetch(twin.soapUrl, { method: 'POST', body: envelope('getDefekt') });
    await fetch(twin.soapUrl, { method: 'POST', body: 'no xml' });
    const [unknown, garbage] = await entries();
    expect(unknown).toMatchObject({
      api: 'testtrack',
      operation: '',
      refused: {
        status: 500,
        text: expect.stringContaining('getDefekt'),
        hint: expect.stringContaining("Did you mean 'getDefect'?"),
      },
    });
    expect(garbage).toMatchObject({ refused: { status: 500 } });
  });

  test('can be asked by operation, user, api, fault, time and number', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 1 });
    await faultOf(tt.getDefect({ cookie, defectNumber: 99 }));
    twin.clock.advance('1h');
    await rpc('command=getSuiteList');
    const named = async (query: string) => (await entries(query)).map(({ operation }) => operation);
    expect(await named('?operation=getdefect')).toEqual(['getDefect', 'getDefect']);
    expect(await named('?user=ann')).toEqual(['getSuiteList']);
    expect(await named('?api=testtrack&limit=1')).toEqual(['getDefect']);
    expect(await named('?fault=any')).toHaveLength(1);
    expect(await named('?fault=none')).toHaveLength(3);
    expect(await named('?since=2026-03-02T15:30:00Z')).toEqual(['getSuiteList']);
    expect(await named('?until=2026-03-02T15:30:00Z')).toHaveLength(3);
    const [first] = await entries();
    expect(await named(`?after=${String(first?.id)}&limit=1`)).toEqual(['getDefect']);
  });

  test.each([
    [
      '?operaton=x',
      'operaton: is no known key; known here: operation, user, api, fault, since, until, limit, after. Did you mean "operation"?',
    ],
    ['?since=yesterday', 'since: "yesterday" is not a moment; write it as 2026-01-31T09:15:00Z.'],
    ['?api=soap', 'api: found "soap", expected one of "testtrack", "aptest".'],
    ['?limit=ten', 'limit: "ten" is no whole number.'],
    ['?limit=1&limit=2', '"limit" is given more than once.'],
  ])('refuses the question %s', async (query, error) => {
    const { status, json } = await ask('GET', `/journal${query}`);
    expect([status, json.error]).toEqual([400, error]);
  });

  test('is emptied on request, and of each world its own', async () => {
    await logOn();
    await using fork = await twin.fork();
    expect(fork.journal.entries()).toEqual([]);
    expect((await ask('DELETE', '/journal')).json).toEqual({ forgotten: 1 });
    expect(await entries()).toEqual([]);
  });

  test('never shows a password, a cookie or a token', async () => {
    const cookie = await logOn('lake', 'water');
    const admin = await logOn();
    await faultOf(tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'wrong-password' }));
    await tt.getProjectList({ username: 'admin', password: 'secret' });
    await tt.addUser({
      cookie: admin,
      pUser: { firstname: 'New', lastname: 'Person', loginname: 'new', password: 'password-of-new' },
    });
    await savePriority(admin, 1, 'Medium');
    await tt.DatabaseLogoff({ cookie });
    await fetch(twin.soapUrl, { method: 'POST', body: envelope('getTableList', '<cookie>90210x</cookie>') });
    await rpc('command=getSuiteList');
    const doubled = await fetch(
      `${twin.rpcUrl}?rpctoken=rpc-token-of-the-site&RPCTOKEN=another-token&command=getSuiteList`,
    );
    expect(await doubled.text()).toContain('rpc-token-of-the-site, another-token');
    const posted = await fetch(twin.rpcUrl, {
      method: 'POST',
      body: 'rpctoken=rpc-token-of-the-site&rpctoken=posted-token&returnJSON=1',
    });
    expect(await posted.json()).toEqual(
      expect.objectContaining({ data: expect.stringContaining('posted-token') }),
    );
    await ask('POST', '/rules', {
      when: { operation: 'DatabaseLogon', where: { password: 'password-of-a-rule' } },
      do: { fault: 5 },
    });
    const refused = await fetch(twin.soapUrl, {
      method: 'POST',
      body: envelope(
        'DatabaseLogon',
        '<dbname>Project</dbname><username>lake</username><password>password-of-a-rule</password>',
      ),
    });
    await fetch(twin.soapUrl, {
      method: 'POST',
      body: envelope('DatabaseLogon', '<password>password & more</password>'),
    });
    await fetch(`${twin.url}/login.mpl`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username: 'ann', password: 'password-of-ann' }),
    });
    const failing = {
      calls: [
        { operation: 'DatabaseLogon', where: { password: 'guessed-password' }, times: 7 },
        { operation: 'getDefect', where: { cookie: 123_454_321 } },
        { operation: 'getTableList', where: { cookie: { password: 'nested-password' } } },
      ],
    };
    const shown = [
      (await ask('GET', '/journal')).text,
      (await ask('POST', '/journal/verify', failing)).text,
      (await ask('POST', '/journal/verify', { calls: [{ api: 'testtrack' }, { api: 'aptest' }], times: 0 }))
        .text,
      (await ask('GET', '/diff')).text,
      (await ask('GET', '/rules')).text,
      twin.report(),
      JSON.stringify(log.lines),
      ...[doubled, posted, refused].map(({ headers }) => JSON.stringify([...headers])),
    ].join('\n');
    for (const secret of [
      String(cookie),
      String(admin),
      'water',
      'wrong-password',
      'password-of-new',
      'password-of-ann',
      'rpc-token-of-the-site',
      'another-token',
      'posted-token',
      'password-of-a-rule',
      'password & more',
      'guessed-password',
      'nested-password',
      '123454321',
      '90210x',
      'ATM_LOGIN',
    ]) {
      expect(shown.includes(secret), secret).toBe(false);
    }
    expect(shown).not.toMatch(/"secret"/);
    expect(shown).toContain('session of lake in \\"Project\\" ended');
  });
});

describe('a verification', () => {
  test('confirms calls that were made, so often and in this order', async () => {
    const cookie = await logOn();
    await savePriority(cookie, 1, 'Medium');
    await savePriority(cookie, 2, 'Medium');
    const verify = (body: object) => ask('POST', '/journal/verify', body);
    expect(
      await verify({
        calls: [
          { operation: 'DatabaseLogon', user: 'admin', times: 1 },
          { operation: 'saveDefect', where: { pDefect: { recordid: 1, priority: 'Medium' } } },
          { operation: 'saveDefect', where: { pDefect: { recordid: 2 } }, fault: false },
        ],
        inOrder: true,
      }),
    ).toMatchObject({ status: 200, json: { isVerified: true, found: [1, 1, 1] } });
    expect((await verify({ calls: [{ operation: 'saveDefect' }], times: 2 })).status).toBe(200);
    expect((await verify({ calls: [{ operation: 'deleteDefect' }], atMost: 0 })).status).toBe(200);
  });

  test('that fails shows the nearest calls and what differed, field by field', async () => {
    const cookie = await logOn();
    await savePriority(cookie, 1, 'Medium');
    const { status, json } = await ask('POST', '/journal/verify', {
      calls: [
        { operation: 'saveDefect', where: { pDefect: { recordid: 1, priority: 'High', workaround: 'x' } } },
      ],
      times: 1,
    });
    expect(status).toBe(409);
    expect(json.error).toContain(
      '1. saveDefect where {"pDefect":{"recordid":1,"priority":"High","workaround":"x"}}: expected exactly 1 time, found 0.',
    );
    expect(json.error).toMatch(/ {3}#\d+ saveDefect by admin at 2026-03-02T15:00:00.000Z/);
    expect(json.error).toContain('       where.pDefect.priority: expected "High", was "Medium"');
    expect(json.error).toContain('       where.pDefect.workaround: expected "x", was ""');
    expect(json.failures).toMatchObject([
      {
        index: 0,
        found: 0,
        nearest: [
          {
            entry: { operation: 'saveDefect' },
            mismatches: [
              { field: 'where.pDefect.priority', expected: 'High', actual: 'Medium' },
              { field: 'where.pDefect.workaround', expected: 'x', actual: '' },
            ],
          },
        ],
      },
    ]);
  });

  test('that finds too many shows them, and one in the wrong order says after what', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 1 });
    const many = await ask('POST', '/journal/verify', { calls: [{ operation: 'getDefect' }], times: 0 });
    expect(many.json.error).toMatch(
      /getDefect: expected never, found 1\.\n {3}Found:\n {3}#\d+ getDefect by admin/,
    );
    const order = await ask('POST', '/journal/verify', {
      calls: [{ operation: 'getDefect' }, { operation: 'DatabaseLogon' }],
      inOrder: true,
    });
    expect(order.json.error).toMatch(/DatabaseLogon: expected after #\d+ getDefect, found only before it\./);
  });

  test('of rpc.mpl finds arguments whatever their letter case, numbers as their text', async () => {
    await rpc('command=getSessionStatus&sessNum=1');
    const call = { operation: 'getSessionStatus', where: { sessnum: 1 }, user: 'ann', suite: 'Small' };
    expect((await ask('POST', '/journal/verify', { calls: [call] })).status).toBe(200);
  });

  test.each([
    [
      { calls: [{ operation: 'saveDefects' }] },
      'calls[0].operation: "saveDefects" is no operation of TestTrack, no command of rpc.mpl, and was not called. Did you mean "saveDefect"?',
    ],
    [
      { calls: [{ operation: 'getDefect', times: 1, atLeast: 1 }] },
      'give either "times", or "atLeast" and "atMost"',
    ],
    [{ calls: [] }, 'calls'],
    [{ calls: [{ operaton: 'x' }] }, 'Did you mean "operation"?'],
  ])('that makes no sense is refused: %j', async (body, error) => {
    const { status, json } = await ask('POST', '/journal/verify', body);
    expect(status).toBe(400);
    expect(json.error).toContain(error);
  });

  test('from the library throws what the control answers', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 1 });
    twin.journal.verify({ calls: [{ operation: 'getDefect', times: 1 }] });
    expect(() =>
      twin.journal.verify({ calls: [{ operation: 'getDefect', where: { defectNumber: 2 } }] }),
    ).toThrow('where.defectNumber: expected 2, was 1');
    expect(() => twin.journal.verify({ calls: [{ operation: 'getDefekt' }] })).toThrow(
      'Did you mean "getDefect"?',
    );
    expect(twin.journal.entries({ operation: 'getDefect' })).toHaveLength(1);
  });
});
