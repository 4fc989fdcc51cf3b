/** What a control request can repeat: the lists of a scenario, tables of a state, expectations, rules, members of a body. */
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { FaultRules } from '../../src/fault-rules/fault-rules.ts';
import { ruleSchema } from '../../src/fault-rules/rule-schema.ts';
import { parseJson } from '../../src/input/json-text.ts';
import type { Verification } from '../../src/journal/expectation.ts';
import { verifying } from '../../src/journal/verify.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { exportedScenario } from '../../src/scenario/state/exported.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';
import { growth, mostGrowth } from '../support/cpu-time.ts';

const each = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const load = (scenario: object) =>
  loadScenario({ twintrack: 1, ...scenario }, { now: 0, sections: productSections });

const users = [{ login: 'ann', password: '', first: 'Ann', last: 'Onym' }];
const inProject = (section: object) => ({ testtrack: { projects: [{ name: 'P', users, ...section }] } });
const inSuite = (section: object) => ({ aptest: { users: ['ann'], suites: [{ name: 'S', ...section }] } });
const item = (at: number) => ({ summary: `Item ${at}` });
const person = (at: number) => ({ login: `user${at}`, password: '', first: 'A', last: `Person ${at}` });

const scenarios: Readonly<Record<string, (count: number) => object>> = {
  users: (count) => inProject({ users: each(count, person) }),
  defects: (count) => inProject({ defects: each(count, item) }),
  'test cases': (count) => inProject({ testCases: each(count, item) }),
  tasks: (count) => inProject({ tasks: each(count, item) }),
  folders: (count) => inProject({ folders: each(count, (at) => ({ name: `Folder ${at}` })) }),
  'events of a defect': (count) =>
    inProject({ defects: [{ summary: 'One', events: each(count, () => ({ name: 'Comment' })) }] }),
  'accounts of ApTest': (count) => ({ aptest: { users: each(count, (at) => `user${at}`) } }),
  'tests of a suite': (count) => inSuite({ tests: each(count, (at) => `Folder/Test ${at}`) }),
  'sets of a suite': (count) => inSuite({ tests: ['A'], sets: each(count, (at) => ({ path: `Set ${at}` })) }),
  'sessions of a suite': (count) =>
    inSuite({ tests: ['A'], sets: [{ path: 'All' }], sessions: each(count, () => ({ set: 'All' })) }),
  rules: (count) => ({
    script: each(count, (at) => ({ name: `r${at}`, when: { operation: 'getDefect' }, do: { fault: 22 } })),
  }),
};

describe('a scenario costs in proportion to its', () => {
  test.each(Object.keys(scenarios))('%s', (list) => {
    const found = growth(200, (count) => {
      const scenario = scenarios[list]?.(count) ?? {};
      return () => load(scenario);
    });
    expect(found).toBeLessThanOrEqual(mostGrowth);
  });
});

test('an exported state, and the scenario that it is, cost in proportion to their records', () => {
  const worldOf = (count: number) => load(inProject({ defects: each(count, item) })).world;
  const writing = growth(200, (count) => {
    const world = worldOf(count);
    return () => exportedScenario(world, { mode: 'real' });
  });
  expect(writing).toBeLessThanOrEqual(mostGrowth);
  const reading = growth(200, (count) => {
    const scenario = exportedScenario(worldOf(count), { mode: 'real' });
    return () => loadScenario(scenario, { now: 0, sections: productSections });
  });
  expect(reading).toBeLessThanOrEqual(mostGrowth);
});

test('verification costs in proportion to what is expected', () => {
  const hosted = hostWorld('main', { world: load({}).world, clock: { mode: 'real' } }, { now: () => 0 });
  for (let at = 0; at < 100; at++) hosted.testTrack.call('getDatabaseList', {});
  const found = growth(50, (count) => {
    const calls = each(count, () => ({ operation: 'getDatabaseList', with: { cookie: 1 } }));
    const verification = { calls } as unknown as Verification;
    const context = { name: 'main', state: hosted.runner.world };
    return () => atOnce(verifying(hosted.journal.entries(), verification, context));
  });
  expect(found).toBeLessThanOrEqual(mostGrowth);
});

test('a call and another rule cost in proportion to the rules that are there', () => {
  const when = { operation: 'getDefect', user: 'somebody' };
  const rulesOf = (count: number) => {
    const { world } = load({ script: each(count, () => ({ when, do: { fault: 22 } })) });
    const { runner } = hostWorld('main', { world, clock: { mode: 'real' } }, { now: () => 0 });
    return new FaultRules(runner);
  };
  const another = ruleSchema.parse({ when, do: { fault: 22 } });
  const adding = growth(250, (count) => {
    const rules = rulesOf(count);
    return () => rules.add(another);
  });
  expect(adding).toBeLessThanOrEqual(mostGrowth);
  const calling = growth(250, (count) => {
    const rules = rulesOf(count);
    return () => rules.intervene({ api: 'testtrack', name: 'getDefect', input: {} });
  });
  expect(calling).toBeLessThanOrEqual(mostGrowth);
});

test.each(['[', '{"a":', '"a",', '1,'])('a JSON body of nothing but %s costs in proportion', (piece) => {
  const read = (text: string) => {
    try {
      return parseJson(text);
    } catch {
      return undefined;
    }
  };
  expect(growth(4_000, (count) => () => read(`[${piece.repeat(count)}`))).toBeLessThanOrEqual(mostGrowth);
});
