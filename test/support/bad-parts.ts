import type { SimpleName, StructType, TypeRef } from '../../src/soap/wsdl-model.ts';
import { wsdlModel } from './soap-message.ts';

/** What is wrong with a part: how it must be taken depends on that. */
export type Wrong = 'missing' | 'null' | 'wrong type' | 'out of range' | 'unusual';

/** A value that a part may be sent with instead of a good one. */
export interface BadValue {
  readonly wrong: Wrong;
  /** For the message of a failed test: `pDefect.eventlist[0].date "abc"`. */
  readonly label: string;
  /** As `writeCall` takes it: undefined is not sent, null is nil, text is written as it is. */
  readonly value: unknown;
}

/** Text that is none of the type, and numbers beyond it: no reader of the WSDL may take them. */
const unreadable: Partial<Record<SimpleName, Partial<Record<Wrong, readonly string[]>>>> = {
  long: {
    'wrong type': ['abc', '"1"', '1.5', '0x10'],
    'out of range': ['9223372036854775808', '-9223372036854775809'],
  },
  int: { 'wrong type': ['abc'], 'out of range': ['2147483648'] },
  short: { 'wrong type': ['abc'], 'out of range': ['32768'] },
  boolean: { 'wrong type': ['maybe'], 'out of range': ['2'] },
  double: { 'wrong type': ['abc', '1,5'] },
  date: { 'wrong type': ['abc', '1.3.2026'], 'out of range': ['2026-02-30'] },
  dateTime: { 'wrong type': ['abc'], 'out of range': ['2026-13-01T00:00:00', '2026-01-01T25:00:00'] },
  base64Binary: { 'wrong type': ['@@@@'] },
};

/** What the WSDL allows and no operation hopes for. */
const unusual: Partial<Record<SimpleName, readonly unknown[]>> = {
  long: ['-1', '0', '9007199254740993', '9223372036854775807'],
  int: ['-1', '0', '2147483647'],
  short: ['-32768', '0', '32767'],
  double: ['NaN', '-INF', '-1', '1e308'],
  boolean: [true, false],
  date: ['0001-01-01', '9999-12-31'],
  dateTime: ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
  string: [
    '',
    'no such thing',
    '__proto__',
    'uid:99999999999999999999',
    '<b>&amp;</b>',
    '/',
    'x'.repeat(5_000),
  ],
};

/** How deep lists and records within records are gone through. */
const deepest = 3;

/**
 * Everything wrong that a part can be sent with, down to the members of records in lists.
 *
 * @param good a value that the operation takes; only members of what it has are gone through
 */
export function* badValues(label: string, type: TypeRef, good: unknown, depth = 0): Generator<BadValue> {
  yield { wrong: 'missing', label: `${label} missing`, value: undefined };
  yield { wrong: 'null', label: `${label} null`, value: null };
  switch (type.kind) {
    case 'simple':
      return yield* badTexts(label, type.name);
    case 'struct':
      return yield* depth < deepest ? badRecords(label, structOf(type.name, good), good, depth) : [];
    case 'array':
      return yield* depth < deepest ? badLists(label, type.item, good, depth) : [];
  }
}

function* badTexts(label: string, name: SimpleName): Generator<BadValue> {
  for (const wrong of ['wrong type', 'out of range'] as const) {
    for (const value of unreadable[name]?.[wrong] ?? []) yield { wrong, label: `${label} "${value}"`, value };
  }
  for (const value of unusual[name] ?? []) {
    yield { wrong: 'unusual', label: `${label} "${String(value).slice(0, 40)}"`, value };
  }
}

/** The type that a value says it is of. */
function structOf(declared: string, value: unknown): StructType {
  const actual = typeof value === 'object' && value !== null && '$type' in value ? value.$type : declared;
  const type = wsdlModel.structs.get(String(actual));
  if (!type) throw new Error(`the WSDL has no type ${String(actual)}`);
  return type;
}

function* badRecords(label: string, type: StructType, good: unknown, depth: number): Generator<BadValue> {
  yield { wrong: 'unusual', label: `${label} without members`, value: {} };
  const record = (good ?? {}) as Readonly<Record<string, unknown>>;
  for (const field of type.fields) {
    const bad = badValues(`${label}.${field.name}`, field.type, record[field.name], depth + 1);
    for (const each of bad) yield { ...each, value: { ...record, [field.name]: each.value } };
  }
}

function* badLists(label: string, item: TypeRef, good: unknown, depth: number): Generator<BadValue> {
  const [first, ...rest]: readonly unknown[] = Array.isArray(good) ? good : [];
  yield { wrong: 'unusual', label: `${label} empty`, value: [] };
  yield { wrong: 'null', label: `${label} with a nil item`, value: [null] };
  if (first === undefined) return;
  yield { wrong: 'unusual', label: `${label} doubled`, value: [first, ...rest, first, ...rest] };
  for (const each of badValues(`${label}[0]`, item, first, depth + 1)) {
    if (each.value !== undefined) yield { ...each, value: [each.value, ...rest] };
  }
}
