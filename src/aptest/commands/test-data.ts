import { memoryBeside } from '../../memo/memory.ts';
import type { FieldDefinition, Suite } from '../model/definitions.ts';
import type { TestCase } from '../model/test-case.ts';
import type { NoteEntry } from '../model/test-run.ts';
import { asList, type FieldValue, own } from '../model/value.ts';
import { isMultiple } from '../rules/execution-fields.ts';
import { attachmentAddress } from '../rules/note-fragment.ts';
import { fieldOf, isRangeType } from '../rules/selection.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { bugLinkFor, testName } from '../run/bug-link.ts';
import type { OpenSuite } from '../run/open-suite.ts';
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

/**
 * All data of one test of a session: what names it, each execution field (empty where nothing was set), its note as
 * HTML, and the entries of the note as data.
 */
export function testData(
  found: TestSession,
  { tid, attributes }: { readonly tid: number; readonly attributes: TestAttributes },
  wanted?: WantedFields,
): Readonly<Record<string, unknown>> {
  const { suite } = found;
  const { id, uuid } = attributes;
  const data: [string, unknown][] = [
    ['tid', tid],
    ['id', id],
    ['uuid', uuid],
    ['name', testName(suite, attributes)],
  ];
  for (const field of suite.definition.executionFields) {
    if (field.name === 'id' || field.name === 'uuid' || !isWanted(field, wanted)) continue;
    const value = field.name === 'note' ? found.note(tid) : attributes[field.name];
    data.push([field.name, jsonValue(field, value)]);
  }
  if (isWanted({ name: notesField }, wanted)) {
    data.push([notesField, found.notesOfTest(tid).map((entry) => noteData(entry, found.linkBase))]);
  }
  const link = isWanted({ name: bugLinkField }, wanted) ? bugLinkFor(found, tid, attributes) : '';
  if (link !== '') data.push([bugLinkField, link]);
  return Object.fromEntries(data);
}

/** One entry of a note. @param linkBase start of the address of an attachment */
function noteData(entry: NoteEntry, linkBase: string): object {
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
