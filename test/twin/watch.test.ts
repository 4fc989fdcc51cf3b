import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { KeptLog } from '../support/edge.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

let folder: ScenarioFolder;
let log: KeptLog;
let twin: Twin | undefined;
beforeEach(() => {
  folder = new ScenarioFolder();
  log = new KeptLog();
});
afterEach(async () => {
  await twin?.close();
  twin = undefined;
  folder.remove();
});

/** A scenario that is told by the name of its project. */
const named = (project: string) => `twintrack: 1\ntesttrack:\n  projects:\n    - name: ${project}\n`;

async function watching(scenario: string): Promise<Twin> {
  twin = await startTwin({ scenario, watch: true, log });
  return twin;
}

/** Waits until the twin serves this project. */
async function serves(project: string): Promise<void> {
  await vi.waitFor(() => expect(twin?.summary.projects.map(({ name }) => name)).toEqual([project]), {
    interval: 5,
    timeout: 8000,
  });
}

/** Waits until the log says why the scenario was not taken, once. */
async function saysWhy(why: string | RegExp): Promise<void> {
  await vi.waitFor(
    () =>
      expect(log.lines).toContainEqual({
        level: 'error',
        message: 'The scenario is wrong, so the state stays as it was',
        fields: { hint: expect.stringMatching(why) },
      }),
    { interval: 5, timeout: 8000 },
  );
}

const errors = () => log.lines.filter(({ level }) => level === 'error');

describe('a watched scenario', () => {
  test('is read again when it is saved', async () => {
    await watching(folder.write('a.yaml', named('Before')));
    folder.write('a.yaml', named('After'));
    await serves('After');
  });

  test('that is wrong leaves the state as it was, and the log shows the place', async () => {
    await watching(folder.write('a.yaml', named('Before')));
    folder.write('a.yaml', 'twintrack: 1\ntesttrak: {}\n');
    await saysWhy(/a\.yaml:2:1 {2}testtrak: is no known key[\s\S]*2 \| testtrak: \{\}\n +\| \^$/);
    await serves('Before');
    folder.write('a.yaml', named('Mended'));
    await serves('Mended');
  });

  test('that is half written for a moment is not told of', async () => {
    await watching(folder.write('a.yaml', named('Before')));
    folder.write('a.yaml', 'twintrack: 1\ntesttrack: {');
    folder.write('a.yaml', named('Whole'));
    await serves('Whole');
    expect(errors()).toEqual([]);
  });

  test('may be deleted and come back', async () => {
    const file = folder.write('a.yaml', named('Before'));
    await watching(file);
    rmSync(file);
    await saysWhy('there is no such file');
    await serves('Before');
    folder.write('a.yaml', named('Back'));
    await serves('Back');
  });

  test('may be replaced by a folder, and the other way round', async () => {
    const file = folder.write('a.yaml', named('Before'));
    await watching(file);
    rmSync(file);
    mkdirSync(file);
    await saysWhy('this is not a file');
    rmSync(file, { recursive: true });
    folder.write('a.yaml', named('Back'));
    await serves('Back');
  });

  test('may be replaced by another file in one step, as editors do', async () => {
    const file = folder.write('a.yaml', named('Before'));
    await watching(file);
    for (const project of ['One', 'Two']) {
      renameSync(folder.write('new', named(project)), file);
      await serves(project);
    }
    expect(errors()).toEqual([]);
  });

  test('may be a link, which is led elsewhere or whose file changes', async () => {
    mkdirSync(path.join(folder.path, 'one'));
    mkdirSync(path.join(folder.path, 'two'));
    const one = folder.write('one/a.yaml', named('One'));
    const two = folder.write('two/a.yaml', named('Two'));
    const link = path.join(folder.path, 'a.yaml');
    symlinkSync(one, link);
    await watching(link);
    writeFileSync(one, named('Changed'));
    await serves('Changed');
    rmSync(link);
    symlinkSync(two, link);
    await serves('Two');
    writeFileSync(two, named('Elsewhere'));
    await serves('Elsewhere');
  });

  test('that is saved ten times in a second is served as it was saved last', async () => {
    await watching(folder.write('a.yaml', named('Before')));
    for (let save = 1; save <= 10; save++) {
      folder.write('a.yaml', named(`Save${save}`));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await serves('Save10');
    expect(errors()).toEqual([]);
  });

  test('is read again when what it extends changes, also what it did not extend at first', async () => {
    const file = folder.write('a.yaml', 'twintrack: 1\nextends: base.yaml\n');
    mkdirSync(path.join(folder.path, 'below'));
    folder.write('base.yaml', named('Base'));
    folder.write('below/other.yaml', named('Other'));
    await watching(file);
    folder.write('base.yaml', named('Changed'));
    await serves('Changed');
    folder.write('a.yaml', 'twintrack: 1\nextends: below/other.yaml\n');
    await serves('Other');
    folder.write('below/other.yaml', named('Later'));
    await serves('Later');
  });

  test('that extends a file which is not there yet is read when that comes', async () => {
    const file = folder.write('a.yaml', named('Before'));
    await watching(file);
    folder.write('a.yaml', 'twintrack: 1\nextends: later.yaml\n');
    await saysWhy('there is no file "later.yaml"');
    folder.write('later.yaml', named('Later'));
    await serves('Later');
  });

  test('is read again when a file changes that an attachment names', async () => {
    folder.write('smoke.txt', 'little smoke');
    const file = folder.write('a.yaml', {
      twintrack: 1,
      testtrack: {
        projects: [
          {
            name: 'P',
            users: [{ login: 'ann', last: 'L' }],
            defects: [{ summary: 'One', attachments: [{ name: 'smoke.txt', file: 'smoke.txt' }] }],
          },
        ],
      },
    });
    const { url } = await watching(file);
    folder.write('smoke.txt', 'much smoke');
    const held = async () => (await fetch(`${url}/__admin/export`)).text();
    await vi.waitFor(
      async () => expect(await held()).toContain(Buffer.from('much smoke').toString('base64')),
      {
        interval: 5,
        timeout: 8000,
      },
    );
  });
});

describe('a watch is refused', () => {
  test('with a scenario that is data', async () => {
    await expect(startTwin({ scenario: { twintrack: 1 }, watch: true })).rejects.toThrow(
      'is data and no file',
    );
  });

  test('with a data folder, whose state goes on', async () => {
    await expect(startTwin({ data: folder.path, watch: true })).rejects.toThrow(
      'watch: what a data folder keeps goes on',
    );
  });
});
