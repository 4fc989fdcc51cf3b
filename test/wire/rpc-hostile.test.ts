import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';
import { exchange } from '../support/raw-http.ts';

let twin: RpcTwin;
beforeAll(async () => {
  twin = await startRpc(smallSection());
});
afterAll(() => twin.close());

const common = 'rpctoken=secret&username=ann&suite=Small&command=getSetList';
const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
const post = (form: string) => twin.post(form, headers);

describe('a form that means harm is answered, and the next caller too', () => {
  const forms: [string, string, string][] = [
    ['5,000 parameters', `${common}&${Array.from({ length: 5000 }, (_, at) => `p${at}=1`).join('&')}`, '0'],
    ['100,000 times a[]', `${common}&${'a[]=1&'.repeat(100_000)}`, '1'],
    ['brackets 1,000 deep', `${common}&a${'[b]'.repeat(1000)}=1`, '0'],
    ['__proto__[x]', `${common}&__proto__[x]=1&__proto__=2&constructor[prototype][x]=3`, '0'],
    ['broken percent codes', `${common}&%zz=%&%E4=%ff&+=+`, '0'],
    ['empty names', `${common}&=1&=2&&&`, '0'],
    ['a doubled token', `${common}&rpctoken=secret`, '1'],
    ['a doubled command', `${common}&command=getSuiteList`, '1'],
    ['a value of 1 MB', `${common}&group=${'x'.repeat(1_000_000)}`, '1'],
  ];
  test.each(forms)('%s', async (_what, form, code) => {
    const reply = await post(form);
    expect(reply.code).toBe(code);
    expect(reply.body.length).toBeLessThan(1000);
    expect((await post(common)).body).toBe('0\nall\n');
  });

  test('a query of 16 kB', async () => {
    expect((await twin.get(`${common}&x=${'y'.repeat(16_000)}`)).code).toBe('0');
  });

  test('a URL over the limit has a code in its first line and names the setting', async () => {
    const reply = await twin.get(`${common}&x=${'y'.repeat(33_000)}`);
    expect([reply.status, reply.code]).toEqual([414, '1']);
    expect(reply.lines[0]).toContain('(setting maxUrl)');
  });

  test('bytes that are no UTF-8 are Latin-1, as a charset says or not', async () => {
    const latin1 = Buffer.from(`${common}&group=\xfc`, 'latin1');
    for (const [charset, hint] of [
      ['iso-8859-1', undefined],
      ['none-such', 'The bytes of "group" are no UTF-8; they were read as Latin-1.'],
    ] as const) {
      const reply = await twin.post(latin1, {
        'Content-Type': `application/x-www-form-urlencoded; charset=${charset}`,
      });
      expect(reply.lines).toEqual(['No such set group: &#252; (argument group)']);
      if (hint !== undefined) expect(reply.hint).toContain(hint);
    }
  });

  test('a body over the limit, announced or not', async () => {
    const reply = await post(`${common}&x=${'y'.repeat(11_000_000)}`);
    expect([reply.status, reply.code]).toEqual([413, '1']);
  });
});

describe('other methods', () => {
  test('HEAD and OPTIONS do nothing, everything else is refused', async () => {
    const before = twin.runner.world;
    const create = 'rpctoken=secret&username=ann&suite=Small&command=createSession&set=all';
    for (const [method, status] of [
      ['HEAD', 200],
      ['OPTIONS', 204],
      ['PUT', 405],
      ['DELETE', 405],
    ] as const) {
      const response = await fetch(`${twin.url}?${create}`, { method });
      expect(response.status).toBe(status);
    }
    expect(twin.runner.world).toBe(before);
  });
});

describe('the connection', () => {
  test('closes after the answer unless the client asks to keep it', async () => {
    const text = await exchange(twin.listener.port, `GET /run/rpc.mpl?${common} HTTP/1.1\r\nHost: t\r\n\r\n`);
    expect(text).toContain('Connection: close');
    expect(text.endsWith('\r\n\r\n0\nall\n')).toBe(true);
  });

  test('answers HTTP/1.0, long answers too', async () => {
    const report = `${common.replace('getSetList', 'getSessionResults')}&everyTest=1&returnJSON=1`;
    const text = await exchange(twin.listener.port, `GET /run/rpc.mpl?${report} HTTP/1.0\r\n\r\n`);
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(JSON.parse(body)).toMatchObject({ result: 0, data: [{ tests: [{}, {}, {}] }] });
  });
});

test('requests that come at once see one state each: every session gets a number of its own', async () => {
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => twin.call({ command: 'createSession', set: 'all' })),
  );
  expect(new Set(replies.map(({ lines }) => lines[0])).size).toBe(50);
});
