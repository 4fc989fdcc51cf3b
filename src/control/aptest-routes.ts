import { z } from 'zod';
import { suites } from '../aptest/model/definitions.ts';
import { installationScope, installations, suiteScope } from '../aptest/model/installation.ts';
import { sessions, sets, shownName } from '../aptest/model/run-head.ts';
import { testCases } from '../aptest/model/test-case.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { World } from '../world/world.ts';
import { pageOf, pageParameters, totalSchema } from './paging.ts';
import { ControlError, type ControlRoute, controlRoute } from './route.ts';

const suiteSchema = z
  .object({
    name: z.string(),
    description: z.string(),
    tests: z.int(),
    sets: z.int(),
    sessions: z.int(),
    untested: z.string().describe('The code of a test without a result'),
    results: z
      .array(z.object({ code: z.string(), description: z.string(), colour: z.string() }))
      .describe('The result codes, best first'),
  })
  .meta({ id: 'Suite', description: 'A test suite of ApTest' });

const runParts = {
  tests: z.int(),
  counts: z.array(z.object({ code: z.string(), tests: z.int() })).describe('Tests by result code'),
};
const setSchema = z
  .object({
    path: z.string(),
    description: z.string(),
    isStatic: z.boolean(),
    tests: z.int().optional().describe('Of a fixed list; other sets select anew whenever they are read'),
  })
  .meta({ id: 'TestSet', description: 'A set: which tests, and what sessions made from it start with' });
const runSchema = z
  .object({
    number: z.int(),
    written: z.string().describe('The number as the product writes it'),
    name: z.string(),
    set: z.string().describe('The path of the set that it was made from'),
    user: z.string().describe('Who last updated it'),
    isLocked: z.boolean(),
    modifiedAt: z.string().describe('In ISO 8601 and UTC, in the time of the world'),
    ...runParts,
  })
  .meta({ id: 'TestSessionSummary', description: 'A test session of ApTest and how far it is' });

const ofSuite = z.strictObject({ suite: z.string().describe('The name of the suite'), ...pageParameters });
const unknownSuite = { 404: { when: 'There is no such suite.' } };
const example = { query: { suite: 'Example' } };

/** What ApTest holds; its own pages show it in full. */
export const apTestRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/aptest/suites',
    id: 'listSuites',
    purpose: 'Lists the suites of ApTest',
    gives: 'The suites by name.',
    answer: z.array(suiteSchema),
    run: ({ world: { runner } }) =>
      runner.world
        .collection(suites, installationScope)
        .sorted()
        .map(({ name, description, untestedCode, results }) => {
          const scope = suiteScope(name);
          return {
            name,
            description,
            tests: runner.world.collection(testCases, scope).size,
            sets: runner.world.collection(sets, scope).size,
            sessions: runner.world.collection(sessions, scope).size,
            untested: untestedCode,
            results,
          };
        }),
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/aptest/sets',
    id: 'listSets',
    purpose: 'Lists the sets of a suite',
    query: ofSuite,
    example,
    gives: 'The sets by path.',
    answer: z.object({ total: totalSchema, sets: z.array(setSchema) }),
    refusals: unknownSuite,
    run: ({ world: { runner }, query }) => {
      const found = runner.world.collection(sets, requireScope(runner.world, query.suite)).sorted();
      const { offset, limit } = pageOf(query);
      return {
        total: found.length,
        sets: found.slice(offset, offset + limit).map(({ path, description, isStatic, numtests }) => ({
          path,
          description,
          isStatic,
          ...(isStatic ? { tests: numtests } : {}),
        })),
      };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/aptest/sessions',
    id: 'listTestSessions',
    purpose: 'Lists the test sessions of a suite with their results',
    query: ofSuite,
    example,
    gives: 'The sessions, the newest first.',
    answer: z.object({ total: totalSchema, sessions: z.array(runSchema) }),
    refusals: unknownSuite,
    run: ({ world: { runner }, query }) => {
      const scope = requireScope(runner.world, query.suite);
      const width = widthOf(runner.world);
      const found = runner.world.collection(sessions, scope).sorted().reverse();
      const { offset, limit } = pageOf(query);
      return {
        total: found.length,
        sessions: found.slice(offset, offset + limit).map((session) => ({
          number: session.number,
          written: String(session.number).padStart(width, '0'),
          name: shownName(session),
          set: session.testset,
          user: session.user,
          isLocked: session.locked > 0,
          modifiedAt: new Date(session.mtime * 1000).toISOString(),
          tests: session.numtests,
          counts: Object.entries(session.results).map(([code, tests]) => ({ code, tests })),
        })),
      };
    },
  }),
];

/** How many digits the product writes numbers of sessions with. */
function widthOf(world: World): number {
  return (
    world.collection(installations, installationScope).get('installation')?.settings.sessionNumberWidth ?? 0
  );
}

/** @throws ControlError for a suite that is not there */
function requireScope(world: World, name: string): string {
  const known = world.collection(suites, installationScope);
  if (known.get(name)) return suiteScope(name);
  const near = didYouMeanHint(name, [...known.keys()].map(String));
  throw new ControlError(404, `There is no suite "${name.slice(0, 100)}".${near}`);
}
