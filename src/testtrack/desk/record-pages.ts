import { memoryBeside } from '../../memo/memory.ts';
import { requireColumns } from '../columns/asked-columns.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import { cellWriter } from '../columns/cells.ts';
import type { Row } from '../columns/column.ts';
import { listedTables } from '../columns/listed-tables.ts';
import { filters } from '../model/tables.ts';
import { type Asker, recordsFor, type Selection } from '../query/record-selection.ts';
import { itemTables, type TableName, tableNames } from '../rules/table-names.ts';

/** A table of a project, to look into. */
export interface TableSummary {
  readonly table: TableName;
  readonly records: number;
  /** Whether its records have a workflow, and JSON queries can be asked of it. */
  readonly isOfItems: boolean;
}

/** The tables of a project that have records, or could have some. */
export function tablesOf(asker: Asker): TableSummary[] {
  return tableNames
    .filter((table) => listedTables.has(table))
    .map((table) => ({ table, records: countOf(asker, table), isOfItems: itemTables.includes(table) }));
}

function countOf(asker: Asker, table: TableName): number {
  const listed = listedTables.get(table);
  if (!listed) return 0;
  const { collection } = asker.view.project.table(listed.records);
  // Of a table that is all one kind nobody has to look at each record.
  return listed.holds ? recordsFor(asker, { table, filter: '', query: '' }).length : collection.size;
}

/** What can be asked of a table: its columns and filters by name. */
export function describedTable({ view }: Asker, table: TableName) {
  return {
    columns: catalogueFor(view, table).columns.map(({ label, kind }) => ({ label, kind })),
    filters: view.project
      .table(filters)
      .findBy('table', table)
      .filter(({ isInteractive }) => !isInteractive)
      .sort((a, b) => a.recordId - b.recordId)
      .map(({ name, query }) => ({ name, query })),
  };
}

/** Which part of a list is wanted. */
export interface PageOf {
  readonly offset: number;
  readonly limit: number;
}

/** Records as rows of texts, as the product's lists show them. */
export interface RecordPage {
  /** How many records fit, on all pages. */
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly recordId: number; readonly cells: readonly string[] }[];
}

/**
 * A page of a table: records by record ID, with the cells of the columns that are asked for.
 *
 * @param columns by their labels; empty for all
 * @throws fault 11 for an unknown filter or column, or a faulty query
 */
export function recordPage(
  asker: Asker,
  {
    columns: asked,
    offset,
    limit,
    ...selection
  }: Selection & PageOf & { readonly columns: readonly string[] },
): RecordPage {
  const { view } = asker;
  const catalogue = catalogueFor(view, selection.table);
  const { columns, names } = requireColumns(
    catalogue,
    asked.map((name) => ({ name })),
  );
  const found = selected(asker, selection);
  const writers = columns.map((column) => cellWriter(column, view));
  return {
    total: found.length,
    columns: names,
    rows: found
      .slice(offset, offset + limit)
      .map((record) => ({ recordId: record.recordId, cells: writers.map((write) => write(record)) })),
  };
}

interface Selected {
  readonly asked: string;
  readonly project: object;
  readonly minute: number;
  readonly found: readonly Row[];
}

const lately = memoryBeside<object, Selected>('records of the page that was asked for last');

/** Who goes through the pages of one list asks for the same list again and again: it is gone through once. */
function selected(asker: Asker, selection: Selection): readonly Row[] {
  if (selection.filter === '' && selection.query.trim() === '') return recordsFor(asker, selection);
  const listed = listedTables.get(selection.table);
  if (!listed) return [];
  const { project } = asker.view;
  const { collection } = project.table(listed.records);
  const asked = JSON.stringify([selection.table, selection.filter, selection.query]);
  // A period such as "today" is another one later.
  const minute = Math.floor(asker.now / 60_000);
  const known = lately.get(collection);
  if (known?.asked === asked && known.project === project.record && known.minute === minute)
    return known.found;
  const found = recordsFor(asker, selection);
  lately.set(collection, { asked, project: project.record, minute, found });
  return found;
}
