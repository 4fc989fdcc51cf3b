import { errors } from '../errors.ts';
import type { ResultDefinition } from '../model/definitions.ts';
import type { Selector } from '../model/run-head.ts';
import type { FieldValue } from '../model/value.ts';
import {
  countKind as count,
  epochKind as epoch,
  ofKind,
  textKind as text,
  truthKind as truth,
  type ValueKind,
} from '../rules/value-kinds.ts';
import { accessorTable } from './accessors.ts';
import { Field } from './field.ts';
import { RunState } from './run-state.ts';

/** One argument of a method, in the place where the manual has it. */
export interface MethodParameter {
  readonly name: string;
  readonly kind: ValueKind<unknown>;
  readonly isOptional: boolean;
}

const must = (name: string, kind: ValueKind<unknown>): MethodParameter => ({ name, kind, isOptional: false });
const may = (name: string, kind: ValueKind<unknown>): MethodParameter => ({ name, kind, isOptional: true });

const isTexts = (given: unknown): given is readonly (string | number)[] =>
  Array.isArray(given) && given.every((each) => text.read(each) !== undefined);

const texts: ValueKind<readonly string[]> = {
  name: 'a list of texts',
  read: (given) => (isTexts(given) ? given.map(String) : undefined),
};

/** A value, or several. */
const values: ValueKind<FieldValue> = {
  name: 'a text or a list of texts',
  read: (given) => text.read(given) ?? texts.read(given),
};

/** A list of texts, also as one text parted by commas. */
const commaTexts: ValueKind<readonly string[]> = {
  name: 'a list of texts',
  read: (given) => (typeof given === 'string' ? given.split(',') : texts.read(given)),
};

const record = (given: unknown): Record<string, unknown> | undefined =>
  typeof given === 'object' && given !== null && Object.getPrototypeOf(given) === Object.prototype
    ? (given as Record<string, unknown>)
    : undefined;

/** A whole selector: `{"values": ["fail"], "isRE": true}`. */
const selector: ValueKind<Selector> = {
  name: 'a selector {"values": […], "isCS", "isRE", "isDynamic"}',
  read: (given) => {
    const { values: wanted, ...flags } = record(given) ?? {};
    const chosen = values.read(wanted);
    if (chosen === undefined) return undefined;
    const read = Object.entries(flags).map(([flag, state]): [string, boolean | undefined] => [
      flag,
      selectorFlags.has(flag) ? truth.read(state) : undefined,
    ]);
    if (read.some(([, state]) => state === undefined)) return undefined;
    return { ...Object.fromEntries(read), values: typeof chosen === 'string' ? [chosen] : chosen };
  },
};
const selectorFlags: ReadonlySet<string> = new Set(['isCS', 'isRE', 'isDynamic']);

const valuesOrSelector: ValueKind<FieldValue | Selector> = {
  name: `${values.name}, or ${selector.name}`,
  read: (given) => values.read(given) ?? selector.read(given),
};

const selectors: ValueKind<Readonly<Record<string, Selector>>> = {
  name: 'selectors by the names of their fields',
  read: (given) => {
    const entries = Object.entries(record(given) ?? { '': undefined });
    const read = entries.map(([name, each]): [string, Selector | undefined] => [name, selector.read(each)]);
    return read.some(([, each]) => each === undefined)
      ? undefined
      : (Object.fromEntries(read) as Readonly<Record<string, Selector>>);
  },
};

/** Results as `results` gives them. */
const resultList: ValueKind<readonly ResultDefinition[]> = {
  name: 'a list of results {"code", "description", "colour"}',
  read: (given) => {
    const read = Array.isArray(given) ? given.map(readResult) : [undefined];
    return read.includes(undefined) ? undefined : (read as ResultDefinition[]);
  },
};

function readResult(given: unknown): ResultDefinition | undefined {
  const { code, description, colour } = record(given) ?? {};
  const [codeText, descriptionText] = [text.read(code), text.read(description ?? code)];
  if (codeText === undefined || descriptionText === undefined) return undefined;
  return { code: codeText, description: descriptionText, colour: text.read(colour ?? '') ?? '' };
}

/** Values by name; null takes one away. */
const attributes: ValueKind<Readonly<Record<string, FieldValue | undefined>>> = {
  name: 'values by the names of fields',
  read: (given) => {
    const entries = Object.entries(record(given) ?? { '': {} });
    const read = entries.map(([name, each]): [string, FieldValue | undefined] => [
      name,
      each === null ? undefined : values.read(each),
    ]);
    return read.some(([, each], at) => each === undefined && entries[at]?.[1] !== null)
      ? undefined
      : Object.fromEntries(read);
  },
};

const test: ValueKind<{ readonly uuid?: string; readonly id?: string }> = {
  name: 'a test case {"uuid"} or {"id"}',
  read: (given) => {
    const { uuid, id } = record(given) ?? {};
    const named = { uuid: text.read(uuid), id: text.read(id) };
    if (named.uuid === undefined && named.id === undefined) return undefined;
    return Object.fromEntries(Object.entries(named).filter(([, each]) => each !== undefined));
  },
};

const tests: ValueKind<readonly object[]> = {
  name: `a list of: ${test.name}`,
  read: (given) => {
    const read = Array.isArray(given) ? given.map((each) => test.read(each)) : [undefined];
    return read.includes(undefined) ? undefined : (read as object[]);
  },
};

/** Another session that is open. */
const session: ValueKind<RunState> = {
  name: 'an open session',
  read: (given) => (given instanceof RunState ? given : undefined),
};

const field: ValueKind<Field> = {
  name: 'a field of the session',
  read: (given) => (given instanceof Field ? given : undefined),
};

const work: ValueKind<(...args: never[]) => string> = {
  name: 'a function',
  read: (given) => (typeof given === 'function' ? (given as () => string) : undefined),
};

const tid = must('tid', count);
const anything: ValueKind<unknown> = { name: 'anything', read: (given) => given };
const flags = (...names: string[]): MethodParameter[] => names.map((name) => may(name, truth));
const none: readonly MethodParameter[] = [];

/** What the methods take that are no accessors of the record. The names are the manual's. */
const methodTable = {
  rundata: [may('path', text)],
  path: none,
  plannedtimes: none,
  saveAsText: [may('session', text)],
  save: [may('useDBM', truth), may('session', text)],
  populate: [may('tid', count)],
  print: [may('testNum', count)],
  clear: [may('exclusionList', texts), may('testIndex', count)],
  copy: [must('osessH', session), may('testset', text)],
  countTests: flags('useCache'),
  currTest: [may('tid', count)],
  currTestStatus: [may('status', text)],
  field: [may('fname', text)],
  buildSelectorTable: [
    may('testsel', selectors),
    ...flags('allowNS', 'showSpecials', 'skipResults', 'skipAssigned', 'showDynamic'),
  ],
  fieldSelection: [
    must('field', text),
    may('currentSelection', valuesOrSelector),
    ...flags('allowNonSelectable', 'showSpecials', 'showLabels', 'showDynamic'),
  ],
  generateMarkup: [
    tid,
    must('template', text),
    ...flags('showValues', 'showLabels'),
    may('test', test),
    may('req', test),
  ],
  results: [may('resultsRef', resultList)],
  resList: [may('ref', resultList)],
  fieldEntryWrap: [tid, must('field', text), must('value', values), may('suffix', text), may('fn', work)],
  fieldEntryVar: [tid, must('field', text), may('suffix', text), may('fn', text)],
  fieldEntry: [tid, must('field', text), may('as_text', truth)],
  fieldOrder: none,
  flist: none,
  sortedFlist: none,
  id: [may('tid', count)],
  displayId: [tid, ...flags('noPath', 'asText'), may('onClick', text)],
  release: none,
  refresh: [may('setHandle', text), may('destroyResults', truth)],
  testList: none,
  testUUIDList: none,
  selDesc: [must('field', text), must('selRef', selector), may('updateDynamic', truth)],
  selectableList: [may('menuOnly', truth), may('prefix', text)],
  sizeOf: [must('field', text)],
  suffix: [may('newsuff', text)],
  typeOf: [must('field', text)],
  updateIDs: none,
  userList: [may('perms', text)],
  addTest: [must('tcRef', test)],
  deleteTest: [tid],
  disableTest: [tid],
  inserTest: [must('loc', count), must('tcRef', test)],
  insertTest: [must('loc', count), must('tcRef', test)],
  insertTests: [must('loc', count), must('tcRefAry', tests)],
  lastTest: none,
  mtime: [may('value', epoch)],
  multiLists: none,
  assignedto: [may('value', text), may('recalc', truth)],
  tcById: [must('id', text)],
  tcByUUID: [must('uuid', text)],
  note: [
    tid,
    may('text', text),
    may('result', text),
    may('clocktime', count),
    may('stafftime', count),
    may('imported', truth),
  ],
  noteText: [tid, may('asText', truth)],
  notesText: [tid, may('asText', truth)],
  numtests: [may('value', count)],
  numUntested: none,
  result: [tid, may('result', text)],
  runData: [tid, may('text', text), may('dryRun', truth)],
  runDataDefaults: none,
  runSelector: [may('rundataField', text), may('value', valuesOrSelector), ...flags('isCS', 'isRE')],
  selector: [may('schemaField', text), may('value', values)],
  agentSelector: [may('agentAttribute', text), may('value', values)],
  selectTests: [may('useCache', truth), may('collection', texts), may('sort', truth)],
  setVariables: flags('useDefaults'),
  sortKeys: [may('keys', commaTexts)],
  arrange: [may('order', texts)],
  suiteDir: [may('path', text)],
  sync: none,
  testCase: [may('num', count), may('dataHash', attributes)],
  profName: none,
  cacheDB: [may('handle', anything)],
  updateSuiteDB: none,
  currentUser: none,
  user: [may('userName', text)],
  sessionId: [may('sessionId', count)],
  variable: [must('varName', text), may('value', values), may('isDefault', truth)],
  variableTable: flags('header'),
  visibleList: flags('withSyn'),
  settableList: none,
  defaultVariable: [must('varName', text)],
  calcVariables: none,
  dbdata: [may('varName', text), may('value', values)],
  dbdelete: [must('regex', text)],
  stringMatch: [must('value', values), must('reference', selector), may('field', text)],
  javaScriptDependencies: flags('showMandatory'),
  SQL_deleteTestInstance: [tid],
  SQL_tlist: none,
  SQL_tname: none,
  SQL_updateTestInstance: [must('num', count), may('hash', attributes)],
  SQL_insertMulti: [must('tdata', attributes), must('fname', text)],
  SQL_tableDef: [must('tname', text)],
  SQL_tableFields: [must('tname', text)],
  SQL_createTable: [must('tname', text)],
  SQL_drop: none,
  SQL_initialze: none,
  SQL_initialize: none,
  SQL_type: [must('fref', field)],
  SQL_value: [must('fref', field), must('value', text)],
} satisfies Readonly<Record<string, readonly MethodParameter[]>>;

/** A session's number, with leading zeros or without, as `save` gave it. */
const sessionId: ValueKind<number> = {
  name: 'the number of a session',
  read: (given) => count.read(given),
};

/** What `new` takes after the suite. */
export const opening: readonly MethodParameter[] = [
  may('sessID', sessionId),
  may('read/write', truth),
  may('timeout', count),
];

/** What each method of TestSession takes, by its name in the manual. */
export const sessionSignatures: ReadonlyMap<string, readonly MethodParameter[]> = new Map([
  ...Object.entries(accessorTable).map(([name, { kind }]): [string, readonly MethodParameter[]] => [
    name,
    [may('value', kind)],
  ]),
  ...Object.entries(methodTable),
]);

/** What each method of TestSession::Field takes. */
export const fieldSignatures: ReadonlyMap<string, readonly MethodParameter[]> = new Map([
  ['asHtml', [may('value', values)]],
  ['sizeAsHtml', [may('limit', count)]],
  ...[
    'label',
    'prompt',
    'size',
    'style',
    'type',
    'varName',
    'valuesList',
    'descs',
    'getFlags',
    'isList',
    'isRange',
    'isDate',
  ].map((name): [string, readonly MethodParameter[]] => [name, none]),
]);

/** A method as the manual would print it: `fieldEntry(tid, field [, as_text])`. */
export function signatureText(name: string, parameters: readonly MethodParameter[]): string {
  const words = parameters.map(({ name: each, isOptional }, at) => {
    const word = at === 0 ? each : `, ${each}`;
    return isOptional ? ` [${word}]` : word;
  });
  return `${name}(${words.join('').trim()})`;
}

/**
 * The arguments of a call as the method takes them.
 *
 * @param given in the manual's order; null and undefined stand for what is left out
 * @throws ProductFault naming the method, the argument and the value
 */
export function readArguments(
  method: string,
  parameters: readonly MethodParameter[],
  given: readonly unknown[],
): unknown[] {
  if (given.length > parameters.length) {
    throw errors.tooManyForMethod(signatureText(method, parameters), given.length);
  }
  return parameters.map(({ name, kind, isOptional }, at) => {
    const value = given[at] ?? undefined;
    if (value !== undefined) {
      return ofKind(kind, { argument: `${method}: ${name}`, value: shownValue(value) }, value);
    }
    if (!isOptional) throw errors.missing(`${method}: ${name}`, kind.name);
    return undefined;
  });
}

const shownValue = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
