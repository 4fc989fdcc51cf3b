import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package/package-root.ts';
import { executable } from './executable.ts';
import { ProgramError, runProgram } from './run-program.ts';

/** `action.yml` as a runner of GitHub reads it: its inputs put into its variables, its steps run by bash. */

const root = packageRoot;
const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;
const here = mkdtempSync(path.join(tmpdir(), 'twintrack-action-'));
const started: number[] = [];
afterAll(() => {
  for (const pid of started) end(pid);
  rmSync(here, { recursive: true, force: true });
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly shell: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
    }[];
  };
}

function end(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // It has ended already.
  }
}

/** Runs the action. @returns its outputs, and the variables that later steps get */
async function use(inputs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(here, 'job-'));
  const files = { GITHUB_OUTPUT: path.join(folder, 'output'), GITHUB_ENV: path.join(folder, 'env') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const given = (text: string) =>
    text.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '',
    );
  for (const { run, env } of action.runs.steps) {
    const script = path.join(folder, 'step.sh');
    writeFileSync(script, run);
    const variables = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, given(text)]));
    // The words with which a runner starts `shell: bash`.
    await runProgram(['/bin/bash', '--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: root,
      env: { ...variables, ...files, RUNNER_TEMP: folder },
    });
  }
  const lines = (file: string) =>
    Object.fromEntries(
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ) as Record<string, string>;
  const output = lines(files.GITHUB_OUTPUT);
  started.push(Number(output.pid));
  return { output, env: lines(files.GITHUB_ENV) };
}

const failure = async (inputs: Readonly<Record<string, string>>) => {
  const error = await use(inputs).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProgramError);
  return (error as ProgramError).output;
};

test('is a composite action that has everything its text names, and fetches nothing', () => {
  const { inputs, outputs, runs } = action;
  expect(runs.using).toBe('composite');
  expect(runs.steps.every((step) => step.shell === 'bash' && !('uses' in step))).toBe(true);
  const text = readFileSync(path.join(root, 'action.yml'), 'utf8');
  const named = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(inputs).sort());
  for (const { value } of Object.values(outputs))
    expect(value).toMatch(/^\$\{\{ steps\.start\.outputs\.(?:url|pid|log) \}\}$/);
  for (const { run } of runs.steps) {
    expect(run).not.toMatch(/\$\{\{/);
    expect(run.replace(/^ *#.*$/gm, '')).not.toMatch(/\b(?:npm|npx|wget|git)\b/);
  }
});

describe('starts', () => {
  test('the executable, with the demo, and gives its address to the steps that follow', async () => {
    const { output, env } = await use({ program: executable });
    expect(env).toEqual({ TWIN_URL: output.url });
    expect((await fetch(`${output.url}/ttsoapcgi.wsdl`)).status).toBe(200);
    expect(readFileSync(output.log ?? '', 'utf8')).toContain('Sample Project');
  });

  test('the built program from a folder with a blank in its name, with a scenario and further words', async () => {
    const folder = path.join(here, 'my programs');
    symlinkSync(path.join(root, 'dist', 'cli'), folder);
    const scenario = 'scenarios/minimal.yaml';
    const { output } = await use({
      program: path.join(folder, 'main.js'),
      scenario,
      arguments: '--quiet --host 127.0.0.1',
    });
    const log = readFileSync(output.log ?? '', 'utf8');
    expect(log).toMatch(/^ {2}Scenario +scenarios\/minimal\.yaml$/m);
    expect((await fetch(`${output.url}/__admin/health`)).status).toBe(200);
  });

  test('one that wants a token, and sees that it answers', async () => {
    const { output } = await use({ program: executable, arguments: '--admin-token secret-of-this-test' });
    expect((await fetch(`${output.url}/__admin/health`)).status).toBe(401);
  });
});

describe('says what was wrong', () => {
  test('when there is no program', async () => {
    expect(await failure({ program: 'none/twintrack' })).toContain(
      '::error::There is no program none/twintrack: build it, or take it from an artifact, in a step before this one.',
    );
  });

  test('when the twin refuses its words, with what the twin said', async () => {
    const said = await failure({ program: executable, scenario: 'none.yaml' });
    expect(said).toContain('::error::The twin ended before it answered.');
    expect(said).toContain('there is no such file');
  });

  test('when the twin does not answer in time, and leaves no process', async () => {
    const slow = path.join(here, 'slow.sh');
    writeFileSync(slow, '#!/bin/sh\necho "$$" > "$0.pid"\nexec sleep 600\n', { mode: 0o755 });
    expect(await failure({ program: slow, 'wait-seconds': '1' })).toContain(
      'did not answer within 1 seconds',
    );
    const pid = Number(readFileSync(`${slow}.pid`, 'utf8'));
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  });

  test('and takes what it is given for words, not for shell', async () => {
    const inputs = {
      program: executable,
      arguments: `--port $(touch${'\t'}${here}/pwned) ; touch ${here}/pwned`,
    };
    await failure(inputs);
    expect(() => readFileSync(path.join(here, 'pwned'))).toThrow();
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
