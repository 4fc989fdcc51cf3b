import { documented, inferred, observed } from '../../evidence/evidence.ts';
import { errors } from '../errors.ts';
import { canRun } from '../model/account.ts';
import { suites } from '../model/definitions.ts';
import { installationScope } from '../model/installation.ts';
import { trimmedPath } from '../model/names.ts';
import { flag, required, session, testByName, text } from './argument.ts';
import { command, line, lineEach } from './command.ts';
import { sessionFor, setFor, testFor, testNamed } from './lookups.ts';
import { inExample, inProse, ourProposal } from './name-evidence.ts';

/** Commands that list what an installation and a suite hold. */
export const suiteLists = [
  command({
    name: 'getSuiteList',
    summary: 'Lists the suites in which the user has at least run access.',
    needs: 'user',
    arguments: {},
    answer: 'one suite per line',
    evidence: [
      documented('only suites with run access'),
      inferred('the name; the argument suite may be left out'),
    ],
    run: ({ account, draft }) =>
      lineEach(
        draft
          .table(suites, installationScope)
          .sorted()
          .filter(({ name }) => canRun(account, name))
          .map(({ name }) => name),
      ),
  }),

  command({
    name: 'getSetList',
    summary: 'Lists the sets of the suite, or of one group.',
    needs: 'run',
    arguments: {
      group: text({ names: ['group'], about: 'only sets of this group', evidence: inProse }),
      recursive: flag({
        names: ['recursive', 'recurse', 'children', 'all'],
        about: 'sets of child groups too',
        evidence: ourProposal,
      }),
    },
    answer: 'one set per line, with its groups',
    evidence: [documented('filter by group; all sets without one'), inferred('name of "recursive"')],
    run: ({ suite }, { group, recursive }) => {
      const paths = suite.sets.sorted().map(({ path }) => path);
      if (group === undefined) return lineEach(paths);
      const path = trimmedPath(group.value);
      if (path !== '' && !suite.groups.get(path)) {
        throw errors.noGroup(
          group,
          suite.groups.sorted().map((each) => each.path),
        );
      }
      const start = path === '' ? '' : `${path}/`;
      return lineEach(
        paths.filter(
          (each) => each.startsWith(start) && (recursive || !each.slice(start.length).includes('/')),
        ),
      );
    },
  }),

  command({
    name: 'getTestList',
    summary: 'Lists the tests of a session or of a set, in their order.',
    needs: 'run',
    arguments: {
      session: session('session whose tests are listed; or send set'),
      set: text({
        names: ['set'],
        about: 'set whose tests are listed; or send sessNum',
        evidence: inExample,
      }),
      byUUID: flag({ names: ['byUUID'], about: 'UUIDs instead of ids', evidence: inExample }),
    },
    answer: 'one id in full form, or UUID, per line',
    evidence: [
      documented('arguments and lines'),
      observed('sessnum=000004; a line is sent back as id unchanged'),
    ],
    run: ({ suite, remarks }, values) => {
      if (!values.session && !values.set) throw errors.missingOneOf(['sessNum', 'set']);
      if (values.session && values.set) {
        remarks.ignored(values.set, `${values.session.argument} came too, and counts before it`);
      }
      const tests = values.session
        ? sessionFor(suite, values.session)
        : setFor(suite, values.set ?? { argument: 'set', value: '' });
      return lineEach(values.byUUID ? tests.testUUIDList() : tests.testList());
    },
  }),

  command({
    name: 'getTestUUID',
    summary: 'Gives the UUID of a test case.',
    needs: 'run',
    arguments: {
      name: required(
        text({
          names: ['name'],
          about: 'name with its path, or outline number when the suite is in auto-outline mode',
          evidence: inExample,
        }),
      ),
    },
    answer: 'the UUID; an empty line when there is no such test case',
    evidence: [documented('empty when not found'), inferred('a name with .dir and .bts is understood too')],
    run: ({ suite }, { name }) => line(testNamed(suite, name.value)?.uuid ?? ''),
  }),

  command({
    name: 'getTestCaseResult',
    summary: 'Gives the result of one test in a session.',
    needs: 'run',
    arguments: { test: testByName(), session: required(session()) },
    answer: 'the result code',
    evidence: documented('by name or UUID'),
    run: ({ suite, remarks }, { test, session: reference }) => {
      const found = sessionFor(suite, reference);
      const tid = testFor(found, { chosen: test.test, others: test.others }, remarks);
      return line(found.result(tid) ?? '');
    },
  }),
];
