import { parentOf, trimmedPath } from '../../../aptest/model/names.ts';
import type { KnownSuite, KnownTest } from '../../clone/known-suite.ts';
import type { Notes } from '../../clone/notes.ts';
import { keyOfTest, SeenSession } from './seen-session.ts';
import { type SeenTest, SeenTests } from './seen-tests.ts';

interface SeenSet {
  /** Its tests in their order, by any name. */
  tests: readonly string[] | undefined;
}

/** The set of sessions whose own set no answer shows. */
const notShown = 'Not shown';

/** A suite as far as calls and answers show it, as it was before the recorded client changed it. */
export class SeenSuite {
  readonly name: string;
  readonly tests = new SeenTests();
  readonly users = new Set<string>();
  readonly groups = new Set<string>();
  readonly requirements = new Map<string, string>();
  /** The result codes in the order of the suite, where an answer lists them all. */
  codes: readonly string[] | undefined;
  /** All tests by name and by UUID, as far as they were listed. */
  byName: readonly string[] | undefined;
  byUuid: readonly string[] | undefined;
  /** Result codes that were taken. */
  readonly takenCodes = new Set<string>();
  readonly testFields = new Set<string>();
  readonly executionFields = new Set<string>();
  readonly variables = new Set<string>();
  readonly #sets = new Map<string, SeenSet>();
  readonly #sessions = new Map<number, SeenSession>();
  /** What the client made itself in the recording that is read: sessions by number, with the set of each. */
  #own = {
    sets: new Set<string>(),
    groups: new Set<string>(),
    sessions: new Map<number, string | undefined>(),
  };

  constructor(name: string) {
    this.name = name;
  }

  beginRecording(): void {
    this.#own = { sets: new Set(), groups: new Set(), sessions: new Map() };
    for (const session of this.#sessions.values()) session.beginRecording();
  }

  /** A session that was there before; undefined for one that the client made. */
  session(number: number, written?: string): SeenSession | undefined {
    if (this.#own.sessions.has(number)) return undefined;
    const known = this.#sessions.get(number);
    if (known) {
      if (written !== undefined && written.length > known.number.length) known.number = written;
      return known;
    }
    const session = new SeenSession(written ?? String(number));
    this.#sessions.set(number, session);
    return session;
  }

  madeSession(number: number, set: string | undefined): void {
    this.#own.sessions.set(number, set);
  }

  /** What a list of the tests of a session tells of: itself, or its set where the client made it of the whole set. */
  listing(number: number): SeenSession | SeenSet | undefined {
    const set = this.#own.sessions.get(number);
    return set === undefined ? this.session(number) : this.set(set);
  }

  /** A list of the same tests by another kind of name says which are the same. */
  paired(before: readonly string[] | undefined, names: readonly string[]): readonly string[] {
    for (const [at, name] of names.entries()) {
      const other = before?.length === names.length ? before[at] : undefined;
      if (other === undefined) this.tests.named(name);
      else this.tests.same(other, name);
    }
    return before ?? names;
  }

  /** A set that was there before; undefined for one that the client made. */
  set(path: string): SeenSet | undefined {
    const trimmed = trimmedPath(path);
    if (trimmed === '' || this.#own.sets.has(trimmed)) return undefined;
    const known = this.#sets.get(trimmed) ?? { tests: undefined };
    this.#sets.set(trimmed, known);
    return known;
  }

  madeSet(path: string): void {
    this.#own.sets.add(trimmedPath(path));
    this.group(parentOf(trimmedPath(path)));
  }

  group(path: string): void {
    const trimmed = trimmedPath(path);
    if (trimmed !== '' && !this.#own.groups.has(trimmed)) this.groups.add(trimmed);
  }

  madeGroup(path: string): void {
    this.#own.groups.add(trimmedPath(path));
  }

  /** @param bytesOf the bytes of an attachment by its address, where the recording has them */
  known(notes: Notes, bytesOf: KnownSuite['bytesOf']): KnownSuite {
    const all = this.tests.all;
    const untested = this.codes?.includes('untested') === false ? '' : 'untested';
    const context = {
      tests: this.tests,
      untested,
      tell: (what: string, assumed: string) => notes.add(what, assumed),
    };
    const sessions = [...this.#sessions]
      .sort(([a], [b]) => a - b)
      .map(([, session]) => {
        const set = String(session.details.testset ?? '');
        if (set !== '') this.set(set);
        const read = session.restored({
          ...context,
          ofSet: this.#sets.get(trimmedPath(set))?.tests,
          ofSuite: all,
        });
        if (set === '') notes.add('ApTest: the set of a session', `a set "${notShown}"`);
        return [session.number, { ...read, details: { ...read.details, testset: set || notShown } }] as const;
      });
    const tests = this.tests.all.map((test) => knownTest(test, notes));
    return {
      name: this.name,
      tests: () => tests,
      sets: [...this.#sets].map(([path, { tests: names }]) => ({
        path,
        tests: [...new Set((names ?? []).map((name) => keyOfTest(this.tests.named(name))))],
      })),
      sessions,
      users: [...this.users],
      groups: [...this.groups],
      requirements: [...this.requirements].map(([id, uuid]) => ({ id, uuid })),
      results: this.#results(),
      hasOutline: tests.some(({ outline }) => outline !== undefined),
      fields: [...this.testFields],
      executionFields: [...this.executionFields],
      variables: [...this.variables],
      bytesOf,
    };
  }

  /** Codes that no answer lists are taken for the usual ones and those that were taken. */
  #results(): readonly string[] | undefined {
    if (this.codes) return this.codes;
    const usual = ['pass', 'untested', 'fail'];
    const more = [...this.takenCodes].filter((code) => !usual.includes(code));
    return more.length === 0 ? undefined : [...usual, ...more];
  }
}

function knownTest({ id, uuid, outline, fields }: SeenTest, notes: Notes): KnownTest {
  if (id === undefined) notes.add('ApTest: the path of a test', 'a path made of what names it');
  return {
    key: keyOfTest({ id, uuid, outline, fields }),
    id: id ?? `Not shown/${outline ?? uuid}`,
    ...(uuid === undefined ? {} : { uuid }),
    ...(outline === undefined ? {} : { outline }),
    fields: Object.fromEntries(fields),
  };
}
