import type { UserRef } from '../model/item-record.ts';
import type { View } from '../rules/view.ts';
import type { Column, ColumnValues, Row } from './column.ts';
import { LocaleDates } from './locale-dates.ts';
import { between, namesFor } from './names.ts';

/** Only so many characters of a cell are given. [documented] */
const cellLength = 128;

/** Gives the text of one column for a record. */
export type CellWriter = (record: Row) => string;

/**
 * Makes the writer of a column's cells for one call. What is looked up for every record of the call, such as the
 * zone or the name of a user, is looked up once.
 */
export function cellWriter(column: Column, view: View): CellWriter {
  const write = textWriter(column, view);
  return (record) => cut(write(record));
}

/** As `cellWriter`, but with the whole text: for reports and documents. */
export function textWriter(column: Column, view: View): CellWriter {
  if (column.cells) return column.cells(view);
  const { locale, timeZone } = view.dates ?? view.project.server;
  switch (column.kind) {
    case 'text':
    case 'version':
    case 'choice':
      return (record) => column.value(record, view);
    case 'integer':
    case 'decimal':
      return (record) => numberText(column.value(record, view));
    case 'timespan':
      return (record) => timespanText(column.value(record, view));
    case 'boolean':
      return (record) => (column.value(record, view) ? 'Yes' : 'No');
    case 'date': {
      const dates = LocaleDates.of(locale);
      return (record) => dates.day(column.value(record, view));
    }
    case 'dateTime': {
      const dates = LocaleDates.of(locale);
      return (record) => {
        const at = column.value(record, view);
        return at === undefined ? '' : dates.moment(at, timeZone);
      };
    }
    case 'choices':
      return (record) => column.value(record, view).join(', ');
    case 'folders':
      return (record) => column.value(record, view).join(between);
    case 'user': {
      const name = namesFor(view);
      return (record) => name(column.value(record, view));
    }
    case 'users': {
      const name = namesFor(view);
      return (record) => peopleText(column.value(record, view), name);
    }
  }
}

/** Most records have nobody or one person there, for which no list is needed. */
function peopleText(refs: readonly UserRef[], name: (ref: UserRef) => string): string {
  const [first] = refs;
  if (first === undefined) return '';
  return refs.length === 1 ? name(first) : refs.map(name).filter(Boolean).join(between);
}

function numberText(value: ColumnValues['integer' | 'decimal']): string {
  return value === undefined ? '' : String(value);
}

function timespanText(value: ColumnValues['timespan']): string {
  return value === undefined ? '' : `${value.amount} ${value.unit}`;
}

/** The first characters of a text; one that is two code units is kept or dropped as a whole. */
export function cut(text: string): string {
  if (text.length <= cellLength) return text;
  const start = text.slice(0, cellLength);
  if (!/[\ud800-\udfff]/.test(start)) return start;
  return [...text.slice(0, 2 * cellLength)].slice(0, cellLength).join('');
}
