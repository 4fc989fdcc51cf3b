import { table } from '../../world/table.ts';
import type { FieldValues, Patch, Seconds, Tally } from './value.ts';

/** One selector: which values of a field are wanted. Values are alternatives. */
export interface Selector {
  readonly values: readonly string[];
  /** Upper and lower case count. */
  readonly isCS?: boolean;
  /** Values are regular expressions. */
  readonly isRE?: boolean;
  /** Values are read anew each time the selector is used (`me`, `today`). */
  readonly isDynamic?: boolean;
}

/** Selectors by the names of the fields that they look at. */
export type Selectors = Readonly<Record<string, Selector>>;

export const runModes = ['continue', 'pause', 'step', 'error', 'single'] as const;
export type RunMode = (typeof runModes)[number];

/** 0 unlocked, 1 locked, 2 super-locked (reserved, not within reach of rpc.mpl). */
export type LockLevel = 0 | 1 | 2;

/** "On time" tolerances that the product offers, in seconds: 4, 8, 16, 24 hours, 2, 3, 7 days (documented). */
export const windowSeconds = [14_400, 28_800, 57_600, 86_400, 172_800, 259_200, 604_800] as const;

/**
 * What a session and a set have in common; a set is a pattern for sessions (documented). It is small and counts
 * are kept in it, because it is replaced with every result: nothing here grows with the number of tests.
 */
export interface RunHead {
  /** What lists call the name; falls back to the description (inferred). */
  readonly name: string;
  readonly description: string;
  readonly summary: string;
  /** Path of the parent set; of a set, its own path. */
  readonly testset: string;
  /** Who last updated it. */
  readonly user: string;
  readonly locked: LockLevel;
  readonly isActive: boolean;
  readonly ctime: Seconds;
  readonly mtime: Seconds;
  readonly startdateplanned?: Seconds;
  readonly enddateplanned?: Seconds;
  /** In seconds, one of `windowSeconds`. */
  readonly startdatewindow?: number;
  readonly enddatewindow?: number;
  readonly startdateactual?: Seconds;
  readonly enddateactual?: Seconds;
  readonly variables: FieldValues;
  readonly selectors: Selectors;
  readonly runSelectors: Selectors;
  readonly agentSelectors: Selectors;
  readonly requirementSelectors: Selectors;
  readonly testPickedBy?: 'test' | 'folder';
  readonly reqPickedBy?: 'requirement' | 'folder';
  readonly orAmongFields: boolean;
  readonly searchAndReplace: boolean;
  readonly idsAsStrings: boolean;
  /** Tests taken out on purpose: UUID (as compared) to id. */
  readonly disabled: Readonly<Record<string, string>>;
  readonly numtests: number;
  /** Tests by result code, untested ones included. */
  readonly results: Tally;
  /** Tests by assignee. */
  readonly assignees: Tally;
  /** Index of the last test that got a result. */
  readonly lastTest?: number;
  /** Index of the test that is being run. */
  readonly currentTest?: number;
  readonly runmode: RunMode;
  readonly notified: boolean;
  readonly tpno: number;
  readonly reordered: boolean;
  readonly refreshable: boolean;
  readonly dbdata: FieldValues;
}

/** A session: a set being run. */
export interface SessionRecord extends RunHead {
  readonly number: number;
}

/** A set: which tests, and what sessions made from it start with. */
export interface SetRecord extends RunHead {
  readonly path: string;
  /** True: a fixed list of tests. False: selected anew whenever the list is read. */
  readonly isStatic: boolean;
}

/** A folder of sets. The root is implied. */
export interface GroupRecord {
  readonly path: string;
  readonly description: string;
}

export const sessions = table<
  SessionRecord,
  { name: (session: SessionRecord) => string; testset: (session: SessionRecord) => string }
>('sessions', {
  key: ({ number }) => number,
  indexes: { name: (session) => shownName(session), testset: ({ testset }) => testset },
});

export const sets = table<SetRecord>('sets', { key: ({ path }) => path });

export const groups = table<GroupRecord>('groups', { key: ({ path }) => path });

/** What lists show as a session's name. */
export function shownName(head: RunHead): string {
  return head.name === '' ? head.description : head.name;
}

/** A head with nothing in it yet. */
export function blankHead(user: string, now: Seconds): RunHead {
  return {
    name: '',
    description: '',
    summary: '',
    testset: '',
    user,
    locked: 0,
    isActive: false,
    ctime: now,
    mtime: now,
    variables: {},
    selectors: {},
    runSelectors: {},
    agentSelectors: {},
    requirementSelectors: {},
    orAmongFields: false,
    searchAndReplace: false,
    idsAsStrings: false,
    disabled: {},
    numtests: 0,
    results: {},
    assignees: {},
    runmode: 'continue',
    notified: false,
    tpno: 0,
    reordered: false,
    refreshable: true,
    dbdata: {},
  };
}

/** Changes to a head; `undefined` takes an optional member away. */
export type HeadPatch = Patch<RunHead>;

/** When a session is to be run. */
export type PlannedDates = Pick<
  HeadPatch,
  'startdateplanned' | 'enddateplanned' | 'startdatewindow' | 'enddatewindow'
>;

/** The schedule among other things. */
export const plannedDatesOf = (planned: PlannedDates): PlannedDates => ({
  startdateplanned: planned.startdateplanned,
  enddateplanned: planned.enddateplanned,
  startdatewindow: planned.startdatewindow,
  enddatewindow: planned.enddatewindow,
});
