import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { executable } from './executable.ts';
import { runCurlBlocks, runFirstEdit } from './readme.ts';
import { type Command, ProgramError, runProgram } from './run-program.ts';

/**
 * The programs of `examples/`, run as their readers would run them: with a twin on which the README was followed before, with the
 * executable, with the installed package, and with a wrong expectation.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-examples-'));
let twin: Twin;
beforeAll(async () => {
  // The demo, on which the examples are written, after a reader did to it all that the README says.
  twin = await startTwin();
  await runFirstEdit(twin.url, folder);
  await runCurlBlocks(twin.url, folder);
  twin.snapshot('readme');
});
afterAll(async () => {
  await twin?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Example {
  /** A folder of `examples/`. */
  readonly name: string;
  /** Compiles where it must be, and says how the tests are run. */
  readonly prepare: (folder: string) => Command | Promise<Command>;
  /** What the runner says when both tests passed. */
  readonly success: string;
  /** Where a verification names what was called, and the same with something that was not. */
  readonly wrong: { readonly file: string; readonly from: string; readonly to: string };
  /** What is told of that failure. */
  readonly miss: string;
  /** Whether its twin is in the process of its tests. */
  readonly isOfNode?: true;
}

const installed = (...steps: string[]) => path.join(root, 'node_modules', ...steps);
const savedOther = 'pDefect.priority: expected "Other", was "Low"';

const examples: readonly Example[] = [
  {
    name: 'vitest',
    isOfNode: true,
    prepare: (at) => [process.execPath, installed('vitest', 'vitest.mjs'), 'run', `--root=${at}`],
    success: 'Tests  2 passed (2)',
    wrong: {
      file: 'defects.test.ts',
      from: 'pDefect: { priority }',
      to: "pDefect: { priority: 'Other' }",
    },
    miss: savedOther,
  },
  {
    name: 'jest',
    isOfNode: true,
    prepare: (at) => [process.execPath, installed('jest', 'bin', 'jest.js'), `--rootDir=${at}`],
    success: 'Tests:       2 passed, 2 total',
    wrong: {
      file: 'defects.test.cjs',
      from: 'pDefect: { priority } }',
      to: "pDefect: { priority: 'Other' } }",
    },
    miss: savedOther,
  },
  {
    name: 'pytest',
    prepare: (at) => ['/usr/bin/python3', '-B', '-m', 'pytest', '-p', 'no:cacheprovider', at],
    success: '2 passed',
    wrong: { file: 'test_defects.py', from: 'asked % priority', to: 'asked % "Other"' },
    miss: savedOther,
  },
  {
    name: 'perl',
    prepare: (at) => ['/usr/bin/prove', '-I', at, path.join(at, 't')],
    success: 'Result: PASS',
    wrong: { file: 't/defects.t', from: '"priority": "$priority"', to: '"priority": "Other"' },
    miss: savedOther,
  },
  {
    name: 'junit5',
    prepare: compiledJava,
    success: '[         2 tests successful      ]',
    wrong: { file: 'ResultsTest.java', from: String.raw`\"" + result + "\"}}`, to: String.raw`\"Other\"}}` },
    miss: 'result: expected "Other", was "fail"',
  },
  {
    name: 'nunit',
    prepare: compiledCSharp,
    success: 'Tests run: 2, Errors: 0, Failures: 0',
    wrong: { file: 'DefectsTest.cs', from: '\\"" + priority + "\\"}}', to: '\\"Other\\"}}' },
    miss: savedOther,
  },
  {
    name: 'phpunit',
    prepare: (at) => ['/usr/bin/phpunit', '--do-not-cache-result', path.join(at, 'DefectsTest.php')],
    success: 'OK (2 tests',
    wrong: { file: 'DefectsTest.php', from: "'priority' => $priority", to: "'priority' => 'Other'" },
    miss: savedOther,
  },
];

describe.each(examples)('the example for $name', ({ name, prepare, success, wrong, miss }) => {
  let whole = '';
  let ready: Command;
  beforeAll(async () => {
    whole = copyOf(name, 'whole');
    ready = await prepare(whole);
  });

  test('passes', async () => {
    expect(await run(ready, whole)).toContain(success);
  });

  test('shows the journal and the nearest calls when a test fails', async () => {
    const copy = copyOf(name, 'wrong');
    const file = path.join(copy, wrong.file);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(wrong.from);
    writeFileSync(
      file,
      text.replace(wrong.from, () => wrong.to),
    );
    const failure = await run(await prepare(copy), copy).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProgramError);
    const { output } = failure as ProgramError;
    expect(output).toMatch(/World "[\w-]+": [2-9] calls:\n/);
    expect(output).toMatch(/#2 \w+ by \w+ at /);
    expect(output).toContain('Nearest calls:');
    expect(output).toContain(miss);
    expect(output).not.toContain('"password":"password"');
  });

  test('leaves no world behind', async () => {
    const worlds = (await (await fetch(`${twin.url}/__admin/worlds`)).json()) as { name: string }[];
    expect(worlds.map((world) => world.name)).toEqual(['main']);
    expect(twin.diff('readme').isSame).toBe(true);
  });
});

describe.each(examples.filter(({ isOfNode }) => !isOfNode))('the example for $name starts', (example) => {
  const { name, prepare, success } = example;

  test('the executable, rather than use another twin, shows it the token that it wants, and ends it', async () => {
    const copy = copyOf(name, 'executable');
    // Under a name of its own, by which it is found among all processes.
    const program = path.join(copy, 'the-program');
    symlinkSync(executable, program);
    const env = { TWIN_PROGRAM: program, TWINTRACK_ADMIN_TOKEN: 'token-of-this-test' };
    const before = twin.journal.recorded;
    expect(await run(await prepare(copy), copy, env)).toContain(success);
    expect(twin.journal.recorded).toBe(before);
    await expect.poll(() => processesWith(program), { timeout: 20_000 }).toEqual([]);
  });

  test.each([
    ['is not there', 'none', undefined],
    ['ends at once', 'ends', '#!/bin/sh\necho "it cannot" >&2\nexit 2\n'],
  ])('no twin with a program that %s, and names it', async (_, called, script) => {
    const copy = copyOf(name, called);
    const program = path.join(copy, called);
    if (script !== undefined) writeFileSync(program, script, { mode: 0o755 });
    const failure = await run(await prepare(copy), copy, { TWIN_PROGRAM: program }).catch(
      (error: unknown) => error,
    );
    const { output } = failure as ProgramError;
    expect(output).toContain(program);
    if (script !== undefined) expect(output).toContain('it cannot');
  });

  test('the package of its project, and ends it', async () => {
    const copy = copyOf(name, 'installed');
    expect(await run(await prepare(copy), copy, { TWIN_URL: '' })).toContain(success);
    const program = path.join(copy, 'node_modules', '.bin', 'twintrack');
    await expect.poll(() => processesWith(program), { timeout: 20_000 }).toEqual([]);
  });
});

/** The command lines of all processes that hold a text. */
function processesWith(text: string): string[] {
  const lines = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8');
      } catch {
        return ''; // it ended meanwhile
      }
    });
  return lines.filter((line) => line.includes(text));
}

/** Runs a program that can ask for the twin, and gives both of its outputs as one. */
function run(command: Command, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = { TWIN_URL: twin.url, NO_COLOR: '1', FORCE_COLOR: '0', ...env };
  return runProgram(['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...command], { cwd, env: settings });
}

/** An example in a folder of its own, in which the package is installed. */
function copyOf(name: string, as: string): string {
  const copy = path.join(folder, `${name}-${as}`);
  cpSync(path.join(root, 'examples', name), copy, { recursive: true });
  mkdirSync(path.join(copy, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(root, path.join(copy, 'node_modules', 'twintrack'));
  symlinkSync('../twintrack/dist/cli/main.js', path.join(copy, 'node_modules', '.bin', 'twintrack'));
  for (const name of ['strong-soap', 'vitest']) {
    symlinkSync(installed(name), path.join(copy, 'node_modules', name));
  }
  return copy;
}

async function compiledCSharp(at: string): Promise<Command> {
  const library = '/usr/lib/cli/nunit.framework-2.6.3/nunit.framework.dll';
  const wsdl = path.join(root, 'wsdl', 'ttsoapcgi.wsdl');
  await runProgram(['/usr/bin/wsdl', '/language:CS', '/namespace:TestTrack', '/out:Proxy.cs', wsdl], {
    cwd: at,
  });
  const sources = readdirSync(at).filter((file) => file.endsWith('.cs'));
  const options = ['-warn:0', '-target:library', '-r:System.Web.Services', `-r:${library}`, '-out:Tests.dll'];
  await runProgram(['/usr/bin/mcs', ...options, ...sources], { cwd: at });
  return ['/usr/bin/nunit-console', '-nologo', 'Tests.dll'];
}

async function compiledJava(at: string): Promise<Command> {
  const jars = [
    ...['junit-jupiter-api', 'junit-jupiter-engine', 'junit-jupiter-params', 'junit-platform-commons'],
    ...['junit-platform-engine', 'junit-platform-launcher', 'junit-platform-console'],
    ...['junit-platform-reporting', 'opentest4j', 'apiguardian-api', 'picocli', 'univocity-parsers'],
  ];
  const classPath = jars.map((jar) => `/usr/share/java/${jar}.jar`).join(':');
  const sources = readdirSync(at).filter((file) => file.endsWith('.java'));
  const classes = path.join(at, 'classes');
  const files = sources.map((file) => path.join(at, file));
  await runProgram(['/usr/bin/javac', '-encoding', 'UTF-8', '-cp', classPath, '-d', classes, ...files]);
  const launcher = 'org.junit.platform.console.ConsoleLauncher';
  const options = [`--scan-classpath=${classes}`, '--disable-banner', '--disable-ansi-colors'];
  return ['/usr/bin/java', '-cp', `${classes}:${classPath}`, launcher, ...options];
}
