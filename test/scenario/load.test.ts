import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioProblem } from '../../src/scenario/reading/problem.ts';
import { type Sections, type SeedContext, section } from '../../src/scenario/reading/section.ts';
import { table } from '../../src/world/table.ts';

const now = Date.parse('2026-01-31T09:15:00Z');
const people = table<{ id: string; note: string }>('people', { key: ({ id }) => id });

let contexts: SeedContext[];
/** Sections as small as can be: a list of people whose boss must be one of them, and a file. */
const sections: Sections = {
  testtrack: section(
    z.strictObject({
      people: z.array(z.strictObject({ name: z.string(), boss: z.string().optional() })).default([]),
      file: z.string().optional(),
      settings: z.strictObject({ a: z.int().optional(), b: z.int().optional() }).optional(),
    }),
    function* (draft, data, context) {
      contexts.push(context);
      for (const [index, { name, boss }] of data.people.entries()) {
        yield;
        if (boss !== undefined && !data.people.some((other) => other.name === boss)) {
          const at = [...context.at, 'people', index, 'boss'];
          context.report(new ScenarioProblem(at, `there is no "${boss}"`, 'Add it to people.'));
        }
        draft.table(people, 'testtrack').put({ id: name, note: JSON.stringify(data.settings ?? {}) });
      }
      if (data.file !== undefined) context.files.read(data.file, [...context.at, 'file']);
    },
  ),
  aptest: section(z.strictObject({ token: z.string().optional() }), function* (_draft, { token }) {
    yield;
    if (token !== undefined) throw new ScenarioProblem(['aptest', 'token'], 'always wrong');
  }),
};

let folder: string;
beforeEach(() => {
  contexts = [];
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'twintrack-scenario-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files and loads the first of them. Messages name files from within the folder. */
function load(...files: (readonly [name: string, text: string])[]) {
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  try {
    return loadScenario(path.join(folder, files[0]?.[0] ?? ''), { now, sections });
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replaceAll(`${folder}${path.sep}`, '');
    throw error;
  }
}

describe('a scenario', () => {
  test('becomes a world', () => {
    const { world, clock } = load([
      'a.yaml',
      'twintrack: 1\nseed: 7\ntesttrack:\n  people:\n    - name: Ann\n',
    ]);
    expect(world.seed).toBe('7');
    expect(world.collection(people, 'testtrack').get('Ann')).toEqual({ id: 'Ann', note: '{}' });
    expect(clock).toEqual({ mode: 'real' });
  });

  test('can be JSON, and can be given as data', () => {
    const data = { twintrack: 1, testtrack: { people: [{ name: 'Ann' }] } };
    expect(load(['a.json', JSON.stringify(data)]).world.collection(people, 'testtrack').size).toBe(1);
    expect(loadScenario(data, { now, sections }).world.collection(people, 'testtrack').size).toBe(1);
  });

  test('starts at the moment its clock says, or now', () => {
    load(['a.yaml', 'twintrack: 1\ntesttrack: {}\n']);
    const text = 'twintrack: 1\nclock: {mode: frozen, now: 2030-01-01T00:00:00+01:00}\ntesttrack: {}\n';
    const { clock } = load(['a.yaml', text]);
    expect(clock).toEqual({ mode: 'frozen', now: Date.parse('2029-12-31T23:00:00Z') });
    expect(contexts.map((context) => context.now)).toEqual([now, Date.parse('2029-12-31T23:00:00Z')]);
  });

  test('may leave both products out', () => {
    expect(load(['a.yaml', 'twintrack: 1\n']).world.collections.size).toBe(0);
  });
});

describe('a wrong scenario is told with place, reason and remedy', () => {
  test.each([
    ['twintrack: 2\n', 'a.yaml:1:12  twintrack: found 2, expected 1'],
    ['testtrack: {}\n', 'a.yaml:1:1  twintrack: is missing; expected 1'],
    [
      'twintrack: 1\ntestrack: {}\n',
      'a.yaml:2:1  testrack: is no known key; known here: twintrack, extends, seed, clock, testtrack, aptest, script',
    ],
    [
      'twintrack: 1\nclock:\n  mode: frozen\n  now: soon\n',
      'a.yaml:4:8  clock.now: "soon" is not a moment; write it as 2026-01-31T09:15:00Z',
    ],
    ['', 'a.yaml: the file is empty; a scenario starts with "twintrack: 1"'],
    ['- 1\n', 'a.yaml:1:1: found a list of 1, expected a map'],
  ])('%j', (text, message) => {
    expect(() => load(['a.yaml', text])).toThrow(message);
  });

  test('all problems at once, also those of the meaning', () => {
    const text = `twintrack: 1
testtrack:
  people:
    - name: Ann
      boss: Bob
    - name: Cid
      boss: Dan
aptest:
  token: x
`;
    expect(() => load(['a.yaml', text])).toThrow(
      [
        'a.yaml:5:13  testtrack.people[0].boss: there is no "Bob". Add it to people.',
        'a.yaml:7:13  testtrack.people[1].boss: there is no "Dan". Add it to people.',
        'a.yaml:9:10  aptest.token: always wrong',
      ].join('\n'),
    );
  });

  test('but no more than twenty', () => {
    const people = Array.from({ length: 30 }, (_, at) => ({ name: `P${at}`, boss: 'nobody' }));
    expect(() => load(['a.json', JSON.stringify({ twintrack: 1, testtrack: { people } })])).toThrow(
      /\[19\]\.boss: there is no "nobody"\. Add it to people\.\n… and 10 more problems$/,
    );
  });

  test('a scenario given as data may not hold itself', () => {
    const people: unknown[] = [];
    people.push({ name: 'Ann', boss: people });
    expect(() => loadScenario({ twintrack: 1, testtrack: { people } }, { now, sections })).toThrow(
      'scenario  testtrack.people[0]: nested deeper than 100 levels',
    );
  });

  test('a scenario given as data has no line, but the path', () => {
    expect(() => loadScenario({ twintrack: 1, testtrack: { peopel: [] } }, { now, sections })).toThrow(
      'scenario  testtrack.peopel: is no known key; known here: people, file, settings. Did you mean "people"?',
    );
  });
});

describe('extends', () => {
  const base = 'twintrack: 1\ntesttrack:\n  people: [{name: Ann}, {name: Bob}]\n  settings: {a: 1, b: 2}\n';

  test('merges maps key by key and takes lists from the file that extends', () => {
    const own =
      'twintrack: 1\nextends: parts/base.yaml\ntesttrack:\n  people: [{name: Cid}]\n  settings: {b: 3}\n';
    const { world } = load(['a.yaml', own], ['parts/base.yaml', base]);
    expect([...world.collection(people, 'testtrack').values()]).toEqual([
      { id: 'Cid', note: '{"a":1,"b":3}' },
    ]);
  });

  test('takes several files, later ones above earlier ones, and files relative to the one that names them', () => {
    const { world } = load(
      ['a.yaml', 'twintrack: 1\nextends: [parts/one.yaml, parts/two.json]\n'],
      ['parts/one.yaml', 'extends: base.yaml\ntesttrack: {settings: {a: 5}}\n'],
      ['parts/two.json', '{"testtrack": {"settings": {"b": 6}}}'],
      ['parts/base.yaml', base],
    );
    expect(world.collection(people, 'testtrack').get('Ann')?.note).toBe('{"a":5,"b":6}');
  });

  test('a problem is told in the file where it stands', () => {
    const own = 'twintrack: 1\nextends: parts/base.yaml\ntesttrack:\n  settings: {b: x}\n';
    expect(() => load(['a.yaml', own], ['parts/base.yaml', `${base}  fiel: x\n`])).toThrow(
      'a.yaml:4:17  testtrack.settings.b: found "x", expected a number\nparts/base.yaml:5:3  testtrack.fiel: is no known key',
    );
  });

  test('in a circle is refused, and so is itself', () => {
    const circle = [
      ['a.yaml', 'twintrack: 1\nextends: b.yaml\n'],
      ['b.yaml', 'extends: c.yaml\n'],
      ['c.yaml', 'x: 1\nextends: a.yaml\n'],
    ] as const;
    expect(() => load(...circle)).toThrow(
      'c.yaml:2:10  extends: these files extend each other in a circle: a.yaml → b.yaml → c.yaml → a.yaml',
    );
    expect(() => load(['a.yaml', 'twintrack: 1\nextends: a.yaml\n'])).toThrow('in a circle: a.yaml → a.yaml');
  });

  test('of more files than anybody needs is refused', () => {
    const files = Array.from(
      { length: 40 },
      (_, at) => [`f${at}.yaml`, `extends: f${at + 1}.yaml\n`] as const,
    );
    expect(() => load(...files)).toThrow('more than 32 files extend each other');
  });

  test('of a file that is not there is told', () => {
    expect(() => load(['a.yaml', 'twintrack: 1\nextends: gone.yaml\n'])).toThrow(
      'a.yaml:2:10  extends: there is no file "gone.yaml" in the scenario\'s folder',
    );
  });
});

describe('a file that a scenario names', () => {
  const naming = (file: string) =>
    ['sub/a.yaml', `twintrack: 1\ntesttrack: {file: ${JSON.stringify(file)}}\n`] as const;

  test('is read from the folder of the scenario and below', () => {
    expect(() => load(naming('deep/er.txt'), ['sub/deep/er.txt', 'hello'])).not.toThrow();
  });

  test.each(['../secret.txt', '/etc/passwd', 'deep/../../secret.txt', '../sub-secret/x.txt', '..', '.', ''])(
    '%s is refused, because it lies outside',
    (file) => {
      expect(() =>
        load(naming(file), ['secret.txt', 's'], ['sub-secret/x.txt', 's'], ['sub/deep/x', '']),
      ).toThrow(/outside the scenario's folder|not a file/);
      expect(() => load(['sub/b.yaml', `twintrack: 1\nextends: ${JSON.stringify(file)}\n`])).toThrow(
        /sub\/b\.yaml:2:10 {2}extends: .*(outside|not a file|no file)/,
      );
    },
  );

  test('is refused when it is a link that leads out', () => {
    load(['secret.txt', 'twintrack: 1\n'], ['sub-secret/x.txt', 's'], ['sub/b.yaml', 'twintrack: 1\n']);
    symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'sub/link.txt'));
    symlinkSync(path.join(folder, 'sub-secret'), path.join(folder, 'sub/linked'));
    expect(() => load(naming('link.txt'))).toThrow(
      'the file "link.txt" is outside the scenario\'s folder. Copy it into the folder',
    );
    expect(() => load(naming('linked/x.txt'))).toThrow("outside the scenario's folder");
  });

  test('is refused when it is a folder, when its name holds NUL, and when the scenario is no file', () => {
    expect(() => load(naming('deep'), ['sub/deep/x', ''])).toThrow(
      'sub/a.yaml:2:19  testtrack.file: "deep" is not a file',
    );
    expect(() => load(naming('a\0b'))).toThrow('a file name cannot hold the character NUL');
    expect(() => loadScenario({ twintrack: 1, testtrack: { file: 'x' } }, { now, sections })).toThrow(
      'this scenario does not come from a file',
    );
  });
});

describe('a scenario file', () => {
  test('that is not there is told, with the one that was probably meant', () => {
    writeFileSync(path.join(folder, 'demo.yaml'), 'twintrack: 1\n');
    expect(() => load()).toThrow('this is not a file');
    expect(() => loadScenario(path.join(folder, 'dmeo.yaml'), { now, sections })).toThrow(
      'dmeo.yaml: there is no such file. Did you mean "demo.yaml"?',
    );
  });

  test('of 200 MB is refused before it is read', () => {
    for (const name of ['large.json', 'large.yaml']) {
      writeFileSync(path.join(folder, name), '');
      truncateSync(path.join(folder, name), 200 * 1024 * 1024 + 1);
      expect(() => loadScenario(path.join(folder, name), { now, sections })).toThrow(
        /the file has 209715201 bytes; the limit is \d+/,
      );
    }
  });

  test('that is no UTF-8 is refused; a byte order mark is passed over', () => {
    writeFileSync(path.join(folder, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe4]));
    expect(() => loadScenario(path.join(folder, 'latin.yaml'), { now, sections })).toThrow(
      'the file is not text in UTF-8',
    );
    expect(() => load(['bom.yaml', '\ufefftwintrack: 1\n'])).not.toThrow();
    expect(() => load(['bom.json', '\ufeff{"twintrack": 1}'])).not.toThrow();
  });
});
