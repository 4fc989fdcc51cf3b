import { documented, inferred } from '../../evidence.ts';
import { errors } from '../errors.ts';
import { removeSession } from '../session/test-session.ts';
import { required, session } from './argument.ts';
import { command, done } from './command.ts';
import { mustBeUnlocked, sessionFor } from './lookups.ts';

const locks = [documented('arguments'), inferred('locking twice succeeds; level 2 cannot be taken away')];

/** Locking and deleting sessions. */
export const sessionLockCommands = [
  command({
    name: 'lockSession',
    summary: 'Locks a session.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'an empty line',
    evidence: locks,
    run: ({ suite }, values) => {
      const found = sessionFor(suite, values.session, 'write');
      if (found.locked() === 0) found.locked(1);
      return done;
    },
  }),

  command({
    name: 'unlockSession',
    summary: 'Unlocks a session.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'an empty line',
    evidence: locks,
    run: ({ suite }, values) => {
      const found = sessionFor(suite, values.session, 'write');
      if (found.locked() === 2) throw errors.superLocked('Session', values.session);
      if (found.locked() === 1) found.locked(0);
      return done;
    },
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
