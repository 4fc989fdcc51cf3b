import { documented, inferred } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import { joined, parentOf, trimmedPath } from '../model/names.ts';
import { plannedDatesOf } from '../model/run-head.ts';
import { checkedVariables } from '../run/checked-variables.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSet } from '../run/test-set.ts';
import { freeText, oneOf, pathName, prefixed, required, text } from './argument.ts';
import { type CommandResult, command, done } from './command.ts';
import { lock, lockEvidence, mustBeUnlocked, unlock } from './locking.ts';
import { setFor } from './lookups.ts';
import { byParallel, inExample, inProse, ourProposal } from './name-evidence.ts';
import { scheduleArguments } from './sessions.ts';
import { pickableRequirements, pickableTests, pickedSelectors } from './set-selectors.ts';

const setGroup = text({
  names: ['setGroup'],
  about: 'path of the group to hold it; default the root',
  evidence: inExample,
});

const existingSet = required(text({ names: ['set'], about: 'full path of the set', evidence: inExample }));

/** Making, locking and deleting sets and groups. */
export const setCommands = [
  command({
    name: 'createGroup',
    summary: 'Makes a group of sets.',
    needs: 'run',
    arguments: {
      name: required(pathName({ names: ['name'], about: 'name of the new group', evidence: inExample })),
      description: freeText({
        names: ['description'],
        about: 'description of the group',
        evidence: byParallel,
      }),
      setGroup,
    },
    answer: 'an empty line; in JSON the path of the group',
    evidence: [documented('arguments'), inferred('the answer')],
    run: ({ suite }, { name, description = '', setGroup: parent }): CommandResult => {
      const path = pathInGroup(suite, name, parent);
      if (suite.groups.get(path)) throw errors.exists('Set group', { ...name, value: path });
      suite.groups.put({ path, description });
      return { ...done, data: path };
    },
  }),

  command({
    name: 'createSet',
    summary: 'Makes a set of tests from selectors.',
    needs: 'run',
    arguments: {
      set: required(pathName({ names: ['set'], about: 'name of the new set', evidence: inExample })),
      setGroup,
      description: freeText({
        names: ['description'],
        about: 'description of the set',
        evidence: byParallel,
      }),
      ...scheduleArguments,
      schema: prefixed({
        names: ['SCHEMA_'],
        about: 'selector on a field of the test cases; default all tests',
        evidence: inExample,
      }),
      requirements: prefixed({
        names: ['REQ_', 'REQSCHEMA_', 'REQUIREMENT_'],
        about: 'selector on a field of the requirements',
        evidence: ourProposal,
      }),
      variables: prefixed({ names: ['VAR_'], about: 'default session variables', evidence: inExample }),
      testPickedBy: oneOf(
        {
          names: ['testPickedBy'],
          about: 'whether SCHEMA_id lists tests or folders; needed with it',
          evidence: inProse,
        },
        ['test', 'folder'],
      ),
      reqPickedBy: oneOf(
        {
          names: ['reqPickedBy'],
          about: 'whether REQ_id lists requirements or folders; needed with it',
          evidence: inProse,
        },
        ['requirement', 'folder'],
      ),
    },
    answer: 'number of tests selected',
    evidence: [
      documented('number of tests as answer; testPickedBy and reqPickedBy'),
      inferred('prefix of requirement selectors; SCHEMA_id for picked tests; suffixes _isCS and _isRE'),
    ],
    run: ({ suite, remarks }, values): CommandResult => {
      const path = pathInGroup(suite, values.set, values.setGroup);
      const selectors = pickedSelectors({ suite, remarks }, pickableTests(suite), {
        given: values.schema,
        pickedBy: values.testPickedBy,
      });
      const requirementSelectors = pickedSelectors({ suite, remarks }, pickableRequirements(suite), {
        given: values.requirements,
        pickedBy: values.reqPickedBy,
      });
      const variables = checkedVariables(suite, values.variables);
      const set = openNewSet(suite, { ...values.set, value: path });
      set.change({
        description: values.description ?? '',
        selectors,
        requirementSelectors,
        testPickedBy: values.testPickedBy,
        reqPickedBy: values.reqPickedBy,
        ...plannedDatesOf(values),
        variables,
      });
      const count = set.countTests();
      return { lines: [String(count)], data: count };
    },
  }),

  command({
    name: 'deleteSet',
    summary: 'Deletes a set that has no sessions.',
    needs: 'run',
    arguments: {
      set: required(text({ names: ['set'], about: 'full path of the set', evidence: inExample })),
    },
    answer: 'an empty line',
    evidence: [
      documented('arguments; the example writes DeleteSet'),
      inferred('refused while sessions use it'),
    ],
    run: ({ suite }, { set: sent }) => {
      const set = setFor(suite, sent, 'write');
      mustBeUnlocked(set, sent);
      const count = suite.sessions.countBy('testset', set.setPath);
      if (count > 0) throw errors.setHasSessions(sent, count);
      set.remove();
      return done;
    },
  }),

  command({
    name: 'lockSet',
    summary: 'Locks a set.',
    needs: 'run',
    arguments: { set: existingSet },
    answer: 'an empty line',
    evidence: lockEvidence,
    run: ({ suite }, { set }) => lock(setFor(suite, set, 'write')),
  }),

  command({
    name: 'unlockSet',
    summary: 'Unlocks a set.',
    needs: 'run',
    arguments: { set: existingSet },
    answer: 'an empty line',
    evidence: lockEvidence,
    run: ({ suite }, { set }) => unlock(setFor(suite, set, 'write'), set),
  }),
];

/** The path of something new. The group it goes to has to be there. */
function pathInGroup(suite: OpenSuite, name: Sent, group: Sent | undefined): string {
  const parent = group ? trimmedPath(group.value) : '';
  if (group && parent !== '' && !suite.groups.get(parent)) throw errors.noGroup(group, groupPaths(suite));
  const path = joined(parent, trimmedPath(name.value));
  const holder = parentOf(path);
  if (holder !== '' && !suite.groups.get(holder)) {
    throw errors.noGroup({ ...name, value: holder }, groupPaths(suite));
  }
  return path;
}

function groupPaths(suite: OpenSuite): string[] {
  return suite.groups.sorted().map(({ path }) => path);
}

/** A new set; or, with the setting `existingSet: redefine`, the one of that path with everything to be set anew. */
function openNewSet(suite: OpenSuite, sent: Sent): TestSet {
  if (!suite.sets.get(sent.value)) return TestSet.create(suite, sent.value);
  if (suite.settings.existingSet === 'refuse') throw errors.exists('Set', sent);
  const set = new TestSet(suite, sent.value, true);
  mustBeUnlocked(set, sent);
  set.remove();
  return TestSet.create(suite, sent.value);
}
