import type { CustomValue, CustomValues, RichText, WorkflowEvent } from '../model/item-record.ts';
import type { CustomField } from '../model/project-record.ts';
import type { Column, ColumnKind, ColumnValues, EventValues, Row, ValueList } from './column.ts';
import type { ColumnProvider } from './provider.ts';
import { customFieldList } from './value-lists.ts';

/** The custom fields of a table, by their names. */
export const customFieldColumns: ColumnProvider = ({ table, settings }) =>
  settings.customFields.map((field) =>
    customFieldColumn(field, {
      label: field.name,
      list: customFieldList(table, field),
      values: (record) => (record as { customValues?: CustomValues }).customValues ?? none,
    }),
  );

const none: Readonly<CustomValues> = {};

/** Where a column of a custom field finds its value, and how it is called. */
export interface CustomFieldPlace {
  readonly label: string;
  readonly list: ValueList;
  /** The custom values that a record shows. */
  values(record: Row): CustomValues;
  /** For the field of an event: the events that have it. */
  events?(record: Row): readonly WorkflowEvent[];
}

/** The column of a custom field, of a table or of an event. */
export function customFieldColumn(field: CustomField, place: CustomFieldPlace): Column {
  const { label, list, events } = place;
  const made = <K extends ColumnKind>(kind: K, read: (value: CustomValue | undefined) => ColumnValues[K]) => {
    const value = (record: Row): ColumnValues[K] => read(place.values(record)[field.name]);
    const perEvent: EventValues<ColumnValues[K]> | undefined = events && {
      events: (record) => events(record),
      value: (event) => read(event.fields[field.name]),
    };
    return { kind, label, code: events ? undefined : field.code, value, ...(perEvent ? { perEvent } : {}) };
  };
  switch (field.type) {
    case 'string':
      return made('text', textOf);
    case 'multiline':
      return made('text', (value) => (value as RichText | undefined)?.text ?? '');
    case 'integer':
      return made('integer', numberOf);
    case 'decimal':
      return made('decimal', numberOf);
    case 'boolean':
      return made('boolean', (value) => value === true);
    case 'date':
      return made('date', textOf);
    case 'dateTime':
      return made('dateTime', numberOf);
    case 'version':
      return made('version', textOf);
    case 'timespan':
      return made('timespan', (value) => value as ColumnValues['timespan']);
    case 'dropdown':
      return { ...made('choice', textOf), list };
    case 'multiselect':
      return { ...made('choices', (value) => (value as readonly string[] | undefined) ?? noValues), list };
  }
}

const noValues: readonly string[] = [];

function textOf(value: CustomValue | undefined): string {
  return (value as string | undefined) ?? '';
}

function numberOf(value: CustomValue | undefined): number | undefined {
  return value as number | undefined;
}
