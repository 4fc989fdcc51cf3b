import { LazyList } from '../../answers/lazy-list.ts';
import { documented, inferred } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { shownName } from '../model/run-head.ts';
import { asText } from '../model/value.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSession, writtenNumber } from '../run/test-session.ts';
import { flag, list, required, session, testsByName, withSent } from './argument.ts';
import { type CommandContext, type CommandResult, command } from './command.ts';
import { sessionFor, tellOfOthers, testFor } from './lookups.ts';
import { inExample, inProse, ourProposal } from './name-evidence.ts';
import type { Remarks } from './remarks.ts';
import { filteredSessions, sessionFilters } from './session-filters.ts';
import {
  isWanted,
  notesField,
  resultFieldsOf,
  testData,
  testRows,
  type WantedFields,
  wantedTestFields,
} from './test-data.ts';

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
      everyTest: withSent(
        flag({
          names: ['everyTest'],
          about: 'add result and execution data of each test; needs returnJSON=1',
          evidence: inProse,
        }),
      ),
      resultFields: list({
        names: ['resultFields'],
        about: 'only these fields of the results; switches everyTest on',
        evidence: inExample,
      }),
      everyTestCase: withSent(
        flag({
          names: ['everyTestCase', 'testCases', 'testDefs', 'showTests'],
          about: 'add the definition of each test; needs everyTest',
          evidence: ourProposal,
        }),
      ),
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
    run: (caller, values): CommandResult => {
      const { suite, remarks, linkBase } = caller;
      const { showVars } = values;
      const found = filteredSessions(suite, values, remarks);
      const options = testOptions(caller, values);
      if (!caller.isJson)
        return { lines: found.map((each) => textRow(suite, each.number, showVars)), data: undefined };
      const rows = found.map(({ number }) => jsonRow(suite, number, { showVars, options, linkBase }));
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
    run: ({ suite, remarks, linkBase }, values): CommandResult => {
      const found = sessionFor(suite, values.session);
      found.linkBase = linkBase;
      const { tests } = values.tests;
      const blocks = tests.map((each): [string, Readonly<Record<string, unknown>>] => {
        const tid = testFor(found, { chosen: each, others: [] }, remarks);
        return [
          each.value,
          testData(found, { tid, attributes: found.testCase(tid) ?? {}, run: found.runAt(tid) }),
        ];
      });
      tellOfOthers(suite, values.tests, remarks);
      return {
        lines: blocks.flatMap(([, data], at) => [...(at === 0 ? [] : ['']), ...dataLines(data)]),
        data: Object.fromEntries(blocks),
      };
    },
  }),
];

/** The data of a test as lines; the note stands there as HTML only. */
function dataLines(data: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(data)
    .filter(([name]) => name !== notesField)
    .map(([name, value]) => `${name}=${String(value)}`);
}

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
  readonly resultFields: WantedFields;
  readonly hasDefinition: boolean;
  readonly testFields: WantedFields;
  /** The names of tests that were looked up already, by UUID. */
  readonly names: Map<string, string>;
}

/** The arguments that say what to give of each test. */
interface TestArguments {
  readonly everyTest: { readonly value: boolean; readonly sent?: Sent };
  readonly everyTestCase: { readonly value: boolean; readonly sent?: Sent };
  readonly resultFields: readonly Sent[] | undefined;
  readonly testFields: readonly Sent[] | undefined;
}

/** What was asked for of each test; what does not apply, or names no field, is told of. */
function testOptions({ suite, isJson, remarks }: CommandContext, given: TestArguments): TestOptions {
  const { everyTest, everyTestCase, resultFields, testFields } = given;
  const isEach = everyTest.value || resultFields !== undefined || testFields !== undefined;
  const switches = [everyTest, everyTestCase].flatMap(({ value, sent }) => (value && sent ? [sent] : []));
  const fields = [...(resultFields ?? []), ...(testFields ?? [])];
  if (!isJson) {
    for (const sent of [...switches, ...fields]) remarks.ignored(sent, 'it needs returnJSON=1');
  } else {
    if (!isEach && everyTestCase.value && everyTestCase.sent)
      remarks.ignored(everyTestCase.sent, 'it needs everyTest=1');
    tellOfFields(resultFieldsOf(suite), resultFields, remarks);
    tellOfFields(suite.definition.fields, testFields, remarks);
  }
  return {
    isWanted: isJson && isEach,
    resultFields: resultFields && new Set(resultFields.map((each) => each.value)),
    hasDefinition: everyTestCase.value || testFields !== undefined,
    testFields: testFields && new Set(testFields.map((each) => each.value)),
    names: new Map(),
  };
}

function tellOfFields(
  fields: readonly Pick<FieldDefinition, 'name' | 'synonym'>[],
  sent: readonly Sent[] | undefined,
  remarks: Remarks,
): void {
  const known = fields.map(({ name }) => name);
  for (const each of sent ?? []) {
    if (fields.some((field) => isWanted(field, new Set([each.value])))) continue;
    remarks.ignored(each, 'there is no such field', {
      known: () => known,
      refusal: () => errors.noField(each, known),
    });
  }
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
  { showVars, options, linkBase }: { showVars: boolean; options: TestOptions; linkBase: string },
): Record<string, unknown> {
  const found = new TestSession(suite, number);
  found.linkBase = linkBase;
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
  const { suite } = found;
  const row = testRows(found, options.resultFields, options.names);
  for (const walked of found.eachTest()) {
    const { attributes } = walked;
    const shown = row(walked);
    const test = options.hasDefinition ? suite.tests.withUuid(asText(attributes.uuid)) : undefined;
    yield test ? { ...shown, testFields: wantedTestFields(suite, test, options.testFields) } : shown;
  }
}
