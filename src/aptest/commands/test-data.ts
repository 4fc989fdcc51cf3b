import { memoryBeside } from '../../memo/memory.ts';
import type { FieldDefinition, Suite } from '../model/definitions.ts';
import type { TestCase } from '../model/test-case.ts';
import type { NoteEntry, TestRun } from '../model/test-run.ts';
import { asList, asText, type FieldValue, own } from '../model/value.ts';
import { isMultiple } from '../rules/execution-fields.ts';
import { attachmentAddress, noteFragment } from '../rules/note-fragment.ts';
import { fieldOf, isRangeType } from '../rules/selection.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { bugLinkFor } from '../run/bug-link.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { testName } from '../run/test-names.ts';
import type { TestSession } from '../run/test-session.ts';

/** A value in JSON: what is written with digits is a number. */
type JsonValue = FieldValue | number;

/** Values by name, as JSON shows them. */
type JsonFields = Readonly<Record<string, JsonValue>>;

/** What names a test in a session; it is part of every answer about one. */
const namingFields = ['tid', 'id', 'uuid', 'name'] as const;

/** The note of a test as data, beside its HTML. */
export const notesField = 'notes';

/** The integration link to the bug-tracking system; there where the setting `bugLink` gives one. */
const bugLinkField = 'bugLink';

/** What may be asked for of a test of a session: its execution fields, and what goes with them. */
export function resultFieldsOf({ definition, settings }: OpenSuite): readonly ShownField[] {
  const beside = [...namingFields, notesField, ...(settings.bugLink === '' ? [] : [bugLinkField])];
  return [...definition.executionFields, ...beside.map((name) => ({ name }))];
}

/** A field as far as it can be asked for. */
type ShownField = Pick<FieldDefinition, 'name' | 'synonym'>;

/** Which fields are shown; undefined stands for all. */
export type WantedFields = ReadonlySet<string> | undefined;

/** Whether a field is asked for, by its own name, by its synonym or, a built-in one, without its `atm_`. */
export function isWanted({ name, synonym }: ShownField, wanted: WantedFields): boolean {
  if (!wanted || wanted.has(name) || wanted.has(name.replace(/^atm_/, ''))) return true;
  return synonym !== undefined && wanted.has(synonym);
}

/** One test of a session, as `eachTest` gives it. */
interface ShownTest {
  readonly tid: number;
  readonly attributes: TestAttributes;
  /** What happened to it; undefined for a test that nothing happened to. */
  readonly run: TestRun | undefined;
}

/**
 * All data of one test of a session: what names it, each execution field (empty where nothing was set), its note as
 * HTML, and the entries of the note as data.
 */
export function testData(
  found: TestSession,
  test: ShownTest,
  wanted?: WantedFields,
): Readonly<Record<string, unknown>> {
  return testRows(found, wanted)(test);
}

/**
 * The same for many tests of a session: what is equal in all rows is worked out once.
 *
 * @param names of tests by UUID, kept from one session of an answer to the next
 */
export function testRows(
  found: TestSession,
  wanted?: WantedFields,
  names: Map<string, string> = new Map(),
): (test: ShownTest) => Readonly<Record<string, unknown>> {
  const { suite } = found;
  const fields = suite.definition.executionFields.filter(
    (field) => field.name !== 'id' && field.name !== 'uuid' && isWanted(field, wanted),
  );
  const hasNotes = isWanted({ name: notesField }, wanted);
  const hasLink = suite.settings.bugLink !== '' && isWanted({ name: bugLinkField }, wanted);
  const naming = namingFields.map((name): [string, unknown] => [name, '']);
  const unset = fields.map((field): [string, unknown] => [field.name, jsonValue(field, undefined)]);
  const empty = Object.fromEntries([...naming, ...unset, ...(hasNotes ? [[notesField, []]] : [])]);
  const shownOf = ({ tid, attributes, run }: ShownTest): Readonly<Record<string, unknown>> => {
    const notes = found.notesOfRun(run);
    const set = fields.flatMap((field): [string, unknown][] => {
      if (field.name === 'note')
        return [['note', notes.map((note) => noteFragment(note, found.linkBase)).join('')]];
      const value = attributes[field.name];
      return value === undefined ? [] : [[field.name, jsonValue(field, value)]];
    });
    if (hasNotes && notes.length > 0) {
      set.push([notesField, notes.map((entry) => noteData(entry, found.linkBase))]);
    }
    const link = hasLink ? bugLinkFor(found, tid, attributes) : '';
    if (link !== '') set.push([bugLinkField, link]);
    return { ...empty, ...Object.fromEntries(set) };
  };
  // Tests that nothing happened to are equal but for their names, and often the most.
  let untouched: Readonly<Record<string, unknown>> | undefined;
  const shown = (test: ShownTest) => {
    if (test.run !== undefined || hasLink) return shownOf(test);
    untouched ??= shownOf(test);
    return untouched;
  };
  return (test) => {
    const { id, uuid } = test.attributes;
    const key = asText(uuid);
    const name = names.get(key) ?? testName(suite, test.attributes);
    names.set(key, name);
    return { ...shown(test), tid: test.tid, id, uuid, name };
  };
}

/** One entry of a note. @param linkBase start of the address of an attachment */
export function noteData(entry: NoteEntry, linkBase: string): object {
  const { number, when, user, result = '', text, clocktime, stafftime, attachment } = entry;
  return {
    number,
    when,
    user,
    result,
    text,
    ...(clocktime === undefined ? {} : { clocktime }),
    ...(stafftime === undefined ? {} : { stafftime }),
    ...(attachment
      ? {
          attachment: {
            name: attachment.name,
            bytes: attachment.content.bytes.length,
            url: attachmentAddress(attachment, linkBase),
          },
        }
      : {}),
  };
}

/** A field's value as JSON shows it: empty where there is none, a list for a field that takes several. */
function jsonValue(field: FieldDefinition, value: FieldValue | undefined): JsonValue {
  if (isMultiple(field)) return asList(value);
  if (value === undefined) return '';
  if (!isRangeType(field.type) || typeof value !== 'string') return value;
  return /^-?\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** A test case is a value, so what is shown of all its fields is made once for each suite. */
const shownFields = memoryBeside<TestCase, { readonly suite: Suite; readonly shown: JsonFields }>(
  'definitions of test cases',
);

/** Every field of a test case as JSON shows it, in the order of the schema. */
export function testFields({ definition }: OpenSuite, test: TestCase): JsonFields {
  const known = shownFields.get(test);
  if (known?.suite === definition) return known.shown;
  const shown = Object.fromEntries(
    definition.fields.map((field) => [field.name, jsonValue(field, fieldOf(test, field.name))]),
  );
  shownFields.set(test, { suite: definition, shown });
  return shown;
}

/** The same, but only the fields that are asked for. */
export function wantedTestFields(suite: OpenSuite, test: TestCase, wanted: WantedFields): JsonFields {
  const all = testFields(suite, test);
  if (!wanted) return all;
  const names = suite.definition.fields.filter((field) => isWanted(field, wanted)).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, own(all, name) ?? '']));
}
