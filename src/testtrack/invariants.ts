import { Draft } from '../world/draft.ts';
import type { World } from '../world/world.ts';
import type { ItemRecord } from './model/item-record.ts';
import { recordTables } from './model/record-tables.ts';
import { folderItems, locks, loginSessions, projects, serverScope, serverSettings } from './model/tables.ts';
import { ProjectView } from './project-view.ts';
import { standingAfter } from './rules/workflow.ts';

/**
 * What always holds in the TestTrack part of a world; for the runner's test mode. It looks at every record.
 *
 * @returns a sentence for each thing that is wrong
 */
export function testTrackProblems(world: World): string[] {
  const draft = new Draft(world);
  if (!draft.table(serverSettings, serverScope).get('server')) return [];
  const names = [...draft.table(projects, serverScope).values()].map(({ name }) => name);
  return [
    ...sessionProblems(draft, names),
    ...names.flatMap((name) => {
      const project = new ProjectView(draft, name);
      return [...lockProblems(project), ...itemProblems(project), ...memberProblems(project)].map(
        (problem) => `${problem} in "${name}"`,
      );
    }),
  ];
}

function sessionProblems(draft: Draft, projectNames: readonly string[]): string[] {
  return [...draft.table(loginSessions, serverScope).values()]
    .filter(({ project }) => !projectNames.includes(project))
    .map(({ project }) => `a session is open in the project "${project}", which is not there`);
}

/** A lock is on a record that exists; one of a session goes with it. */
function lockProblems(project: ProjectView): string[] {
  const open = project.draft.table(loginSessions, serverScope);
  return [...project.table(locks).values()].flatMap(({ table, recordId, cookie }) => {
    const records = recordTables[table];
    const isGone = records !== undefined && !project.table(records).get(recordId);
    return [
      ...(isGone ? [`a lock is on ${table} ${recordId}, which is not there`] : []),
      ...(cookie !== 0 && !open.get(cookie) ? [`the lock on ${table} ${recordId} outlived its session`] : []),
    ];
  });
}

/** Items stand where their events led them, and no two share a number. */
function itemProblems(project: ProjectView): string[] {
  return Object.entries(recordTables).flatMap(([table, records]) => {
    const workflow = project.workflowOf(table);
    if (!workflow) return [];
    const items = [...project.table(records).values()] as unknown as ItemRecord[];
    const numbers = items.map(({ number }) => number).filter((number) => number !== 0);
    const strayed = items.filter((item) => {
      const { state, assignedTo } = standingAfter(workflow, item.events);
      return item.state !== state || item.assignedTo.join() !== assignedTo.join();
    });
    return [
      ...strayed.map(
        ({ recordId, state }) => `${table} ${recordId} is "${state}", which its events do not give`,
      ),
      ...(new Set(numbers).size < numbers.length ? [`two items of ${table} have one number`] : []),
    ];
  });
}

/** Folders hold items that exist. */
function memberProblems(project: ProjectView): string[] {
  return [...project.table(folderItems).values()].flatMap(({ item }) => {
    const records = recordTables[item.table];
    return records && project.table(records).get(item.recordId)
      ? []
      : [`a folder holds ${item.table} ${item.recordId}, which is not there`];
  });
}
