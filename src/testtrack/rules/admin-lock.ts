import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { heldLock, type Lockable } from './locks.ts';
import { nameOf } from './user-names.ts';

/** The lock of the user who configures the project. It is a lock like those of records. */
export const adminLock: Lockable = {
  table: 'Administration',
  recordId: 0,
  label: 'The configuration of the project',
};

/** @throws fault 75 while a user configures the project [inferred] */
export function requireNoAdminLock({ project, now }: CallContext): void {
  const lock = heldLock(project, adminLock, now);
  if (lock) throw faults.adminLocked(nameOf(project, lock.userId, 'first-last') || 'somebody', lock.until);
}
