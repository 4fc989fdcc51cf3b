import { LongText } from '../../src/answers/long-text.ts';
import { fieldSignatures, sessionSignatures } from '../../src/aptest/run/signatures.ts';
import { EventFeed } from '../../src/control/event-feed.ts';
import { Metrics } from '../../src/control/metrics.ts';
import { ControlError, type ControlRoute } from '../../src/control/route.ts';
import { controlRoutes } from '../../src/control/routes.ts';
import { JsonProblem } from '../../src/input/json-entries.ts';
import { parseJson } from '../../src/input/json-text.ts';
import { TwinError } from '../../src/input/twin-error.ts';
import type { Chance } from '../../src/scenario/generate/chance.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { tinyScenario } from '../support/scenarios.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { hostileText, mutated } from './mutate.ts';

const names = ['main', 'a', 'b', 'before-import', 'third save', 'seed', 'now', 'saveDefect', 'getDefect', ''];
const queryNames = ['from', 'to', 'operation', 'fault', 'last', 'since', 'limit', 'format', 'user', 'x'];
const methods = [...sessionSignatures.keys(), ...fieldSignatures.keys(), 'new', 'DESTROY'];

/** Bodies that are taken, besides those that the routes show as examples. */
const bodies: readonly object[] = [
  { by: '20m' },
  { mode: 'scaled', rate: 2 },
  { name: 'a', from: 'now' },
  { name: 'b', scenario: tinyScenario },
  { when: { operation: 'getDefect', every: 2 }, do: { fault: 5 } },
  { when: { at: '+1m' }, do: { dropSession: { user: 'admin' } } },
  { calls: [{ operation: 'getDefect' }], times: 0 },
  { calls: [{ operation: 'DatabaseLogon', where: { username: 'admin' } }], atLeast: 1 },
];

/** These take nothing and write a description of everything, which takes long: they come seldom. */
const descriptions = ['getOpenApi', 'readDescription'];
const usual = controlRoutes.filter(({ id }) => !descriptions.includes(id));

/** A few control requests one after another: what the router does without the bytes and the guard. */
export async function controlCase(fuzz: FuzzCase): Promise<void> {
  let handle = '';
  for (let count = 1 + fuzz.chance.below(4); count > 0; count--) {
    const route = fuzz.chance.of(fuzz.chance.happens(0.01) ? controlRoutes : usual);
    const result = await send(fuzz, route, bodyFor(fuzz.chance, route, handle));
    if (typeof result === 'object' && result !== null && 'handle' in result) handle = String(result.handle);
  }
}

function bodyFor(chance: Chance, route: ControlRoute, handle: string): string {
  const kind = chance.below(10);
  const example = route.example?.body ?? chance.of(bodies);
  const body = JSON.stringify(
    kind < 5 ? example : route.id === 'callTestSession' ? sessionCall(chance, handle) : chance.of(bodies),
  );
  return kind % 5 === 0 ? mutated(Buffer.from(body), chance).toString() : body;
}

function sessionCall(chance: Chance, handle: string): object {
  const method = chance.of(methods);
  const args = Array.from({ length: chance.below(4) }, () =>
    chance.of<unknown>([
      0,
      1,
      57,
      true,
      'pass',
      'foo',
      null,
      {},
      ['a'],
      { a: 'b' },
      { $field: 'foo' },
      hostileText(chance),
    ]),
  );
  const field = fieldSignatures.has(method) ? { field: chance.of(['foo', 'os', 'remarks', 'x']) } : {};
  const opened =
    handle === ''
      ? { suite: 'Example', user: 'lake', method: 'new', args: [57, true] }
      : { handle, method, args };
  return { ...opened, ...(handle === '' ? {} : field) };
}

async function send(fuzz: FuzzCase, route: ControlRoute, body: string): Promise<unknown> {
  const { chance, worlds, main } = fuzz;
  const before = fuzz.world;
  const name = () => (chance.happens(0.9) ? chance.of(names) : hostileText(chance));
  const query = chance.happens(0.7) ? (route.example?.query ?? {}) : { [chance.of(queryNames)]: name() };
  try {
    const named = Object.entries(route.example?.params ?? {}).map(([key, example]) => [
      key,
      chance.happens(0.3) ? example : name(),
    ]);
    const params = route.params?.parse(Object.fromEntries(named)) ?? {};
    const readQuery = route.query?.safeParse(query) ?? { success: true, data: {} };
    const readInput = route.input?.safeParse(parseJson(body)) ?? { success: true, data: undefined };
    if (!readQuery.success || !readInput.success) {
      fuzz.count(route.id, false);
      return undefined;
    }
    const result = await fuzz.timed(route.id, () =>
      route.run({
        ...{ worlds, world: main, params, query: readQuery.data, input: readInput.data, version: '0' },
        reached: { origin: 'http://twin', prefix: '', isTokenRequired: false },
        startOf: async (scenario) => startOf(scenario),
        reload: async () => main.runner.clock.state(),
        feed: new EventFeed(worlds),
        metrics: new Metrics({ worlds, version: '0', readers: () => 0 }),
        moves: undefined,
        open: async () => 'http://twin:1',
      }),
    );
    fuzz.count(route.id, true);
    lookAtAnswer(fuzz, route, result);
    fuzz.isClockMoved ||= /clock/i.test(route.id);
    return result;
  } catch (error) {
    fuzz.count(route.id, false);
    if (error instanceof ControlError || error instanceof TwinError || error instanceof ScenarioError)
      fuzz.mustTellNothing(route.id, error.message);
    else if (!(error instanceof JsonProblem)) fuzz.mistake(route.id, error);
    fuzz.mustBeUnchanged(route.id, before);
    return undefined;
  }
}

/** Worlds of a case begin from scenarios that are data: a case reads no files. */
function startOf(scenario: string | object): ReturnType<typeof loadScenario> {
  if (typeof scenario === 'string') throw new TypeError('a case names no file');
  return loadScenario(scenario, { now: 0, sections: productSections });
}

function textOf(result: unknown): string {
  if (result instanceof LongText) return [...result.pieces].join('');
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** The answer is as the route declares it; an export in lines has no schema of its own, its tests load it again. */
function lookAtAnswer(fuzz: FuzzCase, route: ControlRoute, result: unknown): void {
  // A stream of events is begun by its answer only.
  if (typeof result === 'function') return;
  const text = textOf(result);
  fuzz.mustTellNothing(route.id, text);
  if (result instanceof LongText && result.contentType.startsWith('application/jsonl')) {
    for (const line of text.trimEnd().split('\n')) JSON.parse(line);
    return;
  }
  const checked = route.answer.safeParse(route.media ? String(result) : JSON.parse(text));
  if (!checked.success)
    fuzz.found(`${route.id}: another answer than declared: ${checked.error.message.slice(0, 500)}`);
}
