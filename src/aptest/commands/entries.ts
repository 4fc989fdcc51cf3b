import { errors, type Sent } from '../errors.ts';
import { asList, asText, type FieldValue, type FieldValues } from '../model/value.ts';
import { doubtedValue } from '../rules/doubtful-values.ts';
import { executionField, isMultiple, isSettable } from '../rules/execution-fields.ts';
import { changeFragment, noteFragment } from '../rules/note-fragment.ts';
import { enabledAccount } from '../run/acting-account.ts';
import { checkedResult } from '../run/checked-result.ts';
import { checkingIn } from '../run/checking.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import type { TestSession } from '../run/test-session.ts';
import type { TestChoice } from './argument.ts';
import { testFor } from './lookups.ts';
import { type Remarks, tellOfDoubt } from './remarks.ts';
import { noteData } from './test-data.ts';

/** One result, note or change of execution data, as it was sent. */
export interface TestEntry {
  readonly test: TestChoice;
  readonly result?: Sent | undefined;
  readonly note?: string | undefined;
  readonly executionData: FieldValues;
  readonly when?: number | undefined;
  readonly user?: Sent | undefined;
  /** What stands before the names of its arguments in messages: nothing, or its place in the JSON form. */
  readonly place?: string;
}

/** An entry after everything in it was looked up. */
export interface ReadyEntry {
  readonly tid: number;
  readonly result?: string | undefined;
  readonly note?: string | undefined;
  readonly executionData: FieldValues;
  readonly when?: number | undefined;
  readonly user: string;
}

/** What an answer says of an entry that was written. */
interface WrittenEntry {
  readonly fragment: string;
  /** Null for a change of execution data alone, which is in no note. */
  readonly note: object | null;
}

/** Whether something is added to the test's note; otherwise only execution data change. */
export function isRecorded({ result, note = '' }: Pick<TestEntry, 'result' | 'note'>): boolean {
  return result !== undefined || note !== '';
}

/** Looks up what an entry names: test, result code, author, fields. Nothing is written. */
export function ready(found: TestSession, entry: TestEntry, remarks: Remarks): ReadyEntry {
  const { suite } = found;
  return {
    tid: testFor(found, entry.test, remarks),
    result: entry.result && checkedResult(suite, entry.result),
    user: entry.user ? enabledAccount(suite.draft, entry.user).name : suite.user,
    executionData: settableData(suite, entry, remarks),
    note: entry.note,
    when: entry.when,
  };
}

/**
 * Writes an entry. Without a result and a note only execution data change, and no entry is added to the note: time
 * and author are documented for results and notes only. The fragment says so.
 *
 * @returns the fragment that describes it, and the entry of the note as data
 */
export function apply(found: TestSession, entry: ReadyEntry): WrittenEntry {
  const { tid, result, note = '', when, user, executionData } = entry;
  if (Object.keys(executionData).length > 0) found.setRunData(tid, executionData);
  if (result !== undefined || note !== '') {
    const added = found.addNote(tid, { text: note, result, when, user });
    return { fragment: noteFragment(added, found.linkBase), note: noteData(added, found.linkBase) };
  }
  const change = { when: found.suite.now, user: found.suite.user, data: executionData };
  return { fragment: changeFragment(change), note: null };
}

/**
 * Execution data by the fields' own names. Fields that the suite lacks, or that only results and notes may set, are
 * left out and told of, as is a value that its field does not provide for.
 */
function settableData(suite: OpenSuite, entry: TestEntry, remarks: Remarks): FieldValues {
  const data: [string, FieldValue][] = [];
  for (const [name, value] of Object.entries(entry.executionData)) {
    const argument = `${entry.place ?? ''}EXECDATA_${name}`;
    const field = executionField(suite.definition, name);
    if (!field || !isSettable(field)) {
      tellOfField(suite, { argument, name, value: asText(value), isReserved: field !== undefined }, remarks);
      continue;
    }
    const values = asList(value);
    const doubt = doubtedValue(field, values, checkingIn(suite));
    if (doubt) tellOfDoubt(remarks, argument, doubt);
    data.push([field.name, isMultiple(field) ? values : values.join(',')]);
  }
  return Object.fromEntries(data);
}

interface UnsettableField extends Sent {
  readonly name: string;
  readonly isReserved: boolean;
}

function tellOfField({ definition }: OpenSuite, sent: UnsettableField, remarks: Remarks): void {
  const { argument, name, isReserved } = sent;
  const known = definition.executionFields.filter(isSettable).map((field) => field.name);
  const reason = isReserved
    ? `only a result or a note sets "${name}" (result, note, execdata_when, execdata_user)`
    : `the suite has no execution field "${name}"`;
  remarks.ignored(sent, reason, {
    ...(isReserved ? {} : { known: () => known }),
    compared: name,
    prefix: 'EXECDATA_',
    refusal: () => errors.noField({ argument, value: name }, known),
  });
}
