import { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import type { World } from '../../world/world.ts';
import type { Session } from '../model/server-records.ts';
import {
  locks,
  loginSessions,
  projectScope,
  projects,
  serverScope,
  serverSettings,
  users,
} from '../model/tables.ts';
import { lockEnd } from './locks.ts';
import { idleEnd, lastUse } from './sessions.ts';

/** Something that time alone will bring about. */
export interface Due {
  readonly at: Instant;
  readonly kind: 'lock-end' | 'session-end';
  /** In words: `the lock of username on Defect 11 in "Project" ends`. */
  readonly what: string;
}

/**
 * Everything that is going to end by itself, soonest first: edit locks and sessions. It looks at all of them, so it
 * is for people who ask, never for a call.
 */
export function dueIn(world: World): Due[] {
  const draft = new Draft(world);
  if (!draft.table(serverSettings, serverScope).get('server')) return [];
  const ends = draft
    .table(loginSessions, serverScope)
    .sorted()
    .map((session): Due => {
      return {
        at: idleEnd(draft, session),
        kind: 'session-end',
        what: `${named(draft, session)} ends, idle`,
      };
    });
  for (const { name } of draft.table(projects, serverScope).sorted()) {
    for (const lock of draft.table(locks, projectScope(name)).sorted()) {
      const at = lockEnd(draft, lock);
      if (!Number.isFinite(at)) continue;
      const what = `the lock of ${loginOf(draft, name, lock.userId)} on ${lock.table} ${lock.recordId} in "${name}" ends`;
      ends.push({ at, kind: 'lock-end', what });
    }
  }
  return ends.sort((a, b) => a.at - b.at);
}

/**
 * The sessions that were used later than at this moment: they would last too long if the clock went back to it.
 *
 * @returns each in words, such as `the session of username in "Project" was used at 2026-03-02T09:00:00.000Z`
 */
export function usedLater(world: World, moment: Instant): string[] {
  const draft = new Draft(world);
  return draft
    .table(loginSessions, serverScope)
    .sorted()
    .filter((session) => lastUse(draft, session) > moment)
    .map(
      (session) => `${named(draft, session)} was used at ${new Date(lastUse(draft, session)).toISOString()}`,
    );
}

function named(draft: Draft, { project, userId }: Session): string {
  return `the session of ${loginOf(draft, project, userId)} in "${project}"`;
}

function loginOf(draft: Draft, project: string, userId: number): string {
  return draft.table(users, projectScope(project)).get(userId)?.login ?? 'somebody';
}
