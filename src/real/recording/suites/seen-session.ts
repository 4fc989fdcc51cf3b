import type { TestOfSession } from '../../../client/aptest-types.ts';
import type { ReadSession } from '../../clone/suite-reader.ts';
import type { SeenTest, SeenTests } from './seen-tests.ts';

/** How a call names a test of a session: by its place, or by any of its names. */
export type SeenReference = { readonly tid: number } | { readonly name: string };

type Counts = Readonly<Record<string, number>>;

/** What was seen of a session, one after the other; what a test was is worked out when all names are known. */
type Sighting =
  | { readonly kind: 'written'; readonly test: SeenReference; readonly result: string | undefined }
  | { readonly kind: 'all written' }
  | { readonly kind: 'shown'; readonly test: SeenReference; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'counted'; readonly counts: Counts }
  | { readonly kind: 'another recording' };

/** What a session is made with again. */
export interface SessionContext {
  readonly tests: SeenTests;
  /** The tests of its set, where those are known. */
  readonly ofSet: readonly string[] | undefined;
  /** All tests of the suite. */
  readonly ofSuite: readonly SeenTest[];
  readonly untested: string;
  readonly tell: (what: string, assumed: string) => void;
}

/** Details that writing to the session changes; the others stay. */
const changing = /^(?:mtime|locked|isActive|assignedto|summary|.*actual)$/;

/** A session that was there before the recorded client came, as far as calls and answers show it. */
export class SeenSession {
  /** The number as the server writes it, with its zeros. */
  number: string;
  readonly details: Record<string, string | number> = {};
  variables: ReadSession['variables'] | undefined;
  /** Its tests in their order, by any name. */
  tests: readonly string[] | undefined;
  #isWritten = false;
  readonly #sightings: Sighting[] = [];

  constructor(number: string) {
    this.number = number;
  }

  beginRecording(): void {
    this.#isWritten = false;
    this.#sightings.push({ kind: 'another recording' });
  }

  /** The client wrote to a test, or to all of them. */
  written(test?: SeenReference, result?: string): void {
    this.#isWritten = true;
    this.#sightings.push(test ? { kind: 'written', test, result } : { kind: 'all written' });
  }

  /** The session itself was changed, such as locked. */
  changed(): void {
    this.#isWritten = true;
  }

  detail(name: string, value: string | number): void {
    if (this.#isWritten && changing.test(name)) return;
    this.details[name] ??= value;
  }

  counted(counts: Counts): void {
    this.#sightings.push({ kind: 'counted', counts });
  }

  shown(test: SeenReference, data: Readonly<Record<string, unknown>>): void {
    this.#sightings.push({ kind: 'shown', test, data });
  }

  restored(context: SessionContext): ReadSession {
    const tests = this.#tests(context);
    const of = (reference: SeenReference) =>
      'tid' in reference ? tests[reference.tid] : context.tests.named(reference.name);
    const seen = new Results(this.#sightings, of, (what) =>
      context.tell(`ApTest: session ${this.number}: ${what}`, 'what was seen first'),
    );
    const results = seen.filledUp(tests, context);
    // A session begins with its first result. (documented)
    const { startdateactual: when } = this.details;
    const dated = (data: Data | undefined) =>
      data?.results !== undefined && data.when === undefined && typeof when === 'number'
        ? { when, ...data }
        : data;
    return {
      details: this.details,
      variables: this.variables ?? {},
      tests: tests.map((test, tid) => ({ ...dated(results.get(test)), ...namesOf(test, tid) })),
    };
  }

  /** Its tests: listed, or those of its set, or as many as calls and counts say there are. */
  #tests(context: SessionContext): SeenTest[] {
    const { tests, ofSet, ofSuite, tell } = context;
    const listed = [...new Set((this.tests ?? ofSet ?? []).map((name) => tests.named(name)))];
    const named = this.#sightings.flatMap((sighting) =>
      'test' in sighting && 'name' in sighting.test ? [tests.named(sighting.test.name)] : [],
    );
    const all = new Set([...listed, ...(this.tests === undefined ? named : [])]);
    const wanted = this.#leastTests();
    if (all.size >= wanted) return [...all];
    tell(
      `ApTest: which tests session ${this.number} has`,
      'those that are named, and others of the suite as far as there are any',
    );
    for (const test of ofSuite) {
      if (all.size >= wanted) break;
      all.add(test);
    }
    for (let at = 1; all.size < wanted; at++) all.add(tests.named(`Not shown/Test ${at}`));
    return [...all];
  }

  #leastTests(): number {
    const told = this.#sightings.map((sighting) => {
      if (sighting.kind === 'counted') return totalOf(sighting.counts);
      return 'test' in sighting && 'tid' in sighting.test ? sighting.test.tid + 1 : 0;
    });
    return told.reduce((most, each) => Math.max(most, each), 0);
  }
}

function totalOf({ numtests, ...codes }: Counts): number {
  return numtests ?? Object.values(codes).reduce((sum, count) => sum + count, 0);
}

/** How a scenario names a test: by its UUID where one is known. */
export function keyOfTest({ uuid, id, outline }: SeenTest): string {
  return uuid ?? id ?? outline ?? '';
}

function namesOf(test: SeenTest, tid: number): Pick<TestOfSession, 'tid' | 'id' | 'uuid' | 'name'> {
  return { tid, id: test.id ?? '', uuid: keyOfTest(test), name: test.id ?? '' };
}

type Data = Readonly<Record<string, unknown>>;

interface Tally {
  readonly counts: Counts;
  readonly without: ReadonlySet<SeenTest>;
}

/** What the tests of a session had before the recorded client wrote to them. */
class Results {
  readonly #known = new Map<SeenTest, Data>();
  readonly #of: (reference: SeenReference) => SeenTest | undefined;
  readonly #contradicts: (what: string) => void;
  /** Written to in the recording that is looked at, and what each has since then. */
  #written = new Map<SeenTest, string | undefined>();
  #areAllWritten = false;
  /** Counts of later recordings are of another time. */
  #isOver = false;
  /**
   * What counts say of the time before: of all tests but those that had been written to. The first ones know of the most
   * tests, the last ones tell what those have that were written to between.
   */
  #first: Tally | undefined;
  #last: Tally | undefined;

  constructor(
    sightings: readonly Sighting[],
    of: (reference: SeenReference) => SeenTest | undefined,
    contradicts: (what: string) => void,
  ) {
    this.#of = of;
    this.#contradicts = contradicts;
    for (const sighting of sightings) this.#take(sighting);
  }

  /** The data of all tests; those that no answer shows have results that make the counts what they were. */
  filledUp(
    tests: readonly SeenTest[],
    { untested, tell }: Pick<SessionContext, 'untested' | 'tell'>,
  ): ReadonlyMap<SeenTest, Data> {
    const settled = new Set<SeenTest>();
    for (const tally of [this.#last, this.#first]) {
      if (tally && this.#settle(tests, { ...tally, untested }, settled))
        tell('ApTest: which tests of a session have which result', 'as many of each as were counted');
    }
    return this.#known;
  }

  /** Gives results to tests that have none yet. @returns whether others might have had them */
  #settle(
    tests: readonly SeenTest[],
    { counts, without, untested }: Tally & { readonly untested: string },
    settled: Set<SeenTest>,
  ): boolean {
    const left = new Map(Object.entries(counts).filter(([code]) => code !== 'numtests' && code !== untested));
    const open: SeenTest[] = [];
    for (const test of tests) {
      if (without.has(test)) continue;
      const code = this.#known.get(test)?.results;
      if (code !== undefined) left.set(String(code), (left.get(String(code)) ?? 0) - 1);
      else if (!settled.has(test)) open.push(test);
    }
    const codes = [...left].flatMap(([code, count]) => Array<string>(Math.max(0, count)).fill(code));
    for (const test of open) settled.add(test);
    for (const [at, code] of codes.entries()) {
      const test = open[at];
      if (test) this.#known.set(test, { results: code });
    }
    return codes.length > 0 && codes.length < open.length;
  }

  #take(sighting: Sighting): void {
    switch (sighting.kind) {
      case 'another recording':
        this.#written = new Map();
        this.#areAllWritten = false;
        this.#isOver = this.#first !== undefined;
        break;
      case 'all written':
        this.#areAllWritten = true;
        break;
      case 'written':
        this.#write(this.#of(sighting.test), sighting.result);
        break;
      case 'counted':
        this.#count(sighting.counts);
        break;
      case 'shown':
        this.#show(this.#of(sighting.test), sighting.data);
        break;
    }
  }

  #write(test: SeenTest | undefined, result: string | undefined): void {
    if (!test) return;
    this.#written.set(test, result ?? this.#written.get(test) ?? (this.#known.get(test)?.results as string));
  }

  #count(counts: Counts): void {
    const now = [...this.#written.values()];
    if (now.includes(undefined) || this.#isOver) return;
    const left: Record<string, number> = { ...counts };
    for (const code of now) if (code !== undefined) left[code] = (left[code] ?? 0) - 1;
    if (Object.values(left).some((count) => count < 0)) return;
    const tally = { counts: left, without: new Set(this.#written.keys()) };
    this.#first ??= tally;
    this.#last = tally;
  }

  #show(test: SeenTest | undefined, data: Data): void {
    if (!test || this.#areAllWritten || this.#written.has(test)) return;
    const known = this.#known.get(test);
    for (const [name, value] of Object.entries(data)) {
      if (known && name in known && JSON.stringify(known[name]) !== JSON.stringify(value)) {
        this.#contradicts(`recordings contradict one another about a test`);
        return;
      }
    }
    this.#known.set(test, { ...data, ...known });
  }
}
