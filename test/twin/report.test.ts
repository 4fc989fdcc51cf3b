import { afterAll, beforeEach, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { envelope } from '../support/edge.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapCall } from '../support/soap-client.ts';

const now = '2026-01-31T09:15:00Z';
const twin = await startTwin({ scenario: { ...tinyScenario, clock: { mode: 'frozen', now } } });
afterAll(() => twin.close());
beforeEach(() => {
  twin.reset();
  twin.journal.clear();
});

const head = (text: string) => text.split('\n')[0];
const logOn = () =>
  soapCall(twin.soapUrl, 'DatabaseLogon', { dbname: 'Tiny', username: 'administrator', password: '' });

test('a report tells each call with what was sent, answered, refused and changed', async () => {
  await logOn();
  await soapCall(twin.soapUrl, 'DatabaseLogon', { dbname: 'Tiny', username: 'nobody', password: 'hush' });
  expect(twin.report().replace(/#\d+/g, '#')).toBe(`World "main": 2 calls:
  # DatabaseLogon by administrator at 2026-01-31T09:15:00.000Z
      sent     {"dbname":"Tiny","username":"administrator","password":"***"}
      answered "***"
      changed  session of administrator in "Tiny" opened
  # DatabaseLogon by nobody at 2026-01-31T09:15:00.000Z, refused with 5: The username or password is not valid.
      sent     {"dbname":"Tiny","username":"nobody","password":"***"}
      hint     Logon of "nobody" refused: there is no such user in "Tiny".
`);
});

test('a report tells of requests that could not be read', async () => {
  await fetch(twin.soapUrl, { method: 'POST', body: envelope('noSuchThing') });
  expect(twin.report()).toMatch(/a request that could not be read.*\n {6}refused {2}HTTP 500: .*noSuchThing/);
});

test('a report shows the latest calls only, as many as it is asked for', async () => {
  for (let call = 0; call < 22; call++) await soapCall(twin.soapUrl, 'getDatabaseList');
  const lines = (text: string) => text.match(/^ {2}#/gm)?.length ?? 0;
  expect(lines(twin.report())).toBe(20);
  expect(lines(twin.report({ last: 3 }))).toBe(3);
  expect(head(twin.report({ last: 0 }))).toMatch(/^World "main": \d+ calls, the last 0:$/);
});

test('a report shows what the last verification missed, until one succeeds', async () => {
  await logOn();
  const wanted = (dbname: string) => ({ calls: [{ operation: 'DatabaseLogon', where: { dbname } }] });
  expect(() => twin.journal.verify(wanted('Other'))).toThrow();
  expect(twin.report()).toContain('where.dbname: expected "Other", was "Tiny"');
  twin.journal.verify(wanted('Tiny'));
  expect(twin.report()).not.toContain('expected "Other"');
});

test('a report shows rules that never acted, and why they cannot', async () => {
  twin.rules.add({ name: 'used', when: { operation: 'getDatabaseList' }, do: { busy: true } });
  twin.rules.add({ name: 'idle', when: { operation: 'getDatabaseList', call: 9 }, do: { busy: true } });
  twin.rules.add({ name: 'wrong', when: { operation: 'getDatabaseLst' }, do: { busy: true } });
  await soapCall(twin.soapUrl, 'getDatabaseList');
  const [, rules = ''] = twin.report().split('Rules that never acted:\n');
  expect(rules).toContain('  idle (met by 1 call): At the 9th call of getDatabaseList');
  expect(rules).toContain('Did you mean "getDatabaseList"?');
  expect(rules).not.toContain('used');
});

test('a report is given as text over HTTP, of the world that is asked', async () => {
  await using fork = await twin.fork({ name: 'other', listen: false });
  const answer = await fetch(`${fork.url}/__admin/report?last=5`);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await answer.text()).toBe('World "other": nothing was called.\n');
  const wrong = await fetch(`${twin.url}/__admin/report?last=many`);
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    { code: 'TWIN_CONTROL_INVALID', error: 'last: "many" is no whole number.' },
  ]);
});
