import { isRecord } from '../../input/is-record.ts';
import { jsonMistake } from '../../input/json-text.ts';
import { errors, type Sent } from '../errors.ts';
import type { FieldValue } from '../model/value.ts';
import { epochOf, indexOf, type TestArgument } from './argument.ts';
import type { TestEntry } from './entries.ts';

/** What an entry takes from the arguments around the JSON when it says nothing itself (inferred). */
export type EntryDefaults = Omit<TestEntry, 'test' | 'result'>;

/** Whether the value of `result` is the several-entries form (inferred: it starts with a brace). */
export function isSeveralEntries(sent: Sent): boolean {
  return sent.value.trimStart().startsWith('{');
}

/**
 * Reads `{"label":[{"tid":"0","result":"pass"}, ...], ...}`. Labels mean nothing (documented examples use `label`
 * and `tid_1`); they come back in the JSON answer.
 *
 * @throws ProductFault the text is no JSON, or an entry has another form; nothing was done then
 */
export function severalEntries(sent: Sent, defaults: EntryDefaults): [string, TestEntry[]][] {
  const labels = parsed(sent);
  return Object.entries(labels).map(([label, entries]) => {
    if (!Array.isArray(entries)) throw malformed(sent, label, 'a list of entries');
    return [label, entries.map((entry, at) => entryOf(entry, { sent, place: `${label}[${at}]`, defaults }))];
  });
}

/** In longer texts the mistake is not looked for: others would have to wait. */
const explainedCharacters = 50_000;

/** Of a key given twice the last one counts. (inferred) */
function parsed(sent: Sent): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(sent.value);
  } catch {
    const mistake = sent.value.length > explainedCharacters ? undefined : jsonMistake(sent.value);
    throw errors.brokenJson(sent, mistake?.message ?? 'not readable');
  }
  if (!isRecord(value)) throw errors.brokenJson(sent, 'not an object');
  return value;
}

interface Place {
  readonly sent: Sent;
  readonly place: string;
  readonly defaults: EntryDefaults;
}

function entryOf(entry: unknown, { sent, place, defaults }: Place): TestEntry {
  if (!isRecord(entry)) throw malformed(sent, place, 'an object');
  const texts = new Map<string, Sent>();
  const executionData = new Map<string, FieldValue>(Object.entries(defaults.executionData));
  for (const [name, value] of Object.entries(entry)) {
    const argument = `${sent.argument} ${place}.${name}`;
    const text = textOf(value, { ...sent, argument });
    const key = name.toLowerCase();
    const isFixed = key === 'execdata_when' || key === 'execdata_user';
    if (key.startsWith('execdata_') && !isFixed) {
      if (name.length > 'execdata_'.length) executionData.set(name.slice('execdata_'.length), text);
    } else {
      texts.set(key, { argument, value: asSingle(text) });
    }
  }
  const when = filled(texts.get('execdata_when'));
  return {
    test: testOf(texts, { ...sent, argument: `${sent.argument} ${place}` }),
    result: filled(texts.get('result')),
    note: texts.get('note')?.value ?? defaults.note,
    executionData: Object.fromEntries(executionData),
    when: when ? epochOf(when) : defaults.when,
    user: filled(texts.get('execdata_user')) ?? defaults.user,
  };
}

/** The test of an entry, by the same precedence as in the arguments. */
function testOf(texts: ReadonlyMap<string, Sent>, entry: Sent): TestArgument {
  const uuid = filled(texts.get('uuid'));
  if (uuid) return { ...uuid, by: 'uuid' };
  const id = filled(texts.get('id')) ?? filled(texts.get('name'));
  if (id) return { ...id, by: 'id' };
  const tid = filled(texts.get('tid'));
  if (tid) return { ...tid, by: 'tid', tid: indexOf(tid) };
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

function asSingle(value: FieldValue): string {
  return typeof value === 'string' ? value : value.join(',');
}

function malformed(sent: Sent, place: string, expected: string): Error {
  return errors.malformed({ argument: sent.argument, value: place }, expected);
}
