import { documented, inferred } from '../../evidence/evidence.ts';
import { removeSession } from '../run/test-session.ts';
import { required, session } from './argument.ts';
import { command, done } from './command.ts';
import { lock, lockEvidence, mustBeUnlocked, unlock } from './locking.ts';
import { sessionFor } from './lookups.ts';

/** Locking and deleting sessions. */
export const sessionLockCommands = [
  command({
    name: 'lockSession',
    summary: 'Locks a session.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'an empty line',
    evidence: lockEvidence,
    run: ({ suite }, values) => lock(sessionFor(suite, values.session, 'write')),
  }),

  command({
    name: 'unlockSession',
    summary: 'Unlocks a session.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'an empty line',
    evidence: lockEvidence,
    run: ({ suite }, values) => unlock(sessionFor(suite, values.session, 'write'), values.session),
  }),

  command({
    name: 'deleteSession',
    summary: 'Deletes a session with its results, notes and attachments.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'an empty line',
    evidence: [documented('arguments; the example writes DeleteSession'), inferred('refused while locked')],
    run: ({ suite }, values) => {
      const found = sessionFor(suite, values.session, 'write');
      mustBeUnlocked(found, values.session);
      removeSession(suite, Number(found.sessionId()));
      return done;
    },
  }),
];
