import { LazyList } from '../../answers/lazy-list.ts';
import type { CallContext } from '../call-context.ts';
import { requireColumns } from '../columns/asked-columns.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import { cellWriter } from '../columns/cells.ts';
import { faults } from '../faults.ts';
import type { CRecordListSoap, CTableColumn } from '../model/operation-types.generated.ts';
import { documented, type Lazily, type Operations, operation } from '../operation.ts';
import { listView, type Selection, selectRecords } from '../query/record-selection.ts';
import { itemTables, tableNames } from '../rules/table-names.ts';
import { opensTable, requireReadableTable } from './table-access.ts';

/** Lists of records as rows of texts. */
export const recordListOperations = {
  getRecordListForTable: operation({
    evidence: documented(
      'gives the cells of the columns asked for, 128 characters each, of every record the filter lets through; no columns asked for means all (inferred)',
    ),
    run: (context, { tablename, filtername, columnlist }) => {
      const table = requireReadableTable(context, tablename);
      return recordList(context, { table, filter: filtername, query: '' }, columnlist);
    },
  }),

  getRecordListForTableWithQuery: operation({
    evidence: documented(
      'as getRecordListForTable, with a JSON query that has to hold besides the filter; only for tables of items, 77 for others (number inferred)',
    ),
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
  const others = (column: string) =>
    tableNames.filter((table) => opensTable(context, table) && catalogueFor(view, table).column(column));
  const { columns, names } = requireColumns(catalogueFor(view, selection.table), asked ?? [], others);
  const writers = columns.map((column) => cellWriter(column, view));
  // Thousands of rows would hold everybody else up, so they are made while the answer goes out.
  const records = LazyList.from(selectRecords(context, selection), (record) => ({
    row: writers.map((write) => ({ value: write(record) })),
  }));
  return { columnlist: names.map((name) => ({ name })), records };
}
