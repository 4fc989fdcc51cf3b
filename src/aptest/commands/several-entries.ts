import { isRecord } from '../../input/is-record.ts';
import { doubledKeys, hasDoubledKey, jsonMistake, outerKeys } from '../../input/json-text.ts';
import { pathText } from '../../input/path.ts';
import { errors, type Sent } from '../errors.ts';
import { asText, type FieldValue } from '../model/value.ts';
import { epochOf, type TestChoice, testChoice, testNames } from './argument.ts';
import { isRecorded, type TestEntry } from './entries.ts';
import type { Remarks } from './remarks.ts';

/** What an entry takes from the arguments around the JSON when it says nothing itself (inferred). */
export type EntryDefaults = Omit<TestEntry, 'test' | 'result' | 'place'>;

/** Whether the value of `result` is the several-entries form (inferred: it starts with a brace, or with a bracket). */
export function isSeveralEntries(sent: Sent): boolean {
  return /^\s*[{[]/.test(sent.value);
}

/**
 * Reads `{"label":[{"tid":"0","result":"pass"}, ...], ...}`. Labels mean nothing (documented examples use `label`
 * and `tid_1`); they come back in the JSON answer, in the order of the text.
 *
 * @throws ProductFault the text is no JSON, or an entry has another form; nothing was done then
 */
export function severalEntries(
  sent: Sent,
  defaults: EntryDefaults,
  remarks: Remarks,
): [string, TestEntry[]][] {
  const labels = parsed(sent);
  tellOfDoubled(sent, labels, remarks);
  const used = new Set<string>();
  const read = inOrder(sent, labels).map((label): [string, TestEntry[]] => {
    const entries = labels[label];
    if (!Array.isArray(entries)) throw malformed(sent, label, 'a list of entries');
    const at = (index: number): Place => ({ sent, place: `${label}[${index}]`, defaults, used, remarks });
    return [label, entries.map((entry, index) => entryOf(entry, at(index)))];
  });
  tellOfUnused(defaults, used, remarks);
  return read;
}

/** In longer texts no place is looked for: others would have to wait. */
const explainedCharacters = 50_000;

function tellOfDoubled(sent: Sent, labels: object, remarks: Remarks): void {
  if (!hasDoubledKey(sent.value, labels)) return;
  if (sent.value.length > explainedCharacters) {
    remarks.ignored(sent, 'a label or a member of an entry is there twice, and the last one counts');
    return;
  }
  for (const { path, lost } of doubledKeys(sent.value)) {
    const argument = `${sent.argument} ${pathText(path)}`;
    remarks.ignored({ argument, value: lost }, 'it is there twice, and the last one counts');
  }
}

/** The labels in the order of the text. An object has those that are numbers first. */
function inOrder({ value }: Sent, labels: object): string[] {
  const names = Object.keys(labels);
  return names.some((name) => /^\d+$/.test(name)) ? outerKeys(value) : names;
}

/** Of a key given twice the last one counts. (inferred) */
function parsed(sent: Sent): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(sent.value);
  } catch {
    const mistake = sent.value.length > explainedCharacters ? undefined : jsonMistake(sent.value);
    throw errors.brokenJson(sent, mistake?.message ?? 'not readable');
  }
  if (!isRecord(value)) throw errors.brokenJson(sent, 'a list, not an object of lists by label');
  return value;
}

interface Place {
  readonly sent: Sent;
  readonly place: string;
  readonly defaults: EntryDefaults;
  /** Which defaults some entry took. */
  readonly used: Set<string>;
  readonly remarks: Remarks;
}

/** What an entry may have beside `EXECDATA_` fields. */
const entryMembers = [...testNames, 'result', 'note', 'execdata_when', 'execdata_user'];

function entryOf(entry: unknown, at: Place): TestEntry {
  const { sent, place, defaults, remarks } = at;
  if (!isRecord(entry)) throw malformed(sent, place, 'an object');
  const texts = new Map<string, Sent>();
  const executionData = new Map<string, FieldValue>();
  for (const [name, value] of Object.entries(entry)) {
    const argument = `${sent.argument} ${place}.${name}`;
    const text = textOf(value, { ...sent, argument });
    const key = name.toLowerCase();
    const field = /^execdata_(.*)$/s.exec(key);
    if (entryMembers.includes(key)) {
      texts.set(key, { argument, value: asText(text) });
    } else if (field && field[1] !== '') {
      executionData.set(name.slice('execdata_'.length), text);
    } else if (!field || asText(text) !== '') {
      remarks.ignored({ argument, value: asText(text) }, 'an entry has no such member', {
        known: () => entryMembers,
        compared: name,
      });
    }
  }
  const own = {
    result: filled(texts.get('result')),
    note: texts.get('note')?.value,
    when: filled(texts.get('execdata_when')),
    user: filled(texts.get('execdata_user')),
  };
  const isOwn = (name: string): boolean => executionData.has(name);
  const taken = Object.entries(defaults.executionData).filter(([name]) => !isOwn(name));
  const note = own.note ?? defaults.note;
  const isNoted = isRecorded({ result: own.result, note });
  noteUse(at, { ...own, fields: taken.map(([name]) => name), isNoted });
  const when = own.when && epochOf(own.when, remarks);
  if (!isNoted) tellOfTimeless([own.when, own.user], remarks);
  return {
    test: testOf(texts, { ...sent, argument: `${sent.argument} ${place}` }),
    result: own.result,
    note,
    executionData: Object.fromEntries([...taken, ...executionData]),
    when: when ?? defaults.when,
    user: own.user ?? defaults.user,
    place: `${sent.argument} ${place}.`,
  };
}

/** Time and author are those of a result or a note (documented). */
export function tellOfTimeless(sent: readonly (Sent | undefined)[], remarks: Remarks): void {
  for (const each of sent) {
    if (each) remarks.ignored(each, 'there is neither a result nor a note that it belongs to');
  }
}

interface OwnParts {
  readonly note: string | undefined;
  readonly when: Sent | undefined;
  readonly user: Sent | undefined;
  /** Execution fields that were taken from the defaults. */
  readonly fields: readonly string[];
  readonly isNoted: boolean;
}

function noteUse({ used }: Place, { note, when, user, fields, isNoted }: OwnParts): void {
  if (note === undefined) used.add('note');
  if (!when && isNoted) used.add('execdata_when');
  if (!user && isNoted) used.add('execdata_user');
  for (const name of fields) used.add(`EXECDATA_${name}`);
}

/** Tells of what stands around the entries and was taken by none. */
function tellOfUnused(defaults: EntryDefaults, used: ReadonlySet<string>, remarks: Remarks): void {
  const { note, when, user, executionData } = defaults;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['note', note],
    ['execdata_when', when === undefined ? undefined : String(when)],
    ['execdata_user', user?.value],
    ...Object.entries(executionData).map(([name, value]) => [`EXECDATA_${name}`, asText(value)] as const),
  ];
  for (const [argument, value = ''] of given) {
    if (value === '' || used.has(argument)) continue;
    remarks.ignored({ argument, value }, 'no entry takes it, because it has its own or records nothing');
  }
}

/** The test of an entry, by the same precedence as in the arguments. */
function testOf(texts: ReadonlyMap<string, Sent>, entry: Sent): TestChoice {
  const choice = testChoice((name) => texts.get(name));
  if (choice) return choice;
  throw errors.missingOneOf(['tid', 'id', 'uuid'].map((name) => `${entry.argument}.${name}`));
}

function filled(sent: Sent | undefined): Sent | undefined {
  return sent === undefined || sent.value.trim() === '' ? undefined : sent;
}

/** Values are strings, also for `tid` (documented); numbers, booleans and lists of texts are taken as well. */
function textOf(value: unknown, sent: Sent): FieldValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw errors.malformed({ ...sent, value: JSON.stringify(value) }, 'a text');
}

function malformed(sent: Sent, place: string, expected: string): Error {
  return errors.malformed({ argument: sent.argument, value: place }, expected);
}
