import type { Instant } from '../../world/instant.ts';
import type { World } from '../../world/world.ts';
import {
  locks,
  projectScope,
  projects,
  serverScope,
  serverSettings,
  sessions,
  sessionUses,
  users,
} from '../model/tables.ts';

/** Something that time alone will bring about. */
export interface Due {
  readonly at: Instant;
  readonly kind: 'lock-end' | 'session-end';
  /** In words: `the lock of username on Defect 11 in "Project" ends`. */
  readonly what: string;
}

const minuteMs = 60_000;

/**
 * Everything that is going to end by itself, soonest first: edit locks and sessions. It looks at all of them, so it
 * is for people who ask, never for a call.
 */
export function dueIn(world: World): Due[] {
  const settings = world.collection(serverSettings, serverScope).get('server');
  if (!settings) return [];
  const idleMs = settings.inactivityMinutes * minuteMs;
  const uses = world.collection(sessionUses, serverScope);
  const loginOf = (project: string, userId: number) =>
    world.collection(users, projectScope(project)).get(userId)?.login ?? 'somebody';
  const open = world.collection(sessions, serverScope);
  const ends: Due[] = open.sorted().map(({ cookie, project, userId, startedAt }) => ({
    at: (uses.get(cookie)?.at ?? startedAt) + idleMs,
    kind: 'session-end',
    what: `the session of ${loginOf(project, userId)} in "${project}" ends, idle`,
  }));
  for (const { name } of world.collection(projects, serverScope).sorted()) {
    for (const { table, recordId, userId, until, cookie } of world
      .collection(locks, projectScope(name))
      .sorted()) {
      if (until === undefined || (cookie !== 0 && !open.get(cookie))) continue;
      const what = `the lock of ${loginOf(name, userId)} on ${table} ${recordId} in "${name}" ends`;
      ends.push({ at: until, kind: 'lock-end', what });
    }
  }
  return ends.sort((a, b) => a.at - b.at);
}
