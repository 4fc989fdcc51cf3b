import { session, testInSession } from '../../../aptest/commands/argument.ts';
import type { Given } from '../../../aptest/commands/given.ts';
import { isSeveralEntries } from '../../../aptest/commands/several-entries.ts';
import { commaList } from '../../../aptest/model/value.ts';
import { isRecord } from '../../../input/is-record.ts';
import { ProductFault } from '../../../world/product-fault.ts';
import type { SeenReference, SeenSession } from './seen-session.ts';
import type { SeenSuite } from './seen-suite.ts';

/** A command that was answered with success. */
export interface AnsweredCommand {
  readonly suite: SeenSuite;
  readonly given: Given;
  /** The data of the answer, in the form that JSON has. */
  readonly data: unknown;
}

type Lesson = (call: AnsweredCommand) => void;
type Data = Readonly<Record<string, unknown>>;

const changed: Lesson = (call) => sessionOf(call)?.changed();
const setIsThere: Lesson = ({ suite, given }) => void suite.set(argumentOf(given, 'set'));

/** What a successful answer says of the suite, by the name of the command. */
export const lessons: Readonly<Record<string, Lesson>> = {
  getSetList: ({ suite, given, data }) => {
    suite.group(argumentOf(given, 'group'));
    for (const path of listOf(data)) suite.set(path);
  },
  getTestList: ({ suite, given, data }) => {
    const number = numberOf(given);
    const seen = number === undefined ? suite.set(argumentOf(given, 'set')) : suite.listing(number);
    if (seen) seen.tests = suite.paired(seen.tests, listOf(data));
  },
  getTestsSuiteByname: ({ suite, data }) => {
    suite.byName = suite.paired(suite.byUuid, listOf(data));
  },
  getTestsSuiteByUUID: ({ suite, data }) => {
    suite.byUuid = suite.paired(suite.byName, listOf(data));
  },
  getTestUUID: ({ suite, given, data }) => {
    const name = argumentOf(given, 'name');
    if (typeof data === 'string' && data !== '' && name !== '') suite.tests.same(name, data);
  },
  getReqUUID: ({ suite, given, data }) => {
    if (typeof data === 'string' && data !== '') suite.requirements.set(argumentOf(given, 'name'), data);
  },
  getTestCaseDetails: ({ suite, given, data }) => {
    const name = argumentOf(given, 'uuid') || argumentOf(given, 'name');
    const field = argumentOf(given, 'field');
    if (name !== '') fieldsOf(suite, name, isRecord(data) ? data : field === '' ? {} : { [field]: data });
  },
  getTestCaseResult: (call) => {
    const name = argumentOf(call.given, 'uuid') || argumentOf(call.given, 'name');
    if (name !== '' && typeof call.data === 'string')
      sessionOf(call)?.shown({ name }, { results: call.data, notes: [] });
  },
  getTestResultData: (call) => {
    if (isRecord(call.data))
      for (const test of Object.values(call.data)) testShown(call.suite, sessionOf(call), test);
  },
  getSessionList: ({ suite, data }) => {
    for (const row of listOf<Data>(data)) rowShown(suite, row);
  },
  getSessionResults: ({ suite, data }) => {
    for (const row of listOf<Data>(data)) {
      const seen = rowShown(suite, row);
      if (isRecord(row.results)) counted(suite, seen, row.results);
      if (isRecord(row.variables)) variablesShown(suite, seen, row.variables);
      const tests = Array.isArray(row.tests) ? row.tests : [];
      for (const test of tests) testShown(suite, seen, test);
      if (tests.length > 0 && seen) seen.tests ??= tests.map(({ uuid, id }) => String(uuid || id));
    }
  },
  getSessionStatus: (call) => {
    if (isRecord(call.data)) counted(call.suite, sessionOf(call), call.data);
  },
  getSessionDetails: (call) => {
    if (isRecord(call.data)) detailsShown(call, call.data);
  },
  createGroup: ({ suite, given }) => {
    const parent = argumentOf(given, 'setGroup');
    suite.group(parent);
    suite.madeGroup(parent === '' ? argumentOf(given, 'name') : `${parent}/${argumentOf(given, 'name')}`);
  },
  createSet: ({ suite, given }) => {
    const group = argumentOf(given, 'setGroup');
    suite.madeSet(group === '' ? argumentOf(given, 'set') : `${group}/${argumentOf(given, 'set')}`);
    for (const [name, values] of given.prefixed(['schema_'])) selectedBy(suite, name, values);
    for (const [name] of given.prefixed(['var_'])) suite.variables.add(name);
  },
  createSession: ({ suite, given, data }) => {
    const set = argumentOf(given, 'set');
    suite.set(set);
    for (const [name] of given.prefixed(['var_'])) suite.variables.add(name);
    const isWhole = [
      'tests',
      'testnames',
      'testlist',
      'names',
      'uuids',
      'testuuids',
      'uuidlist',
      'uuid',
    ].every((name) => given.one([name]) === undefined);
    suite.madeSession(Number(data), isWhole ? set : undefined);
  },
  deleteSession: (call) => void sessionOf(call),
  lockSession: changed,
  unlockSession: changed,
  assignSession: (call) => {
    for (const user of commaList(argumentOf(call.given, 'assignTo'))) call.suite.users.add(user);
    sessionOf(call)?.written();
  },
  assignSet: (call) => {
    for (const user of commaList(argumentOf(call.given, 'assignTo'))) call.suite.users.add(user);
    setIsThere(call);
  },
  deleteSet: setIsThere,
  lockSet: setIsThere,
  unlockSet: setIsThere,
  attachFile: (call) => {
    const test = testOf(call.given);
    if (test) sessionOf(call)?.written(test);
  },
  result: (call) => {
    const { suite, given } = call;
    const result = given.one(['result']);
    const user = argumentOf(given, 'execdata_user');
    if (user !== '') suite.users.add(user);
    for (const [name] of given.prefixed(['execdata_'])) fieldSent(suite, name);
    if (result && isSeveralEntries(result)) severalWritten(call, result.value);
    else written(call, testOf(given), result?.value);
  },
};

/** A set was selected by a field, or by the tests themselves. */
function selectedBy(suite: SeenSuite, field: string, values: readonly string[]): void {
  if (!/^(?:atm_)?id$/i.test(field)) suite.testFields.add(field);
  else for (const name of values.flatMap(commaList)) suite.tests.named(name);
}

function argumentOf(given: Given, name: string): string {
  return given.all([name.toLowerCase()])[0]?.value.trim() ?? '';
}

function listOf<T = string>(data: unknown): readonly T[] {
  return Array.isArray(data) ? (data as T[]) : [];
}

const sessionArgument = session();
const testArgument = testInSession();

function numberOf(given: Given): number | undefined {
  return unlessRefused(() => sessionArgument.read(given)?.number);
}

function testOf(given: Given): SeenReference | undefined {
  const chosen = unlessRefused(() => testArgument.read(given)?.chosen);
  if (!chosen) return undefined;
  return chosen.by === 'tid' ? { tid: Number(chosen.value) } : { name: chosen.value };
}

/** A real server may take what the twin refuses: nothing is learned from that then. */
function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProductFault) return undefined;
    throw error;
  }
}

function sessionOf({ suite, given }: AnsweredCommand): SeenSession | undefined {
  const number = numberOf(given);
  return number === undefined ? undefined : suite.session(number);
}

function rowShown(suite: SeenSuite, { sessNum, name }: Data): SeenSession | undefined {
  const seen = suite.session(Number(sessNum), String(sessNum));
  if (typeof name === 'string' && name !== '') seen?.detail('name', name);
  return seen;
}

function counted(suite: SeenSuite, seen: SeenSession | undefined, counts: Data): void {
  const numbers = Object.fromEntries(
    Object.entries(counts).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  );
  suite.codes ??= Object.keys(numbers).filter((code) => code !== 'numtests');
  seen?.counted(numbers);
}

function variablesShown(suite: SeenSuite, seen: SeenSession | undefined, variables: Data): void {
  for (const name of Object.keys(variables)) suite.variables.add(name);
  if (seen) seen.variables ??= variables as NonNullable<SeenSession['variables']>;
}

function detailsShown(call: AnsweredCommand, details: Data): void {
  const { suite } = call;
  const seen = sessionOf(call);
  const counts: Record<string, unknown> = { numtests: details.numtests };
  const variables: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (name.startsWith('results_')) counts[name.slice('results_'.length)] = value;
    else if (name.startsWith('VAR_')) variables[name.slice('VAR_'.length)] = value;
    else if (typeof value === 'string' || typeof value === 'number') seen?.detail(name, value);
  }
  if (typeof details.sessNum === 'string') suite.session(Number(details.sessNum), details.sessNum);
  counted(suite, seen, counts);
  variablesShown(suite, seen, variables);
  for (const user of [details.user, ...commaList(String(details.assignedto ?? ''))]) {
    if (typeof user === 'string' && user !== '') suite.users.add(user);
  }
}

function testShown(suite: SeenSuite, seen: SeenSession | undefined, shown: unknown): void {
  if (!isRecord(shown)) return;
  const { tid, id, uuid, name: _name, testFields, note: _html, ...data } = shown;
  const names = [uuid, id].filter((each): each is string => typeof each === 'string' && each !== '');
  const [first, second] = names;
  if (first === undefined) return;
  if (second !== undefined) suite.tests.same(first, second);
  if (isRecord(testFields)) fieldsOf(suite, first, testFields);
  seen?.shown({ name: first }, data);
  if (typeof tid === 'number') seen?.shown({ tid }, {});
}

function fieldsOf(suite: SeenSuite, name: string, fields: Data): void {
  const test = suite.tests.named(name);
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'atm_uuid' && typeof value === 'string' && value !== '') suite.tests.same(name, value);
    else if (field === 'atm_id' && typeof value === 'string' && value !== '') suite.tests.same(name, value);
    else if (!test.fields.has(field)) test.fields.set(field, value);
  }
}

function written(call: AnsweredCommand, test: SeenReference | undefined, result: string | undefined): void {
  const code = result?.trim() || undefined;
  if (code !== undefined) call.suite.takenCodes.add(code);
  if (test) sessionOf(call)?.written(test, code);
}

/** The form of `result` that holds several entries. */
function severalWritten(call: AnsweredCommand, text: string): void {
  const labels: unknown = JSON.parse(text);
  for (const entry of Object.values(isRecord(labels) ? labels : {}).flat()) {
    if (!isRecord(entry)) continue;
    const { tid, id, uuid, result } = entry;
    for (const name of Object.keys(entry)) {
      if (/^execdata_/i.test(name)) fieldSent(call.suite, name.slice('execdata_'.length));
    }
    const name = uuid ?? id;
    const test = name === undefined ? { tid: Number(tid) } : { name: String(name) };
    written(call, test, result === undefined ? undefined : String(result));
  }
}

/** A field that was sent is kept, as far as the answer says; that the suite has it is taken for granted. */
function fieldSent(suite: SeenSuite, name: string): void {
  if (!/^(?:when|user|assignedto)$/i.test(name) && name !== '') suite.executionFields.add(name);
}
