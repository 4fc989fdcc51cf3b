import { LazyList } from '../../answers/lazy-list.ts';
import { documented, inferred } from '../../evidence/evidence.ts';
import { memoryBeside } from '../../memo/memory.ts';
import { errors } from '../errors.ts';
import { shownName } from '../model/run-head.ts';
import type { TestCase } from '../model/test-case.ts';
import { asText, type FieldValue, type FieldValues } from '../model/value.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSession, writtenNumber } from '../run/test-session.ts';
import { flag, list, required, session, testsByName } from './argument.ts';
import { type CommandResult, command } from './command.ts';
import { sessionFor, testNamed } from './lookups.ts';
import { inExample, inProse, ourProposal } from './name-evidence.ts';
import { filteredSessions, sessionFilters } from './session-filters.ts';
import { testDetails } from './test-cases.ts';

/** Reports about whole sessions. */
export const sessionReports = [
  command({
    name: 'getSessionDetails',
    summary: 'Gives everything known about a session.',
    needs: 'run',
    arguments: { session: required(session()) },
    answer: 'a text block of key=value lines',
    evidence: [documented('a text block'), inferred('its keys and layout')],
    run: ({ suite }, values): CommandResult => {
      const details = sessionDetails(sessionFor(suite, values.session));
      return { lines: details.map(([key, value]) => `${key}=${value}`), data: Object.fromEntries(details) };
    },
  }),

  command({
    name: 'getSessionResults',
    summary: 'Lists sessions with the number of tests by result; in JSON each test on request.',
    needs: 'run',
    arguments: {
      ...sessionFilters,
      showVars: flag({
        names: ['showVars', 'variables', 'vars', 'showVariables'],
        about: 'add the session variables',
        evidence: ourProposal,
      }),
      everyTest: flag({
        names: ['everyTest'],
        about: 'add result and execution data of each test; needs returnJSON=1',
        evidence: inProse,
      }),
      resultFields: list({
        names: ['resultFields'],
        about: 'only these fields of the results; switches everyTest on',
        evidence: inExample,
      }),
      everyTestCase: flag({
        names: ['everyTestCase', 'testCases', 'testDefs', 'showTests'],
        about: 'add the definition of each test; needs everyTest',
        evidence: ourProposal,
      }),
      testFields: list({
        names: ['testFields'],
        about: 'only these fields of the definitions; switches everyTest on',
        evidence: inExample,
      }),
    },
    answer: 'one session per line: number;name;code=count for each result code',
    evidence: [
      documented('line form, filters, per-test options in JSON, definitions under testFields'),
      inferred('form of the counts; a list of fields switches everyTest on, as the vendor example expects'),
    ],
    run: ({ suite, isJson }, values): CommandResult => {
      const { showVars, resultFields, testFields } = values;
      const options: TestOptions = {
        isWanted: isJson && (values.everyTest || resultFields !== undefined || testFields !== undefined),
        resultFields: resultFields && new Set(resultFields.map((each) => each.value)),
        hasDefinition: values.everyTestCase || testFields !== undefined,
        testFields: testFields && new Set(testFields.map((each) => each.value)),
      };
      const found = filteredSessions(suite, values);
      if (!isJson)
        return { lines: found.map((each) => textRow(suite, each.number, showVars)), data: undefined };
      const rows = found.map(({ number }) => jsonRow(suite, number, { showVars, options }));
      return { lines: [], data: new LazyList(rows) };
    },
  }),

  command({
    name: 'getTestResultData',
    summary: 'Gives all data of one or more tests in a session.',
    needs: 'run',
    arguments: { tests: testsByName(), session: required(session()) },
    answer: 'key=value lines, an empty line between tests',
    evidence: [documented('one or a comma separated list, by name or UUID'), inferred('the layout')],
    run: ({ suite }, values): CommandResult => {
      const found = sessionFor(suite, values.session);
      const blocks = values.tests.map((reference): [string, [string, string][]] => {
        const test = testNamed(suite, reference);
        const tid = test ? found.tcByUUID(test.uuid) : undefined;
        if (tid === undefined) throw errors.noTestInSession(reference);
        return [reference.value, resultData(found, tid)];
      });
      return {
        lines: blocks.flatMap(([, data], at) => [
          ...(at === 0 ? [] : ['']),
          ...data.map(([key, value]) => `${key}=${value}`),
        ]),
        data: Object.fromEntries(blocks.map(([name, data]) => [name, Object.fromEntries(data)])),
      };
    },
  }),
];

/** Everything a session knows of itself, as text. */
function sessionDetails(found: TestSession): [string, string | number][] {
  const { head, suite } = found;
  const [plannedstaff, plannedclock] = found.plannedtimes();
  const optional = (value: string | number | undefined): string | number => value ?? '';
  return [
    ['sessNum', found.sessionId() ?? ''],
    ['name', shownName(head)],
    ['description', head.description],
    ['summary', head.summary],
    ['suite', suite.name],
    ['testset', head.testset],
    ['user', head.user],
    ['assignedto', found.assignedto()],
    ['locked', head.locked],
    ['isActive', head.isActive ? 1 : 0],
    ['ctime', head.ctime],
    ['mtime', head.mtime],
    ['startdateplanned', optional(head.startdateplanned)],
    ['enddateplanned', optional(head.enddateplanned)],
    ['startdatewindow', optional(head.startdatewindow)],
    ['enddatewindow', optional(head.enddatewindow)],
    ['startdateactual', optional(head.startdateactual)],
    ['enddateactual', optional(head.enddateactual)],
    ['plannedstaff', plannedstaff],
    ['plannedclock', plannedclock],
    ['runmode', head.runmode],
    ['numtests', head.numtests],
    ['numUntested', found.numUntested()],
    ...found.resultCounts().map(([code, count]): [string, number] => [`results_${code}`, count]),
    ...Object.entries(head.variables).map(([name, value]): [string, string] => [
      `VAR_${name}`,
      asText(value),
    ]),
  ];
}

/** What to give of each test. */
interface TestOptions {
  readonly isWanted: boolean;
  readonly resultFields: ReadonlySet<string> | undefined;
  readonly hasDefinition: boolean;
  readonly testFields: ReadonlySet<string> | undefined;
}

function textRow(suite: OpenSuite, number: number, showVars: boolean): string {
  const found = new TestSession(suite, number);
  const { pairSeparator } = suite.settings;
  const pairs: readonly [string, string | number][] = [
    ...found.resultCounts(),
    ...(showVars
      ? Object.entries(found.head.variables).map(([key, value]): [string, string] => [key, asText(value)])
      : []),
  ];
  const shown = pairs.map(([key, value]) => `${key}${pairSeparator}${value}`);
  return [writtenNumber(number, suite), shownName(found.head), ...shown].join(';');
}

function jsonRow(
  suite: OpenSuite,
  number: number,
  { showVars, options }: { showVars: boolean; options: TestOptions },
): Record<string, unknown> {
  const found = new TestSession(suite, number);
  return {
    sessNum: writtenNumber(number, suite),
    name: shownName(found.head),
    results: Object.fromEntries(found.resultCounts()),
    ...(showVars ? { variables: found.head.variables } : {}),
    ...(options.isWanted ? { tests: new LazyList(eachTest(found, options)) } : {}),
  };
}

/** The tests of a session one by one, so that an answer about many of them never holds the process. */
function* eachTest(found: TestSession, options: TestOptions): Iterable<object> {
  const { resultFields, hasDefinition } = options;
  for (const attributes of found.eachTest()) {
    const shown = resultFields ? limited(attributes, resultFields) : attributes;
    const test = hasDefinition ? found.suite.tests.withUuid(asText(attributes.uuid)) : undefined;
    yield test ? { ...shown, testFields: definitionOf(found.suite, test, options.testFields) } : shown;
  }
}

/** Fields by their own names; built-in ones may be asked for without their `atm_`. */
function limited(attributes: TestAttributes, wanted: ReadonlySet<string>): TestAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => wanted.has(name) || wanted.has(name.replace(/^atm_/, ''))),
  );
}

/** A test case is a value, so what is shown of all its fields is made once. */
const shownDefinitions = memoryBeside<TestCase, FieldValues>('definitions of test cases');

function definitionOf(
  suite: OpenSuite,
  test: TestCase,
  wanted: ReadonlySet<string> | undefined,
): FieldValues {
  if (wanted) return Object.fromEntries(testDetails(suite, test).filter(([name]) => wanted.has(name)));
  let shown = shownDefinitions.get(test);
  if (!shown) {
    shown = Object.fromEntries(testDetails(suite, test));
    shownDefinitions.set(test, shown);
  }
  return shown;
}

/** All data of one test: its fields, then the words of its note. */
function resultData(found: TestSession, tid: number): [string, string][] {
  const attributes = Object.entries(found.testCase(tid) ?? {}).map(
    ([key, value]: [string, FieldValue | undefined]) => [key, asText(value)],
  ) as [string, string][];
  return [['tid', String(tid)], ...attributes, ['note', found.note(tid)]];
}
