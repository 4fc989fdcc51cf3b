/** The README's steps, as they are printed: only the address is that of a twin on a free port. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { curlBlocks, readmeBlocks, runCurlBlocks, runFirstEdit } from './readme.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'twintrack-readme-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ownScenario(): string {
  const file = path.join(folder, 'my.yaml');
  writeFileSync(file, readmeBlocks('yaml')[0] ?? '');
  return file;
}

test('the first edit prints High, with the demo and with the scenario of the README', async () => {
  await using demo = await startTwin();
  expect(await runFirstEdit(demo.url, folder)).toBe('High\n');
  await using own = await startTwin({ scenario: ownScenario() });
  expect(await runFirstEdit(own.url, folder)).toBe('High\n');
});

test('custom fields and fields of events are saved as they are', async () => {
  for (const options of [{}, { scenario: ownScenario() }]) {
    await using twin = await startTwin(options);
    twin.snapshot('before');
    await runFirstEdit(twin.url, folder);
    const changed = twin.diff('before').report.filter((line) => /^defect 11\b/.test(line));
    // A check box that nobody had looked at is sent as the false that it was shown as.
    const more = changed.filter((line) => !line.endsWith(' none to false'));
    expect(more).toEqual([expect.stringMatching(/ priority .* to High$/)]);
  }
});

test('the commands with curl work one after the other', async () => {
  await using twin = await startTwin();
  await runFirstEdit(twin.url, folder);
  expect(curlBlocks.length).toBeGreaterThan(2);
  const printed = await runCurlBlocks(twin.url, folder);
  expect(printed).toContain('0\n00124\n');
  expect(printed).not.toContain('"error"');
});
