import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flagOf } from '../../src/cli/setting-options.ts';
import { settingNames } from '../../src/http/settings.ts';
import { envelope } from '../support/edge.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { type Run, runWords, startRun } from '../support/terminal.ts';

let folder: ScenarioFolder;
let scenario: string;
beforeEach(() => {
  folder = new ScenarioFolder();
  scenario = folder.write('tiny.json', tinyScenario);
});
afterEach(() => folder.remove());

const address = /answers on (http:\/\/127\.0\.0\.1:(\d+))\n/;

/** Starts a twin on a free port and gives its URL. */
async function serving(
  words: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ run: Run; url: string }> {
  const run = startRun(['serve', '--scenario', scenario, '--port', '0', ...words], env);
  const [, url = ''] = await run.until(address);
  return { run, url };
}

async function ended(run: Run): Promise<void> {
  run.stop();
  expect(await run.ended).toBe(0);
}

test('a served twin answers SOAP calls and rpc.mpl at the port it got', async () => {
  const { run, url } = await serving();
  expect(url).not.toMatch(/:0$/);
  const soap = await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, {
    method: 'POST',
    body: envelope('getDatabaseList'),
  });
  expect(await soap.text()).toContain('<item><name>Tiny</name></item>');
  const rpc = await fetch(`${url}/run/rpc.mpl?rpctoken=open&username=ann&command=getSuiteList`);
  expect(await rpc.text()).toBe('0\nSmall\n');
  await ended(run);
});

test('the banner names every URL, the projects, the users and the token, but no password', async () => {
  folder.write('tiny.json', {
    ...tinyScenario,
    testtrack: {
      projects: [{ name: 'Tiny', users: [{ login: 'eve', last: 'Eve', password: 'hush-hush' }] }],
    },
  });
  const { run, url } = await serving();
  await run.until(/End it with Ctrl\+C/);
  const { out } = run.printed;
  for (const path of [
    '/cgi-bin/ttsoapcgi.exe',
    '/scripts/ttsoapcgi.exe',
    '/ttsoapcgi.wsdl',
    '/run/rpc.mpl',
    '/__console',
    '/__admin/health',
  ]) {
    expect(out).toContain(url + path);
  }
  expect(out).toMatch(/Project +Tiny \(users: eve\)/);
  expect(out).toMatch(/Suites +Small/);
  expect(out).toMatch(/rpc token +open/);
  expect(out).not.toContain('hush-hush');
  await ended(run);
});

test('what the banner proposes to try works', async () => {
  const { run } = await serving();
  const [, tried = ''] = await run.until(/Try: curl '([^']+)'/);
  expect(await (await fetch(tried)).text()).toBe('0\nSmall\n');
  await ended(run);
});

describe('a wrong start is told in one message and ends with exit code 2', () => {
  test.each([
    [['serve', '--prot', '1'], "error: unknown option '--prot'\n(Did you mean --port?)\n"],
    [
      ['serve', '--port', '70000'],
      "error: option '-p, --port <number>' argument '70000' is invalid. A port is a number from 0 to 65535.\n",
    ],
    [
      ['serve', '--log-level', 'loud'],
      "error: option '--log-level <level>' argument 'loud' is invalid. Allowed choices are silent, error, warn, info, debug.\n",
    ],
    [
      ['serve', '--max-body', '10MBB'],
      '--max-body: "10MBB" is not a size. Write a number with B, kB, MB or GB, such as 10MB. (largest request body, as sent and as unpacked)\n',
    ],
    [
      ['serve', '--body-timeout', '-5s'],
      '--body-timeout: "-5s" is not a length of time. Write numbers with ms, s, m, h or d, such as 15m or 1h30m. (time for a client to send a whole request)\n',
    ],
    [
      ['serve', '--soap-depth', 'NaN'],
      '--soap-depth: "NaN" is not a count. Write a whole number above zero. (how deep SOAP elements may nest)\n',
    ],
    [
      ['serve', '--tls-cert', 'no-such.pem', '--tls-key', 'no-such.key'],
      'no-such.pem cannot be read: there is no such file (--tls-cert).\n',
    ],
    [
      ['serve', '--tls-cert', 'no-such.pem'],
      'tls: a certificate and its key belong together: give both (--tls-cert, --tls-key), or neither for one that is made.\n',
    ],
    [
      ['serve', '--tls', '--tls-client-ca', 'no-such.pem'],
      'no-such.pem cannot be read: there is no such file (--tls-client-ca).\n',
    ],
    [
      ['serve', '--trust-proxy', 'abc'],
      '"abc" is no address of a proxy. Write it like 10.0.0.5, 10.0.0.0/8 or fd00::/8 (--trust-proxy).\n',
    ],
    [
      ['serve', '--allow-origin', 'x'],
      '"x" is no origin of a site. Write scheme and host, like https://app.example.com (--allow-origin).\n',
    ],
    [['serve', 'a.yaml', 'extra'], "error: too many arguments for 'serve'. Expected 1 argument but got 2.\n"],
    [['srve'], "error: unknown command 'srve'\n(Did you mean serve?)\n"],
  ])('%j', async (words, message) => {
    // What commander refuses ends with where help is.
    const more = /^error: (?:unknown command)?/.exec(message)?.[0];
    const command = more === 'error: ' ? 'twintrack serve' : 'twintrack';
    const err =
      more === undefined ? message : `${message}"${command} --help" has all options, with examples.\n`;
    expect(await runWords(words)).toEqual({ exitCode: 2, out: '', err });
  });

  test('an unknown variable with our prefix', async () => {
    const { exitCode, err } = await runWords(['serve'], { TWINTRACK_MAXBODY: '1MB', PATH: 'x' });
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'The environment variable TWINTRACK_MAXBODY means nothing to Twintrack. Did you mean "TWINTRACK_MAX_BODY"?\n',
    );
  });

  test('a scenario that is not there, or is wrong', async () => {
    const missing = await runWords(['serve', '--scenario', `${folder.path}/tiny.jsn`]);
    expect(missing).toEqual({
      exitCode: 2,
      out: '',
      err: `${folder.path}/tiny.jsn: there is no such file. Did you mean "tiny.json"?\n`,
    });
    const wrong = folder.write('wrong.yaml', 'twintrack: 1\naptest:\n  tokn: open\n');
    const { exitCode, out, err } = await runWords(['serve', '--scenario', wrong]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(`${wrong}:3:3  aptest.tokn: is no known key`);
    expect(err).toContain('Did you mean "token"?');
  });

  test('a port that is taken', async () => {
    const { run, url } = await serving();
    const port = new URL(url).port;
    const second = await runWords(['serve', '--scenario', scenario, '--port', port]);
    expect(second.exitCode).toBe(2);
    expect(second.err).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Choose another one with --port, or --port 0 for any free one.\n`,
    );
    await ended(run);
  });
});

// Commander reads variables from the process itself.
describe('a variable stands for an option', () => {
  const set = (env: Record<string, string>) => Object.assign(process.env, env);
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('TWINTRACK_')) delete process.env[name];
  });

  test('and gives way to it', async () => {
    const env = { TWINTRACK_SCENARIO: scenario, TWINTRACK_PORT: '1', TWINTRACK_MAX_BODY: '1kB' };
    set(env);
    const run = startRun(['serve', '--port', '0'], env);
    const [, url = ''] = await run.until(address);
    const answer = await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: 'x'.repeat(1025) });
    expect(answer.status).toBe(413);
    await ended(run);
  });

  test('and is checked like it', async () => {
    const env = { TWINTRACK_PORT: 'http' };
    set(env);
    const { exitCode, err } = await runWords(['serve'], env);
    expect(exitCode).toBe(2);
    expect(err).toContain(
      "value 'http' from env 'TWINTRACK_PORT' is invalid. A port is a number from 0 to 65535.",
    );
  });

  test('and is named when it is a wrong limit', async () => {
    const env = { TWINTRACK_MAX_BODY: '10MBB' };
    set(env);
    const { exitCode, err } = await runWords(['serve', '--body-timeout', 'soon'], env);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^TWINTRACK_MAX_BODY: "10MBB" is not a size\./m);
    expect(err).toMatch(/^--body-timeout: "soon" is not a length of time\./m);
  });
});

test('the help teaches: every option with its variable and default, and examples', async () => {
  const { exitCode, out } = await runWords(['serve', '--help']);
  expect(exitCode).toBe(0);
  for (const name of settingNames) expect(out).toContain(flagOf(name));
  expect(out).toContain('TWINTRACK_MAX_BODY');
  expect(out).toContain('twintrack serve my-tests.yaml --port 0');
});

test('without a command the program shows how it is used, and its version on request', async () => {
  const bare = await runWords([]);
  expect(bare.err).toContain('Usage: twintrack');
  expect(bare.exitCode).toBe(2);
  expect((await runWords(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('with a token, control requests must show it', async () => {
  const { run, url } = await serving(['--admin-token', 'sesame']);
  expect((await fetch(`${url}/__admin/health`)).status).toBe(401);
  const shown = await fetch(`${url}/__admin/health`, { headers: { authorization: 'Bearer sesame' } });
  expect(shown.status).toBe(200);
  await ended(run);
  expect(run.printed.out + run.printed.err).not.toContain('sesame');
});

describe('on an address that others can reach', () => {
  const health = (url: string, token?: string) =>
    fetch(
      `${url}/__admin/health`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    );

  test.each([{}, { TWINTRACK_ADMIN_TOKEN: '' }])(
    'control wants a token, which is made and printed when none is set (%j)',
    async (env) => {
      const { run, url } = await serving(['--host', '0.0.0.0'], env);
      const [, token = ''] = await run.until(/Control token +([0-9a-f]{48})\n/);
      expect((await health(url)).status).toBe(401);
      expect((await health(url, 'sesame')).status).toBe(401);
      expect((await health(url, token)).status).toBe(200);
      await ended(run);
      expect(run.printed.err).not.toContain(token);
    },
  );

  test('another start gets another token, and a given one is not replaced', async () => {
    const tokens: string[] = [];
    for (let start = 0; start < 2; start++) {
      const { run } = await serving(['--host', '0.0.0.0']);
      tokens.push((await run.until(/Control token +(\S+)/))[1] ?? '');
      await ended(run);
    }
    expect(tokens[0]).not.toBe(tokens[1]);
    const { run, url } = await serving(['--host', '0.0.0.0', '--admin-token', 'sesame']);
    await run.until(/End it with Ctrl\+C/);
    expect((await health(url, 'sesame')).status).toBe(200);
    await ended(run);
    expect(run.printed.out).not.toMatch(/Control token|sesame/);
  });
});

test('on this machine alone control needs no token', async () => {
  const { run, url } = await serving();
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  await ended(run);
  expect(run.printed.out).not.toContain('Control token');
});

describe('the log', () => {
  const logon = (password: string) =>
    envelope(
      'DatabaseLogon',
      `<dbname>Tiny</dbname><username>administrator</username><password>${password}</password>`,
    );

  test('tells a refused call in a line for people, without what is secret', async () => {
    const { run, url } = await serving([], { NO_COLOR: '1' });
    const answer = await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: logon('top-secret') });
    expect(answer.status).toBe(500);
    await fetch(`${url}/run/rpc.mpl?rpctoken=top-secret&username=ann&command=getSuiteList`);
    await ended(run);
    expect(run.printed.err).toMatch(
      /^\d\d:\d\d:\d\d DatabaseLogon administrator refused with 5, \d+ ms\n {9}The username or password/m,
    );
    expect(run.printed.err).not.toContain('top-secret');
  });

  const twoCalls = async (url: string) => {
    await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: envelope('getDatabaseList') });
    await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: logon('wrong') });
  };

  test('has a short line for each call, that fits into forty columns', async () => {
    const { run, url } = await serving([], { NO_COLOR: '1' });
    await twoCalls(url);
    await ended(run);
    const [first = ''] = run.printed.err.split('\n');
    expect(first).toMatch(/^\d\d:\d\d:\d\d getDatabaseList ok \d+ ms$/);
    expect(first.length).toBeLessThan(40);
  });

  test('has colours on a terminal, and none with NO_COLOR or on a dumb one', async () => {
    const escapes: Record<string, boolean> = {};
    for (const [name, env] of Object.entries({
      usual: {},
      none: { NO_COLOR: '1' },
      dumb: { TERM: 'dumb' },
    })) {
      const { run, url } = await serving([], env);
      await twoCalls(url);
      await ended(run);
      escapes[name] = run.printed.err.includes('\u001b[');
    }
    expect(escapes).toEqual({ usual: true, none: false, dumb: false });
  });

  test('tells in JSON of each call what it was, how it ended, whose it was, where, and how long it took', async () => {
    const { run, url } = await serving(['--log-format', 'json']);
    await twoCalls(url);
    await ended(run);
    const lines = run.printed.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const durationMs = expect.any(Number);
    expect(lines).toMatchObject([
      { operation: 'getDatabaseList', code: 0, world: 'main', durationMs },
      { operation: 'DatabaseLogon', code: 5, user: 'administrator', world: 'main', durationMs },
      { msg: 'Ending after SIGTERM' },
    ]);
  });

  test.each([
    ['cut: before', 0, 'The connection was cut before the call was made.'],
    ['status: 503', 503, 'Answered with HTTP status 503; the call was not made.'],
  ])('tells of a call that a rule answers by %s as of every other', async (doing, code, why) => {
    const asked = async (...words: string[]) => {
      const { run, url } = await serving(words, { NO_COLOR: '1' });
      const [[name = '', value = '']] = [doing.split(': ')];
      const rule = { when: { operation: 'DatabaseLogon' }, do: { [name]: Number(value) || value } };
      const added = await fetch(`${url}/__admin/rules`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(rule),
      });
      expect(added.status).toBe(200);
      await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: logon('x') }).catch(() => {});
      await ended(run);
      return run.printed.err;
    };
    const lines = (await asked('--log-format', 'json')).trim().split('\n');
    const call = { operation: 'DatabaseLogon', code, user: 'administrator', world: 'main' };
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ ...call, isMade: false, durationMs: expect.any(Number) }),
    );
    const shown = /^\d\d:\d\d:\d\d DatabaseLogon administrator not made, \d+ ms\n {9}(.*)$/m;
    expect(shown.exec(await asked())?.[1]).toBe(why);
  });

  test('tells no calls when it shall be quiet', async () => {
    const { run, url } = await serving(['--quiet']);
    await twoCalls(url);
    await ended(run);
    expect(run.printed.err).toBe('');
  });

  test('can be JSON, and can be silent', async () => {
    const json = await serving(['--log-format', 'json']);
    await ended(json.run);
    expect(JSON.parse(json.run.printed.err)).toMatchObject({ level: 'info', msg: 'Ending after SIGTERM' });
    const silent = await serving(['--log-level', 'silent']);
    await ended(silent.run);
    expect(silent.run.printed.err).toBe('');
  });
});

test('the help of serve shows the default of each limit, and the exit codes', async () => {
  const { out, exitCode } = await runWords(['serve', '--help']);
  const text = out.replace(/\s+/g, ' ');
  expect(exitCode).toBe(0);
  expect(text).toContain('--max-body <size> largest request body, as sent and as unpacked (default: 10MB)');
  expect(text).toContain('--world-idle <duration> how long a world that was made while running lives');
  expect(text).toContain('Exit codes: 0 ');
});

test.each([[], ['lint'], ['export'], ['contract']])(
  'the help of "%s" has examples and exit codes',
  async (...words) => {
    const { out } = await runWords([...words, '--help']);
    expect(out).toMatch(/\nExamples:\n {2}twintrack /);
    expect(out).toMatch(/\nExit codes: 0 /);
  },
);

test('a watched scenario beside a data folder is a wrong option, because the state goes on', async () => {
  const { exitCode, err } = await runWords(['serve', '--watch', '--data', folder.path, '--port', '0']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^Give either --watch or --data: [^\n]+--fresh[^\n]+\n$/);
});

test('a scenario that is watched is served anew when it is saved', async () => {
  const { run, url } = await serving(['--watch']);
  folder.write('tiny.json', { ...tinyScenario, clock: { mode: 'frozen', now: '2031-01-01T00:00:00Z' } });
  await expect
    .poll(async () => (await fetch(`${url}/__admin/clock`)).text(), { interval: 5, timeout: 8000 })
    .toContain('2031-01-01');
  await ended(run);
});
