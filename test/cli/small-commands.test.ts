import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { version } from '../../src/package/version.ts';
import { minimalScenario } from '../support/minimal.ts';
import { runWords, startRun } from '../support/terminal.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const node = (words: string[], input = '') =>
  execFileSync(process.execPath, ['--import', 'tsx', main, ...words], { input, encoding: 'utf8' });

test.each(['-v', '-V', '--version', 'version'])('%s shows the version', async (word) => {
  expect(await runWords([word])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
});

test('a scenario is named without an option, but not twice', async () => {
  const run = startRun(['serve', minimalScenario, '--port', '0']);
  await run.until(/Scenario +scenarios.minimal\.yaml/);
  run.stop();
  expect(await run.ended).toBe(0);
  const twice = await runWords(['serve', 'a.yaml', '--scenario', 'b.yaml']);
  expect(twice).toMatchObject({
    exitCode: 2,
    err: 'Two scenarios are given, "a.yaml" and "b.yaml". Name one of them.\n',
  });
});

test('lint reads the standard input', () => {
  expect(node(['lint', '-'], 'twintrack: 1\n')).toBe('-: sound\n');
  expect(() => node(['lint', '-'], 'twintrak: 1\n')).toThrow(
    /standard input:1:1.*Did you mean "twintrack"\?/s,
  );
});

test.each(['bash', 'zsh', 'fish'])('the completion for %s has every command and option', async (shell) => {
  const { exitCode, out } = await runWords(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const word of ['serve', 'lint', 'init', '--public-url', '--allow-writes']) expect(out).toContain(word);
});

test('fish completes no names of files where a certain word has to stand, and names behind it', async () => {
  const { out } = await runWords(['completion', 'fish']);
  const lines = out.split('\n');
  expect(lines).toContain(
    'complete -c twintrack -n "__fish_seen_subcommand_from data; and not __fish_seen_subcommand_from check repair" -a "--help check repair" -f',
  );
  expect(lines).toContain(
    'complete -c twintrack -n "__fish_seen_subcommand_from data; and __fish_seen_subcommand_from check repair" -a "--help"',
  );
  expect(lines).toContain('complete -c twintrack -n "__fish_seen_subcommand_from lint" -a "--help --strict"');
});

test('bash completes with it', async () => {
  const { out } = await runWords(['completion', 'bash']);
  const ask = (words: string, at: number) =>
    execFileSync(
      'bash',
      ['-c', `${out}\nCOMP_WORDS=(${words}); COMP_CWORD=${at}; _twintrack; echo "\${COMPREPLY[@]}"`],
      {
        encoding: 'utf8',
      },
    ).trim();
  expect(ask('twintrack li', 1)).toBe('lint');
  expect(ask('twintrack serve --public', 2)).toBe('--public-url');
  expect(ask('twintrack completion f', 2)).toBe('fish');
});

test('a twin that npm started ends when npm does', async () => {
  const command = `"${process.execPath}" --import tsx "${main}" serve --port 0 --log-format json; true`;
  const env = { PATH: process.env.PATH, npm_execpath: 'npm' };
  const npm = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  npm.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  await once(npm.stdout, 'data');
  const closed = once(npm.stderr, 'close');
  npm.stdout.resume();
  npm.kill('SIGKILL');
  await closed;
  expect(said).toContain('Ending after the end of npm');
});
