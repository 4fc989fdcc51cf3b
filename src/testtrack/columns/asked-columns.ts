import { faults } from '../faults.ts';
import type { CTableColumn } from '../model/operation-types.generated.ts';
import type { ColumnCatalogue } from './catalogue.ts';
import type { Column } from './column.ts';
import { recordIdLabel } from './member-columns.ts';
import { possibleNames } from './name-lists.ts';

/** More columns than any project has; an answer has as many cells as columns times rows. [inferred] */
const mostColumns = 1_000;

/**
 * The columns that a call asks for, in its order; they are echoed as they were asked for.
 *
 * @throws fault 2 for a column without a name, 11 for one that the table does not have
 */
export function requireColumns(
  catalogue: ColumnCatalogue,
  asked: readonly CTableColumn[],
  others: OtherTables = () => [],
): { columns: readonly Column[]; names: readonly string[] } {
  const { columns } = catalogue;
  if (asked.length === 0) return { columns, names: columns.map(({ label }) => label) };
  if (asked.length > Math.max(mostColumns, columns.length)) {
    throw faults.invalidParameter('too many columns', `A call can ask for ${mostColumns} columns at most.`);
  }
  const names = asked.map(({ name }) => {
    if (name !== undefined && name !== '') return name;
    throw faults.missingParameter('the name of a column', 'Every item of columnlist needs a name.');
  });
  return { columns: names.map((name) => requireColumn(catalogue, name, others)), names };
}

/** The names of the tables with a column of this name, of those that the caller may look at. */
export type OtherTables = (column: string) => readonly string[];

function requireColumn(catalogue: ColumnCatalogue, name: string, others: OtherTables): Column {
  const column = catalogue.column(name);
  if (column) return column;
  throw faults.invalidParameter(`no column "${name}"`, otherColumn(catalogue, name, others));
}

function otherColumn(catalogue: ColumnCatalogue, name: string, others: OtherTables): string {
  if (name.toLowerCase() === recordIdLabel.toLowerCase()) {
    return `Write it "${recordIdLabel}": of all columns this one is case-sensitive.`;
  }
  const renamed = catalogue.renamedFrom(name);
  if (renamed) return `It is called "${renamed.label}" in this project.`;
  const labels = catalogue.columns.map(({ label }) => label);
  const tables = others(name);
  const elsewhere = tables.length > 0 ? `It is a column of ${tables.join(', ')}. ` : '';
  return `${elsewhere}Columns: ${possibleNames(name, labels, 'getColumnsForTable lists all')}`;
}
