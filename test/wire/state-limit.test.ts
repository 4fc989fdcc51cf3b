/** What the state may take of the memory: a call that needs more is refused with a reason, and nothing is half done. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [{ name: 'Project', users: people, groups: [noSoap], defects: [{ summary: 'One' }] }],
  },
  aptest: {
    token: 'token',
    users: ['ann'],
    suites: [{ name: 'Small', tests: ['A/One'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] }],
  },
};
const twin = await startTwin({ scenario, settings: { maxState: '4MB' } });
afterAll(() => twin.close());
beforeEach(() => {
  twin.reset();
  twin.journal.clear();
});

const tt = soapClient(twin.soapUrl);
const logOn = async () =>
  Number(await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' }));

async function attach(bytes: number): Promise<{ lines: string[]; hint: string | null }> {
  const form = new FormData();
  const fields = {
    rpctoken: 'token',
    username: 'ann',
    suite: 'Small',
    command: 'attachFile',
    sess: '1',
    tid: '0',
  };
  for (const [name, value] of Object.entries({ ...fields, fileName: 'log.txt' })) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'log.txt');
  const response = await fetch(twin.rpcUrl, { method: 'POST', body: form });
  expect(response.status).toBe(200);
  return { lines: (await response.text()).split('\n'), hint: response.headers.get('x-twintrack-hint') };
}

async function control(path: string, body: object) {
  const response = await fetch(`${twin.url}/__admin${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as object };
}

describe('a state that has no room left', () => {
  test('refuses a record with a general fault that names the setting, and keeps nothing of it', async () => {
    const cookie = await logOn();
    const add = (length: number) =>
      tt.addDefect({ cookie, pDefect: { summary: 'Large', workaround: 'x'.repeat(length) } });
    await add(900_000);
    const fault = await faultOf(add(1_200_000));
    expect(fault.message).toContain('General error.');
    const [entry] = twin.journal.entries({ operation: 'addDefect', fault: 'any' });
    expect(entry?.fault).toMatchObject({ code: 16, hint: expect.stringContaining('--max-state') });
    expect(entry?.mistake).toBeUndefined();
    const defects = () => tt.getDefect({ cookie, defectNumber: 3, summary: '', bDownloadAttachments: false });
    await expect(defects()).rejects.toThrow();
    await add(10);
  });

  test('refuses an upload before it is read whole, and takes what still fits', async () => {
    const refused = await attach(5_000_000);
    expect(refused.lines.slice(0, 2)).toEqual(['1', 'The server has no room for more data']);
    expect(refused.hint).toContain('--max-state');
    expect((await attach(2_000_000)).lines[0]).toBe('0');
    expect((await attach(2_000_000)).lines[0]).toBe('1');
    twin.reset();
    expect((await attach(2_000_000)).lines[0]).toBe('0');
  });

  test('refuses a rule with the reason', async () => {
    expect((await attach(2_800_000)).lines[0]).toBe('0');
    const answer = { status: { status: 503, body: 'x'.repeat(90_000) } };
    const rule = (name: string) => control('/rules', { name, when: { operation: 'getDefect' }, do: answer });
    const answers = [];
    for (let at = 0; at < 8; at++) answers.push(await rule(`rule ${at}`));
    expect(answers.map(({ status }) => status)).toContain(507);
    expect(answers.at(-1)?.body).toMatchObject({ code: 'TWIN_STATE_FULL' });
    const described = await fetch(`${twin.url}/__admin/openapi.json`);
    const { paths } = (await described.json()) as { paths: Record<string, { post: { responses: object } }> };
    expect(paths['/__admin/rules']?.post.responses).toHaveProperty('507');
  });

  test('lets forks share what is there, and counts what they add until they are dropped', async () => {
    expect((await attach(2_000_000)).lines[0]).toBe('0');
    const forks = [];
    for (let at = 0; at < 5; at++) forks.push(await twin.fork({ listen: false }));
    for (const fork of forks) await fork.drop();
    expect((await attach(1_200_000)).lines[0]).toBe('0');
  });
});
