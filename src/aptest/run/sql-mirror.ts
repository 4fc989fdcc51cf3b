import type { FieldDefinition } from '../model/definitions.ts';
import { asList, asText, type FieldValue } from '../model/value.ts';
import { executionField, isMultiple } from '../rules/execution-fields.ts';
import {
  columnDefinition,
  createTable,
  deleteRows,
  dropTable,
  insertRow,
  type SqlColumn,
  type SqlStatement,
  sqlText,
  sqlTypeOf,
  sqlValue,
} from '../rules/sql.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { attributesAt } from './attributes.ts';
import { notesText } from './results.ts';
import type { RunState } from './run-state.ts';
import { testUUIDList } from './tests.ts';

// The SQL mirror. The product wrote to a database; here the methods collect statements, which `twintrack export --sql`
// writes to a file. With the setting `sqlMirror` off nothing is collected (documented: the functions do nothing then).
// A session has one table with a row for each test, and one more table for each execution field with several values.

/** Name of the session's own table. */
export const SQL_tname = ({ suite, title }: RunState): string => `${suite.name}_session_${title}`;

/** Names of all tables of the session: its own first. */
export function SQL_tlist(state: RunState): string[] {
  return [SQL_tname(state), ...multiFields(state).map((field) => multiTable(state, field))];
}

/** The columns of a table as they stand in its CREATE statement. */
export function SQL_tableDef(state: RunState, table: string): string[] {
  return columnsOf(state, table).map(columnDefinition);
}

/** The names of a table's columns. */
export function SQL_tableFields(state: RunState, table: string): string[] {
  return columnsOf(state, table).map(({ name }) => name);
}

/** Makes a table unless it is there. */
export function SQL_createTable(state: RunState, table: string): void {
  const key = table === SQL_tname(state) ? ['tid'] : ['tid', 'position'];
  collect(state, createTable(table, columnsOf(state, table), key));
}

/** Drops all tables of the session. */
export function SQL_drop(state: RunState): void {
  for (const table of SQL_tlist(state)) collect(state, dropTable(table));
}

/** Makes all tables and fills them (the manual names the method and says no more; inferred). */
export function SQL_initialize(state: RunState): void {
  for (const table of SQL_tlist(state)) SQL_createTable(state, table);
  for (const tid of testUUIDList(state).keys()) SQL_updateTestInstance(state, tid);
}

/** The same, as the manual prints it. */
export const SQL_initialze = SQL_initialize;

/** Writes a test's row: what is there is replaced. @param attributes in place of those the session has */
export function SQL_updateTestInstance(
  state: RunState,
  tid: number,
  attributes: TestAttributes | undefined = attributesAt(state, tid),
): void {
  if (!attributes) return;
  SQL_deleteTestInstance(state, tid);
  const own = singleFields(state).map((field): [string, string] => [
    field.name,
    SQL_value(
      state,
      field,
      field.name === 'note' ? notesText(state, tid, true) : asText(attributes[field.name]),
    ),
  ]);
  collect(state, insertRow(SQL_tname(state), [['tid', String(tid)], ...own]));
  for (const field of multiFields(state)) insertMulti(state, { tid, field, value: attributes[field.name] });
}

/** Takes a test's rows out of all tables. */
export function SQL_deleteTestInstance(state: RunState, tid: number): void {
  for (const table of SQL_tlist(state)) collect(state, deleteRows(table, [['tid', String(tid)]]));
}

/** Writes the rows of a field with several values. @param attributes those of a test, with its `tid` */
export function SQL_insertMulti(state: RunState, attributes: TestAttributes, name: string): void {
  const field = executionField(state.suite.definition, name);
  const tid = Number(asText(attributes.tid));
  if (field && isMultiple(field) && Number.isInteger(tid))
    insertMulti(state, { tid, field, value: attributes[field.name] });
}

/** The most likely column type for a field. */
export function SQL_type(_state: RunState, field: FieldDefinition): SqlColumn['type'] {
  return sqlTypeOf(field);
}

/** A value as a quoted literal that fits the field's column. */
export function SQL_value(_state: RunState, field: FieldDefinition, value: string): string {
  return sqlValue(sqlTypeOf(field), value);
}

/** Brings the mirror up to date: everything is written anew. Nothing happens with the setting off (documented). */
export function sync(state: RunState): void {
  SQL_drop(state);
  SQL_initialize(state);
}

function insertMulti(
  state: RunState,
  { tid, field, value }: { tid: number; field: FieldDefinition; value: FieldValue | undefined },
): void {
  for (const [position, each] of asList(value).entries()) {
    const row: [string, string][] = [
      ['tid', String(tid)],
      ['position', String(position)],
      ['value', sqlText(each)],
    ];
    collect(state, insertRow(multiTable(state, field), row));
  }
}

function collect({ suite, memory }: RunState, statement: SqlStatement): void {
  if (suite.settings.sqlMirror) memory.statements.push(statement);
}

const singleFields = ({ suite }: RunState): readonly FieldDefinition[] =>
  suite.definition.executionFields.filter((field) => !isMultiple(field));

const multiFields = ({ suite }: RunState): readonly FieldDefinition[] =>
  suite.definition.executionFields.filter(isMultiple);

const multiTable = (state: RunState, field: FieldDefinition): string => `${SQL_tname(state)}_${field.name}`;

function columnsOf(state: RunState, table: string): SqlColumn[] {
  if (table === SQL_tname(state)) {
    const own = singleFields(state).map((field) => ({ name: field.name, type: sqlTypeOf(field) }));
    return [{ name: 'tid', type: 'INTEGER' }, ...own];
  }
  if (!multiFields(state).some((field) => multiTable(state, field) === table)) return [];
  return [
    { name: 'tid', type: 'INTEGER' },
    { name: 'position', type: 'INTEGER' },
    { name: 'value', type: 'TEXT' },
  ];
}
