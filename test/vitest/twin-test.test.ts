import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { twinTest } from '../../src/vitest/index.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = new ScenarioFolder();
afterAll(() => folder.remove());

interface SampleRun {
  /** What stood on the screen. */
  readonly screen: string;
  /** The reports for machines. */
  readonly junit: string;
  readonly tests: ReadonlyMap<string, { readonly status: string; readonly failureMessages: string[] }>;
}

/** Runs one file of samples with vitest, as its users do. */
async function runSample(name: string, ...options: string[]): Promise<SampleRun> {
  const file = (kind: string) => path.join(folder.path, `${name}.${kind}`);
  const words = [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--config=${path.join(import.meta.dirname, 'samples/vitest.config.ts')}`,
    ...['default', 'json', 'junit'].map((reporter) => `--reporter=${reporter}`),
    ...['json', 'junit'].map((reporter) => `--outputFile.${reporter}=${file(reporter)}`),
    ...options,
    name,
  ];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const screen = await new Promise<string>((resolve) => {
    execFile(process.execPath, words, { cwd: root, env, maxBuffer: 1e8 }, (_error, out, err) =>
      resolve(out + err),
    );
  });
  const { testResults } = JSON.parse(readFileSync(file('json'), 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    // biome-ignore lint/complexity/useRegexLiterals: the character cannot stand in a literal
    screen: screen.replace(new RegExp('\u001b\\[\\d*m', 'g'), ''),
    junit: readFileSync(file('junit'), 'utf8'),
    tests: new Map(tests.map((each) => [each.title, each])),
  };
}

const worldTest = twinTest({ scenario: tinyScenario });
/** The first defect of a world; saved with another summary before, if one is given. */
async function defectOf(soapUrl: string, summary?: string) {
  const tt = soapClient(soapUrl);
  const cookie = Number(await tt.DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }));
  const which = { cookie, defectNumber: 1, summary: '', bDownloadAttachments: false };
  if (summary !== undefined) {
    const pDefect = await tt.editDefect(which);
    await tt.saveDefect({ cookie, pDefect: { ...pDefect, summary } });
  }
  return await tt.getDefect(which);
}

const seedTest = twinTest({ scenario: tinyScenario });
const nowTest = twinTest({ scenario: tinyScenario, from: 'now' });
const portTest = twinTest({ scenario: tinyScenario, listen: true });

describe('every test', () => {
  const names: string[] = [];
  for (const order of ['first', 'second']) {
    worldTest(
      `has a world of its own, reached on the port of the twin (${order})`,
      async ({ world, twin }) => {
        names.push(world.name);
        expect(new Set(names).size).toBe(names.length);
        expect(world.url).toBe(`${twin.url}/w/${world.name}`);
        expect(await (await fetch(world.wsdlUrl)).text()).toContain(`location="${world.soapUrl}"`);
        expect(
          await (await fetch(`${world.rpcUrl}?rpctoken=open&username=ann&command=getSuiteList`)).text(),
        ).toBe('0\nSmall\n');
        expect(world.journal.entries()).toHaveLength(1);
        expect(world.rules.add({ do: { busy: true } }).name).toBe('rule-1');
      },
    );
  }

  worldTest('may drop its world itself', ({ world }) => world.drop());

  worldTest('leaves nothing of its world behind', async ({ twin }) => {
    const gone = await fetch(`${twin.url}/w/${names.at(-1)}/__admin/health`);
    expect(gone.status).toBe(404);
    expect(twin.diff().isSame).toBe(true);
  });

  worldTest.beforeAll(({ twin }) => {
    expect(twin.name).toBe('main');
  });

  describe.each([
    { begins: 'the scenario', made: seedTest, summary: 'First' },
    { begins: "what was done to it, with from: 'now'", made: nowTest, summary: 'Second' },
  ])('after something was done to the twin', ({ begins, made, summary }) => {
    made.beforeAll(async ({ twin }) => {
      await defectOf(twin.soapUrl, 'Second');
    });

    made(`begins with ${begins}`, async ({ twin, world }) => {
      expect((await defectOf(world.soapUrl)).summary).toBe(summary);
      expect((await defectOf(twin.soapUrl)).summary).toBe('Second');
    });
  });

  describe('that wants ports', () => {
    portTest('has one for its world', ({ world, twin }) => {
      expect(world.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(world.url).not.toBe(twin.url);
    });
  });
});

describe('a test that fails', () => {
  let run: SampleRun;
  beforeAll(async () => {
    run = await runSample('failing');
  }, 60_000);

  const journal = [
    'World "world-1": 3 calls, the last 2:',
    'getDefect by keeper at',
    'refused with 6: The specified record does not exist in the database.',
    'hint     There is no defect number 77 in "Tiny".',
    'fifth (met by 1 call): At the 5th call of getDefect',
  ];
  const misses = ['getDefect where {"defectNumber":2}', 'where.defectNumber: expected 2, was 1'];

  test('shows the latest calls of its world on the screen, with faults, hints and idle rules', () => {
    for (const part of journal) expect(run.screen).toContain(part);
    expect(run.screen).toContain('Expected: "Fixed"');
  });

  test('shows them in the reports for machines too', () => {
    const [message] = run.tests.get('an expectation fails')?.failureMessages ?? [];
    for (const part of journal) expect(message).toContain(part);
    for (const part of journal) expect(run.junit).toContain(part.replaceAll('"', '&quot;'));
  });

  test('shows the nearest calls once when a verification failed', () => {
    const [message = ''] = run.tests.get('a call was not made')?.failureMessages ?? [];
    for (const part of misses) expect(message.split(part)).toHaveLength(2);
    expect(message).toContain('World "world-2": 2 calls:');
  });

  test('shows them when the verification came over HTTP', () => {
    const [message] = run.tests.get('a verification over HTTP fails')?.failureMessages ?? [];
    expect(message).toContain('expected 409 to be 200');
    expect(message).toContain('where.defectNumber: expected 3, was 1');
  });

  test('shows for each try the world of that try', () => {
    const tried = run.tests.get('the second try passes');
    expect(tried).toMatchObject({ status: 'passed' });
    expect(run.screen).not.toContain('World "world-5"');
  });

  test('shows no world that it did not ask for, and no password or cookie', () => {
    const [message] = run.tests.get('the world is not asked for')?.failureMessages ?? [];
    expect(message).not.toContain('World');
    expect(run.screen + run.junit).not.toContain('pa55word');
    expect(run.screen).toContain('"cookie":"***"');
  });
});

test('a twin that cannot start fails the test with its message', async () => {
  const { tests } = await runSample('broken-start');
  expect(tests.get('there is no twin')?.failureMessages[0]).toContain('nowhere.yaml: there is no such file');
}, 60_000);

test('200 tests at once on one twin change the same defect, each in its own world', async () => {
  const { tests, screen } = await runSample('two-hundred', '--maxConcurrency=200');
  expect(screen).toContain('201 passed');
  expect([...tests.values()].filter(({ status }) => status !== 'passed')).toEqual([]);
}, 120_000);
