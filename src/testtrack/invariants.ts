import { atOnce, type Steps } from '../answers/steps.ts';
import { Draft } from '../world/draft.ts';
import type { World } from '../world/world.ts';
import { recordTables } from './model/record-tables.ts';
import {
  type defects,
  folderItems,
  locks,
  loginSessions,
  projects,
  serverScope,
  serverSettings,
} from './model/tables.ts';
import { ProjectView } from './project-view.ts';
import { standingAfter } from './rules/workflow.ts';

/**
 * What always holds in the TestTrack part of a world; for the runner's test mode. It looks at every record.
 *
 * @returns a sentence for each thing that is wrong
 */
export function testTrackProblems(world: World): string[] {
  return atOnce(checkingTestTrack(world));
}

/** The same in steps, for a state that was read while others are served: it may hold a million records. */
export function* checkingTestTrack(world: World): Steps<string[]> {
  const draft = new Draft(world);
  if (!draft.table(serverSettings, serverScope).get('server')) return [];
  const names = [...draft.table(projects, serverScope).values()].map(({ name }) => name);
  const problems = yield* sessionProblems(draft, names);
  for (const name of names) {
    const project = new ProjectView(draft, name);
    for (const checking of [lockProblems, itemProblems, memberProblems])
      for (const problem of yield* checking(project)) problems.push(`${problem} in "${name}"`);
  }
  return problems;
}

function* sessionProblems(draft: Draft, projectNames: readonly string[]): Steps<string[]> {
  const problems: string[] = [];
  for (const { project } of draft.table(loginSessions, serverScope).values()) {
    if (!projectNames.includes(project))
      problems.push(`a session is open in the project "${project}", which is not there`);
    yield;
  }
  return problems;
}

/** A lock is on a record that exists; one of a session goes with it. */
function* lockProblems(project: ProjectView): Steps<string[]> {
  const open = project.draft.table(loginSessions, serverScope);
  const problems: string[] = [];
  for (const { table, recordId, cookie } of project.table(locks).values()) {
    const records = recordTables[table];
    if (records !== undefined && !project.table(records).get(recordId))
      problems.push(`a lock is on ${table} ${recordId}, which is not there`);
    if (cookie !== 0 && !open.get(cookie))
      problems.push(`the lock on ${table} ${recordId} outlived its session`);
    yield;
  }
  return problems;
}

/** Items stand where their events led them, and no two share a number. */
function* itemProblems(project: ProjectView): Steps<string[]> {
  const problems: string[] = [];
  for (const [table, records] of Object.entries(recordTables)) {
    const workflow = project.workflowOf(table);
    if (!workflow) continue;
    const items = project.table(records as unknown as typeof defects);
    let isNumberTwice = false;
    for (const { recordId, number, state, assignedTo, events } of items.values()) {
      const standing = standingAfter(workflow, events);
      if (state !== standing.state || assignedTo.join() !== standing.assignedTo.join())
        problems.push(`${table} ${recordId} is "${state}", which its events do not give`);
      if (number !== 0 && items.countBy('number', number) > 1) isNumberTwice = true;
      yield;
    }
    if (isNumberTwice) problems.push(`two items of ${table} have one number`);
  }
  return problems;
}

/** Folders hold items that exist. */
function* memberProblems(project: ProjectView): Steps<string[]> {
  const problems: string[] = [];
  for (const { item } of project.table(folderItems).values()) {
    const records = recordTables[item.table];
    if (!records || !project.table(records).get(item.recordId))
      problems.push(`a folder holds ${item.table} ${item.recordId}, which is not there`);
    yield;
  }
  return problems;
}
