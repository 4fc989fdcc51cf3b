import { expect, test } from 'vitest';
import { SettingsError } from '../../src/http/settings.ts';
import { checkOptions } from '../../src/twin/options.ts';
import { startTwin, type TwinOptions } from '../../src/twin.ts';

async function said(options: unknown): Promise<string> {
  try {
    await (await startTwin(options as TwinOptions)).close();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'started';
}

/** Each option: misspelt, and with a value of the wrong type. */
const wrong: readonly [right: keyof TwinOptions, misspelt: string, value: unknown][] = [
  ['scenario', 'scenaro', 7],
  ['data', 'dta', 7],
  ['fresh', 'frsh', 'yes'],
  ['port', 'prt', '8080'],
  ['host', 'hst', 127],
  ['settings', 'setings', '10MB'],
  ['adminToken', 'admintoken', 12],
  ['tls', 'tsl', 'yes'],
  ['publicUrl', 'publicURL', 'twin.example.org'],
  ['allowedHosts', 'allowHosts', 'twin.example.org'],
  ['log', 'logg', { info: () => {} }],
  ['hostNow', 'hostnow', 1000],
  ['checkInvariants', 'checkInvariant', 1],
];

test.each(wrong)('the option %s, misspelt as %s, is refused with the right name', async (right, misspelt) => {
  const message = await said({ [misspelt]: 'x' });
  expect(message).toContain(`${misspelt}: is no known key`);
  expect(message).toContain(`Did you mean "${right}"?`);
});

test.each(wrong)(
  'the option %s with a value of the wrong type is refused',
  async (right, _misspelt, value) => {
    expect(await said({ [right]: value })).toMatch(new RegExp(`^"?${right}\\b`));
  },
);

test('a misspelt setting is refused with the right name, and all mistakes are told at once', async () => {
  const message = await said({ settings: { maxBdy: '1MB', maxUrl: {} }, prt: 1 });
  expect(message).toContain('Did you mean "maxBody"?');
  expect(message).toContain('settings.maxUrl');
  expect(message).toContain('Did you mean "port"?');
});

test.each([
  'ftp://twin.example.org',
  'https://twin.example.org/?x',
  'https://u@twin.example.org',
  'javascript:1',
])('addresses cannot begin with %s', async (publicUrl) =>
  expect(await said({ publicUrl })).toContain('publicUrl'),
);

test.each(['null', 'text'])('%s is no set of options', async (options) => {
  expect(await said(options === 'null' ? null : options)).not.toBe('started');
});

test('all options together, and each left undefined, are right', () => {
  const log = { isDebug: false, error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const all = {
    scenario: {},
    data: '',
    fresh: false,
    port: 0,
    host: '::1',
    settings: { snapshotEvery: '1m', maxBody: 7 },
    adminToken: '',
    publicUrl: 'https://twin.example.org/twin/',
    allowedHosts: ['a'],
    log,
    hostNow: () => 0,
    checkInvariants: true,
  } satisfies TwinOptions;
  expect(() => checkOptions(all)).not.toThrow();
  const names = Object.keys(all);
  expect(() => checkOptions(Object.fromEntries(names.map((name) => [name, undefined])))).not.toThrow();
});

test.each([
  [{ cert: 'a.pem' }, 'belong together'],
  [{ cert: 'a.pem', key: 'b.pem', bad: 'host' }, 'tls.bad'],
  [{ min: '1.4' }, 'tls.min'],
  [{ ports: 1 }, 'Did you mean "port"?'],
])('TLS with %j is refused', async (tls, why) => expect(await said({ tls })).toContain(why));
