import type { Instant } from '../../world/instant.ts';
import { faults } from '../faults.ts';
import type { Lock, Session } from '../model/server-records.ts';
import { lockKey, locks } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { liveSession } from './sessions.ts';
import { nameOf } from './user-names.ts';

const minuteMs = 60_000;

/** A record that can be locked, and how to name it to a human. */
export interface Lockable {
  readonly table: string;
  readonly recordId: number;
  /** For hints: `Defect 12`. */
  readonly label: string;
}

/**
 * The lock on a record, if one holds at this moment: not when its time is over (at `until` it is free), and not
 * when the session that took it has ended.
 */
export function heldLock(project: ProjectView, record: Lockable, now: Instant): Lock | undefined {
  const lock = project.table(locks).get(lockKey(record.table, record.recordId));
  if (!lock || (lock.until !== undefined && now >= lock.until)) return undefined;
  const isOutside = lock.cookie === 0;
  return isOutside || liveSession(project.draft, lock.cookie, now) ? lock : undefined;
}

/**
 * Locks a record for a session. [documented: 15 minutes; detail 22 observed in a client]
 *
 * @throws fault 22 while it is locked, also by the same session
 */
export function takeLock(project: ProjectView, record: Lockable, session: Session, now: Instant): void {
  requireUnlocked(project, record, now);
  project.table(locks).put({
    table: record.table,
    recordId: record.recordId,
    cookie: session.cookie,
    userId: session.userId,
    until: now + project.server.lockMinutes * minuteMs,
  });
}

/** @throws fault 22 while anybody edits the record */
export function requireUnlocked(project: ProjectView, record: Lockable, now: Instant): void {
  const lock = heldLock(project, record, now);
  if (lock) throw refusal(project, record, lock);
}

/** @throws fault 22 while anybody but this session edits the record */
export function requireUnlockedForOthers(
  project: ProjectView,
  record: Lockable,
  session: Session,
  now: Instant,
): void {
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
export function requireOwnLock(project: ProjectView, record: Lockable, session: Session, now: Instant): void {
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

/** Ends the edit of a record. */
export function releaseLock(project: ProjectView, record: Lockable): void {
  project.table(locks).delete(lockKey(record.table, record.recordId));
}
