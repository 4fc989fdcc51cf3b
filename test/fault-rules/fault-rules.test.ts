import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';
import { KeptLog } from '../support/edge.ts';
import { ScenarioFolder } from '../support/scenarios.ts';
import { runWords } from '../support/terminal.ts';

const start = '2026-03-02T15:00:00Z';
const now = Date.parse(start);
const products = {
  testtrack: {
    projects: [
      {
        name: 'Project',
        users: [
          { login: 'admin', last: 'Admin' },
          { login: 'lake', last: 'Lake' },
        ],
        defects: [{ summary: 'first' }],
        testCases: [{ summary: 'case' }],
      },
    ],
  },
  aptest: { token: 'token', users: ['vale'], suites: [{ name: 'Example' }] },
};

/** A world with this script, as its rules are shown. */
function listed(...script: object[]) {
  const scenario = { twintrack: 1, clock: { mode: 'frozen', now: start }, ...products, script };
  return hostWorld('main', loadScenario(scenario, { now, sections: productSections }), {
    now: () => now,
  }).faultRules.list();
}

describe('a rule explains itself in a sentence', () => {
  test.each([
    [{ do: { fault: 6 } }, 'At every call of anything: answers with fault 6, "The specified record'],
    [
      { when: { operation: 'saveDefect', call: 3 }, do: { busy: true } },
      'At the 3rd call of saveDefect: says that the session is busy with a prior request.',
    ],
    [
      { when: { operation: 'saveDefect', call: 2, user: 'lake' }, do: { cut: 'after' }, times: 2 },
      'From the 2nd call of saveDefect by lake, at most 2 times: makes the call and cuts the connection without an answer.',
    ],
    [
      { when: { api: 'aptest', every: 11 }, do: { status: 503 }, probability: 0.5 },
      'At every 11th call of anything on rpc.mpl, with a probability of 0.5: answers with HTTP status 503.',
    ],
    [
      { when: { at: '+10m' }, do: { lock: { number: 1, by: 'lake', minutes: 5 } } },
      'At 2026-03-02T15:10:00.000Z: locks Defect 1 for lake, 5 minutes.',
    ],
    [
      { when: { at: '+10m', operation: 'getDefect', where: { defectNumber: 1 } }, do: { delay: '2s' } },
      'At every call of getDefect with {"defectNumber":1} from 2026-03-02T15:10:00.000Z on, once: waits 2000 ms of real time.',
    ],
    [
      { do: { dropSession: { user: 'lake', project: 'Project' } } },
      'ends the sessions of lake in "Project".',
    ],
    [{ do: { dropSession: 'caller' } }, 'ends the session of the caller.'],
    [{ do: { truncate: 5 } }, 'cuts the connection after 5 bytes of the answer.'],
    [{ do: { malformed: true } }, 'sends an answer that nobody can read.'],
    [{ do: { cut: 'before' } }, 'cuts the connection before the call is made.'],
    [{ do: { licenceGone: 'floating' } }, 'says that no floating licence is free.'],
  ])('%j', (rule, sentence) => {
    const [shown] = listed(rule);
    expect(shown?.explanation).toContain(sentence);
    expect(shown?.warnings).toEqual([]);
  });
});

describe('a rule that can never act is taken with a warning', () => {
  const fault = { fault: 16 };
  test.each([
    [
      { when: { operation: 'savDefect' }, do: fault },
      'no operation or command "savDefect". Did you mean "saveDefect"?',
    ],
    [{ when: { operation: 'savedefect' }, do: fault }, 'Did you mean "saveDefect"?'],
    [{ when: { operation: 'saveDefect', api: 'aptest' }, do: fault }, 'saveDefect is no command of rpc.mpl.'],
    [{ when: { operation: 'getSetList', api: 'testtrack' }, do: fault }, 'is no operation of TestTrack.'],
    [
      { when: { operation: 'getDefect', where: { defectNumbr: 1 } }, do: fault },
      'getDefect has no argument "defectNumbr". Did you mean "defectNumber"?',
    ],
    [{ when: { operation: 'result', where: { sesion: 1 } }, do: fault }, 'result has no argument "sesion".'],
    [{ when: { user: 'lak' }, do: fault }, 'there is no user "lak". Did you mean "lake"?'],
    [{ when: { user: 'vale', api: 'testtrack' }, do: fault }, 'there is no user "vale".'],
    [
      { when: { at: '2026-03-02T14:59:00Z' }, do: fault },
      'was over at 2026-03-02T15:00:00.000Z, when the rule',
    ],
    [{ do: fault, probability: 0 }, 'It never acts: its probability is 0.'],
    [
      { do: { lock: { number: 9, by: 'lake' } } },
      'The lock cannot be taken: there is no Defect 9 in "Project".',
    ],
    [{ do: { lock: { number: 1, by: 'nobody' } } }, 'there is no user "nobody" in "Project"'],
    [
      { do: { lock: { number: 1, by: 'lake', project: 'X' } } },
      'there is no project "X"; projects: Project.',
    ],
    [{ do: { dropSession: { user: 'nobody' } } }, 'It does nothing: there is no user "nobody".'],
    [{ when: { operation: 'result' }, do: { dropSession: 'caller' } }, 'calls of rpc.mpl have no login'],
  ])('%j', (rule, reason) => {
    expect(listed(rule)[0]?.warnings.join('\n')).toContain(reason);
  });

  test('a moment that was over when the rule was given does not come any more', () => {
    const [shown] = listed({ when: { at: '2026-03-02T14:59:00Z' }, do: { lock: { number: 1, by: 'lake' } } });
    expect([shown?.hits, shown?.isOver]).toEqual([0, true]);
  });

  test('what is right is not warned of', () => {
    const rules = listed(
      { when: { operation: 'createSession', where: { username: 'vale' } }, do: fault },
      { when: { operation: 'getDefect', where: { cookie: 1 } }, do: fault },
      { do: { lock: { number: 1, by: 'LAKE', table: 'Test Case' } } },
    );
    expect(rules.flatMap(({ warnings }) => warnings)).toEqual([]);
  });
});

test('a scenario may not give two rules one name', () => {
  expect(() => listed({ name: 'a', do: { fault: 16 } }, { name: 'a', do: { fault: 6 } })).toThrow(
    'script[1].name: there is a rule "a" above already; names of rules are unique',
  );
});

test('a wrong rule of a scenario is told with its place', () => {
  expect(() => listed({ do: { fault: 16 } }, { do: { falt: 16 } })).toThrow(
    'script[1].do.falt: is no known key; known here: fault,',
  );
});

describe('a twin with a script', () => {
  let twin: Twin | undefined;
  afterEach(() => twin?.close());

  test('warns at its start of rules that can never act', async () => {
    const log = new KeptLog();
    twin = await startTwin({
      log,
      scenario: { twintrack: 1, script: [{ when: { operation: 'savDefect' }, do: { fault: 16 } }] },
    });
    expect(log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'scenario  script[0].when.operation: rule "rule-1": It never acts: there is no operation or command "savDefect". Did you mean "saveDefect"?',
    ]);
  });

  test('says in which line of a file such a rule stands', async () => {
    const log = new KeptLog();
    const folder = new ScenarioFolder();
    const scenario = folder.write(
      'a.yaml',
      'twintrack: 1\nscript:\n  - do: { fault: 16 }\n    probability: 0\n',
    );
    twin = await startTwin({ log, scenario });
    folder.remove();
    expect(log.lines.find(({ level }) => level === 'warn')?.message).toBe(
      `${scenario}:4:18  script[0].probability: rule "rule-1": It never acts: its probability is 0.`,
    );
  });

  test('hits the same calls in every run with the same seed', async () => {
    const run = async (seed: string) => {
      await using other = await startTwin({
        scenario: { twintrack: 1, seed, ...products, script: [{ do: { fault: 16 }, probability: 0.5 }] },
      });
      let codes = '';
      for (let call = 0; call < 30; call++) {
        const query = 'rpctoken=token&username=vale&command=getSuiteList';
        codes += (await (await fetch(`${other.rpcUrl}?${query}`)).text())[0];
      }
      return codes;
    };
    const first = await run('one');
    expect(first).toMatch(/^[01]{30}$/);
    expect(await run('one')).toBe(first);
    expect(await run('two')).not.toBe(first);
  });

  test('can be started from the example of the package, which is sound and warns of nothing', async () => {
    const file = fileURLToPath(new URL('../../scenarios/scripted-faults.yaml', import.meta.url));
    expect((await runWords(['lint', file])).exitCode).toBe(0);
    const log = new KeptLog();
    twin = await startTwin({ scenario: file, log });
    const rules = (await (await fetch(`${twin.url}/__admin/rules`)).json()) as { warnings: string[] }[];
    expect(rules).toHaveLength(10);
    expect(rules.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    const due = (await (await fetch(`${twin.url}/__admin/clock/due`)).json()) as { at: string }[];
    expect(due.map(({ at }) => at.slice(11, 16))).toEqual(['09:10', '10:00', '12:00', '12:00']);
  });
});
