import type { ServerSettings, TableSettings } from '../model/project-record.ts';
import { itemTables, type TableName } from '../rules/table-names.ts';
import type { Column } from './column.ts';
import {
  inferredOrder,
  laterColumns,
  observedColumns,
  observedEnd,
  observedLabels,
} from './stock-columns.ts';

/** The columns of a table, apart by what brings them. */
export interface ColumnGroups {
  /** Fields of the product. */
  readonly fields: readonly Column[];
  /** What custom fields, workflow and link definitions bring, in its order. */
  readonly configured: readonly Column[];
}

/** Puts the columns of a table into the order, and under the labels, in which a real server gives them. */
export function ordered(
  { fields, configured }: ColumnGroups,
  table: TableName,
  { settings, sdk }: { readonly settings: TableSettings; readonly sdk: ServerSettings['sdk'] },
): readonly Column[] {
  const named = fields.map((column) => withObservedLabel(column, table, settings));
  const seen = observedColumns[table];
  if (seen) {
    const observed = sdk === '2013' ? seen : [...new Set([...seen, ...laterColumns])];
    const end = observedEnd[table] ?? [];
    const listed = new Set([...observed, ...end]);
    const others = named.filter((column) => !listed.has(stockLabel(column, table)));
    return [
      ...inOrder(named, observed, table),
      ...configured,
      ...inOrder(named, end, table),
      ...others.map((column) => ({ ...column, isUnlisted: true })),
    ];
  }
  if (!itemTables.includes(table)) return [...named, ...configured];
  const later = new Set(inferredOrder);
  return [
    ...named.filter((column) => !later.has(stockLabel(column, table))),
    ...inOrder(named, inferredOrder, table),
    ...configured,
  ];
}

/** The label that the product gives the field in this table, whatever the project calls it. */
function stockLabel({ label, formerly = label }: Column, table: TableName): string {
  return observedLabels[table]?.[formerly] ?? formerly;
}

function inOrder(columns: readonly Column[], order: readonly string[], table: TableName): Column[] {
  const byLabel = new Map(columns.map((column) => [stockLabel(column, table), column]));
  return order.flatMap((label) => byLabel.get(label) ?? []);
}

/** A field that the project renamed keeps its name; any other has that of the table, and the one it had here before. */
function withObservedLabel(column: Column, table: TableName, { renamedFields }: TableSettings): Column {
  const observed = column.formerly === undefined ? observedLabels[table]?.[column.label] : undefined;
  if (observed === undefined) return column;
  const label = renamedFields[observed] ?? observed;
  return { ...column, label, formerly: column.label, aliases: label === observed ? [column.label] : [] };
}
