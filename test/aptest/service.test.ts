import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

let twin: RpcTwin;
beforeAll(async () => {
  twin = await startRpc(smallSection());
});
afterAll(() => twin.close());

describe('the answer', () => {
  test('is plain text with the code in the first line', async () => {
    const reply = await twin.call({ command: 'getSuiteList' });
    expect(reply).toMatchObject({ status: 200, contentType: 'text/plain', body: '0\nSmall\n' });
  });

  test('is JSON with result and data when returnJSON is 1', async () => {
    const reply = await twin.call({ command: 'getSuiteList', returnJSON: '1' });
    expect(reply).toMatchObject({ contentType: 'application/json', body: '{"result":0,"data":["Small"]}' });
  });

  test('ends the code with a line feed even when nothing follows', async () => {
    const empty = await startRpc(smallSection({ sessions: [] }));
    expect((await empty.call({ command: 'getSessionList' })).body).toBe('0\n');
    await empty.close();
  });

  test('is HTTP 200 with code 1 for a refusal, in JSON too', async () => {
    const text = await twin.call({ command: 'getSessionStatus', sessNum: '99' });
    expect(text).toMatchObject({ status: 200, body: '1\nNo such session: 99 (argument sessNum)\n' });
    expect(await twin.json({ command: 'getSessionStatus', sessNum: '99' })).toEqual({
      result: 1,
      data: 'No such session: 99 (argument sessNum)',
    });
  });

  test('carries a hint for people in a header', async () => {
    const reply = await twin.call({ command: 'getSessionStats', sessNum: '1' });
    expect(reply.lines).toEqual(['No such command: getSessionStats (argument command)']);
    expect(reply.hint).toContain('Did you mean "getSessionStatus"?');
  });

  test('hints at an argument that the command ignores', async () => {
    const reply = await twin.call({ command: 'getSetList', recursiv: '1' });
    expect(reply.code).toBe('0');
    expect(reply.hint).toContain('Did you mean "recursive"?');
  });

  test('is ASCII whatever the names are', async () => {
    const named = await startRpc(
      smallSection({ tests: ['Menü/Öffnen'], sessions: [{ set: 'all', name: '日本' }] }),
    );
    const list = await named.call({ command: 'getTestList', sessNum: '1' });
    expect(list.body).toBe('0\nMen&#252;.dir/&#214;ffnen.bts\n');
    expect(await named.json({ command: 'getSessionList' })).toEqual({
      result: 0,
      data: [{ sessNum: '00001', name: '日本' }],
    });
    const recorded = await named.call({
      command: 'result',
      sess: '1',
      id: list.lines[0] ?? '',
      result: 'pass',
    });
    expect(recorded.code).toBe('0');
    await named.close();
  });
});

describe('the checks come in this order', () => {
  const wrong = { rpctoken: 'no', username: 'nobody', suite: 'None', command: 'nothing' };
  const steps: [string, Record<string, string>, string][] = [
    ['the token', wrong, 'Wrong token (argument rpctoken)'],
    ['the user', { ...wrong, rpctoken: 'secret' }, 'No such user: nobody (argument username)'],
    [
      'a disabled user',
      { ...wrong, rpctoken: 'secret', username: 'gone' },
      'User is disabled: gone (argument username)',
    ],
    [
      'the suite',
      { ...wrong, rpctoken: 'secret', username: 'reader' },
      'No such suite: None (argument suite)',
    ],
    [
      'run access',
      { ...wrong, rpctoken: 'secret', username: 'reader', suite: 'Small' },
      'User reader lacks run access to suite Small (arguments username, suite)',
    ],
    ['the command', { command: 'nothing' }, 'No such command: nothing (argument command)'],
    ['a missing argument', { command: 'createSession', startdatewindow: '5' }, 'Missing argument: set'],
    [
      'the form of an argument',
      { command: 'createSession', set: 'none', startdatewindow: '5' },
      'Not one of 14400, 28800, 57600, 86400, 172800, 259200, 604800: 5 (argument startdatewindow)',
    ],
    ['what an argument names', { command: 'createSession', set: 'none' }, 'No such set: none (argument set)'],
  ];
  test.each(steps)('%s', async (_step, args, message) => {
    expect((await twin.call(args)).body).toBe(`1\n${message}\n`);
  });

  test('a missing token, user, suite or command is named', async () => {
    expect((await twin.get('command=getSetList')).lines).toEqual(['Missing argument: rpctoken']);
    expect((await twin.get('rpctoken=secret&command=getSetList')).lines).toEqual([
      'Missing argument: username',
    ]);
    expect((await twin.get('rpctoken=secret&username=ann&command=getSetList')).lines).toEqual([
      'Missing argument: suite',
    ]);
    expect((await twin.get('rpctoken=secret&username=ann&suite=Small')).lines).toEqual([
      'Missing argument: command',
    ]);
  });

  test('nothing is usable before a token is configured', async () => {
    const closed = await startRpc(smallSection({}, { token: '' }));
    const reply = await closed.call({ command: 'getSuiteList', rpctoken: '' });
    expect(reply.lines).toEqual([
      'The RPC interface is not usable: no token is configured (argument rpctoken)',
    ]);
    await closed.close();
  });
});

describe('arguments', () => {
  test('command and argument names are matched without case', async () => {
    const reply = await twin.call({ COMMAND: 'GETSESSIONSTATUS', SESSNUM: '0001', command: [] });
    expect(reply.lines).toEqual(['numtests=3;pass=0;untested=3;fail=0']);
  });

  test('the session is taken from sess, sessnum and sessNum, with leading zeros or as number/set', async () => {
    for (const args of [
      { sess: '1' },
      { sessnum: '000001' },
      { sessNum: '1/all' },
      { sess: '1', sessNum: '1' },
    ]) {
      expect((await twin.call({ command: 'getSessionStatus', ...args })).code).toBe('0');
    }
  });

  test('a session that is no number is looked up by name', async () => {
    expect((await twin.call({ command: 'getSessionStatus', sessNum: 'First' })).code).toBe('0');
    expect((await twin.call({ command: 'getSessionStatus', sessNum: '-1' })).lines).toEqual([
      'Not a session number: -1 (argument sessNum)',
    ]);
  });

  test('an argument that comes twice is refused', async () => {
    const reply = await twin.call({ command: 'getSessionStatus', sessNum: ['1', '2'] });
    expect(reply.lines).toEqual(['Argument given more than once: sessNum (values 1, 2)']);
  });

  test('POST and GET take the same arguments, and a POST may use both places', async () => {
    const form = 'rpctoken=secret&username=ann&suite=Small&command=getTestList&sessNum=1';
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await twin.post(form, headers)).body).toBe((await twin.get(form)).body);
    expect((await twin.post('sessNum=1', headers, form.replace('&sessNum=1', ''))).code).toBe('0');
  });

  test('names of every object are no session, suite, user or command', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      for (const args of [{ command: name }, { username: name }, { suite: name }, { rpctoken: name }]) {
        expect((await twin.call({ command: 'getSetList', ...args })).code).toBe('1');
      }
      expect((await twin.call({ command: 'getSessionStatus', sessNum: name })).code).toBe('1');
      expect((await twin.call({ command: 'getTestUUID', name })).body).toBe('0\n\n');
    }
  });
});

test('the journal sees the arguments, but not the token', async () => {
  const seen: unknown[] = [];
  twin.runner.observe((outcome) => seen.push(outcome.call));
  await twin.call({ command: 'getsetlist' });
  expect(seen).toEqual([
    { api: 'aptest', name: 'getSetList', input: { username: 'ann', suite: 'Small', command: 'getsetlist' } },
  ]);
});
