import { type Account, canRun } from '../model/account.ts';
import type { FieldDefinition, ListedValue } from '../model/definitions.ts';
import { commaList, type Seconds } from '../model/value.ts';

/** From here on a date in seconds is beyond the year 5000, and one in milliseconds is after 1973. */
const firstMilliseconds = 1e11;

/** Whether a date was probably meant in milliseconds. */
export function looksLikeMilliseconds(seconds: Seconds): boolean {
  return seconds >= firstMilliseconds;
}

/** Why such a date is doubtful, as a part of a sentence. */
export function millisecondsReason(seconds: Seconds): string {
  return `dates are in seconds and this one is in the year ${yearOf(seconds)}; if it is in milliseconds, send ${Math.floor(seconds / 1000)}`;
}

function yearOf(seconds: Seconds): number {
  return new Date(Math.min(seconds * 1000, 8.64e15)).getUTCFullYear();
}

/** A value that a field hardly means, and why. */
export interface Doubted {
  readonly value: string;
  /** A part of a sentence. */
  readonly reason: string;
  /** What is expected instead, as it stands in a refusal. */
  readonly expected: string;
  /** The values that the field provides for, where they can be listed. */
  readonly known: readonly string[];
}

/** What values are checked against. */
export interface Checking {
  readonly suite: string;
  readonly account: (name: string) => Account | undefined;
  readonly accountNames: () => readonly string[];
}

/**
 * The first of some values that a field does not provide for: not on its list, no user who can run tests, no number, no
 * date. The product's own check is not documented, so the values are kept all the same (inferred).
 *
 * @returns undefined when all of them are fine
 */
export function doubtedValue(
  field: FieldDefinition,
  values: readonly string[],
  checking: Checking,
): Doubted | undefined {
  for (const value of values.flatMap((each) => (field.type === 'user' ? commaList(each) : [each]))) {
    const doubt = value === '' ? undefined : doubtAbout(field, value, checking);
    if (doubt) return doubt;
  }
  return undefined;
}

function doubtAbout(field: FieldDefinition, value: string, checking: Checking): Doubted | undefined {
  if (field.values) return doubtOfList(field.values, value);
  switch (field.type) {
    case 'user':
      return doubtOfUser(value, checking);
    case 'number':
    case 'time':
      return isNumber(value) ? undefined : doubted(value, 'the field holds a number', 'a number');
    case 'date':
    case 'datetime':
      return doubtOfDate(value);
    default:
      return undefined;
  }
}

/** A value beside a list of values. */
export function doubtOfList(listed: readonly ListedValue[], value: string): Doubted | undefined {
  const known = listed.map((each) => each.value);
  const expected = `one of ${known.join(', ')}`;
  return known.includes(value) ? undefined : { value, reason: `it is not ${expected}`, expected, known };
}

/** An account that is not there, is disabled, or may not run the suite. */
export function doubtOfUser(name: string, { suite, account, accountNames }: Checking): Doubted | undefined {
  const found = account(name);
  const expected = 'a user who may run tests';
  if (!found) return { value: name, reason: 'there is no such user', expected, known: accountNames() };
  if (found.isDisabled) return doubted(name, 'the user is disabled', expected);
  if (canRun(found, suite)) return undefined;
  return doubted(name, `the user may not run tests of the suite ${suite}`, expected);
}

function doubted(value: string, reason: string, expected: string): Doubted {
  return { value, reason, expected, known: [] };
}

function doubtOfDate(value: string): Doubted | undefined {
  const expected = 'a date in seconds since the epoch';
  const seconds = Number(value);
  if (!isNumber(value)) {
    return Number.isNaN(Date.parse(value)) ? doubted(value, 'the field holds a date', expected) : undefined;
  }
  return looksLikeMilliseconds(seconds) ? doubted(value, millisecondsReason(seconds), expected) : undefined;
}

const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));
