import type { View } from '../rules/view.ts';
import type { ColumnCatalogue } from './catalogue.ts';
import { textWriter } from './cells.ts';
import type { Row } from './column.ts';

/** What people call a record by, in its table: the first of these columns that there is. */
const names = ['Summary', 'Name', 'Last Name', 'Link Definition'];

/** Writes what a record is called above its fields: its number, and its summary or name. [inferred] */
export function recordTitles(catalogue: ColumnCatalogue, view: View): (record: Row) => string {
  const column = (label: string) => catalogue.columns.find((each) => (each.formerly ?? each.label) === label);
  const number = column('Number');
  const name = names.map(column).find((found) => found !== undefined);
  const writers = [number, name].flatMap((found) => (found ? [textWriter(found, view)] : []));
  return (record) => {
    const parts = writers.map((write) => write(record)).filter((part) => part !== '' && part !== '0');
    return parts.length === 0 ? `Record ID ${record.recordId}` : parts.join(' – ');
  };
}
