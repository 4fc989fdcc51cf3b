import { documented, inferred } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { joined, parentOf, plainName, trimmedPath } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import { asList, type FieldValues } from '../model/value.ts';
import type { Catalogue } from '../rules/catalogue.ts';
import { dynamicWords } from '../rules/dynamic-values.ts';
import { checkedVariables } from '../run/checked-variables.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSet } from '../run/test-set.ts';
import { freeText, nameText, oneOf, prefixed, required, text } from './argument.ts';
import { type CommandResult, command, done } from './command.ts';
import { lock, lockEvidence, mustBeUnlocked, unlock } from './locking.ts';
import { setFor } from './lookups.ts';
import { byParallel, inExample, inProse, ourProposal } from './name-evidence.ts';
import { scheduleArguments } from './sessions.ts';

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
      name: required(nameText({ names: ['name'], about: 'name of the new group', evidence: inExample })),
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
      set: required(nameText({ names: ['set'], about: 'name of the new set', evidence: inExample })),
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
    run: ({ suite }, values): CommandResult => {
      const path = pathInGroup(suite, values.set, values.setGroup);
      const selectors = pickedSelectors(suite, tests(suite), {
        given: values.schema,
        pickedBy: values.testPickedBy,
      });
      const requirementSelectors = pickedSelectors(suite, requirements(suite), {
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
        startdateplanned: values.startdateplanned,
        enddateplanned: values.enddateplanned,
        startdatewindow: values.startdatewindow,
        enddatewindow: values.enddatewindow,
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

/** Names that stand for the list of picked tests or requirements (inferred; the form's own name is not known). */
const pickedNames = ['id', 'atm_id'];

/** What can be picked by name, and the argument that says how. */
interface Pickable {
  readonly prefix: string;
  readonly fields: readonly FieldDefinition[];
  readonly catalogue: Catalogue<{ uuid: string; id: string; position: number }>;
  readonly picker: string;
  /** The values of that argument. */
  readonly kinds: string;
}

function tests({ tests: catalogue, definition: { fields } }: OpenSuite): Pickable {
  return { prefix: 'SCHEMA_', fields, catalogue, picker: 'testPickedBy', kinds: '"test" or "folder"' };
}

function requirements({ requirements: catalogue, definition }: OpenSuite): Pickable {
  const { requirementFields: fields } = definition;
  return { prefix: 'REQ_', fields, catalogue, picker: 'reqPickedBy', kinds: '"requirement" or "folder"' };
}

/** Selectors of tests or requirements; those that name some of them must say what they name. */
function pickedSelectors(
  suite: OpenSuite,
  { prefix, fields, catalogue, picker, kinds }: Pickable,
  { given, pickedBy }: { given: FieldValues; pickedBy: string | undefined },
): Selectors {
  const selectors = selectorsOf(suite, given, { prefix, fields });
  const picked = selectors.atm_id;
  if (picked && !isAny(picked)) {
    const argument = `${prefix}id`;
    if (pickedBy === undefined) throw errors.missing(picker, `${kinds}, with ${argument}`);
    mustExist(catalogue, picked, { isFolder: pickedBy === 'folder', argument });
  }
  return selectors;
}

function isAny({ values }: Selector): boolean {
  return values.some((value) => value.toLowerCase() === 'any');
}

function mustExist(
  catalogue: Catalogue<{ uuid: string; id: string; position: number }>,
  picked: Selector,
  { isFolder, argument }: { isFolder: boolean; argument: string },
): void {
  for (const value of picked.values) {
    const isThere = isFolder ? catalogue.hasFolder(value) : catalogue.withPath(value) !== undefined;
    if (!isThere) throw errors.noTest({ argument, value });
  }
}

/**
 * Selectors from the arguments under a prefix. `<field>_isCS=1` and `<field>_isRE=1` switch case and regular
 * expressions on for a field, unless the suite has a field of that very name. Empty values are left out.
 */
function selectorsOf(
  suite: OpenSuite,
  given: FieldValues,
  { prefix, fields }: { prefix: string; fields: readonly FieldDefinition[] },
): Selectors {
  const selectors = new Map<string, Selector>();
  const flags: [string, 'isCS' | 'isRE'][] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = fieldNamed(fields, name);
    const [, base = '', flag] = /^(.+)_(isCS|isRE)$/.exec(name) ?? [];
    if (field) {
      const isPicked = pickedNames.includes(field.name);
      const texts = asList(value).flatMap((each) => (isPicked ? each.split(',') : [each]));
      const values = texts
        .map((each) => (isPicked ? plainName(each.trim()) : each))
        .filter((each) => each !== '');
      const isDynamic = values.some((each) => dynamicWords(field.type).includes(each));
      if (values.length > 0) selectors.set(field.name, { values, ...(isDynamic ? { isDynamic } : {}) });
    } else if (fieldNamed(fields, base) && (flag === 'isCS' || flag === 'isRE')) {
      if (asList(value).includes('1')) flags.push([fieldNamed(fields, base)?.name ?? base, flag]);
    } else {
      throw errors.noField(
        { argument: prefix + name, value: name },
        fields.map((each) => each.name),
      );
    }
  }
  for (const [name, flag] of flags) {
    const selector = selectors.get(name);
    if (selector) selectors.set(name, { ...selector, [flag]: true });
    const broken = flag === 'isRE' && selector?.values.find((value) => !suite.patterns(value, true));
    if (typeof broken === 'string') {
      throw errors.malformed({ argument: prefix + name, value: broken }, 'a regular expression (RE2)');
    }
  }
  return Object.fromEntries(selectors);
}

/** Built-in fields may be named without their `atm_`. */
function fieldNamed(fields: readonly FieldDefinition[], name: string): FieldDefinition | undefined {
  return fields.find((field) => field.name === name) ?? fields.find((field) => field.name === `atm_${name}`);
}
