import type { Fact } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import { windowSeconds } from '../model/run-head.ts';
import { commaList, type FieldValue, type FieldValues, type Seconds } from '../model/value.ts';
import type { Given } from './given.ts';
import { inExample } from './name-evidence.ts';

/** One argument of a command: enough to read it, to explain it and to list it. */
export interface Argument<T> {
  /** The name first, then what else is accepted for it. Prefixes end with `_`. */
  readonly names: readonly string[];
  readonly type: string;
  readonly isRequired: boolean;
  readonly isRepeatable: boolean;
  readonly about: string;
  /** How its name is known. */
  readonly evidence: Fact;
  /** Reads it from what was sent: form only, the state is not asked. @throws ProductFault */
  readonly read: (given: Given) => T;
}

/** How an argument is described where it is declared. */
export interface Description {
  readonly names: readonly [string, ...string[]];
  readonly about: string;
  /** How its name is known. */
  readonly evidence: Fact;
}

type Parse<T> = (sent: Sent) => T;

function optional<T>(described: Description, type: string, parse: Parse<T>): Argument<T | undefined> {
  const keys = described.names.map((name) => name.toLowerCase());
  return {
    ...described,
    type,
    isRequired: false,
    isRepeatable: false,
    read: (given) => {
      const sent = given.one(keys);
      return sent === undefined || sent.value.trim() === '' ? undefined : parse(sent);
    },
  };
}

/** Makes an argument one that has to be sent. An empty value counts as missing. */
export function required<T>(argument: Argument<T | undefined>): Argument<T> {
  const [name = ''] = argument.names;
  return {
    ...argument,
    isRequired: true,
    read: (given) => {
      const value = argument.read(given);
      if (value === undefined) throw errors.missing(name, argument.about);
      return value;
    },
  };
}

/** Any text, kept with the spelling of the argument so that a refusal can name it. */
export function text(described: Description): Argument<Sent | undefined> {
  return optional(described, 'text', (sent) => sent);
}

/** A name for something new: one line, and not too long to be a name (inferred). */
export function nameText(described: Description): Argument<Sent | undefined> {
  return optional(described, 'name', (sent) => {
    if (sent.value.length > 255 || /[\u0000-\u001f\u007f]/.test(sent.value)) {
      throw errors.malformed(sent, 'a name of one line and at most 255 characters');
    }
    return sent;
  });
}

/** Free text that may be empty; absent is undefined. */
export function freeText(described: Description): Argument<string | undefined> {
  const keys = described.names.map((name) => name.toLowerCase());
  return { ...optional(described, 'text', (sent) => sent.value), read: (given) => given.one(keys)?.value };
}

/** `1` is true; absent, empty and `0` are false. Nothing else is a boolean. */
export function flag(described: Description): Argument<boolean> {
  const parsed = optional(described, 'boolean', (sent) => {
    if (sent.value !== '0' && sent.value !== '1') throw errors.malformed(sent, 'a boolean, 0 or 1');
    return sent.value === '1';
  });
  return { ...parsed, read: (given) => parsed.read(given) ?? false };
}

/** Seconds since the epoch. */
export function epoch(described: Description): Argument<Seconds | undefined> {
  return optional(described, 'seconds since the epoch', (sent) => epochOf(sent));
}

/** A written number of seconds. @throws ProductFault when it is no whole number, negative or beyond any date */
export function epochOf(sent: Sent): Seconds {
  const value = sent.value.trim();
  if (!/^\d{1,13}$/.test(value) || Number(value) > 8.64e12) {
    throw errors.malformed(sent, 'a date in seconds since the epoch');
  }
  return Number(value);
}

/** One of the seven "on time" windows. */
export function onTimeWindow(described: Description): Argument<number | undefined> {
  const type = `one of ${windowSeconds.join(', ')}`;
  return optional(described, type, (sent) => {
    const seconds = windowSeconds.find((window) => String(window) === sent.value.trim());
    if (seconds === undefined) throw errors.malformed(sent, type);
    return seconds;
  });
}

/** One of a few words. */
export function oneOf<const W extends string>(
  described: Description,
  words: readonly W[],
): Argument<W | undefined> {
  const type = `one of ${words.join(', ')}`;
  return optional(described, type, (sent) => {
    const word = words.find((each) => each === sent.value.trim());
    if (word === undefined) throw errors.malformed(sent, type);
    return word;
  });
}

/** Values parted by commas. */
export function list(described: Description): Argument<readonly Sent[] | undefined> {
  return optional(described, 'comma separated list', (sent) => {
    return commaList(sent.value).map((value) => ({ argument: sent.argument, value }));
  });
}

/** An argument that may be sent several times; empty values are left out. */
export function repeated(described: Description): Argument<readonly Sent[]> {
  const keys = described.names.map((name) => name.toLowerCase());
  return {
    ...described,
    type: 'text, repeatable',
    isRequired: false,
    isRepeatable: true,
    read: (given) => given.all(keys).filter(({ value }) => value !== ''),
  };
}

/** All arguments under a prefix: name after the prefix to its value, or values when it was sent several times. */
export function prefixed(described: Description): Argument<FieldValues> {
  const keys = described.names.map((name) => name.toLowerCase());
  return {
    ...described,
    type: 'value, by field name',
    isRequired: false,
    isRepeatable: true,
    read: (given) =>
      Object.fromEntries([...given.prefixed(keys)].map(([name, values]) => [name, single(values)])),
  };
}

function single(values: readonly string[]): FieldValue {
  const [only = ''] = values;
  return values.length > 1 ? values : only;
}

/** A session as the client named it: by number, or else by name. */
export interface SessionReference extends Sent {
  readonly number?: number;
}

/** The session argument, in every spelling that examples and clients use. */
export function session(about = 'number of the session'): Argument<SessionReference | undefined> {
  return optional({ names: ['sessNum', 'sess'], about, evidence: inExample }, 'session number', parseSession);
}

/**
 * Reads a session value. Numbers are compared as numbers, whatever their leading zeros; `002463/Nightly`, the form
 * of the web pages, is its number. Anything else that is not a number is a name, as in the manual's own example.
 */
export function parseSession(sent: Sent): SessionReference {
  const value = sent.value.trim();
  const digits = /^(\d+)(?:\/.*)?$/s.exec(value)?.[1];
  if (digits !== undefined) {
    if (digits.length > 15) throw errors.malformed(sent, 'a session number');
    return { number: Number(digits), ...sent };
  }
  if (/^[+-]\d|^\d+\.\d*$/.test(value)) throw errors.malformed(sent, 'a session number');
  return { ...sent, value };
}

/** A test as the client named it. If several came: uuid, then id, then tid (inferred). */
export type TestArgument =
  | (Sent & { readonly by: 'uuid' | 'id' })
  | (Sent & { readonly by: 'tid'; readonly tid: number });

/** The test of a session: exactly one of `tid`, `id` and `uuid` is asked for; `name` is taken as `id`. */
export function testInSession(): Argument<TestArgument | undefined> {
  return {
    names: ['tid', 'id', 'uuid'],
    type: 'test: index from 0, path or UUID',
    isRequired: false,
    isRepeatable: false,
    about: 'the test in the session',
    evidence: inExample,
    read: (given) => {
      const [uuid, id, tid] = [given.one(['uuid']), given.one(['id', 'name']), given.one(['tid'])];
      if (uuid?.value) return { by: 'uuid', ...uuid };
      if (id?.value) return { by: 'id', ...id };
      return tid?.value ? { by: 'tid', tid: indexOf(tid), ...tid } : undefined;
    },
  };
}

/** A written index. @throws ProductFault when it is not a whole number from 0 */
export function indexOf(sent: Sent): number {
  const value = sent.value.trim();
  if (!/^\d{1,9}$/.test(value)) throw errors.malformed(sent, 'a test index from 0');
  return Number(value);
}

/** A test by `uuid` or by `name`; the UUID wins when both came (inferred). */
export function testByName(): Argument<Sent & { readonly by: 'uuid' | 'name' }> {
  return {
    names: ['name', 'uuid'],
    type: 'test: name or UUID',
    isRequired: true,
    isRepeatable: false,
    about: 'name of the test case, or its UUID',
    evidence: inExample,
    read: (given) => {
      const [uuid, name] = [given.one(['uuid']), given.one(['name'])];
      if (uuid?.value) return { by: 'uuid', ...uuid };
      if (name?.value) return { by: 'name', ...name };
      throw errors.missingOneOf(['name', 'uuid']);
    },
  };
}

/** Several tests by `uuid` or by `name`, comma separated. */
export function testsByName(): Argument<readonly (Sent & { readonly by: 'uuid' | 'name' })[]> {
  const single = testByName();
  return {
    ...single,
    type: 'tests: names or UUIDs, comma separated',
    about: 'names of the test cases, or their UUIDs',
    read: (given) => {
      const sent = single.read(given);
      return commaList(sent.value).map((value) => ({ ...sent, value }));
    },
  };
}
