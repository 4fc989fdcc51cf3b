import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ruleSchema } from '../../../src/fault-rules/rule-schema.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { exportText } from '../../../src/scenario/state/export-text.ts';
import { exportedScenario } from '../../../src/scenario/state/exported.ts';
import { scenarioText } from '../../../src/scenario/state/scenario-text.ts';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { Collection } from '../../../src/world/collection.ts';
import { fileContent } from '../../../src/world/file-content.ts';
import { ProductFault } from '../../../src/world/product-fault.ts';
import type { World } from '../../../src/world/world.ts';
import { hostWorld } from '../../../src/worlds/hosted-world.ts';
import { ScenarioFolder, tinyScenario } from '../../support/scenarios.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const load = (scenario: string | object) => loadScenario(scenario, { now, sections: productSections });
const demo = load(new URL('../../../scenarios/demo.yaml', import.meta.url).pathname);

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

/** All that a world holds, by value; empty tables are as good as none. */
function contents({ seed, collections, counters }: World) {
  const filled = [...collections].filter(([, { size }]) => size > 0);
  return {
    seed,
    tables: Object.fromEntries(filled.map(([path, table]) => [path, table.sorted()])),
    counters: Object.fromEntries(counters),
  };
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '~',
    '~n1',
    '- a: b',
    '<<',
    'line\r\nline',
    '\u0085\u2028\ufeff',
    '\ud800',
    'null',
    '1e3',
    '# no',
  ),
);

/** Calls of both products, and acts of the person who controls the twin, that change things, some of which are refused. */
const step = fc.oneof(
  fc.record({
    name: fc.constant('addDefect' as const),
    summary: text,
    file: fc.uint8Array({ maxLength: 30 }),
  }),
  fc.record({
    name: fc.constantFrom('editDefect' as const, 'cancel' as const),
    number: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    name: fc.constant('result' as const),
    test: fc.constantFrom('foo', 'bar', 'test/more/foo'),
    result: fc.constantFrom('pass', 'fail', 'blocked'),
    note: text,
  }),
  fc.record({ name: fc.constant('createSession' as const), summary: text }),
  fc.record({
    name: fc.constant('rule' as const),
    rule: fc.record({
      when: fc.constantFrom({ operation: 'editDefect', call: 2 }, { at: '+5m' }, { user: 'lake' }),
      do: fc.constantFrom(
        { fault: 22 },
        { fault: { text: 'Out of paper.' } },
        { dropSession: { user: 'hooper' } },
      ),
      probability: fc.constantFrom(0.3, 1),
    }),
  }),
  fc.record({
    name: fc.constant('clock' as const),
    mode: fc.constantFrom('frozen' as const, 'offset' as const, 'real' as const),
    minutes: fc.integer({ min: 0, max: 90 }),
  }),
  fc.record({ name: fc.constant('logOff' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The world after some calls on the demo. */
function after(steps: readonly Step[]) {
  const hosted = hostWorld('main', { ...demo, clock: { mode: 'frozen', now } }, { now: () => now });
  const { testTrack, apTest, runner, faultRules } = hosted;
  const call = (name: string, parts: object) => {
    try {
      return testTrack.call(name, { ...parts });
    } catch {
      return undefined;
    }
  };
  const cookie = call('DatabaseLogon', { dbname: 'Sample Project', username: 'hooper', password: 'grace' });
  const rpc = (command: string, more: object) => {
    const all = { rpctoken: 'token', username: 'lake', suite: 'Example', command, ...more };
    const params = new Map(Object.entries(all).map(([name, value]) => [name, [value]]));
    try {
      apTest.call({ method: 'POST', params, isMultipart: false, baseUrl: '' });
    } catch (error) {
      if (!(error instanceof ProductFault)) throw error;
    }
  };
  const doStep = (each: Step): void => {
    switch (each.name) {
      case 'rule':
        faultRules.add(ruleSchema.parse(each.rule));
        break;
      case 'logOff':
        call('DatabaseLogoff', { cookie });
        break;
      case 'clock':
        runner.clock.set({ mode: each.mode });
        runner.clock.advance(each.minutes * 60_000);
        faultRules.settle();
        break;
      case 'createSession':
        rpc('createSession', { set: 'theset', name: 'made', description: each.summary });
        break;
      case 'addDefect': {
        const attachmentlist = [{ 'm-strFileName': 'a.bin', 'm-pFileData': Buffer.from(each.file) }];
        const reportedbylist = [{ comments: each.summary, attachmentlist }];
        call('addDefect', { cookie, pDefect: { summary: each.summary, reportedbylist } });
        break;
      }
      case 'result':
        rpc('result', { sessNum: '123', id: each.test, result: each.result, note: each.note });
        break;
      default: {
        const parts = { cookie, defectNumber: each.number, summary: '', recordID: each.number };
        call(each.name === 'cancel' ? 'cancelSaveDefect' : 'editDefect', parts);
      }
    }
  };
  for (const each of steps) doStep(each);
  return runner;
}

describe('loading an export', () => {
  test.each(['yaml', 'json', 'jsonl'] as const)(
    'as %s gives the same state, whatever was called before',
    (format) => {
      let changed = 0;
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
          const { world, clock } = after(steps);
          changed += world === demo.world ? 0 : 1;
          const text =
            format === 'yaml'
              ? scenarioText(exportedScenario(world, clock.choice()), 'yaml')
              : exportText(world, clock.choice(), format === 'json' ? 'json' : 'lines');
          const file = folder.write(`x.${format}`, [...text].join(''));
          const loaded = load(file);
          expect(contents(loaded.world)).toEqual(contents(world));
          expect(loaded.clock).toEqual(clock.choice());
        }),
        { numRuns: 20 },
      );
      expect(changed).toBeGreaterThan(0);
    },
  );

  test('keeps records that JSON has no words for: undefined, files, texts that look like marks', () => {
    const scope = projectScope('Tiny');
    const base = load(tinyScenario).world;
    const [first] = base.collection(defects, scope).sorted();
    const content = fileContent(Buffer.from([0, 255, 128]));
    const odd = { ...first, recordId: 2, number: 2, summary: '~f', more: [undefined, -0, 12n, content] };
    const table = Collection.of(defects, [...base.collection(defects, scope).values(), odd as never]);
    const world = base.withCollections([[`${scope}/defects`, table as unknown as Collection<unknown>]]);
    const loaded = load(exportedScenario(world, { mode: 'real' }));
    expect(contents(loaded.world)).toEqual(contents(world));
    for (const [form, name] of [
      ['json', 'x.json'],
      ['lines', 'x.jsonl'],
    ] as const) {
      const file = folder.write(name, [...exportText(world, { mode: 'real' }, form)].join(''));
      expect(contents(load(file).world)).toEqual(contents(world));
    }
  });

  test('does not use up the data that it was given', () => {
    const scenario = exportedScenario(load(tinyScenario).world, { mode: 'real' });
    const before = JSON.stringify(scenario);
    load(scenario);
    expect(JSON.stringify(scenario)).toBe(before);
  });

  test('a state over other sections replaces the tables that it names', () => {
    const { state } = exportedScenario(load(tinyScenario).world, { mode: 'real' });
    const path = 'testtrack:Tiny/defects';
    const [record] = state.tables[path] ?? [];
    const changed = { tables: { [path]: [{ ...(record as object), summary: 'Another' }] } };
    const { world } = load({ ...tinyScenario, state: changed });
    expect(world.collection(defects, projectScope('Tiny')).get(1)?.summary).toBe('Another');
  });
});

describe('a state that cannot be', () => {
  const wrong = (change: (state: Record<string, Record<string, unknown>>) => void): string => {
    const scenario = JSON.parse(JSON.stringify(exportedScenario(load(tinyScenario).world, { mode: 'real' })));
    change(scenario.state);
    try {
      load(scenario);
      return 'loaded';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const path = 'testtrack:Tiny/defects';

  test('an unknown table is named, with the one that was meant', () => {
    expect(wrong(({ tables }) => Object.assign(tables ?? {}, { 'testtrack:Tiny/defect': [] }))).toBe(
      `scenario  state.tables["testtrack:Tiny/defect"]: there is no such table. Did you mean "${path}"?`,
    );
  });

  test('a table of a project that is not there is refused', () => {
    expect(wrong(({ tables }) => Object.assign(tables ?? {}, { 'testtrack:Tony/defects': [] }))).toBe(
      'scenario  state.tables["testtrack:Tony/defects"]: there is no project "Tony". Did you mean "Tiny"?',
    );
  });

  test.each([
    ['a record without its key', [{}], 'what it is found by is missing'],
    ['two records with one key', [{ recordId: 1 }, { recordId: 1 }], ''],
    ['a mark that means nothing', [{ recordId: 1, summary: '~q' }], '"~q" is no value of this format'],
    ['a file that is not there', [{ recordId: 1, file: '~fabc:1' }], 'its file abc is not among state.files'],
    ['a record without its members', [{ recordId: 1, number: 1, summary: 'x' }], ''],
  ])('%s is refused', (_, records, message) => {
    const said = wrong(({ tables }) => Object.assign(tables ?? {}, { [path]: records }));
    expect(said).toContain('state');
    expect(said).toContain(message);
  });

  test('bytes that do not fit their hash are refused', () => {
    const sha256 = 'a'.repeat(64);
    expect(wrong(({ files }) => Object.assign(files ?? {}, { [sha256]: 'AAAA' }))).toContain(
      'another SHA-256',
    );
  });

  test('what the products rely on is checked: a lock on nothing', () => {
    const lock = { table: 'Defect', recordId: 99, cookie: 0, userId: 1 };
    expect(wrong(({ tables }) => Object.assign(tables ?? {}, { 'testtrack:Tiny/locks': [lock] }))).toContain(
      'state: a lock is on Defect 99, which is not there',
    );
  });
});

test('an export has a line for each record, so that two can be compared', () => {
  const lines = [...scenarioText(exportedScenario(demo.world, demo.clock), 'yaml')].join('').split('\n');
  const records = [...demo.world.collections.values()].reduce((sum, { size }) => sum + size, 0);
  expect(lines.filter((line) => line.startsWith('      - ')).length).toBe(records);
});

describe('an export in lines', () => {
  const text = [...exportText(demo.world, demo.clock, 'lines')].join('');
  const said = (written: string): string => {
    try {
      load(folder.write('x.jsonl', written));
      return 'loaded';
    } catch (error) {
      return (error as Error).message.replace(folder.path, '');
    }
  };

  test('has a line for each record, and in the last one how many there are', () => {
    const records = [...demo.world.collections.values()].reduce((sum, { size }) => sum + size, 0);
    expect(text.split('\n').filter((line) => line.startsWith('{"record":')).length).toBe(records);
    expect(text).toMatch(new RegExp(`\n\\{"end":true,"records":${records}\\}\n$`));
    expect(said(text)).toBe('loaded');
  });

  test('that is not whole is refused, wherever it was cut', () => {
    const lines = text.split('\n');
    expect(said(lines.slice(0, -2).join('\n'))).toContain('the file is not whole: its last line is missing');
    expect(said(lines.filter((_, at) => at !== lines.length - 3).join('\n'))).toContain('and');
    expect(said(text.slice(0, -40))).toMatch(/line \d+ is not one of an export: it is no JSON object/);
    expect(said('')).toContain('the file is empty');
    expect(said(`${text}{"end":true,"records":0}\n`)).toContain('it stands behind the last one');
    expect(said(text.replace('"table":', '"tabel":'))).toContain('line 3 is not one of an export');
  });

  test('is checked like any state', () => {
    const table = '{"table":"testtrack:Sample Project/defects"}';
    expect(text).toContain(table);
    expect(said(text.replace(table, '{"table":"testtrack:Sample Project/defect"}'))).toContain(
      'there is no such table. Did you mean "testtrack:Sample Project/defects"?',
    );
    expect(said(text.replace(/\{"record":\{"recordId":1,/, '{"record":{'))).toContain('this is no record of');
  });
});
