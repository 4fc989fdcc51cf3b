import { readFileSync } from 'node:fs';
import { LazyList } from '../../src/answers/lazy-list.ts';
import { atOnce } from '../../src/answers/steps.ts';
import { Runner } from '../../src/runner/runner.ts';
import { ScenarioFiles } from '../../src/scenario/reading/files.ts';
import { testtrackSchema } from '../../src/scenario/testtrack/section.ts';
import { seedTestTrack } from '../../src/scenario/testtrack/seed.ts';
import { readWsdl, type SimpleName } from '../../src/soap/wsdl-model.ts';
import type { OperationTypes } from '../../src/testtrack/model/operation-types.generated.ts';
import { createTestTrack } from '../../src/testtrack/service.ts';
import { Clock } from '../../src/world/clock.ts';
import { Draft } from '../../src/world/draft.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { World } from '../../src/world/world.ts';

const model = readWsdl(readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8'));
const defaults: unknown = JSON.parse(
  readFileSync(new URL('../../data/defaults/testtrack.json', import.meta.url), 'utf8'),
);

/** When every harness starts, unless a test says otherwise. */
const startOfTest = Date.parse('2026-03-02T15:00:00Z');

type Parts<N extends keyof OperationTypes> = Partial<OperationTypes[N]['input']>;

/** Every operation as a function; parts that are left out get the decoder's defaults. */
export type TestTrackCalls = {
  readonly [N in keyof OperationTypes]: (parts?: Parts<N>) => OperationTypes[N]['output'];
};

/**
 * TestTrack without a wire: a world seeded from the section `testtrack` of a scenario, and every operation as a
 * function. For rules; what travels is tested over the wire in test/wire.
 */
export function testTrack(section: object) {
  const draft = new Draft(new World('test'));
  const checked = testtrackSchema.parse(section);
  const report = (problem: Error) => {
    throw problem;
  };
  const seeding = seedTestTrack(draft, checked, {
    now: startOfTest,
    at: ['testtrack'],
    files: new ScenarioFiles(undefined),
    defaults,
    report,
  });
  atOnce(seeding);
  const clock = new Clock(() => startOfTest, { mode: 'frozen', now: startOfTest });
  const runner = new Runner(draft.commit(), clock);
  const service = createTestTrack(runner);
  const tt = new Proxy({} as TestTrackCalls, {
    get:
      (_, name: string) =>
      (parts: object = {}) =>
        whole(service.call(name, withDefaults(name, parts))),
  });
  return { tt, clock, runner };
}

/** A project with a logged-on administrator: what most tests of rules begin with. */
export function project(section: object = {}, server: object = {}) {
  const harness = testTrack({
    server,
    projects: [
      {
        name: 'Project',
        users: [
          { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
          { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
        ],
        ...section,
      },
    ],
  });
  const logOn = (username = 'admin', password = 'secret', options: string[] = []) =>
    harness.tt.ProjectLogon({
      pProj: { database: { name: 'Project' }, options: options.map((name) => ({ name })) },
      username,
      password,
    });
  return { ...harness, logOn, cookie: logOn() };
}

/** The fault a call gives. @throws Error when it gives none */
export function faultOf(call: () => unknown): ProductFault {
  try {
    call();
  } catch (error) {
    if (error instanceof ProductFault) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** The decoder gives absent scalar parts a default; tests that leave parts out get the same. */
function withDefaults(operation: string, parts: object): Record<string, unknown> {
  const declared = model.operations.get(operation)?.input ?? [];
  const blank = declared.map(({ name, type }) => [
    name,
    type.kind === 'simple' ? blanks[type.name] : undefined,
  ]);
  return { ...Object.fromEntries(blank), ...parts };
}

const numbers = { byte: 0, short: 0, int: 0, long: 0, double: 0 };
const blanks: Partial<Record<SimpleName, unknown>> = { ...numbers, string: '', boolean: false };

/** What is made while an answer goes out is made at once: a test looks at all of it. */
function whole(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Object.isFrozen(result)) return result;
  if (!Object.values(result).some((member) => member instanceof LazyList)) return result;
  const entries = Object.entries(result).map(([name, member]) => [
    name,
    member instanceof LazyList ? [...member.entries] : member,
  ]);
  return Object.fromEntries(entries);
}
