import type { Draft } from '../../world/draft.ts';
import { type Instant, MINUTE_MS } from '../../world/instant.ts';
import { faults } from '../faults.ts';
import type { Lock, Session } from '../model/server-records.ts';
import { lockKey, locks, loginSessions, serverScope } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { idleEnd } from './sessions.ts';
import { nameOf } from './user-names.ts';

/** A record that can be locked, and how to name it to a human. */
export interface Lockable {
  readonly table: string;
  readonly recordId: number;
  /** For hints: `Defect 12`. */
  readonly label: string;
}

/** Who locks or holds a lock, in which project, and when. */
export interface LockContext {
  readonly project: ProjectView;
  readonly session: Session;
  readonly now: Instant;
}

/**
 * The lock on a record, if one holds at this moment: not when its time is over (at `until` it is free), and not
 * when the session that took it has ended.
 */
export function heldLock(
  project: ProjectView,
  record: Omit<Lockable, 'label'>,
  now: Instant,
): Lock | undefined {
  const lock = project.table(locks).get(lockKey(record.table, record.recordId));
  return lock && now < lockEnd(project.draft, lock) ? lock : undefined;
}

/** When a lock ends by itself: `Infinity` for one outside SOAP without an end, `-Infinity` when its session is gone. */
export function lockEnd(draft: Draft, { cookie, until = Number.POSITIVE_INFINITY }: Lock): Instant {
  if (cookie === 0) return until;
  const session = draft.table(loginSessions, serverScope).get(cookie);
  return session ? Math.min(until, idleEnd(draft, session)) : Number.NEGATIVE_INFINITY;
}

/**
 * Locks a record for a session. [documented: 15 minutes; detail 22 observed in a client]
 *
 * @throws fault 22 while it is locked, also by the same session
 */
export function takeLock({ project, session, now }: LockContext, record: Lockable): void {
  requireUnlocked(project, record, now);
  putLock(project, record, { holder: session, from: now });
}

/**
 * Locks a record for a user outside SOAP, without asking whether it is free.
 *
 * @param taken `minutes` is what the server's settings say where it is not given
 */
export function lockFromOutside(
  project: ProjectView,
  record: Omit<Lockable, 'label'>,
  { userId, ...taken }: { userId: number; from: Instant; minutes?: number | undefined },
): void {
  putLock(project, record, { holder: { cookie: 0, userId }, ...taken });
}

interface Taken {
  readonly holder: Pick<Lock, 'cookie' | 'userId'>;
  readonly from: Instant;
  readonly minutes?: number | undefined;
}

function putLock(
  project: ProjectView,
  { table, recordId }: Omit<Lockable, 'label'>,
  { holder: { cookie, userId }, from, minutes = project.server.lockMinutes }: Taken,
): void {
  project.table(locks).put({ table, recordId, cookie, userId, until: from + minutes * MINUTE_MS });
}

/** @throws fault 22 while a user edits the record */
export function requireUnlocked(project: ProjectView, record: Lockable, now: Instant): void {
  const lock = heldLock(project, record, now);
  if (lock) throw refusal(project, record, lock);
}

/** @throws fault 22 while another session edits the record */
export function requireUnlockedForOthers({ project, session, now }: LockContext, record: Lockable): void {
  const lock = heldLock(project, record, now);
  if (lock && lock.cookie !== session.cookie) throw refusal(project, record, lock);
}

function refusal(project: ProjectView, record: Lockable, lock: Lock) {
  const holder = nameOf(project, lock.userId, 'first-last') || 'somebody';
  return faults.recordLocked(
    record.label,
    `${holder}${lock.cookie === 0 ? ' outside SOAP' : ''}`,
    lock.until,
  );
}

/**
 * Makes sure that this session is the one that edits the record. [inferred: a lock belongs to the session]
 *
 * @throws fault 7 when it is not
 */
export function requireOwnLock({ project, session, now }: LockContext, record: Lockable): void {
  const lock = project.table(locks).get(lockKey(record.table, record.recordId));
  if (lock && lock.cookie === session.cookie) {
    if (heldLock(project, record, now)) return;
    throw faults.editNotFound(
      record.label,
      `the lock of this session ended after ${project.server.lockMinutes} minutes. Call edit again.`,
    );
  }
  throw faults.editNotFound(
    record.label,
    heldLock(project, record, now)
      ? 'another session holds the lock.'
      : 'no edit is open for it: it was saved, cancelled, or never begun. Call edit first.',
  );
}

/** Ends the edit of a record, of any user; one that is deleted leaves no lock behind. */
export function releaseLock(project: ProjectView, record: Omit<Lockable, 'label'>): void {
  project.table(locks).delete(lockKey(record.table, record.recordId));
}
