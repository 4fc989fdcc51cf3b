import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../../src/aptest/commands/index.ts';
import { performed } from '../../../src/aptest/run/called-method.ts';
import { OpenSuite } from '../../../src/aptest/run/open-suite.ts';
import { sessionSignatures } from '../../../src/aptest/run/signatures.ts';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { TestSet } from '../../../src/aptest/run/test-set.ts';
import { createApTest } from '../../../src/aptest/service.ts';
import { Runner } from '../../../src/runner/runner.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { exportText } from '../../../src/scenario/state/export-text.ts';
import { Clock } from '../../../src/world/clock.ts';
import { fileContent } from '../../../src/world/file-content.ts';
import { ProductFault } from '../../../src/world/product-fault.ts';
import type { World } from '../../../src/world/world.ts';
import { startSeconds } from '../../support/aptest.ts';
import { ScenarioFolder } from '../../support/scenarios.ts';

const now = startSeconds * 1000;
const demo = loadScenario(new URL('../../../scenarios/demo.yaml', import.meta.url).pathname, {
  now,
  sections: productSections,
});

/** What methods and arguments are called with: some of it fits here and there, some of it nowhere. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    1,
    2,
    7,
    57,
    123,
    true,
    false,
    null,
    'pass',
    'fail',
    'retest',
    'theset',
    'theSet',
    'gone',
    'group1/set1',
    'Group_A/Group_B/My_Set',
    'lake',
    'tester1,tester2',
    'foo',
    'bar.bts',
    'os',
    'Mac_OS_9',
    'priority',
    'high',
    'atm_prid',
    'assignedto',
    'results',
    'exectimeclock',
    'note',
    '',
    'text',
    '__proto__',
    '\u0000\u2028\ud800',
    '1233446400',
    'new',
    ['foo', 'bar'],
    ['+priority', '-id'],
    { id: 'foo' },
    { uuid: 'not in the suite', id: 'Lost/One' },
    [{ id: 'bar' }, { uuid: 'nobody' }],
    { atm_prid: '42', runData: 'x' },
    { assignedto: 'user,lake' },
    { values: ['a'], isRE: true, isCS: true },
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const method = fc.record({
  method: fc.constantFrom(...sessionSignatures.keys()),
  args: fc.array(value, { maxLength: 4 }),
});
const target = fc.constantFrom('new', 57, 123, 'theset', 'group1/set1', 'performance');

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ target, calls: fc.array(method, { minLength: 1, maxLength: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ removedSet: fc.constantFrom('theset', 'group1/set1', 'theSet') }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...commands).chain((command) =>
      fc.record({
        command: fc.constant(command.name),
        args: fc.dictionary(
          fc.constantFrom(
            ...Object.values(command.arguments).flatMap(({ names }) =>
              names.map((name) => (name.endsWith('_') ? `${name}priority` : name)),
            ),
            'sess',
            'tid',
            'VAR_os',
            'EXECDATA_prid',
          ),
          value.map((each) => [typeof each === 'object' ? JSON.stringify(each) : String(each)]),
          { maxKeys: 6 },
        ),
      }),
    ),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Takes the refusals of the product; a mistake of ours goes through. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
  }
}

/** Calls methods one after the other, in a session, a new one that is saved in the end, or a set. */
function callAll(suite: OpenSuite, { target: on, calls }: Extract<Step, { target: unknown }>): void {
  const opened =
    typeof on === 'number'
      ? new TestSession(suite, on, true)
      : on === 'new'
        ? new TestSession(suite)
        : new TestSet(suite, on, true);
  const session = opened as TestSession;
  for (const call of calls) attempt(() => performed(call, { session, sessionOf: () => session, calls: [] }));
  if (on === 'new') attempt(() => session.save(true, 'new'));
}

/** The world after some steps on the demo. */
function after(steps: readonly Step[]): World {
  const runner = new Runner(demo.world, new Clock(() => now, { mode: 'frozen', now }));
  const service = createApTest(runner);
  const inSuite = (work: (suite: OpenSuite) => void) =>
    attempt(() =>
      runner.call(
        { api: 'aptest', name: 'TestSession', input: {} },
        {
          run: (draft, at) => {
            const suite = OpenSuite.named(draft, 'Example', { now: at, user: 'lake' });
            if (!suite) throw new Error('the demo has a suite Example');
            work(suite);
          },
        },
      ),
    );
  for (const each of steps) {
    if ('target' in each) inSuite((suite) => callAll(suite, each));
    else if ('removedSet' in each) inSuite((suite) => new TestSet(suite, each.removedSet, true).remove());
    else {
      const common = { rpctoken: ['token'], username: ['lake'], suite: ['Example'], command: [each.command] };
      attempt(() =>
        service.call({
          method: 'POST',
          params: new Map(Object.entries({ ...common, ...each.args })),
          isMultipart: true,
          file: { field: 'file', name: 'f', content: fileContent(Buffer.from('bytes')) },
          baseUrl: '',
        }),
      );
    }
  }
  return runner.world;
}

/** All that a world holds, by value; empty tables are as good as none. */
function contents({ seed, collections, counters }: World) {
  const filled = [...collections].filter(([, { size }]) => size > 0);
  return {
    seed,
    tables: Object.fromEntries(filled.map(([path, table]) => [path, table.sorted()])),
    counters: Object.fromEntries(counters),
  };
}

test('members that are called __proto__ are exported and loaded, and so are those that look like their written name', () => {
  const folder = new ScenarioFolder();
  const calls = ['__proto__', '~__proto__', '~~__proto__', 'a"__proto__', '__proto__":'].map((name) => ({
    method: 'dbdata',
    args: [name, `${name}":`],
  }));
  const world = after([{ target: 123, calls }]);
  const text = [...exportText(world, { mode: 'frozen', now }, 'json')].join('');
  expect(text).toContain('"~__proto__"');
  const loaded = loadScenario(folder.write('x.json', text), { now, sections: productSections });
  expect(contents(loaded.world)).toEqual(contents(world));
  folder.remove();
});

test('whatever TestSession and rpc.mpl can make is exported and loaded to the same state', () => {
  const folder = new ScenarioFolder();
  let changed = 0;
  try {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const world = after(steps);
        if (world !== demo.world) changed++;
        const text = [...exportText(world, { mode: 'frozen', now }, 'lines')].join('');
        const file = folder.write('x.jsonl', text);
        const loaded = loadScenario(file, { now, sections: productSections });
        expect(contents(loaded.world)).toEqual(contents(world));
      }),
      { numRuns: 50 },
    );
  } finally {
    folder.remove();
  }
  expect(changed).toBeGreaterThan(20);
});
