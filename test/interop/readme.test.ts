/** The README's steps, as they are printed: only the address is that of a twin on a free port. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { readmeBlocks, sudsProgram } from './readme.ts';
import { runProgram } from './run-program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'twintrack-readme-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (twin: Twin, text: string) => text.replaceAll('http://127.0.0.1:8080', twin.url);

function python(twin: Twin, program: string): Promise<string> {
  const file = path.join(folder, 'first.py');
  writeFileSync(file, at(twin, program));
  return runProgram(['/usr/bin/python3', '-B', file], { cwd: folder });
}

function ownScenario(): string {
  const file = path.join(folder, 'my.yaml');
  writeFileSync(file, readmeBlocks('yaml')[0] ?? '');
  return file;
}

test('the first edit prints High, with the demo and with the scenario of the README', async () => {
  await using demo = await startTwin();
  expect(await python(demo, sudsProgram)).toBe('High\n');
  await using own = await startTwin({ scenario: ownScenario() });
  expect(await python(own, sudsProgram)).toBe('High\n');
});

test('custom fields and fields of events are saved as they are', async () => {
  for (const options of [{}, { scenario: ownScenario() }]) {
    await using twin = await startTwin(options);
    twin.snapshot('before');
    await python(twin, sudsProgram);
    const changed = twin.diff('before').report.filter((line) => /^defect 11\b/.test(line));
    // A check box that nobody had looked at is sent as the false that it was shown as.
    const more = changed.filter((line) => !line.endsWith(' none to false'));
    expect(more).toEqual([expect.stringMatching(/ priority .* to High$/)]);
  }
});

test('the commands with curl work one after the other', async () => {
  await using twin = await startTwin();
  await python(twin, sudsProgram);
  const commands = readmeBlocks('sh').filter((text) => /^(?:curl|RPC=)/m.test(text));
  expect(commands.length).toBeGreaterThan(2);
  const script = at(twin, commands.join('\n')).replaceAll(/^curl /gm, 'curl --silent --show-error ');
  const printed = await runProgram(['bash', '-e', '-c', script], { cwd: folder });
  expect(printed).toContain('0\n00124\n');
  expect(printed).not.toContain('"error"');
});
