import { recordTables } from '../testtrack/model/record-tables.ts';
import { loginSessions, projectScope, projects, serverScope, users } from '../testtrack/model/tables.ts';
import { ProjectView } from '../testtrack/project-view.ts';
import { heldLock, lockFromOutside } from '../testtrack/rules/locks.ts';
import { endSession } from '../testtrack/rules/sessions.ts';
import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import type { World } from '../world/world.ts';
import type { Action } from './rule-schema.ts';

type LockAction = NonNullable<Action['lock']>;
type DropAction = Exclude<NonNullable<Action['dropSession']>, 'caller'>;

/** What a lock of a script is put on, or why it cannot be. */
type LockTarget =
  | { readonly project: string; readonly recordId: number; readonly userId: number }
  | { readonly problem: string };

/** The record and the user that a lock names. */
export function lockTarget(world: World, { project, table, number, by }: LockAction): LockTarget {
  const names = [...world.collection(projects, serverScope).keys()].map(String);
  const [only] = names;
  const name = project ?? (names.length === 1 ? only : undefined);
  if (name === undefined || !names.includes(name)) {
    const problem =
      project === undefined
        ? 'it names no "project", and there is not exactly one'
        : `there is no project "${project}"`;
    return { problem: `${problem}; projects: ${names.join(', ') || 'none'}` };
  }
  const people = world.collection(users, projectScope(name));
  const [userId] = people.keysBy('login', by.toLowerCase());
  if (typeof userId !== 'number') return { problem: `there is no user "${by}" in "${name}"` };
  const known = recordTables[table];
  const records = known && world.collection(known, projectScope(name));
  // What has no number is found by its record ID.
  const isNumbered = known !== undefined && Object.hasOwn(known.indexes, 'number');
  const recordId = isNumbered ? records?.keysBy('number', number)[0] : records?.get(number)?.recordId;
  if (typeof recordId !== 'number') return { problem: `there is no ${table} ${number} in "${name}"` };
  return { project: name, recordId, userId };
}

/**
 * Locks a record for a user outside SOAP. A record that is being edited already stays with its editor, as on
 * the real server. [inferred]
 *
 * @param from when the lock was taken, which may be a while ago
 * @returns whether it was taken
 */
export function lockForAnother(draft: Draft, action: LockAction, from: Instant): boolean {
  const target = lockTarget(draft.commit(), action);
  if ('problem' in target) return false;
  const { recordId, userId } = target;
  const project = new ProjectView(draft, target.project);
  const record = { table: action.table, recordId };
  if (heldLock(project, record, from)) return false;
  lockFromOutside(project, record, { userId, from, minutes: action.minutes });
  return true;
}

/** Ends every session of a user. @returns whether there was one */
export function dropSessionsOf(draft: Draft, { user, project }: DropAction): boolean {
  const open = draft.table(loginSessions, serverScope);
  const wanted = user.toLowerCase();
  const dropped = open.sorted().filter((session) => {
    if (project !== undefined && session.project !== project) return false;
    const owner = draft.table(users, projectScope(session.project)).get(session.userId);
    return owner?.login.toLowerCase() === wanted;
  });
  for (const session of dropped) endSession(draft, session);
  return dropped.length > 0;
}
