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
  const open = world.collection(sessions, serverScope);
  const ends: Due[] = usedSessions(world).map(({ what, usedAt }) => ({
    at: usedAt + idleMs,
    kind: 'session-end',
    what: `${what} ends, idle`,
  }));
  for (const { name } of world.collection(projects, serverScope).sorted()) {
    for (const { table, recordId, userId, until, cookie } of world
      .collection(locks, projectScope(name))
      .sorted()) {
      if (until === undefined || (cookie !== 0 && !open.get(cookie))) continue;
      const what = `the lock of ${loginOf(world, name, userId)} on ${table} ${recordId} in "${name}" ends`;
      ends.push({ at: until, kind: 'lock-end', what });
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
  return usedSessions(world)
    .filter(({ usedAt }) => usedAt > moment)
    .map(({ what, usedAt }) => `${what} was used at ${new Date(usedAt).toISOString()}`);
}

function usedSessions(world: World): { readonly what: string; readonly usedAt: Instant }[] {
  const uses = world.collection(sessionUses, serverScope);
  return world
    .collection(sessions, serverScope)
    .sorted()
    .map(({ cookie, project, userId, startedAt }) => ({
      what: `the session of ${loginOf(world, project, userId)} in "${project}"`,
      usedAt: uses.get(cookie)?.at ?? startedAt,
    }));
}

function loginOf(world: World, project: string, userId: number): string {
  return world.collection(users, projectScope(project)).get(userId)?.login ?? 'somebody';
}
