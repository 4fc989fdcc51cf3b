import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { envelope, soapRequest } from '../support/edge.ts';
import { jsonBody } from '../support/json-body.ts';
import { RawConnection } from '../support/raw-http.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const twin = await startTwin({
  checkInvariants: true,
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    testtrack: {
      server: { oneRequestPerSession: true },
      projects: [
        {
          name: 'Project',
          users: people,
          groups: [noSoap],
          defects: [{ summary: 'first' }, { summary: 'second' }],
        },
      ],
    },
    aptest: {
      token: 'token',
      users: ['lake', 'vale'],
      suites: [{ name: 'Example', sets: [{ path: 'all' }] }],
    },
  },
});
afterAll(() => twin.close());
beforeEach(() => twin.reset());

const tt = soapClient(twin.soapUrl);
const logOn = async (username = 'admin', password = 'secret') =>
  Number(await tt.DatabaseLogon({ dbname: 'Project', username, password }));
const admin = async (method: string, path: string, body?: object) => {
  const answer = await fetch(`${twin.url}/__admin${path}`, {
    method,
    ...(body ? jsonBody(body) : {}),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
};
const rule = async (given: object) => {
  const answer = await admin('POST', '/rules', given);
  expect(answer).toMatchObject({ status: 200, json: { warnings: [] } });
  return answer.json;
};
const shown = async () => (await admin('GET', '/rules')).json as unknown as Record<string, unknown>[];
const rpc = (command = 'getSuiteList', more = '') =>
  fetch(`${twin.rpcUrl}?rpctoken=token&username=lake&suite=Example&command=${command}${more}`);
const advance = (by: string) => admin('POST', '/clock/advance', { by });

describe('a rule for a call of the TestTrack SDK', () => {
  test('answers with a fault of the catalogue by its number, and says in the hint that it was the script', async () => {
    await rule({ name: 'gone', when: { operation: 'getDefect' }, do: { fault: 6 } });
    const fault = await faultOf(tt.getDefect({ cookie: await logOn(), defectNumber: 1 }));
    expect([fault.outcome.status, fault.detail, fault.text]).toEqual([
      500,
      '6',
      'The specified record does not exist in the database.',
    ]);
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('The rule "gone" of the script answered');
  });

  test('answers with a number and text of its own', async () => {
    await rule({
      when: { operation: 'getTableList' },
      do: { fault: { number: 999, text: 'Out of paper.' } },
    });
    const fault = await faultOf(tt.getTableList({ cookie: await logOn() }));
    expect([fault.detail, fault.text]).toEqual(['999', 'Out of paper.']);
  });

  test('leaves the state as it was when the call is refused', async () => {
    await rule({ when: { operation: 'saveDefect' }, do: { fault: 16 }, times: 1 });
    const cookie = await logOn();
    const defect = await tt.editDefect({ cookie, defectNumber: 1 });
    const renamed = { ...defect, summary: 'renamed' };
    await faultOf(tt.saveDefect({ cookie, pDefect: renamed }));
    expect((await tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('first');
    await tt.saveDefect({ cookie, pDefect: renamed });
    expect((await tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('renamed');
  });

  test('acts on the Nth call only, or on every Nth', async () => {
    await rule({ name: 'second', when: { operation: 'getDefect', call: 2 }, do: { fault: 6 } });
    await rule({ name: 'thirds', when: { operation: 'getDefect', every: 3 }, do: { fault: 16 } });
    const cookie = await logOn();
    const details: (string | undefined)[] = [];
    for (let call = 1; call <= 6; call++) {
      const { detail } = await tt.getDefect({ cookie, defectNumber: 1 }).then(
        () => ({ detail: 'none' }),
        (error: { detail: string }) => error,
      );
      details.push(detail);
    }
    expect(details).toEqual(['none', '6', '16', 'none', 'none', '16']);
    expect((await shown()).map(({ name, calls, hits, isOver }) => [name, calls, hits, isOver])).toEqual([
      ['second', 6, 1, true],
      ['thirds', 6, 2, false],
    ]);
  });

  test('looks at the arguments and at who calls', async () => {
    await rule({ when: { where: { defectNumber: 2 }, user: 'LAKE' }, do: { fault: 6 } });
    const [mine, other] = [await logOn(), await logOn('lake', 'water')];
    expect((await tt.getDefect({ cookie: mine, defectNumber: 2 })).summary).toBe('second');
    expect((await tt.getDefect({ cookie: other, defectNumber: 1 })).summary).toBe('first');
    expect((await faultOf(tt.getDefect({ cookie: other, defectNumber: 2 }))).detail).toBe('6');
  });

  test('looks into records that are sent', async () => {
    await rule({
      when: { operation: 'addDefect', where: { pDefect: { summary: 'bad' } } },
      do: { fault: 23 },
    });
    const cookie = await logOn();
    await tt.addDefect({ cookie, pDefect: { summary: 'good' } });
    expect((await faultOf(tt.addDefect({ cookie, pDefect: { summary: 'bad' } }))).detail).toBe('23');
  });

  test('drops the session of the caller, whose locks are free then', async () => {
    await rule({ when: { operation: 'saveDefect', call: 1 }, do: { dropSession: 'caller' } });
    const cookie = await logOn();
    const defect = await tt.editDefect({ cookie, defectNumber: 1 });
    expect((await faultOf(tt.saveDefect({ cookie, pDefect: defect }))).text).toBe('Session Dropped.');
    await tt.editDefect({ cookie: await logOn(), defectNumber: 1 });
  });

  test('drops the sessions of a user when another user calls', async () => {
    await rule({ when: { operation: 'getTableList' }, do: { dropSession: { user: 'lake' } }, times: 1 });
    const [mine, other] = [await logOn(), await logOn('lake', 'water')];
    await tt.getTableList({ cookie: mine });
    expect((await faultOf(tt.getTableList({ cookie: other }))).text).toBe('Session Dropped.');
  });

  test('locks a record for somebody, just before it is edited', async () => {
    await rule({
      when: { operation: 'editDefect', call: 1 },
      do: { lock: { number: 1, by: 'lake', minutes: 5 } },
    });
    const cookie = await logOn();
    const fault = await faultOf(tt.editDefect({ cookie, defectNumber: 1 }));
    expect(fault.detail).toBe('22');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('Lake outside SOAP');
    await advance('5m');
    await tt.editDefect({ cookie, defectNumber: 1 });
  });

  test('says that the session is busy, or that no licence is free', async () => {
    const cookie = await logOn();
    await rule({ when: { operation: 'getTableList' }, do: { busy: true } });
    await rule({ when: { user: 'lake' }, do: { licenceGone: 'floating' } });
    await rule({ when: { user: 'admin' }, do: { licenceGone: 'soap' } });
    const busy = await faultOf(tt.getTableList({ cookie }));
    expect([busy.detail, busy.text]).toEqual(['16', 'Session busy with prior request']);
    expect((await faultOf(logOn('lake', 'water'))).detail).toBe('13');
    expect((await faultOf(logOn())).detail).toBe('72');
    expect((await tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('first');
  });

  test('answers with an HTTP status and a body', async () => {
    await rule({ do: { status: { status: 503, body: '<h1>Closed</h1>', contentType: 'text/html' } } });
    const answer = await fetch(twin.soapUrl, { method: 'POST', body: envelope('getDatabaseList') });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      503,
      'text/html',
      '<h1>Closed</h1>',
    ]);
    expect(answer.headers.get('x-twintrack-hint')).toContain('answers with HTTP status 503');
  });

  test('cuts the connection before the call, or after it was made', async () => {
    const cookie = await logOn();
    const { json } = { json: await rule({ when: { operation: 'addDefect' }, do: { cut: 'before' } }) };
    const add = (summary: string) => tt.addDefect({ cookie, pDefect: { summary } });
    await expect(add('lost')).rejects.toThrow('fetch failed');
    await admin('DELETE', `/rules/${json.name}`);
    await rule({ when: { operation: 'addDefect' }, do: { cut: 'after' } });
    await expect(add('stored')).rejects.toThrow('fetch failed');
    expect((await tt.getDefect({ cookie, defectNumber: 3 })).summary).toBe('stored');
    expect((await faultOf(tt.getDefect({ cookie, defectNumber: 4 }))).detail).toBe('6');
  });

  test('truncates the answer after so many bytes of it', async () => {
    await rule({ when: { operation: 'getDatabaseList' }, do: { truncate: 10 } });
    const connection = await RawConnection.open(twin.port);
    const text = await connection
      .send(soapRequest(envelope('getDatabaseList'), ['Connection: keep-alive']))
      .untilClosed();
    const [head = '', body] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 200 OK/);
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(100);
    expect(body).toBe('<?xml vers');
  });

  test('truncated after 0 bytes is a head without a body', async () => {
    await rule({ when: { operation: 'getDatabaseList' }, do: { truncate: 0 } });
    const connection = await RawConnection.open(twin.port);
    const text = await connection.send(soapRequest(envelope('getDatabaseList'))).untilClosed();
    expect(text).toMatch(/^HTTP\/1.1 200 OK(?:\r\n[^\r\n]+)+\r\n\r\n$/);
  });

  test('sends an answer that is no XML', async () => {
    await rule({ when: { operation: 'getDatabaseList' }, do: { malformed: true } });
    const answer = await fetch(twin.soapUrl, { method: 'POST', body: envelope('getDatabaseList') });
    expect([answer.status, (await answer.text()).slice(0, 5)]).toEqual([200, '<&xml']);
  });

  test('lets a call wait, whose session is busy meanwhile', async () => {
    await rule({ when: { operation: 'getTableList', call: 1 }, do: { delay: '10m' } });
    const cookie = await logOn();
    const slow = await RawConnection.open(twin.port);
    slow.send(soapRequest(envelope('getTableList', `<cookie>${cookie}</cookie>`)));
    await expect.poll(async () => (await shown())[0]?.hits).toBe(1);
    const busy = await faultOf(tt.getDefect({ cookie, defectNumber: 1 }));
    expect(busy.text).toBe('Session busy with prior request');
    slow.cut();
    await expect
      .poll(() => tt.getDefect({ cookie, defectNumber: 1 }).then(({ summary }) => summary, String))
      .toBe('first');
  });

  test('delays add to what another rule does', async () => {
    await rule({ when: { operation: 'getTableList' }, do: { delay: '1ms' } });
    await rule({ when: { operation: 'getTableList' }, do: { fault: 16 } });
    expect((await faultOf(tt.getTableList({ cookie: await logOn() }))).detail).toBe('16');
    expect((await shown()).map(({ hits }) => hits)).toEqual([1, 1]);
  });
});

describe('a rule for a command of rpc.mpl', () => {
  test.each([
    ['a fault', { fault: { number: 5, text: 'Out of order' } }, '1\nOut of order\n'],
    ['a busy session', { busy: true }, '1\nSession busy with prior request\n'],
    [
      'a missing licence',
      { licenceGone: 'soap' },
      '1\nThe maximum number of SOAP users are already logged in.\n',
    ],
  ])('answers %s with code 1 and the text', async (_, action, text) => {
    await rule({ when: { operation: 'getSuiteList' }, do: action });
    const answer = await rpc();
    expect([answer.status, await answer.text()]).toEqual([200, text]);
    expect(answer.headers.get('x-twintrack-hint')).toContain('of the script answered');
  });

  test('answers as JSON when the client wants that', async () => {
    await rule({ when: { api: 'aptest' }, do: { fault: { text: 'Out of order' } } });
    expect(await (await rpc('getSuiteList', '&returnJSON=1')).json()).toEqual({
      result: 1,
      data: 'Out of order',
    });
  });

  test('knows commands and arguments in any letter case', async () => {
    await rule({ when: { operation: 'GETSUITELIST', where: { USERNAME: 'vale' } }, do: { fault: 6 } });
    expect((await (await rpc()).text())[0]).toBe('0');
    const answer = await fetch(`${twin.rpcUrl}?rpctoken=token&userName=vale&command=getsuitelist`);
    expect((await answer.text())[0]).toBe('1');
  });

  test('cuts, truncates, spoils and replaces the answer', async () => {
    await rule({ when: { operation: 'getSuiteList', call: 1 }, do: { cut: 'before' } });
    await rule({ when: { operation: 'getSuiteList', call: 2 }, do: { cut: 'after' } });
    await rule({ when: { operation: 'getSuiteList', call: 3 }, do: { truncate: 4 } });
    await rule({ when: { operation: 'getSuiteList', call: 4 }, do: { malformed: true } });
    await rule({ when: { operation: 'getSuiteList', call: 5 }, do: { status: 502 } });
    await expect(rpc()).rejects.toThrow('fetch failed');
    await expect(rpc()).rejects.toThrow('fetch failed');
    await expect(rpc().then((answer) => answer.text())).rejects.toThrow('terminated');
    expect(await (await rpc()).text()).toBe('<&Example\n');
    const down = await rpc();
    expect([down.status, await down.text()]).toEqual([502, 'HTTP 502\n']);
    expect(await (await rpc()).text()).toBe('0\nExample\n');
  });

  test('leaves the help page alone', async () => {
    await rule({ do: { fault: 16 } });
    const inBrowser = { headers: { accept: 'text/html,*/*;q=0.8' } };
    expect(await (await fetch(twin.rpcUrl, inBrowser)).text()).toContain('getSuiteList');
  });

  test('lets somebody lock a record of TestTrack, and ends the sessions of a user there', async () => {
    await rule({
      when: { operation: 'getSuiteList', call: 1 },
      do: { lock: { number: 1, by: 'lake', minutes: 5 } },
    });
    await rule({ when: { operation: 'getSuiteList', call: 2 }, do: { dropSession: { user: 'admin' } } });
    const cookie = await logOn();
    expect((await (await rpc()).text())[0]).toBe('0');
    expect((await faultOf(tt.editDefect({ cookie, defectNumber: 1 }))).detail).toBe('22');
    expect((await (await rpc()).text())[0]).toBe('0');
    expect((await faultOf(tt.getTableList({ cookie }))).text).toBe('Session Dropped.');
  });

  test('takes in the user and waits', async () => {
    await rule({ when: { api: 'aptest', user: 'vale' }, do: { delay: '1ms' } });
    await rpc();
    expect((await shown())[0]?.hits).toBe(0);
    await fetch(`${twin.rpcUrl}?rpctoken=token&username=vale&command=getSuiteList`);
    expect((await shown())[0]?.hits).toBe(1);
  });
});

describe('a rule for a moment', () => {
  test('happens when the clock is advanced, is listed then, and before that as due', async () => {
    await rule({ name: 'taken', when: { at: '+10m' }, do: { lock: { number: 1, by: 'lake', minutes: 30 } } });
    const event = {
      at: '2026-03-02T15:10:00.000Z',
      kind: 'script',
      what: 'rule "taken": At 2026-03-02T15:10:00.000Z: locks Defect 1 for lake, 30 minutes.',
    };
    const due = await (await fetch(`${twin.url}/__admin/clock/due`)).json();
    expect(due).toEqual([event]);
    expect((await advance('9m')).json.happened).toEqual([]);
    expect((await advance('2m')).json.happened).toEqual([event]);
    expect((await advance('30m')).json.happened).toEqual([
      { at: '2026-03-02T15:40:00.000Z', kind: 'lock-end', what: expect.stringContaining('the lock of lake') },
    ]);
  });

  test('happens before the next call when the clock was moved by the library', async () => {
    const cookie = await logOn();
    await rule({ when: { at: '2026-03-02T15:20:00Z' }, do: { dropSession: { user: 'admin' } } });
    twin.clock.advance('20m');
    expect((await faultOf(tt.getTableList({ cookie }))).text).toBe('Session Dropped.');
    await tt.getTableList({ cookie: await logOn() });
  });

  test('does not take a record from somebody who edits it', async () => {
    await tt.editDefect({ cookie: await logOn(), defectNumber: 1 });
    await rule({ when: { at: '+10m' }, do: { lock: { number: 1, by: 'lake' } } });
    expect((await advance('10m')).json.happened).toEqual([]);
    expect((await shown()).map(({ hits, isOver }) => [hits, isOver])).toEqual([[0, true]]);
  });

  test('with calls beside it begins then, once unless it says otherwise', async () => {
    await rule({ name: 'once', when: { at: '+1h', operation: 'getSuiteList' }, do: { fault: 16 } });
    const codes = async () => [(await (await rpc()).text())[0], (await (await rpc()).text())[0]];
    expect(await codes()).toEqual(['0', '0']);
    expect((await advance('1h')).json.happened).toMatchObject([{ at: '2026-03-02T16:00:00.000Z' }]);
    expect(await codes()).toEqual(['1', '0']);
  });
});

describe('the rules of a world', () => {
  test('have their own counters in a fork, and those of the start after a reset', async () => {
    await using base = await twin.fork('scripted');
    const post = { when: { operation: 'getSuiteList', call: 2 }, do: { fault: 16 } };
    const url = (world: string, path: string) => `${twin.url}/w/${world}${path}`;
    const list = async (world: string) => {
      const answer = await fetch(
        url(world, '/atm/run/rpc.mpl?rpctoken=token&username=lake&command=getSuiteList'),
      );
      return (await answer.text())[0];
    };
    await fetch(url(base.name, '/__admin/rules'), { method: 'POST', ...jsonBody(post) });
    expect(await list('scripted')).toBe('0');
    await using fork = await base.fork('scripted-fork');
    expect([await list(fork.name), await list(fork.name)]).toEqual(['1', '0']);
    fork.reset();
    expect([await list(fork.name), await list(fork.name)]).toEqual(['1', '0']);
    expect(await list('scripted')).toBe('1');
    expect(await shown()).toEqual([]);
  });

  test('are taken away one by one or all at once', async () => {
    await rule({ name: 'a b', do: { fault: 16 } });
    await rule({ do: { fault: 16 }, times: 2 });
    expect((await admin('DELETE', '/rules/a%20b')).json).toEqual({ deleted: 'a b' });
    await rule({ do: { fault: 6 } });
    expect((await shown()).map(({ name }) => name)).toEqual(['rule-2', 'rule-3']);
    expect((await admin('DELETE', '/rules')).json).toEqual({ deleted: 2 });
    expect((await (await rpc()).text())[0]).toBe('0');
  });

  test('that are not there, or there already, are told', async () => {
    await rule({ name: 'slow', do: { delay: '1ms' } });
    expect(await admin('DELETE', '/rules/slwo')).toEqual({
      status: 404,
      json: { error: 'There is no rule "slwo". Did you mean "slow"?', code: 'TWIN_RULE_UNKNOWN' },
    });
    expect(await admin('POST', '/rules', { name: 'slow', do: { fault: 16 } })).toMatchObject({
      status: 409,
      json: { error: expect.stringContaining('There is a rule "slow" already') },
    });
  });
});
