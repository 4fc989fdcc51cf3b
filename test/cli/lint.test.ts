import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { runWords } from '../support/terminal.ts';

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

test('sound files are said to be sound', async () => {
  const file = folder.write('tiny.json', tinyScenario);
  expect(await runWords(['lint', file])).toEqual({ exitCode: 0, out: `${file}: sound\n`, err: '' });
});

test('one wrong file among several gives exit code 2, and all are looked at', async () => {
  const wrong = folder.write('wrong.yaml', 'twintrack: 1\ntesttrak: {}\n');
  const sound = folder.write('sound.json', tinyScenario);
  const { exitCode, out, err } = await runWords(['lint', wrong, sound]);
  expect(exitCode).toBe(2);
  expect(out).toBe(`${sound}: sound\n`);
  expect(err).toMatch(
    /wrong\.yaml:2:1 {2}testtrak: is no known key; .* Did you mean "testtrack"\?\n {2}2 \| testtrak: \{\}\n {4}\| \^\n$/,
  );
});

test('what is well written but makes no sense is found too', async () => {
  const file = folder.write('senseless.json', {
    twintrack: 1,
    testtrack: { projects: [{ name: 'P', users: [{ login: 'a', last: 'A', groups: ['Nobodies'] }] }] },
  });
  const { exitCode, err } = await runWords(['lint', file]);
  expect(exitCode).toBe(2);
  expect(err).toMatch(
    /senseless\.json:1:\d+ {2}testtrack\.projects\[0\]\.users\[0\]\.groups\[0\]: there is no group "Nobodies"/,
  );
});

test('a rule that can never act is warned about, and the file is sound', async () => {
  const file = folder.write('never.json', {
    ...tinyScenario,
    script: [
      { name: 'misspelt', when: { operation: 'saveDefekt' }, do: { fault: 22 } },
      { name: 'good', when: { operation: 'saveDefect' }, do: { fault: 22 } },
      { name: 'nobody', when: { user: 'nobody' }, do: { status: 503 }, probability: 0 },
    ],
  });
  const { exitCode, out, err } = await runWords(['lint', file]);
  expect(exitCode).toBe(0);
  expect(out).toBe(`${file}: sound, with 3 warnings\n`);
  const frame = [expect.stringMatching(/^ {2}1 \| /), expect.stringMatching(/^ {4}\| +\^$/)];
  expect(err.replaceAll(/:1:\d+/g, '').split('\n')).toEqual([
    `${file}  script[0].when.operation: warning: rule "misspelt": It never acts: there is no operation or command "saveDefekt". Did you mean "saveDefect"?`,
    ...frame,
    expect.stringContaining(
      `${file}  script[2].when.user: warning: rule "nobody": It never acts: there is no user "nobody".`,
    ),
    ...frame,
    `${file}  script[2].probability: warning: rule "nobody": It never acts: its probability is 0.`,
    ...frame,
    '',
  ]);
});

test('with --strict a warning is a mistake', async () => {
  const file = folder.write(
    'never.yaml',
    'twintrack: 1\nscript:\n  - { do: { busy: true }, probability: 0 }\n',
  );
  expect(await runWords(['lint', '--strict', file])).toEqual({
    exitCode: 2,
    out: '',
    err: [
      `${file}:3:40  script[0].probability: error: rule "rule-1": It never acts: its probability is 0.`,
      '  3 |   - { do: { busy: true }, probability: 0 }',
      `    |${' '.repeat(40)}^`,
      '',
    ].join('\n'),
  });
  expect((await runWords(['lint', '--strict', folder.write('tiny.json', tinyScenario)])).exitCode).toBe(0);
});

test('a terminal of 40 columns shows the part of the line around the mark', async () => {
  const file = folder.write(
    'wide.yaml',
    `twintrack: 1\nseed: ${'x'.repeat(60)}\nclock: { ${' '.repeat(50)}mode: freeze }\n`,
  );
  const { err } = await runWords(['lint', file], { NO_COLOR: '1' }, { columns: 40 });
  const [, line = '', mark = ''] = err.split('\n');
  expect(line).toHaveLength(40);
  expect(line).toMatch(/^ {2}3 \| … +mode: freeze \}$/);
  expect(line.slice(mark.indexOf('^'))).toBe('freeze }');
});

test.each([
  ['clock: { mode: freeze }', 'Did you mean "frozen"?'],
  ['extends: ./bse.yaml', 'Did you mean "base.yaml"?'],
  ['extends: nowhere/bse.yaml', undefined],
])('%s is answered with what was probably meant', async (line, meant = '') => {
  folder.write('base.yaml', 'twintrack: 1\n');
  const { err } = await runWords(['lint', folder.write('slip.yaml', `twintrack: 1\n${line}\n`)]);
  expect(/Did you mean.*/.exec(err)?.[0] ?? '').toBe(meant);
});

test.each([
  [{}, true],
  [{ NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
])('with %o the mark below a mistake has a colour: %s', async (env, isColoured) => {
  const { err } = await runWords(['lint', folder.write('slip.yaml', 'twintrack: 2\n')], env);
  expect(err).toContain('twintrack: 2');
  expect(err.includes('\u001b[31m')).toBe(isColoured);
});

test('what a file holds cannot colour the terminal', async () => {
  const file = folder.write('colour.yaml', 'twintrack: 1\n"\u001b[31mred": 1\n');
  const { err } = await runWords(['lint', file]);
  expect(err).not.toContain('\u001b');
});

test('without a file the program says what it wants', async () => {
  expect(await runWords(['lint'])).toEqual({
    exitCode: 2,
    out: '',
    err: `error: missing required argument 'file'\n"twintrack lint --help" has all options, with examples.\n`,
  });
});

test('work that takes a while is announced: large files, and records by the thousand', async () => {
  const one = {
    ...tinyScenario,
    testtrack: { projects: [{ name: 'P', users: [{ login: 'a', last: 'A' }] }] },
  };
  const padded = folder.write(
    'padded.yaml',
    `${JSON.stringify(one)}\n${`#${'-'.repeat(99)}\n`.repeat(3000)}`,
  );
  const [project] = one.testtrack.projects;
  const many = folder.write('many.json', {
    ...one,
    testtrack: { projects: [{ ...project, generate: { customers: 5000 } }] },
  });
  const { exitCode, err } = await runWords(['lint', padded, many]);
  expect(err).toBe(`Loading ${padded} (296 kB)…\nMaking 5,000 records…\n`);
  expect(exitCode).toBe(0);
});
