import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { runCurlBlocks, runFirstEdit } from './readme.ts';
import { type Command, ProgramError, runProgram } from './run-program.ts';

/**
 * The programs of `examples/`, run as their readers would run them, with a twin on which the README was
 * followed before: once as they stand, once with a wrong expectation.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-examples-'));
let twin: Twin;
beforeAll(async () => {
  buildPackage();
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
}

const installed = (...steps: string[]) => path.join(root, 'node_modules', ...steps);
const savedOther = 'pDefect.priority: expected "Other", was "Low"';

const examples: readonly Example[] = [
  {
    name: 'vitest',
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
];

describe.each(examples)('the example for $name', ({ name, prepare, success, wrong, miss }) => {
  test('passes', async () => {
    expect(await run(await prepare(copyOf(name, 'whole')))).toContain(success);
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
    const failure = await run(await prepare(copy)).catch((error: unknown) => error);
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

/** Runs a program that can ask for the twin, and gives both of its outputs as one. */
function run(command: Command): Promise<string> {
  const settings = [`TWIN_URL=${twin.url}`, 'NO_COLOR=1', 'FORCE_COLOR=0'];
  return runProgram(['/usr/bin/env', ...settings, '/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...command]);
}

/** An example in a folder of its own, in which the package is installed. */
function copyOf(name: string, as: string): string {
  const copy = path.join(folder, `${name}-${as}`);
  cpSync(path.join(root, 'examples', name), copy, { recursive: true });
  mkdirSync(path.join(copy, 'node_modules'));
  symlinkSync(root, path.join(copy, 'node_modules', 'twintrack'));
  for (const name of ['strong-soap', 'vitest']) {
    symlinkSync(installed(name), path.join(copy, 'node_modules', name));
  }
  return copy;
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

/** Users have the package as it is built; it is built again when a source is newer. */
function buildPackage(): void {
  const built = path.join(root, 'dist', 'vitest', 'index.js');
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const newest = Math.max(...sources.map((file) => statSync(path.join(root, 'src', file)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync(process.execPath, [installed('tsx', 'dist', 'cli.mjs'), 'scripts/build.ts'], { cwd: root });
}
