import { afterEach, describe, expect, test } from 'vitest';
import {
  ListenError,
  QuantityError,
  ScenarioError,
  SettingsError,
  startTwin,
  type Twin,
  WorldError,
} from '../src/index.ts';
import { envelope } from './support/edge.ts';
import { jsonBody } from './support/json-body.ts';
import { tinyScenario } from './support/scenarios.ts';

let twin: Twin | undefined;
afterEach(() => twin?.close());

const call = async (operation: string, parts = ''): Promise<string> =>
  (await fetch(twin?.soapUrl ?? '', { method: 'POST', body: envelope(operation, parts) })).text();

const logon = '<dbname>Tiny</dbname><username>administrator</username><password></password>';

test('a twin of the package as library answers at the URLs it names', async () => {
  twin = await startTwin({ scenario: tinyScenario });
  expect(await call('getDatabaseList')).toContain('<name>Tiny</name>');
  expect(await (await fetch(twin.wsdlUrl)).text()).toContain(`location="${twin.soapUrl}"`);
  expect(await (await fetch(`${twin.rpcUrl}?rpctoken=open&username=ann&command=getSuiteList`)).text()).toBe(
    '0\nSmall\n',
  );
  expect(await (await fetch(`${twin.url}/__admin/health`)).json()).toMatchObject({ status: 'ok' });
});

test('the demo of the package is served when no scenario is named', async () => {
  twin = await startTwin();
  expect(twin.summary.projects.map(({ name }) => name)).toEqual(['Project', 'Sample Project']);
  expect(twin.summary.suites).toContain('Example');
  expect(twin.summary.rpcToken).toBe('token');
});

test('two twins in one process share nothing but the WSDL', async () => {
  twin = await startTwin({ scenario: tinyScenario });
  await using other = await startTwin({ scenario: { twintrack: 1 } });
  expect(await call('getDatabaseList')).toContain('<name>Tiny</name>');
  const answer = await fetch(other.soapUrl, { method: 'POST', body: envelope('getDatabaseList') });
  expect(await answer.text()).not.toContain('<name>Tiny</name>');
});

describe('the clock', () => {
  const start = Date.parse('2026-01-31T09:15:00Z');
  const frozen = { ...tinyScenario, clock: { mode: 'frozen', now: '2026-01-31T09:15:00Z' } };

  test('starts as the scenario says, is moved and set, and goes back with a reset', async () => {
    twin = await startTwin({ scenario: frozen });
    expect(twin.clock.now().getTime()).toBe(start);
    twin.clock.advance('15m');
    twin.clock.advance(1);
    expect(twin.clock.state()).toMatchObject({ mode: 'frozen', now: start + 900_001 });
    twin.clock.set({ mode: 'frozen', now: 0 });
    expect(twin.clock.now().getTime()).toBe(0);
    twin.reset();
    expect(twin.clock.now().getTime()).toBe(start);
    expect(() => twin?.clock.advance('soon')).toThrow(QuantityError);
  });

  test('is the same one that the control routes move', async () => {
    twin = await startTwin({ scenario: frozen });
    await fetch(`${twin.url}/__admin/clock/advance`, { method: 'POST', ...jsonBody({ by: '1h' }) });
    expect(twin.clock.now().getTime()).toBe(start + 3_600_000);
  });

  test('follows the host otherwise', async () => {
    twin = await startTwin({ scenario: tinyScenario, hostNow: () => start });
    expect(twin.clock.state()).toEqual({ mode: 'real', now: start, offsetMs: 0, rate: 1 });
  });
});

test('a reset forgets what was done since the start', async () => {
  twin = await startTwin({ scenario: tinyScenario });
  const [, cookie] = /<Cookie>(\d+)<\/Cookie>/.exec(await call('DatabaseLogon', logon)) ?? [];
  expect(await call('getTableList', `<cookie>${cookie}</cookie>`)).not.toContain('Fault');
  twin.reset();
  expect(await call('getTableList', `<cookie>${cookie}</cookie>`)).toContain('<detail>17</detail>');
});

describe('a fork', () => {
  const worldsOf = async (url: string) => (await fetch(`${url}/__admin/worlds`)).json();

  test('without a port is reached below the address of the twin, also when it is a fork of a fork', async () => {
    twin = await startTwin({ scenario: tinyScenario });
    await using fork = await twin.fork({ name: 'checkout' });
    await using second = await fork.fork({ name: 'payment', listen: false });
    expect(fork.url).not.toContain('/w/');
    expect(second.url).toBe(`${twin.url}/w/payment`);
    expect(await worldsOf(second.url)).toMatchObject([
      { name: 'main' },
      { name: 'checkout' },
      { name: 'payment' },
    ]);
    const answer = await fetch(second.soapUrl, { method: 'POST', body: envelope('getDatabaseList') });
    expect(answer.status).toBe(200);
    expect([twin, fork, second].map(({ journal }) => journal.entries().length)).toEqual([0, 0, 1]);
  });

  test('cannot have the name of another world', async () => {
    twin = await startTwin({ scenario: tinyScenario });
    await using _fork = await twin.fork('checkout');
    await expect(twin.fork({ name: 'checkout', listen: false })).rejects.toThrow(WorldError);
  });

  test('that was dropped stays so at the end of its scope, and leaves another one of its name alone', async () => {
    twin = await startTwin({ scenario: tinyScenario });
    {
      await using fork = await twin.fork({ name: 'checkout', listen: false });
      await fork.drop();
      await twin.fork({ name: 'checkout', listen: false });
    }
    expect(await worldsOf(twin.url)).toMatchObject([{ name: 'main' }, { name: 'checkout' }]);
  });
});

test('the old form of the WSDL is served when the scenario asks for it', async () => {
  const current = await startTwin({ scenario: tinyScenario });
  const count = async (url: string) => (await (await fetch(url)).text()).split('type="xsd:date"').length;
  const dates = await count(current.wsdlUrl);
  await current.close();
  twin = await startTwin({ scenario: { twintrack: 1, testtrack: { server: { wsdl: 'legacy' } } } });
  expect(await count(twin.wsdlUrl)).toBeLessThan(dates);
});

describe('a start that cannot be is refused with', () => {
  test('ScenarioError', async () => {
    await expect(startTwin({ scenario: { twintrack: 2 } })).rejects.toThrow(ScenarioError);
    await expect(startTwin({ scenario: 'nowhere.yaml' })).rejects.toThrow(
      'nowhere.yaml: there is no such file',
    );
  });

  test('SettingsError', async () => {
    await expect(startTwin({ settings: { maxBody: '10MBB' } })).rejects.toThrow(SettingsError);
  });

  test('ListenError', async () => {
    twin = await startTwin({ scenario: tinyScenario });
    await expect(startTwin({ scenario: tinyScenario, port: twin.port })).rejects.toThrow(ListenError);
  });
});
