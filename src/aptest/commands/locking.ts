import { documented, inferred } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import type { TestSession } from '../run/test-session.ts';
import { TestSet } from '../run/test-set.ts';
import { type CommandResult, done } from './command.ts';

/** How the commands that lock and unlock are known. */
export const lockEvidence = [
  documented('arguments'),
  inferred('locking twice succeeds; level 2 cannot be taken away'),
];

/** What a session or set is called in messages. */
function kindOf(found: TestSession | TestSet): 'Set' | 'Session' {
  return found instanceof TestSet ? 'Set' : 'Session';
}

/** Refuses a write to a locked session or set. Comes after everything that looks things up. */
export function mustBeUnlocked(found: TestSession | TestSet, sent: Sent): void {
  if (found.locked() !== 0) throw errors.locked(kindOf(found), sent);
}

/** Locks a session or set; one that is locked already stays as it is. */
export function lock(found: TestSession | TestSet): CommandResult {
  if (found.locked() === 0) found.locked(1);
  return done;
}

/** Takes the lock from a session or set. @throws code 1 for a lock of level 2 */
export function unlock(found: TestSession | TestSet, sent: Sent): CommandResult {
  if (found.locked() === 2) throw errors.superLocked(kindOf(found), sent);
  if (found.locked() === 1) found.locked(0);
  return done;
}
