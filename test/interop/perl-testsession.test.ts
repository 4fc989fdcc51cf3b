import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { runProgram } from './run-program.ts';

const perl = fileURLToPath(new URL('../../perl', import.meta.url));
const twin = await startTwin({ checkInvariants: true });
afterAll(() => twin.close());
beforeEach(() => twin.reset());

const environment = () => ({ TWINTRACK_URL: twin.url, APTEST_SUITE: 'Example', APTEST_USER: 'lake' });

describe('TestSession.pm, by prove', () => {
  const files = readdirSync(`${perl}/t`).filter((file) => file.endsWith('.t'));

  test('has tests', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  test.each(files)('%s', async (file) => {
    const output = await runProgram(['/usr/bin/prove', '-I', perl, `${perl}/t/${file}`], {
      env: environment(),
    });
    expect(output).toContain('Result: PASS');
  });
});

describe('a Perl program that dies in the middle', () => {
  const dying = (then: string) => `
    use TestSession;
    my $session = new TestSession();
    $session->description('Half done');
    $session->selectTests();
    ${then}
    kill 'KILL', $$;`;
  const run = (program: string) =>
    runProgram(['/usr/bin/perl', '-I', perl, '-e', program], { env: environment() }).catch(() => 'died');

  test('leaves nothing of a session that it did not save', async () => {
    const before = twin.snapshot('before');
    expect(await run(dying(''))).toBe('died');
    expect(twin.diff('before').isSame).toBe(true);
    before.restore();
  });

  test('leaves a session that it saved, as it was', async () => {
    expect(await run(dying(`$session->save(1, 'new'); $session->note(0, 'Seen', 'pass');`))).toBe('died');
    const output = await run(`
      use TestSession;
      my $session = new TestSession(undef, '00124');
      print join ' ', $session->description, $session->result(0), scalar($session->testList);`);
    expect(output).toBe('Half done pass 20');
  });
});
