import type { CallContext } from '../call-context.ts';
import { listedTables } from '../columns/listed-tables.ts';
import { faults } from '../faults.ts';
import { area, permission, visible } from '../operation.ts';
import { hasCommand, seesTable } from '../rules/permissions.ts';
import { isTableName, type TableName, tableNames } from '../rules/table-names.ts';

/**
 * The table that a call names, if the caller may look at its columns and lists.
 *
 * @throws fault 77 for a name that is no table; 5 for one whose area was not opened, or that is hidden
 */
export function requireTable(context: CallContext, name: string): TableName {
  if (!isTableName(name)) throw faults.invalidTable(name, tableNames);
  requireArea(context, name);
  visible(name)(context);
  return name;
}

/** @throws fault 5 when the session did not open the area of a table [inferred] */
function requireArea(context: CallContext, table: TableName): void {
  const listed = listedTables.get(table);
  if (listed?.area) area(listed.area)(context);
}

/** The table that a call names, if the caller may look at its records. @throws fault 77 or 5 */
export function requireReadableTable(context: CallContext, name: string): TableName {
  const table = requireTable(context, name);
  const command = viewCommand(table);
  if (command !== undefined) permission(command)(context);
  return table;
}

/** Whether the caller may look at a table's columns and lists: its area was opened, and a group of the user shows it. */
export function opensTable({ project, session, user }: CallContext, table: TableName): boolean {
  const needed = listedTables.get(table)?.area;
  return (needed === undefined || session.areas.includes(needed)) && seesTable(project, user, table);
}

/** Whether the caller may look at a table's records. */
export function readsTable(context: CallContext, table: TableName): boolean {
  const command = viewCommand(table);
  const mayView = command === undefined || hasCommand(context.project, context.user, command);
  return mayView && opensTable(context, table);
}

function viewCommand(table: TableName): string | undefined {
  const listed = listedTables.get(table);
  return listed && `View ${listed.commandNoun}`;
}
