import { errors, type Sent } from '../errors.ts';
import { type LockLevel, runModes, windowSeconds } from '../model/run-head.ts';
import type { Seconds } from '../model/value.ts';

/** A kind of value that rpc.mpl, the methods of a session and the pages take: read once, in one way, for all. */
export interface ValueKind<T> {
  /** As it stands in a refusal: "Not <name>: <value>". */
  readonly name: string;
  /** The value, from what was given as itself or as text; undefined when it is no such value. */
  readonly read: (given: unknown) => T | undefined;
}

/** A value of a kind. @throws ProductFault naming the argument and the value */
export function ofKind<T>(kind: ValueKind<T>, sent: Sent, given: unknown = sent.value): T {
  const value = kind.read(given);
  if (value === undefined) throw errors.malformed(sent, kind.name);
  return value;
}

const written = (given: unknown): string =>
  typeof given === 'string' ? given.trim() : typeof given === 'number' ? String(given) : '';

/** Any text; a number is its digits. */
export const textKind: ValueKind<string> = {
  name: 'a text',
  read: (given) =>
    typeof given === 'number' ? String(given) : typeof given === 'string' ? given : undefined,
};

/** True and false, as 1 and 0 too; an empty text is false. */
export const truthKind: ValueKind<boolean> = {
  name: 'a boolean, 0 or 1',
  read: (given) => {
    if (given === true || given === 1 || given === '1') return true;
    return given === false || given === 0 || given === '0' || given === '' ? false : undefined;
  },
};

/** A whole number from 0. */
export const countKind: ValueKind<number> = {
  name: 'a whole number from 0',
  read: (given) => {
    if (typeof given === 'number')
      return Number.isInteger(given) && given >= 0 && given < 1e9 ? given : undefined;
    return /^\d{1,9}$/.test(written(given)) ? Number(written(given)) : undefined;
  },
};

/** A point in time; none is beyond what a date can hold. */
export const epochKind: ValueKind<Seconds> = {
  name: 'a date in seconds since the epoch',
  read: (given) => {
    const digits = written(given);
    return /^\d{1,13}$/.test(digits) && Number(digits) <= 8.64e12 ? Number(digits) : undefined;
  },
};

/** One of a few words or numbers. */
export function oneOfKind<const W extends string | number>(words: readonly W[]): ValueKind<W> {
  return {
    name: `one of ${words.join(', ')}`,
    read: (given) => words.find((word) => String(word) === written(given)),
  };
}

/** An "on time" tolerance. */
export const onTimeWindowKind = oneOfKind(windowSeconds);

/** How a user steps through the tests. */
export const runModeKind = oneOfKind(runModes);

/** 0 unlocked, 1 locked, 2 super-locked. */
export const lockLevelKind: ValueKind<LockLevel> = oneOfKind([0, 1, 2]);

/** Texts by name. */
export const textsByNameKind: ValueKind<Readonly<Record<string, string>>> = {
  name: 'texts by name',
  read: (given) => (isTexts(given) ? given : undefined),
};

function isTexts(given: unknown): given is Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  return Object.values(given).every((value) => typeof value === 'string');
}
