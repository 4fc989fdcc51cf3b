import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addressFrom } from '../../src/cli/init.ts';
import { UsageError } from '../../src/cli/terminal.ts';
import { ScenarioFolder } from '../support/scenarios.ts';
import { runWords } from '../support/terminal.ts';

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

const here = (name: string) => path.join(folder.path, name);

test('a first scenario is sound, names the schema where it is, and has a test beside it', async () => {
  expect((await runWords(['init', '--yes', here('mine.yaml')])).exitCode).toBe(0);
  expect(await runWords(['lint', here('mine.yaml')])).toMatchObject({ exitCode: 0, err: '' });
  const [first = ''] = readFileSync(here('mine.yaml'), 'utf8').split('\n');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/.exec(first) ?? [];
  expect(existsSync(path.resolve(folder.path, schema))).toBe(true);
  expect(readFileSync(here('mine.test.mjs'), 'utf8')).toContain('"./mine.yaml"');
});

test.each([
  ['C:\\mine\\a.yaml', 'C:\\tools\\scenario.schema.json', '../tools/scenario.schema.json'],
  ['C:\\mine\\a.yaml', 'D:\\my tools\\scenario.schema.json', 'file:///D:/my%20tools/scenario.schema.json'],
])('on Windows, from %s, an editor finds %s at %s', (from, schema, address) => {
  expect(addressFrom(from, schema, path.win32)).toBe(address);
});

describe('to a person at a terminal', () => {
  const answering = (...answers: string[]) => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return answers.shift() ?? '';
    };
    return { asked, ask };
  };

  test('it puts three questions, and writes a sound scenario with the answers', async () => {
    const { asked, ask } = answering('My "first": # ü', '  una ', '');
    expect(await runWords(['init', here('mine.yaml')], {}, { ask })).toMatchObject({ exitCode: 0 });
    expect(asked).toEqual([
      'Name of the TestTrack project (Project): ',
      'Login of its first user (username): ',
      'Name of the ApTest suite (Example): ',
    ]);
    expect(await runWords(['lint', here('mine.yaml')])).toMatchObject({ exitCode: 0, err: '' });
    expect(parse(readFileSync(here('mine.yaml'), 'utf8'))).toMatchObject({
      testtrack: { projects: [{ name: 'My "first": # ü', users: [{ login: 'una' }] }] },
      aptest: { suites: [{ name: 'Example' }] },
    });
    expect(readFileSync(here('mine.test.mjs'), 'utf8')).toContain('username: "una"');
  });

  test('it asks nothing for a file that is there already, and nothing with --yes', async () => {
    const { asked, ask } = answering();
    expect(await runWords(['init', '--yes', here('mine.yaml')], {}, { ask })).toMatchObject({ exitCode: 0 });
    expect(await runWords(['init', here('mine.yaml')], {}, { ask })).toMatchObject({ exitCode: 2 });
    expect(asked).toEqual([]);
  });

  test('it writes nothing when it is broken off', async () => {
    const ask = () => Promise.reject(new UsageError('Broken off.'));
    const { exitCode, err } = await runWords(['init', here('mine.yaml')], {}, { ask });
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: 'Broken off.\n' });
    expect(existsSync(here('mine.yaml'))).toBe(false);
  });
});

test.each(['mine.yaml', 'mine.test.mjs'])(
  'a file %s that is there already stays, and nothing is written',
  async (name) => {
    folder.write(name, 'mine');
    const { exitCode, err } = await runWords(['init', '--yes', here('mine.yaml')]);
    expect(exitCode).toBe(2);
    expect(err).toBe(`${here(name)} is there already and stays as it is; name another file.\n`);
    expect(readFileSync(here(name), 'utf8')).toContain('mine');
    expect(['mine.yaml', 'mine.test.mjs'].filter((each) => existsSync(here(each)))).toEqual([name]);
  },
);

test.each([
  ['mine.json', 'a scenario with comments ends in .yaml'],
  ['nowhere/mine.yaml', 'cannot be written (ENOENT)'],
])('%s is refused with the reason', async (name, reason) => {
  const { exitCode, err } = await runWords(['init', '--yes', here(name)]);
  expect(exitCode).toBe(2);
  expect(err).toContain(reason);
});
