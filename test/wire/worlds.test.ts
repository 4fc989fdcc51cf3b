import { afterAll, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const twin = await startTwin({
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    testtrack: {
      projects: [{ name: 'Project', users: people, groups: [noSoap], defects: [{ summary: 'shared' }] }],
    },
    aptest: { token: 'token', users: ['lake'], suites: [{ name: 'Example' }] },
  },
});
afterAll(() => twin.close());

const admin = async (method: string, path: string, body?: object) => {
  const answer = await fetch(`${twin.url}/__admin${path}`, {
    method,
    ...(body ? jsonBody(body) : {}),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
};
const logOn = (tt: ReturnType<typeof soapClient>) =>
  tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
const summaries = async (soapUrl: string) => {
  const tt = soapClient(soapUrl);
  const cookie = await logOn(tt);
  return (await tt.getDefectByRecordID({ cookie, recordID: 1 })).summary;
};
async function rename(soapUrl: string, summary: string, headers: Record<string, string> = {}) {
  const tt = soapClient(soapUrl, { headers });
  const cookie = await logOn(tt);
  await tt.editDefectByRecordID({ cookie, recordID: 1 });
  await tt.saveDefect({ cookie, pDefect: { recordid: 1, summary } });
}
const soapPath = '/cgi-bin/ttsoapcgi.exe';

describe('a world of its own', () => {
  test('is reached by port, by address and by header, and the others do not notice', async () => {
    const { json } = await admin('POST', '/worlds', { name: 'by-port', listen: true });
    await admin('POST', '/worlds', { name: 'by-path' });
    await admin('POST', '/worlds', { name: 'by-header' });
    await rename(`${json.url}${soapPath}`, 'port');
    await rename(`${twin.url}/w/by-path${soapPath}`, 'path');
    await rename(twin.soapUrl, 'header', { 'x-twintrack-world': 'by-header' });
    expect(await summaries(twin.soapUrl)).toBe('shared');
    expect(await summaries(`${json.url}${soapPath}`)).toBe('port');
    expect(await summaries(`${twin.url}/w/by-path${soapPath}`)).toBe('path');
    expect(await summaries(`${twin.url}/w/by-header${soapPath}`)).toBe('header');
  });

  test('has its own address in its WSDL', async () => {
    await admin('POST', '/worlds', { name: 'contract' });
    const wsdl = await (await fetch(`${twin.url}/w/contract/ttsoapcgi.wsdl`)).text();
    expect(wsdl).toContain(`location="${twin.url}/w/contract${soapPath}"`);
  });

  test('answers rpc.mpl too', async () => {
    await admin('POST', '/worlds', { name: 'rpc' });
    const query = 'rpctoken=token&username=lake&command=getSuiteList';
    expect(await (await fetch(`${twin.url}/w/rpc/atm/run/rpc.mpl?${query}`)).text()).toBe('0\nExample\n');
  });

  test('has its own clock, which its Date header shows', async () => {
    await admin('POST', '/worlds', { name: 'later' });
    await fetch(`${twin.url}/w/later/__admin/clock/advance`, { method: 'POST', ...jsonBody({ by: '1h' }) });
    const date = async (path: string) => (await fetch(twin.url + path)).headers.get('date');
    expect(await date('/w/later/ttsoapcgi.wsdl')).toBe('Mon, 02 Mar 2026 16:00:00 GMT');
    expect(await date('/ttsoapcgi.wsdl')).toBe('Mon, 02 Mar 2026 15:00:00 GMT');
  });

  test('can begin from a scenario of its own, and comes back to it with a reset', async () => {
    const scenario = {
      twintrack: 1,
      testtrack: {
        projects: [{ name: 'Project', users: people, groups: [noSoap], defects: [{ summary: 'own' }] }],
      },
    };
    expect((await admin('POST', '/worlds', { name: 'own', scenario })).status).toBe(200);
    await rename(`${twin.url}/w/own${soapPath}`, 'changed');
    await admin('POST', '/worlds/own/reset');
    expect(await summaries(`${twin.url}/w/own${soapPath}`)).toBe('own');
  });

  test('does not take the cookie of another world', async () => {
    await admin('POST', '/worlds', { name: 'stranger' });
    const cookie = await logOn(soapClient(twin.soapUrl));
    const call = soapClient(`${twin.url}/w/stranger${soapPath}`).getTableList({ cookie });
    expect((await faultOf(call)).text).toBe('Session Dropped.');
  });

  test('is gone when it is dropped, with its port', async () => {
    const { json } = await admin('POST', '/worlds', { name: 'short', listen: true });
    expect((await admin('DELETE', '/worlds/short')).json).toEqual({ dropped: 'short' });
    await expect(fetch(`${json.url}/`)).rejects.toThrow();
    expect((await fetch(`${twin.url}/w/short/`)).status).toBe(404);
  });
});

describe('asking for a world', () => {
  test.each([
    ['that is not there', 'GET', '/worlds/nobody', undefined, 404],
    ['with a name that is taken', 'POST', '/worlds', { name: 'main' }, 409],
    ['with a name that is none', 'POST', '/worlds', { name: '../x' }, 400],
    ['that forks one that is not there', 'POST', '/worlds', { from: 'nobody' }, 404],
    ['from a scenario that is none', 'POST', '/worlds', { scenario: { twintrack: 9 } }, 400],
    ['with a key that nobody knows', 'POST', '/worlds', { nmae: 'x' }, 400],
    ['to drop the main one', 'DELETE', '/worlds/main', undefined, 400],
  ])('%s is refused with the reason', async (_, method, path, body, status) => {
    const answer = await admin(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toBeTruthy();
  });

  test('by an address or header that leads nowhere is answered with 404 and the reason', async () => {
    const answer = await fetch(`${twin.url}/w/nobody${soapPath}`, { method: 'POST', body: '' });
    expect([answer.status, answer.headers.get('x-twintrack-hint')]).toEqual([
      404,
      expect.stringContaining('There is no world "nobody"'),
    ]);
  });
});

test('the clock tells what is due, and advancing it tells what happened', async () => {
  await admin('POST', '/reset');
  await admin('POST', '/worlds', { name: 'due' });
  const tt = soapClient(`${twin.url}/w/due${soapPath}`);
  await tt.editDefect({ cookie: await logOn(tt), defectNumber: 1 });
  const due = await (await fetch(`${twin.url}/w/due/__admin/clock/due`)).json();
  expect(due).toEqual([
    {
      at: '2026-03-02T15:15:00.000Z',
      kind: 'lock-end',
      what: 'the lock of admin on Defect 1 in "Project" ends',
    },
    {
      at: '2026-03-02T16:00:00.000Z',
      kind: 'session-end',
      what: 'the session of admin in "Project" ends, idle',
    },
  ]);
  const moved = await fetch(`${twin.url}/w/due/__admin/clock/advance`, {
    method: 'POST',
    ...jsonBody({ by: '15m' }),
  });
  expect(((await moved.json()) as { happened: unknown[] }).happened).toHaveLength(1);
});

test('a fork from the library has a port of its own and ends with its scope', async () => {
  let url = '';
  {
    await using fork = await twin.fork();
    url = fork.url;
    await rename(fork.soapUrl, 'forked');
    expect(await summaries(fork.soapUrl)).toBe('forked');
    fork.reset();
    expect(await summaries(fork.soapUrl)).toBe('shared');
  }
  await expect(fetch(url)).rejects.toThrow();
});
