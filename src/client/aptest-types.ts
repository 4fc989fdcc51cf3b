import type { FieldValue, FieldValues } from '../aptest/model/value.ts';

export type { FieldValue, FieldValues } from '../aptest/model/value.ts';

/** A session by its number, with or without leading zeros. */
export interface InSession {
  readonly session: number | string;
}

/** A test of a session: by its index from 0, its path or its UUID. */
export type TestInSession = { readonly tid: number } | { readonly id: string } | { readonly uuid: string };

/** A test case of the suite. */
export type NamedTest = { readonly name: string } | { readonly uuid: string };

/** Several test cases of the suite. */
export type NamedTests = { readonly names: readonly string[] } | { readonly uuids: readonly string[] };

/** A set by its path with all groups. */
export interface OfSet {
  readonly set: string;
}

/** Planned dates in seconds since the epoch, and the tolerance of "on time" in seconds. */
export interface Schedule {
  readonly startdateplanned?: number;
  readonly enddateplanned?: number;
  readonly startdatewindow?: OnTimeWindow;
  readonly enddatewindow?: OnTimeWindow;
}

/** 4, 8 or 16 hours; 1, 2, 3 or 7 days (documented). */
export type OnTimeWindow = 14_400 | 28_800 | 57_600 | 86_400 | 172_800 | 259_200 | 604_800;

/** A group of sets to be made. */
export interface NewGroup {
  readonly name: string;
  readonly description?: string;
  /** The group to hold it; the root without it. */
  readonly setGroup?: string;
}

/** A set of tests to be made. */
export interface NewSet extends OfSet, Schedule {
  readonly setGroup?: string;
  readonly description?: string;
  /** Which test cases: values of their fields; all without it. */
  readonly schema?: FieldValues;
  readonly requirements?: FieldValues;
  readonly variables?: FieldValues;
  /** Whether `schema.id` lists tests or folders. */
  readonly testPickedBy?: 'test' | 'folder';
  readonly reqPickedBy?: 'requirement' | 'folder';
}

/** A session to be made of a set. */
export interface NewSession extends OfSet, Schedule {
  readonly name?: string;
  readonly description?: string;
  /** Names of the tests to use; all of the set without it. */
  readonly tests?: readonly string[];
  readonly uuids?: readonly string[];
  readonly variables?: FieldValues;
}

/** Which sessions; all that is given has to hold. */
export interface SessionFilter {
  /** Changed within so many seconds before now, or in the range of `from` to `to`. */
  readonly date?: number | 'range';
  /** Seconds since the epoch. */
  readonly from?: number;
  readonly to?: number;
  readonly locked?: 'locked' | 'unlocked';
  readonly status?: 'run' | 'needit' | 'some' | 'partial' | 'notrun';
  readonly sets?: readonly string[];
  readonly variables?: FieldValues;
}

/** Which sessions, and what of each. */
export interface ResultsQuery extends SessionFilter {
  readonly showVars?: boolean;
  /** Each test with its result and execution data. */
  readonly everyTest?: boolean;
  readonly resultFields?: readonly string[];
  /** The definition of each test too. */
  readonly everyTestCase?: boolean;
  readonly testFields?: readonly string[];
}

/** A session in a list. */
export interface SessionRow {
  readonly sessNum: string;
  readonly name: string;
}

/** A session with its counts, and with what else was asked for. */
export interface SessionResults extends SessionRow {
  /** The number of tests by result code. */
  readonly results: Readonly<Record<string, number>>;
  readonly variables?: FieldValues;
  readonly tests?: readonly TestOfSession[];
}

/** A test of a session: what names it, and its execution fields by their names (empty where nothing was set). */
export interface TestOfSession {
  readonly tid: number;
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  readonly notes?: readonly EntryOfNote[];
  readonly testFields?: Readonly<Record<string, FieldValue | number>>;
  readonly [field: string]: unknown;
}

/** An entry of a note as data. */
export interface EntryOfNote {
  /** From 1. */
  readonly number: number;
  /** Seconds since the epoch. */
  readonly when: number;
  readonly user: string;
  /** Empty: a note, and no test execution. */
  readonly result: string;
  readonly text: string;
  /** In seconds. */
  readonly clocktime?: number;
  readonly stafftime?: number;
  readonly attachment?: { readonly name: string; readonly bytes: number; readonly url: string };
}

/** What is recorded for a test. Without a result code it is a note (documented). */
export interface ResultEntry {
  readonly result?: string;
  readonly note?: string;
  /** Execution fields by name; what is not given stays. */
  readonly executionData?: FieldValues;
  /** Seconds since the epoch; now without it. */
  readonly when?: number;
  /** The author; the user of the client without it. */
  readonly user?: string;
}

/** A result or a note for one test of a session. */
export type NewResult = InSession & TestInSession & ResultEntry;

/** Several entries at once, under labels of the caller's own. */
export interface NewResults extends InSession, Pick<ResultEntry, 'note' | 'when' | 'user'> {
  readonly entries: Readonly<Record<string, readonly (TestInSession & ResultEntry)[]>>;
}

/** A file for one test of a session, with a note that links to it. */
export type NewAttachment = InSession &
  TestInSession & {
    readonly fileName: string;
    readonly content: Uint8Array | Blob | string;
    readonly note?: string;
  };
