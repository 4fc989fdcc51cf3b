import { faults } from '../faults.ts';
import type { View } from '../rules/view.ts';
import type { ColumnCatalogue } from './catalogue.ts';
import { textWriter } from './cells.ts';
import type { Column, Row } from './column.ts';
import { someNames } from './name-lists.ts';

/** What a record is ordered by: of one column all are texts, or all are numbers. */
type SortKey = string | number;

interface SortStep {
  readonly keyOf: (record: Row) => SortKey;
  readonly isDescending: boolean;
}

/** Puts records into an order. */
export type RecordOrder = <R extends Row>(records: readonly R[]) => readonly R[];

/**
 * Reads an order: labels of columns with commas between, each alone or with ` asc` or ` desc` behind it, as
 * `Priority, Date Entered desc`. Empty leaves the records as they are. [inferred: the form of a sort order is not
 * documented] Values of a list go by their place in it, texts by their letters in any case, nothing comes first.
 *
 * @throws fault 11 for a column that the table does not have
 */
export function orderFrom(text: string, catalogue: ColumnCatalogue, view: View): RecordOrder {
  if (text.trim() === '') return (records) => records;
  // A label may hold a comma itself.
  const whole = stepFrom(text, catalogue, view);
  const steps = whole ? [whole] : text.split(',').map((part) => requireStep(part, catalogue, view));
  return (records) =>
    records
      .map((record) => ({ record, keys: steps.map(({ keyOf }) => keyOf(record)) }))
      .sort((a, b) => compareKeys(a.keys, b.keys, steps))
      .map(({ record }) => record);
}

/** Compares the values of two records in one column. */
export function comparer(column: Column, view: View): (a: Row, b: Row) => number {
  const keyOf = keyWriter(column, view);
  return (a, b) => compare(keyOf(a), keyOf(b));
}

function requireStep(part: string, catalogue: ColumnCatalogue, view: View): SortStep {
  const step = stepFrom(part, catalogue, view);
  if (step) return step;
  const labels = catalogue.columns.map(({ label }) => label);
  throw faults.invalidParameter(
    `no column "${part.trim()}" to sort by`,
    `A sort order names columns, with commas between and " desc" behind one that goes down. Columns: ${someNames(labels, '(getColumnsForTable lists all)')}`,
  );
}

function stepFrom(part: string, catalogue: ColumnCatalogue, view: View): SortStep | undefined {
  const label = part.trim();
  const [, shorter, direction] = /^(.*\S)\s+(asc|desc)$/i.exec(label) ?? [];
  const exact = catalogue.column(label);
  const column = exact ?? (shorter === undefined ? undefined : catalogue.column(shorter));
  if (!column) return undefined;
  const isDescending = !exact && direction?.toLowerCase() === 'desc';
  return { keyOf: keyWriter(column, view), isDescending };
}

function keyWriter(column: Column, view: View): (record: Row) => SortKey {
  switch (column.kind) {
    case 'integer':
    case 'decimal':
    case 'dateTime':
      return (record) => Number(column.value(record, view) ?? Number.NEGATIVE_INFINITY);
    case 'timespan':
      return (record) => column.value(record, view)?.amount ?? Number.NEGATIVE_INFINITY;
    case 'boolean':
      return (record) => Number(column.value(record, view));
    case 'date':
      return (record) => column.value(record, view);
    case 'choice': {
      const values = column.list?.values(view) ?? [];
      if (values.length === 0) return (record) => column.value(record, view).toLowerCase();
      const places = new Map(values.map((value, place) => [value, place]));
      return (record) => {
        const value = column.value(record, view);
        return value === '' ? -1 : (places.get(value) ?? values.length);
      };
    }
    default: {
      const write = textWriter(column, view);
      return (record) => write(record).toLowerCase();
    }
  }
}

function compareKeys(a: readonly SortKey[], b: readonly SortKey[], steps: readonly SortStep[]): number {
  for (const [at, { isDescending }] of steps.entries()) {
    const difference = compare(a[at] ?? 0, b[at] ?? 0);
    if (difference !== 0) return isDescending ? -difference : difference;
  }
  return 0;
}

function compare(a: SortKey, b: SortKey): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
