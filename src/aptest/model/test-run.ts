import type { FileContent } from '../../world/file-content.ts';
import { table } from '../../world/table.ts';
import { uuidKey } from './names.ts';
import type { FieldValues, Seconds } from './value.ts';

/** Whose tests: a session by its number, or a set by its path. */
export type Owner = `session:${number}` | `set:${string}`;

/**
 * The tests of a session (or static set) in order; the place in the arrays is the `tid`. It changes only when the
 * list itself does, so recording a result never touches it.
 */
export interface TestList {
  readonly owner: Owner;
  readonly uuids: readonly string[];
  /** The id each test had when it was taken in; `updateIDs` refreshes them. */
  readonly ids: readonly string[];
}

/**
 * What happened to one test of a session. A test that nothing happened to has no record: a session of 10,000
 * tests costs one list until results come.
 */
export interface TestRun {
  readonly owner: Owner;
  readonly uuid: string;
  readonly result: string;
  readonly when?: Seconds;
  readonly user?: string;
  readonly assignedto: readonly string[];
  /** Every other execution field, built-in or own. */
  readonly data: FieldValues;
  /** How many entries its note has. */
  readonly entries: number;
}

/** One entry of a test's note: a test execution when it has a result, otherwise a note (documented). */
export interface NoteEntry {
  readonly owner: Owner;
  readonly uuid: string;
  /** From 1. */
  readonly number: number;
  readonly when: Seconds;
  readonly user: string;
  readonly text: string;
  readonly result?: string;
  /** In seconds. */
  readonly clocktime?: number;
  readonly stafftime?: number;
  readonly isImported?: boolean;
  readonly attachment?: Attachment;
}

/** A file that belongs to a note. The name is data: nothing is ever stored or opened under it. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly content: FileContent;
}

export const testLists = table<TestList>('testLists', { key: ({ owner }) => owner });

export const testRuns = table<TestRun>('testRuns', { key: ({ owner, uuid }) => runKey(owner, uuid) });

export const noteEntries = table<NoteEntry, { attachment: (entry: NoteEntry) => string | undefined }>(
  'noteEntries',
  {
    key: ({ owner, uuid, number }) => entryKey(owner, uuid, number),
    indexes: { attachment: ({ attachment }) => attachment?.id },
  },
);

/** The key of a test's run. The UUID comes first because it holds no slash or blank that an owner might. */
export function runKey(owner: Owner, uuid: string): string {
  return `${uuidKey(uuid)} ${owner}`;
}

export function entryKey(owner: Owner, uuid: string, number: number): string {
  return `${number} ${runKey(owner, uuid)}`;
}
