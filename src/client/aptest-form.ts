import type {
  FieldValues,
  InSession,
  NamedTest,
  NewResults,
  NewSession,
  NewSet,
  ResultEntry,
  ResultsQuery,
  Schedule,
  SessionFilter,
  TestInSession,
} from './aptest-types.ts';

/** Arguments as they travel: names with their values, several times where a name has several. */
export type WireArguments = readonly (readonly [string, string])[];

type Value = string | number | boolean | undefined;

/** Arguments of these names; those without a value are left out, a flag travels as 1 or 0. */
export function plain(values: Readonly<Record<string, Value>>): WireArguments {
  return Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === 'boolean' ? String(Number(value)) : String(value)]],
  );
}

/** Fields under a prefix such as `VAR_`; several values of one field go as several arguments. */
function prefixed(prefix: string, values: FieldValues = {}): WireArguments {
  return Object.entries(values).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each): [string, string] => [prefix + name, each]),
  );
}

/** A list that travels with commas. */
export function commas(values: readonly string[] | undefined): string | undefined {
  return values?.join(',');
}

/** The manual's examples write `sess` for `result` and `attachFile`, and `sessNum` elsewhere. */
export function sessNum({ session }: InSession): WireArguments {
  return plain({ sessNum: session });
}

/** The arguments that name a test. */
export function testOf(test: TestInSession | NamedTest): WireArguments {
  if ('uuid' in test) return plain({ uuid: test.uuid });
  if ('id' in test) return plain({ id: test.id });
  return 'tid' in test ? plain({ tid: test.tid }) : plain({ name: test.name });
}

/** The arguments of createSet. */
export function newSetArguments({ schema, requirements, variables, ...given }: NewSet): WireArguments {
  const { set, setGroup, description, testPickedBy, reqPickedBy } = given;
  return [
    ...plain({ set, setGroup, description, testPickedBy, reqPickedBy }),
    ...schedule(given),
    ...prefixed('SCHEMA_', schema),
    ...prefixed('REQ_', requirements),
    ...prefixed('VAR_', variables),
  ];
}

/** The arguments of createSession. */
export function newSessionArguments({ variables, tests, uuids, ...given }: NewSession): WireArguments {
  const { set, name, description } = given;
  return [
    ...plain({ set, name, description, tests: commas(tests), uuids: commas(uuids) }),
    ...schedule(given),
    ...prefixed('VAR_', variables),
  ];
}

/** The arguments that choose sessions. */
export function filterArguments({
  date,
  from,
  to,
  locked,
  status,
  sets = [],
  variables,
}: SessionFilter): WireArguments {
  return [
    ...plain({ date, from, to, locked, status }),
    ...sets.map((set): [string, string] => ['sets', set]),
    ...prefixed('VAR_', variables),
  ];
}

/** The arguments of getSessionResults. */
export function resultsArguments(query: ResultsQuery): WireArguments {
  const { showVars, everyTest, everyTestCase, resultFields, testFields } = query;
  return [
    ...filterArguments(query),
    ...plain({ showVars, everyTest, everyTestCase }),
    ...plain({ resultFields: commas(resultFields), testFields: commas(testFields) }),
  ];
}

/** The arguments of one entry for a test. */
export function entryArguments({ result, note, executionData, when, user }: ResultEntry): WireArguments {
  return [
    ...plain({ result, note, execdata_when: when, execdata_user: user }),
    ...prefixed('EXECDATA_', executionData),
  ];
}

/** Several entries travel as JSON in `result`; their values are texts (documented, also for `tid`). */
export function severalArguments({ session, entries, note, when, user }: NewResults): WireArguments {
  const written = Object.entries(entries).map(([label, list]): [string, object[]] => [
    label,
    list.map((entry) => Object.fromEntries([...testOf(entry), ...entryArguments(entry)])),
  ]);
  return plain({
    sess: session,
    result: JSON.stringify(Object.fromEntries(written)),
    note,
    execdata_when: when,
    execdata_user: user,
  });
}

function schedule({
  startdateplanned,
  enddateplanned,
  startdatewindow,
  enddatewindow,
}: Schedule): WireArguments {
  return plain({ startdateplanned, enddateplanned, startdatewindow, enddatewindow });
}
