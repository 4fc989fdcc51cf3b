import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { CustomValue, CustomValues, RichText } from '../model/item-record.ts';
import type { AnyCField, CFieldValue, CStringField } from '../model/operation-types.generated.ts';
import type { CustomField, CustomFieldType } from '../model/project-record.ts';
import { asNewFiles, readAttachments, writeAttachment } from './attachments.ts';
import {
  containsFormatting,
  isBlank as isBlankText,
  noText,
  readText,
  withImages,
  writeText,
} from './rich-text.ts';
import { unlessChanged } from './unchanged.ts';
import type { View } from './view.ts';
import { fromWireDay, sentInstant, toWireDateTime, toWireDay } from './zone.ts';

/** The class of each type of field on the wire. */
const wireTypes = {
  string: 'CStringField',
  multiline: 'CStringField',
  integer: 'CIntegerField',
  decimal: 'CDecimalField',
  boolean: 'CBooleanField',
  date: 'CDateField',
  dateTime: 'CDateTimeField',
  version: 'CVersionField',
  timespan: 'CTimespanField',
  dropdown: 'CDropdownField',
  multiselect: 'CMultiSelectDropdownField',
} as const satisfies Record<CustomFieldType, AnyCField['$type']>;

/** The units a time span can be given in. [inferred] */
const defaultUnit = 'Hours';

/** All custom fields of a table or event with their values, as a record carries them. */
export function writeCustomFields(
  fields: readonly CustomField[],
  values: CustomValues,
  view: View,
): readonly AnyCField[] {
  return fields.map((field) => writeField(field, values[field.name], view));
}

/** The fields as the definition lists give them: no values, but what a drop-down offers. [documented] */
export function writeDefinitions(fields: readonly CustomField[], view: View): readonly AnyCField[] {
  return fields.map((field) => {
    const wire = writeField(field, undefined, view);
    const isList = wire.$type === 'CDropdownField' || wire.$type === 'CMultiSelectDropdownField';
    return isList ? { ...wire, dropdownValues: fieldValues(field.values) } : wire;
  });
}

/** Texts as list items on the wire. */
export function fieldValues(values: readonly string[]): readonly CFieldValue[] {
  return values.map((value) => ({ value }));
}

// The type comes first: see docs/decisions/0018-shapes-of-objects.md.
function writeField(field: CustomField, value: CustomValue | undefined, view: View): AnyCField {
  const base = { recordid: field.recordId, name: field.name };
  switch (field.type) {
    case 'string':
      return {
        $type: 'CStringField',
        ...base,
        value: asString(value),
        isMultilineString: false,
        containsFormatting: false,
      };
    case 'multiline': {
      const text = asRichText(value);
      return {
        $type: 'CStringField',
        ...base,
        value: readText(text, view.formatted),
        isMultilineString: true,
        containsFormatting: containsFormatting(text),
        ...(text.images.length > 0
          ? { inlineAttachmentList: text.images.map((image) => writeAttachment(image, view)) }
          : {}),
      };
    }
    case 'integer':
      return { $type: 'CIntegerField', ...base, value: asNumber(value) };
    case 'decimal':
      return { $type: 'CDecimalField', ...base, value: asNumber(value) };
    case 'boolean':
      return { $type: 'CBooleanField', ...base, value: value === true };
    case 'date':
      return { $type: 'CDateField', ...base, value: toWireDay(asString(value), view.project.server) };
    case 'dateTime':
      return {
        $type: 'CDateTimeField',
        ...base,
        value: typeof value === 'number' ? toWireDateTime(value, view.project.server.timeZone) : undefined,
      };
    case 'version':
      return { $type: 'CVersionField', ...base, value: asString(value) };
    case 'timespan': {
      const span = isTimespan(value) ? value : { amount: 0, unit: defaultUnit };
      return { $type: 'CTimespanField', ...base, value: span.amount, unit: span.unit };
    }
    case 'dropdown':
      return { $type: 'CDropdownField', ...base, value: asString(value) };
    case 'multiselect':
      return { $type: 'CMultiSelectDropdownField', ...base, values: fieldValues(asList(value)) };
  }
}

/** Where a list of custom fields belongs, to name it in faults. */
export interface CustomFieldOwner {
  readonly fields: readonly CustomField[];
  /** For hints: `Defect`, or `event "Fix"`. */
  readonly label: string;
}

/** Custom fields that were sent, and what they are for. */
interface SentFields {
  readonly before: CustomValues;
  readonly sent: readonly AnyCField[];
  /** Whether the record or event that they belong to is being added. */
  readonly isNew: boolean;
}

/**
 * Takes the custom fields that were sent; fields that are not in the list keep their values. A field is known by
 * its name. [documented]
 *
 * @throws fault 11 for a name that no field has, 23 for a class or value that does not fit the field [inferred]
 */
export function readCustomFields(
  owner: CustomFieldOwner,
  { before, sent, isNew }: SentFields,
  context: CallContext,
): CustomValues {
  const after: Record<string, CustomValue> = { ...before };
  for (const wire of sent) {
    const field = fieldByName(owner, wire.name ?? '');
    const value = readField(field, wire, { before: before[field.name], context, isNew });
    // A field without a value shows as an empty one; who sends that back has not changed it.
    if (before[field.name] === undefined && (isBlank(value) || (!isNew && isShownForNone(value)))) continue;
    if (value === undefined) delete after[field.name];
    else after[field.name] = value;
  }
  return unlessChanged(before, after);
}

/** @throws fault 23 when a required custom field has no value */
export function requireCustomValues(owner: CustomFieldOwner, values: CustomValues): void {
  for (const { name, isRequired } of owner.fields) {
    if (!isRequired || !isBlank(values[name])) continue;
    throw faults.invalidData(
      `${name} is required`,
      `The custom field "${name}" of ${owner.label} must have a value.`,
    );
  }
}

function fieldByName({ fields, label }: CustomFieldOwner, name: string): CustomField {
  const field = fields.find((known) => known.name === name);
  if (field) return field;
  throw faults.invalidParameter(
    `no custom field "${name}"`,
    `${label} has these custom fields: ${fields.map((known) => known.name).join(', ') || 'none'}.`,
  );
}

/** What a value that was sent is for. */
interface Owned {
  readonly before: CustomValue | undefined;
  readonly context: CallContext;
  readonly isNew: boolean;
}

function readField(
  field: CustomField,
  wire: AnyCField,
  { before, context, isNew }: Owned,
): CustomValue | undefined {
  if (wire.$type !== wireTypes[field.type]) {
    throw faults.invalidData(
      `the custom field "${field.name}" was sent with the wrong type`,
      `"${field.name}" is a ${wireTypes[field.type]}; the item said ${wire.$type ?? 'nothing'}. Give the item xsi:type="ttns:${wireTypes[field.type]}".`,
    );
  }
  switch (wire.$type) {
    case 'CStringField':
      return readTextField(field, wire, { before, context, isNew });
    case 'CIntegerField':
    case 'CDecimalField':
    case 'CBooleanField':
      return wire.value;
    case 'CVersionField':
      return wire.value;
    case 'CDateField':
      return wire.value === undefined ? undefined : fromWireDay(wire.value, context.project.server.timeZone);
    case 'CDateTimeField':
      return wire.value && sentInstant(wire.value, asInstant(before), context.project.server.timeZone);
    case 'CTimespanField':
      return { amount: wire.value ?? 0, unit: wire.unit || defaultUnit };
    case 'CDropdownField':
      return listedValue(field, wire.value ?? '', asString(before));
    default:
      return (wire.values ?? []).map(({ value }) => listedValue(field, value ?? '', undefined));
  }
}

function readTextField(
  { type }: CustomField,
  { value = '', inlineAttachmentList: images }: CStringField,
  { before, context, isNew }: Owned,
): CustomValue {
  if (type === 'string') return value;
  const text = writeText(asRichText(before), value, context.session.formattedText);
  if (!images) return text;
  return withImages(text, readAttachments(context, text.images, isNew ? asNewFiles(images) : images));
}

function listedValue(field: CustomField, value: string, before: string | undefined): string {
  if (value === '' || value === before || field.values.includes(value)) return value;
  throw faults.invalidData(
    `"${value}" is not a value of ${field.name}`,
    `"${field.name}" takes: ${field.values.join(', ') || 'no values, its list is empty'}.`,
  );
}

function isBlank(value: CustomValue | undefined): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && 'text' in value && isBlankText(value);
}

/** What the wire shows of a number, a check box or a time span that has no value. */
function isShownForNone(value: CustomValue | undefined): boolean {
  return (
    value === 0 || value === false || (isTimespan(value) && value.amount === 0 && value.unit === defaultUnit)
  );
}

function asString(value: CustomValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function asNumber(value: CustomValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function asInstant(value: CustomValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function asList(value: CustomValue | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

function asRichText(value: CustomValue | undefined): RichText {
  return typeof value === 'object' && 'text' in value ? value : noText;
}

function isTimespan(value: CustomValue | undefined): value is { amount: number; unit: string } {
  return typeof value === 'object' && 'amount' in value;
}
