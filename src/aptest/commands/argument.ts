import type { Fact } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import { commaList, type FieldValue, type FieldValues, type Seconds } from '../model/value.ts';
import { looksLikeMilliseconds, millisecondsReason } from '../rules/doubtful-values.ts';
import {
  countKind,
  epochKind,
  ofKind,
  oneOfKind,
  onTimeWindowKind,
  truthKind,
} from '../rules/value-kinds.ts';
import type { Given } from './given.ts';
import { inExample } from './name-evidence.ts';
import type { Remarks } from './remarks.ts';

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

type Parse<T> = (sent: Sent, remarks: Remarks) => T;

function optional<T>(described: Description, type: string, parse: Parse<T>): Argument<T | undefined> {
  const keys = described.names.map((name) => name.toLowerCase());
  return {
    ...described,
    type,
    isRequired: false,
    isRepeatable: false,
    read: (given) => {
      const sent = given.one(keys);
      return sent === undefined || sent.value.trim() === '' ? undefined : parse(sent, given.remarks);
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
      if (value !== undefined) return value;
      const isFile = given.cameAsFile(argument.names.map((each) => each.toLowerCase()));
      throw isFile ? errors.cameAsFile(name) : errors.missing(name, argument.about);
    },
  };
}

/** An argument with what was sent for it, so that a hint can name it. */
export function withSent<T>(argument: Argument<T>): Argument<{ readonly value: T; readonly sent?: Sent }> {
  const keys = argument.names.map((name) => name.toLowerCase());
  return {
    ...argument,
    read: (given) => {
      const sent = given.one(keys);
      return { value: argument.read(given), ...(sent ? { sent } : {}) };
    },
  };
}

/** Any text, kept with the spelling of the argument so that a refusal can name it. */
export function text(described: Description): Argument<Sent | undefined> {
  return optional(described, 'text', (sent) => sent);
}

/** A name for something new: one line, and not too long to be a name (inferred). */
export function nameText(described: Description): Argument<Sent | undefined> {
  return optional(described, 'name', checkedName);
}

function checkedName(sent: Sent): Sent {
  if (sent.value.length > 255 || /[\u0000-\u001f\u007f]/.test(sent.value)) {
    throw errors.malformed(sent, 'a name of one line and at most 255 characters');
  }
  return sent;
}

/** A name for a new set or group. It becomes part of a path, so no part of it may stand for a folder (inferred). */
export function pathName(described: Description): Argument<Sent | undefined> {
  return optional(described, 'name', (sent) => {
    const parts = checkedName(sent)
      .value.split('/')
      .map((part) => part.trim());
    if (parts.includes('.') || parts.includes('..')) {
      throw errors.malformed(sent, 'a name without the parts "." and ".."');
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
  const parsed = optional(described, 'boolean', (sent) => ofKind(truthKind, sent));
  return { ...parsed, read: (given) => parsed.read(given) ?? false };
}

/** Seconds since the epoch. */
export function epoch(described: Description): Argument<Seconds | undefined> {
  return optional(described, 'seconds since the epoch', epochOf);
}

/** A written date. @throws ProductFault when it is no whole number, negative or beyond any date */
export function epochOf(sent: Sent, remarks: Remarks): Seconds {
  const seconds = ofKind(epochKind, sent);
  if (looksLikeMilliseconds(seconds)) remarks.doubtful(sent, millisecondsReason(seconds));
  return seconds;
}

/** One of the seven "on time" windows. */
export function onTimeWindow(described: Description): Argument<number | undefined> {
  return optional(described, onTimeWindowKind.name, (sent) => ofKind(onTimeWindowKind, sent));
}

/** One of a few words. */
export function oneOf<const W extends string>(
  described: Description,
  words: readonly W[],
): Argument<W | undefined> {
  const kind = oneOfKind(words);
  return optional(described, kind.name, (sent) => ofKind(kind, sent));
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

/** A test of a session as the client named it. */
export interface TestArgument extends Sent {
  readonly by: 'uuid' | 'id' | 'name' | 'tid';
}

/** If several arguments name a test: the one that counts, by uuid, then id, name and tid (inferred), and the rest. */
export interface TestChoice {
  readonly chosen: TestArgument;
  readonly others: readonly TestArgument[];
}

/** The ways to name a test of a session, the one that counts first. */
export const testNames = ['uuid', 'id', 'name', 'tid'] as const;

/** The test that is named under these names; undefined when none has a value. @throws ProductFault for a bad index */
export function testChoice(sentAs: (name: TestArgument['by']) => Sent | undefined): TestChoice | undefined {
  const [chosen, ...others] = testNames.flatMap((by): TestArgument[] => {
    const sent = sentAs(by);
    return sent === undefined || sent.value.trim() === '' ? [] : [{ ...sent, by }];
  });
  if (!chosen) return undefined;
  if (chosen.by === 'tid') indexOf(chosen);
  return { chosen, others };
}

/** The test of a session: exactly one of `tid`, `id` and `uuid` is asked for; `name` is taken too. */
export function testInSession(): Argument<TestChoice | undefined> {
  return {
    names: ['tid', 'id', 'uuid', 'name'],
    type: 'test: index from 0, path or UUID',
    isRequired: false,
    isRepeatable: false,
    about: 'the test in the session',
    evidence: inExample,
    read: (given) => testChoice((name) => given.one([name])),
  };
}

/** A written index. @throws ProductFault when it is not a whole number from 0 */
export function indexOf(sent: Sent): number {
  return ofKind({ ...countKind, name: 'a test index from 0' }, sent);
}

/** One test or several, named by `uuid` or by `name`; the rest is what the other argument said. */
export interface MeantTests {
  readonly tests: readonly MeantTest[];
  readonly others: readonly MeantTest[];
}

export interface MeantTest extends Sent {
  readonly by: 'uuid' | 'name';
}

/** Several tests by `uuid` or by `name`, comma separated; the UUIDs win when both came (inferred). */
export function testsByName(): Argument<MeantTests> {
  const parts = (sent: Sent | undefined, by: MeantTest['by']): MeantTest[] =>
    commaList(sent?.value ?? '').map((value) => ({ argument: by, ...sent, value, by }));
  return {
    names: ['name', 'uuid'],
    type: 'tests: names or UUIDs, comma separated',
    isRequired: true,
    isRepeatable: false,
    about: 'names of the test cases, or their UUIDs',
    evidence: inExample,
    read: (given) => {
      const [byUuid, byName] = [parts(given.one(['uuid']), 'uuid'), parts(given.one(['name']), 'name')];
      if (byUuid.length > 0) return { tests: byUuid, others: byName };
      if (byName.length === 0) throw errors.missingOneOf(['name', 'uuid']);
      return { tests: byName, others: [] };
    },
  };
}

/** A test by `uuid` or by `name`, which takes a UUID too; the argument `uuid` wins when both came (inferred). */
export function testByName(): Argument<{ readonly test: MeantTest; readonly others: readonly MeantTest[] }> {
  return {
    ...testsByName(),
    type: 'test: name or UUID',
    about: 'name of the test case, or its UUID',
    read: (given) => {
      const [uuid, name] = [given.one(['uuid']), given.one(['name'])];
      const byName = name?.value ? [{ ...name, by: 'name' as const }] : [];
      if (uuid?.value) return { test: { ...uuid, by: 'uuid' }, others: byName };
      const [test] = byName;
      if (!test) throw errors.missingOneOf(['name', 'uuid']);
      return { test, others: [] };
    },
  };
}
