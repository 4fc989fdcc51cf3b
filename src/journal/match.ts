import { argumentOf, callName, isSameSession, isSessionArgument, memberOf } from '../conditions/names.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { isRecord } from '../input/is-record.ts';
import type { Call } from '../runner/call.ts';
import { plainValue, shortText } from '../text/plain-value.ts';
import { hidden, isSecretName } from '../text/secrets.ts';
import type { ExpectedCall } from './expectation.ts';
import type { RecordedCall } from './journal.ts';

/** One field in which a call is not what was expected. */
export interface FieldMismatch {
  /** `operation`, `user`, `where.pDefect.priority`, … */
  readonly field: string;
  readonly expected: unknown;
  /** Absent when the call has no such field. */
  readonly actual?: unknown;
  /** A name that was probably meant. */
  readonly hint?: string;
}

/** How well a call fits what was expected. */
export interface Match {
  readonly call: RecordedCall;
  /** Fields that fit. */
  readonly fitting: number;
  /** Fields that do not. */
  readonly missing: number;
}

/** Arguments of a call for comparing: made when they are first looked at. */
export type InputOf = (call: RecordedCall) => unknown;

/** The arguments of each call as plain values, made once for as many comparisons as there are. */
export function plainInputs(): InputOf {
  const known = new Map<RecordedCall, unknown>();
  return (call) => {
    if (!known.has(call)) known.set(call, plainValue(call.call.input, { isWhole: true }));
    return known.get(call);
  };
}

/** Compares a call with what was expected, field by field. */
export function matchOf(expected: ExpectedCall, call: RecordedCall, inputOf: InputOf): Match {
  let fitting = 0;
  let missing = 0;
  compare({ expected, call, inputOf }, (isFitting) => {
    if (isFitting) fitting += 1;
    else missing += 1;
  });
  return { call, fitting, missing };
}

/** The fields in which a call is not what was expected, as sentences for the report. */
export function mismatchesOf(expected: ExpectedCall, call: RecordedCall, inputOf: InputOf): FieldMismatch[] {
  const mismatches: FieldMismatch[] = [];
  compare({ expected, call, inputOf }, (isFitting, field) => {
    if (!isFitting) mismatches.push(inWords(field));
  });
  return mismatches;
}

/** A field that was compared. */
interface ComparedField {
  readonly field: string;
  readonly expected: unknown;
  readonly actual?: unknown;
  /** Where there is no member of this name: those that there are. */
  readonly absent?: { readonly name: string; readonly from: object };
}

type Note = (isFitting: boolean, field: ComparedField) => void;

interface Compared {
  readonly expected: ExpectedCall;
  readonly call: RecordedCall;
  readonly inputOf: InputOf;
}

function compare({ expected, call, inputOf }: Compared, note: Note): void {
  const { user, project, suite } = call.caller;
  const heads = { operation: call.call.name, api: call.call.api, user, project, suite } as const;
  for (const [field, actual] of Object.entries(heads)) {
    const wanted = expected[field as keyof typeof heads];
    if (wanted === undefined) continue;
    const meant = field === 'operation' ? callName(wanted) : wanted;
    const isSame = actual !== undefined && actual.toLowerCase() === meant.toLowerCase();
    note(isSame, { field, expected: wanted, actual });
  }
  const { fault, where } = expected;
  if (fault !== undefined) {
    note(isFault(fault, call.fault), { field: 'fault', expected: fault, actual: call.fault?.code });
  }
  if (where !== undefined) {
    new InputComparison(note).call({ ...call.call, input: inputOf(call) }, where);
  }
}

function inWords({ field, expected, actual, absent }: ComparedField): FieldMismatch {
  const hint = absent ? didYouMeanHint(absent.name, Object.keys(absent.from)).trim() : '';
  const isHead = !field.startsWith('where');
  const [wanted, was] = isHead ? [expected, actual] : shownBoth(field, expected, actual);
  return {
    field,
    expected: wanted,
    ...(was === undefined ? {} : { actual: was }),
    ...(hint === '' ? {} : { hint }),
  };
}

function isFault(wanted: number | string | boolean, fault: RecordedCall['fault']): boolean {
  if (typeof wanted === 'boolean') return wanted === (fault !== undefined);
  if (fault === undefined) return false;
  if (typeof wanted === 'number') return fault.code === wanted;
  return String(fault.code) === wanted || fault.text.toLowerCase().includes(wanted.toLowerCase());
}

class InputComparison {
  constructor(private readonly note: Note) {}

  /** The arguments of a call, by whichever names they came. */
  call(call: Call, where: Readonly<Record<string, unknown>>): void {
    for (const [name, expected] of Object.entries(where)) {
      const actual = argumentOf(call, name);
      const field = `where.${name}`;
      if (isSessionArgument(call, name) && isSameSession(actual, expected)) {
        this.note(true, { field, expected, actual });
      } else this.named({ field, name, from: call.input }, expected, actual);
    }
  }

  /** Members that are expected must be there; others do not matter. Lists must have the same length. */
  within(field: string, expected: unknown, actual: unknown): void {
    if (Array.isArray(expected)) {
      if (!Array.isArray(actual) || actual.length !== expected.length) {
        this.note(false, { field, expected, actual });
        return;
      }
      for (const [at, each] of expected.entries()) this.within(`${field}[${at}]`, each, actual[at]);
    } else if (isRecord(expected)) {
      if (!isRecord(actual)) {
        this.note(false, { field, expected, actual });
        return;
      }
      for (const [name, each] of Object.entries(expected)) {
        this.named({ field: `${field}.${name}`, name, from: actual }, each, memberOf(actual, name));
      }
    } else {
      this.note(isSameValue(expected, actual), { field, expected, actual });
    }
  }

  private named(
    { field, name, from }: { readonly field: string; readonly name: string; readonly from: unknown },
    expected: unknown,
    actual: unknown,
  ): void {
    if (actual !== undefined) this.within(field, expected, actual);
    // As in a fault rule, null stands for what is not there.
    else
      this.note(expected === null, { field, expected, absent: { name, from: isRecord(from) ? from : {} } });
  }
}

/** ApTest knows texts only, and a JSON number may stand for a long: `7` and `"7"` are the same. */
function isSameValue(expected: unknown, actual: unknown): boolean {
  if (Object.is(expected, actual)) return true;
  if (actual === undefined || actual === null || expected === null || typeof actual === 'object')
    return false;
  return String(expected) === String(actual);
}

/** Two values as a report may show them. */
function shownBoth(field: string, expected: unknown, actual: unknown): readonly [unknown, unknown] {
  const isSecret = field.split(/[.[\]]/).some(isSecretName);
  if (isSecret) return [hidden, actual === undefined ? undefined : hidden];
  if (typeof expected === 'string' && typeof actual === 'string') return aroundDifference(expected, actual);
  return [plainValue(expected), plainValue(actual)];
}

/** Texts that are longer than this are shown from a little before the place where they differ. */
const longestWhole = 1000;
const shownBefore = 40;

/** The parts of two texts in which they differ: a report is never cut before it. */
function aroundDifference(expected: string, actual: string): readonly [string, string] {
  if (expected.length <= longestWhole && actual.length <= longestWhole) return [expected, actual];
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at += 1;
  const from = at <= shownBefore ? 0 : at - shownBefore;
  const part = (text: string) => {
    const rest = text.slice(from, from + longestWhole);
    const end = from + rest.length < text.length ? '…' : '';
    return `${from === 0 ? '' : `(from character ${from + 1}) …`}${rest}${end}`;
  };
  return [part(expected), part(actual)];
}

/** A mismatch as a line of a report. */
export function mismatchLine({ field, expected, actual, hint }: FieldMismatch): string {
  const was = actual === undefined ? 'was absent' : `was ${shownWhole(actual)}`;
  return `${field}: expected ${shownWhole(expected)}, ${was}${hint === undefined ? '' : `. ${hint}`}`;
}

/** A text is shown as far as the difference goes; of a list or a record, whose parts have lines of their own, enough. */
function shownWhole(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : shortText(value, longestWhole);
}
