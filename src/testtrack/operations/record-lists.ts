import { LazyList } from '../../answers/lazy-list.ts';
import type { CallContext } from '../call-context.ts';
import { type ColumnCatalogue, catalogueFor } from '../columns/catalogue.ts';
import { cellWriter } from '../columns/cells.ts';
import type { Column } from '../columns/column.ts';
import { recordIdLabel } from '../columns/member-columns.ts';
import { possibleNames } from '../columns/name-lists.ts';
import { faults } from '../faults.ts';
import type { CRecordListSoap, CTableColumn } from '../model/operation-types.generated.ts';
import { documented, type Lazily, type Operations, operation } from '../operation.ts';
import { listView, type Selection, selectRecords } from '../query/record-selection.ts';
import { itemTables } from '../rules/table-names.ts';
import { requireReadableTable } from './table-access.ts';

/** More columns than any project has; an answer has as many cells as columns times rows. [inferred] */
const mostColumns = 1_000;

/** Lists of records as rows of texts. */
export const recordListOperations = {
  getRecordListForTable: operation({
    evidence: [
      documented(
        'gives the cells of the columns asked for, 128 characters each, of every record the filter lets through; no columns asked for means all (inferred)',
      ),
    ],
    run: (context, { tablename, filtername, columnlist }) => {
      const table = requireReadableTable(context, tablename);
      return recordList(context, { table, filter: filtername, query: '' }, columnlist);
    },
  }),

  getRecordListForTableWithQuery: operation({
    evidence: [
      documented(
        'as getRecordListForTable, with a JSON query that has to hold besides the filter; only for tables of items, 77 for others (number inferred)',
      ),
    ],
    run: (context, { tablename, filtername, query, columnlist }) => {
      const table = requireReadableTable(context, tablename);
      if (!itemTables.includes(table)) throw faults.invalidTable(tablename, itemTables);
      return recordList(context, { table, filter: filtername, query }, columnlist);
    },
  }),
} satisfies Partial<Operations>;

function recordList(
  context: CallContext,
  selection: Selection,
  asked: readonly CTableColumn[] | undefined,
): Lazily<CRecordListSoap> {
  const view = listView(context);
  const { columns, names } = requireColumns(catalogueFor(view, selection.table), asked ?? []);
  const writers = columns.map((column) => cellWriter(column, view));
  // Thousands of rows would hold everybody else up, so they are made while the answer goes out.
  const records = LazyList.from(selectRecords(context, selection), (record) => ({
    row: writers.map((write) => ({ value: write(record) })),
  }));
  return { columnlist: names.map((name) => ({ name })), records };
}

/**
 * The columns that a call asks for, in its order; they are echoed as they were asked for.
 *
 * @throws fault 2 for a column without a name, 11 for one that the table does not have
 */
function requireColumns(
  catalogue: ColumnCatalogue,
  asked: readonly CTableColumn[],
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
  return { columns: names.map((name) => requireColumn(catalogue, name)), names };
}

function requireColumn(catalogue: ColumnCatalogue, name: string): Column {
  const column = catalogue.column(name);
  if (column) return column;
  throw faults.invalidParameter(`no column "${name}"`, otherColumn(catalogue, name));
}

function otherColumn(catalogue: ColumnCatalogue, name: string): string {
  if (name.toLowerCase() === recordIdLabel.toLowerCase()) {
    return `Write it "${recordIdLabel}": of all columns this one is case-sensitive.`;
  }
  const renamed = catalogue.renamedFrom(name);
  if (renamed) return `It is called "${renamed.label}" in this project.`;
  const labels = catalogue.columns.map(({ label }) => label);
  return `Columns: ${possibleNames(name, labels, 'getColumnsForTable lists all')}`;
}
