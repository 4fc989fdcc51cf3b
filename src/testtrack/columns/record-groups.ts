import type { View } from '../rules/view.ts';
import { dayOf } from '../rules/zone.ts';
import { textWriter } from './cells.ts';
import type { Column, Row } from './column.ts';
import { LocaleDates } from './locale-dates.ts';
import { namesFor } from './names.ts';
import { comparer } from './record-order.ts';

/** How a field without a value is called. [inferred from the product's dialogs] */
const notSet = '<not set>';

/** The records that have one value. */
export interface RecordGroup<R extends Row = Row> {
  readonly label: string;
  readonly records: readonly R[];
}

/**
 * Divides records by what a column holds: values of a list in list order, others in their own, and what has none
 * last. A record with several values is in several groups; moments are put together by day. [inferred]
 */
export function groupRecords<R extends Row>(
  records: readonly R[],
  column: Column,
  view: View,
): readonly RecordGroup<R>[] {
  const labelsOf = labelWriter(column, view);
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const labels = labelsOf(record).filter((label) => label !== '');
    for (const label of labels.length === 0 ? [notSet] : new Set(labels)) {
      const group = groups.get(label);
      if (group) group.push(record);
      else groups.set(label, [record]);
    }
  }
  const compare = groupOrder(column, view);
  return [...groups].map(([label, members]) => ({ label, records: members })).sort(compare);
}

function labelWriter(column: Column, view: View): (record: Row) => readonly string[] {
  switch (column.kind) {
    // Not the cell: of a state it also says who has the item.
    case 'choice':
      return (record) => [column.value(record, view)];
    case 'choices':
    case 'folders':
      return (record) => column.value(record, view);
    case 'users': {
      const name = namesFor(view);
      return (record) => column.value(record, view).map(name);
    }
    case 'dateTime': {
      const { locale, timeZone } = view.dates ?? view.project.server;
      const dates = LocaleDates.of(locale);
      return (record) => {
        const at = column.value(record, view);
        return at === undefined ? [] : [dates.day(dayOf(at, timeZone))];
      };
    }
    default: {
      const write = textWriter(column, view);
      return (record) => [write(record)];
    }
  }
}

function groupOrder(column: Column, view: View): (a: RecordGroup, b: RecordGroup) => number {
  const places = new Map(column.list?.values(view).map((value, place) => [value, place]));
  const place = ({ label }: RecordGroup) =>
    label === notSet ? places.size + 1 : (places.get(label) ?? places.size);
  const hasSeveral = column.kind === 'choices' || column.kind === 'folders' || column.kind === 'users';
  const ofRecords = comparer(column, view);
  const byLabel = (a: RecordGroup, b: RecordGroup) =>
    a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1;
  return (a, b) => {
    if (place(a) !== place(b)) return place(a) - place(b);
    const [first] = a.records;
    const [second] = b.records;
    const difference = hasSeveral || !first || !second ? 0 : ofRecords(first, second);
    return difference || byLabel(a, b);
  };
}
