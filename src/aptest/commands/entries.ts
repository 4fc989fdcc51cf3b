import { errors, type Sent } from '../errors.ts';
import { asList, type FieldValue, type FieldValues } from '../model/value.ts';
import { executionField, isMultiple, isSettable } from '../rules/execution-fields.ts';
import { noteFragment } from '../rules/note-fragment.ts';
import { enabledAccount } from '../run/acting-account.ts';
import { checkedResult } from '../run/checked-result.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import type { TestSession } from '../run/test-session.ts';
import type { TestArgument } from './argument.ts';
import { testFor } from './lookups.ts';

/** One result, note or change of execution data, as it was sent. */
export interface TestEntry {
  readonly test: TestArgument;
  readonly result?: Sent | undefined;
  readonly note?: string | undefined;
  readonly executionData: FieldValues;
  readonly when?: number | undefined;
  readonly user?: Sent | undefined;
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

/** Looks up what an entry names: test, result code, author, fields. Nothing is written. */
export function ready(found: TestSession, entry: TestEntry): ReadyEntry {
  const { suite } = found;
  return {
    tid: testFor(found, entry.test),
    result: entry.result && checkedResult(suite, entry.result),
    user: entry.user ? enabledAccount(suite.draft, entry.user).name : suite.user,
    executionData: settableData(suite, entry.executionData),
    note: entry.note,
    when: entry.when,
  };
}

/**
 * Writes an entry. Without a result and a note only execution data change, and no entry is added to the note: time
 * and author are documented for results and notes only.
 *
 * @returns the fragment that describes it
 */
export function apply(found: TestSession, entry: ReadyEntry): string {
  const { tid, result, note = '', when, user } = entry;
  if (Object.keys(entry.executionData).length > 0) found.setRunData(tid, entry.executionData);
  if (result !== undefined || note !== '') {
    return noteFragment(found.addNote(tid, { text: note, result, when, user }), found.linkBase);
  }
  return noteFragment(
    { owner: 'session:0', uuid: '', number: 0, when: when ?? found.suite.now, user, text: '' },
    found.linkBase,
  );
}

/**
 * Execution data by the fields' own names. Fields that the suite lacks, or that only results and notes may set,
 * are ignored; with the setting `strictFields` they are refused, as are values that a list does not have.
 */
function settableData(suite: OpenSuite, given: FieldValues): FieldValues {
  const isStrict = suite.settings.strictFields;
  const data: [string, FieldValue][] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = executionField(suite.definition, name);
    if (!field || !isSettable(field)) {
      if (isStrict) throw errors.noField({ argument: `EXECDATA_${name}`, value: name });
      continue;
    }
    const values = asList(value);
    const listed = field.values?.map((each) => each.value);
    const stranger = isStrict && listed && values.find((each) => !listed.includes(each));
    if (stranger) {
      throw errors.malformed(
        { argument: `EXECDATA_${name}`, value: stranger },
        `one of ${listed.join(', ')}`,
      );
    }
    data.push([field.name, isMultiple(field) ? values : values.join(',')]);
  }
  return Object.fromEntries(data);
}
