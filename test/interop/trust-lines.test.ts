import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { programPath } from './run-program.ts';

/** What a start with `--tls` prints for each language is run as it stands; "…" and "python3 …" are filled in. */
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-trust-'));
let program: SpawnedProgram;
let url = '';
beforeAll(async () => {
  const words = ['serve', '--port', '0', '--tls-port', '0', '--data', path.join(folder, 'state')];
  program = await spawnProgram(words);
  while (!program.printed().includes('Ctrl+C')) await new Promise((resolve) => setTimeout(resolve, 20));
  url = `${/https:\/\/127\.0\.0\.1:\d+/.exec(program.printed())?.[0]}/run/rpc.mpl?command=getSuiteList`;
});
afterAll(async () => {
  program.child.kill('SIGKILL');
  await program.exit;
  rmSync(folder, { recursive: true, force: true });
});

/** A printed line, by what it begins with; without what stands behind it in brackets. */
function line(beginning: string): string {
  const lines = program.printed().split('\n');
  const [found = ''] = lines
    .map((each) => each.replace(/^ *(?:curl|Python|PHP|Java|\.NET|Node)? +/, ''))
    .filter((each) => each.startsWith(beginning));
  return found.replace(/ {3}\(.*$/, '');
}

/** Runs a line of shell in the folder of the test, as a user who trusts nothing else. @returns what it printed */
function shell(command: string): string {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
  return execFileSync('bash', ['-c', `${command} 2>&1 || true`], { cwd: folder, env, encoding: 'utf8' });
}

const python = `-c "import urllib.request as u; print(u.urlopen('$URL').status)"`;
const php = `-r 'file_get_contents("$URL"); echo $http_response_header[0];'`;
const node = `-e "fetch('$URL').then((a) => console.log(a.status), (e) => console.log(String(e.cause)))"`;

describe.each([
  [
    'curl',
    'curl --cacert',
    (said: string) => `${said.replace('…', '-s -o /dev/null -w "%{http_code}"')} '$URL'`,
    'curl -s -o /dev/null -w "%{http_code}" \'$URL\'',
  ],
  [
    'Python',
    'SSL_CERT_FILE=',
    (said: string) => said.replace('python3 …', `/usr/bin/python3 ${python}`),
    `/usr/bin/python3 ${python}`,
  ],
  ['PHP', 'php -d', (said: string) => said.replace('…', php), `php ${php}`],
  ['Node', 'NODE_EXTRA_CA_CERTS=', (said: string) => said.replace('node …', `node ${node}`), `node ${node}`],
])('%s', (_, beginning, trusting, plain) => {
  const at = (command: string) => command.replaceAll('$URL', url);

  test('trusts the certificate by its line, and does not without', () => {
    expect(line(beginning)).not.toBe('');
    expect(shell(at(trusting(line(beginning))))).toMatch(/200/);
    expect(shell(at(plain))).not.toMatch(/200/);
  });
});

test('Java trusts the certificate after its two lines, and does not before', () => {
  copyFileSync(programPath('Ask.java'), path.join(folder, 'Ask.java'));
  shell('javac Ask.java');
  expect(shell(`java Ask '${url}'`)).toMatch(/^not trusted: /);
  shell(line('keytool'));
  expect(shell(line('java -D').replace('…', `Ask '${url}'`))).toBe('200\n');
});

test('Mono trusts the certificate after its line, by name, and does not before', () => {
  const named = url.replace('127.0.0.1', 'localhost');
  copyFileSync(programPath('Ask.cs'), path.join(folder, 'Ask.cs'));
  shell('mcs Ask.cs');
  expect(shell(`mono Ask.exe '${named}'`)).toBe('not trusted: TrustFailure\n');
  shell(line('cert-sync'));
  expect(shell(`mono Ask.exe '${named}'`)).toBe('200\n');
});
