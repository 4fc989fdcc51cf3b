import { documented, inferred, observed } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import { shownName } from '../model/run-head.ts';
import type { TestCase } from '../model/test-case.ts';
import { checkedVariables } from '../run/checked-variables.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { writtenNumber } from '../run/test-session.ts';
import {
  epoch,
  freeText,
  list,
  nameText,
  onTimeWindow,
  prefixed,
  required,
  session,
  text,
} from './argument.ts';
import { command, line } from './command.ts';
import { sessionFor, setFor, testNamed } from './lookups.ts';
import { byParallel, inExample, ourProposal } from './name-evidence.ts';
import { filteredSessions, sessionFilters } from './session-filters.ts';

/** Planned dates and windows, as sets and sessions take them. */
export const scheduleArguments = {
  startdateplanned: epoch({ names: ['startdateplanned'], about: 'planned start', evidence: inExample }),
  enddateplanned: epoch({ names: ['enddateplanned'], about: 'planned end', evidence: byParallel }),
  startdatewindow: onTimeWindow({
    names: ['startdatewindow'],
    about: '"on time" tolerance of the start',
    evidence: byParallel,
  }),
  enddatewindow: onTimeWindow({
    names: ['enddatewindow'],
    about: '"on time" tolerance of the end',
    evidence: byParallel,
  }),
};

/** Making and listing sessions. */
export const sessionCommands = [
  command({
    name: 'createSession',
    summary: 'Makes a session from a set.',
    needs: 'run',
    arguments: {
      set: required(text({ names: ['set'], about: 'full path of the parent set', evidence: inExample })),
      name: nameText({ names: ['name'], about: 'name of the session', evidence: byParallel }),
      description: freeText({
        names: ['description'],
        about: 'description of the session',
        evidence: byParallel,
      }),
      ...scheduleArguments,
      tests: list({
        names: ['tests', 'testNames', 'testList', 'names'],
        about: 'names of the tests to use; default all of the set',
        evidence: ourProposal,
      }),
      uuids: list({
        names: ['uuids', 'testUUIDs', 'uuidList', 'uuid'],
        about: 'UUIDs of the tests to use; default all of the set',
        evidence: ourProposal,
      }),
      variables: prefixed({
        names: ['VAR_'],
        about: 'session variables; default those of the set',
        evidence: inExample,
      }),
    },
    answer: 'number of the new session',
    evidence: [
      documented('number as answer; schedule, tests and variables'),
      inferred('names of the two test lists; width of the number'),
    ],
    run: ({ suite }, { set, name, tests, uuids, variables, ...plan }) => {
      const parent = setFor(suite, set);
      const number = parent.createSession({
        ...plan,
        name: name?.value,
        variables: checkedVariables(suite, variables),
        tests: chosenTests(suite, tests, uuids),
      });
      return line(writtenNumber(number, suite));
    },
  }),

  command({
    name: 'getSessionList',
    summary: 'Lists the sessions of the suite, filtered.',
    needs: 'run',
    arguments: sessionFilters,
    answer: 'one session per line: number;name',
    evidence: [
      documented('line form and filters'),
      observed('VAR_ filters'),
      inferred('the name of the command; several names of filters'),
    ],
    run: ({ suite, remarks }, filters) => {
      const rows = filteredSessions(suite, filters, remarks).map((each) => ({
        sessNum: writtenNumber(each.number, suite),
        name: shownName(each),
      }));
      return { lines: rows.map(({ sessNum, name }) => `${sessNum};${name}`), data: rows };
    },
  }),

  command({
    name: 'getSessionStatus',
    aliases: ['geSessionStatus'],
    summary: 'Counts the tests of a session by result.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'one line: numtests and one count per result code, parted by semicolons',
    evidence: [
      documented('key and value pairs parted by semicolons; the example is misprinted geSessionStatus'),
      inferred('the separator inside a pair (setting pairSeparator)'),
    ],
    run: ({ suite }, values) => {
      const found = sessionFor(suite, values.session);
      const counts: readonly [string, number][] = [['numtests', found.numtests()], ...found.resultCounts()];
      const { pairSeparator } = suite.settings;
      return {
        lines: [counts.map(([key, count]) => `${key}${pairSeparator}${count}`).join(';')],
        data: Object.fromEntries(counts),
      };
    },
  }),
];

/** The tests that a client asks for by name and by UUID; undefined when it asks for none. */
function chosenTests(
  suite: OpenSuite,
  names: readonly Sent[] | undefined,
  uuids: readonly Sent[] | undefined,
): TestCase[] | undefined {
  if (!names && !uuids) return undefined;
  const wanted = [
    ...(names ?? []).map((sent) => ({ sent, test: testNamed(suite, sent.value) })),
    ...(uuids ?? []).map((sent) => ({ sent, test: suite.tests.withUuid(sent.value) })),
  ];
  const found = wanted.map(({ sent, test }) => {
    if (!test) throw errors.noTest(sent);
    return test;
  });
  return [...new Set(found)];
}
