import { documented, inferred } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import { doubtOfUser } from '../rules/doubtful-values.ts';
import { enabledAccount } from '../run/acting-account.ts';
import { checkingIn } from '../run/checking.ts';
import { list, required, session, text } from './argument.ts';
import { type CommandContext, command, line } from './command.ts';
import { mustBeUnlocked } from './locking.ts';
import { sessionFor, setFor } from './lookups.ts';
import { inExample } from './name-evidence.ts';
import { tellOfDoubt } from './remarks.ts';

const assignTo = required(
  list({
    names: ['assignTo'],
    about: 'users, comma separated; they share the tests as severalAssignees says',
    evidence: inExample,
  }),
);
const evidence = [
  documented('a line that confirms the assignment'),
  inferred(
    'its words; that each test gets all assignees (setting severalAssignees: they take the tests in turn)',
  ),
];

/** Assigning the tests of a session or set to people. */
export const assignmentCommands = [
  command({
    name: 'assignSession',
    summary: 'Assigns the tests of a session to users.',
    needs: 'run',
    arguments: { session: required(session('session whose tests are assigned')), assignTo },
    answer: 'one line that confirms the assignment',
    evidence,
    run: (caller, values) => {
      const found = sessionFor(caller.suite, values.session, 'write');
      const users = knownUsers(caller, values.assignTo);
      mustBeUnlocked(found, values.session);
      found.assignedto(users.join(','));
      return line(`Session ${found.sessionId()} is assigned to ${users.join(', ')}`);
    },
  }),

  command({
    name: 'assignSet',
    summary: 'Assigns the tests of a set to users; sessions made from it start with that.',
    needs: 'run',
    arguments: {
      set: required(text({ names: ['set'], about: 'full path of the set', evidence: inExample })),
      assignTo,
    },
    answer: 'one line that confirms the assignment',
    evidence,
    run: (caller, values) => {
      const set = setFor(caller.suite, values.set, 'write');
      const users = knownUsers(caller, values.assignTo);
      mustBeUnlocked(set, values.set);
      set.assignedto(users.join(','));
      return line(`Set ${set.setPath} is assigned to ${users.join(', ')}`);
    },
  }),
];

function knownUsers({ draft, suite, remarks }: CommandContext, sent: readonly Sent[]): string[] {
  const users = [...new Set(sent.map((each) => enabledAccount(draft, each).name))];
  for (const each of sent) {
    const doubt = doubtOfUser(each.value, checkingIn(suite));
    if (doubt) tellOfDoubt(remarks, each.argument, doubt);
  }
  if (users.length === 0) throw errors.missing('assignTo', 'users, comma separated');
  return users;
}
