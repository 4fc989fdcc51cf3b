import { atOnce, type Steps } from '../answers/steps.ts';
import { Draft } from '../world/draft.ts';
import type { World } from '../world/world.ts';
import { suites } from './model/definitions.ts';
import { installationScope, suiteScope } from './model/installation.ts';
import { parentOf, uuidKey } from './model/names.ts';
import type { SessionRecord } from './model/run-head.ts';
import { type Owner, testRuns } from './model/test-run.ts';
import { type Tally, tallyOf } from './model/value.ts';
import { OpenSuite } from './run/open-suite.ts';

/**
 * What always holds in the ApTest part of a world; for the runner's test mode.
 *
 * @returns a sentence for each thing that is wrong
 */
export function apTestProblems(world: World): string[] {
  return atOnce(checkingApTest(world));
}

/** The same in steps, for a state that was read while others are served. */
export function* checkingApTest(world: World): Steps<string[]> {
  const draft = new Draft(world);
  const problems: string[] = [];
  for (const definition of draft.table(suites, installationScope).values()) {
    const suite = new OpenSuite(draft, definition, { now: 0, user: '' });
    for (const problem of setProblems(suite)) problems.push(problem);
    for (const session of suite.sessions.values()) {
      problems.push(...sessionProblems(suite, session));
      yield;
    }
    for (const problem of yield* strayRuns(world, suite)) problems.push(problem);
  }
  return problems;
}

function setProblems(suite: OpenSuite): string[] {
  const homeless = [...suite.sets.values(), ...suite.groups.values()].filter(({ path }) => {
    const group = parentOf(path);
    return group !== '' && !suite.groups.get(group);
  });
  return homeless.map(({ path }) => `${path} is in a group that is not there`);
}

function sessionProblems(suite: OpenSuite, session: SessionRecord): string[] {
  const owner: Owner = `session:${session.number}`;
  const { uuids, ids } = suite.testLists.get(owner) ?? { uuids: [], ids: [] };
  const { untestedCode } = suite.definition;
  const { collection } = suite.testRuns;
  const runs = uuids.map((uuid) => collection.get(`${uuidKey(uuid)} ${owner}`));
  const problems = [
    uuids.length === ids.length || 'has as many ids as UUIDs',
    new Set(uuids.map(uuidKey)).size === uuids.length || 'has each test once',
    session.numtests === uuids.length || 'counts its tests',
    sameTally(session.results, tallyOf(runs.map((run) => run?.result ?? untestedCode))) ||
      'counts its results',
    sameTally(session.assignees, tallyOf(runs.flatMap((run) => run?.assignedto ?? []))) ||
      'counts its assignees',
    (session.lastTest ?? 0) < Math.max(1, uuids.length) || 'has its last test in its list',
    runs.every(
      (run) =>
        !run || run.entries === 0 || suite.noteEntries.get(`${run.entries} ${uuidKey(run.uuid)} ${owner}`),
    ) || 'has the entries of its notes',
  ];
  return problems.flatMap((problem) =>
    typeof problem === 'string' ? [`session ${session.number} of ${suite.name} no longer ${problem}`] : [],
  );
}

/** Runs of sessions that are gone. */
function* strayRuns(world: World, suite: OpenSuite): Steps<string[]> {
  const problems: string[] = [];
  for (const { owner, uuid } of world.collection(testRuns, suiteScope(suite.name)).values()) {
    const number = /^session:(\d+)$/.exec(owner)?.[1];
    if (number !== undefined && !suite.sessions.get(Number(number)))
      problems.push(`${owner} is gone, but its test ${uuid} is there`);
    yield;
  }
  return problems;
}

function sameTally(a: Tally, b: Tally): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}
