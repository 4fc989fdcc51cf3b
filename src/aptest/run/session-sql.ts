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
import { SessionData } from './session-data.ts';

/**
 * The SQL mirror. The product wrote to a database; here the methods collect statements, which
 * `twintrack export --sql` writes to a file. With the setting `sqlMirror` off nothing is collected (documented:
 * the functions do nothing then).
 *
 * A session has one table with a row for each test, and one more table for each execution field with several values.
 */
export abstract class SessionSql extends SessionData {
  private readonly collected: SqlStatement[] = [];

  /** The statements so far, in order. */
  get statements(): readonly SqlStatement[] {
    return this.collected;
  }

  /** Name of the session's own table. */
  SQL_tname(): string {
    return `${this.suite.name}_session_${this.title}`;
  }

  /** Names of all tables of the session: its own first. */
  SQL_tlist(): string[] {
    return [this.SQL_tname(), ...this.multiFields().map((field) => this.multiTable(field))];
  }

  /** The columns of a table as they stand in its CREATE statement. */
  SQL_tableDef(table: string): string[] {
    return this.columnsOf(table).map(columnDefinition);
  }

  /** The names of a table's columns. */
  SQL_tableFields(table: string): string[] {
    return this.columnsOf(table).map(({ name }) => name);
  }

  /** Makes a table unless it is there. */
  SQL_createTable(table: string): void {
    const key = table === this.SQL_tname() ? ['tid'] : ['tid', 'position'];
    this.collect(createTable(table, this.columnsOf(table), key));
  }

  /** Drops all tables of the session. */
  SQL_drop(): void {
    for (const table of this.SQL_tlist()) this.collect(dropTable(table));
  }

  /** Makes all tables and fills them (the manual names the method and says no more; inferred). */
  SQL_initialize(): void {
    for (const table of this.SQL_tlist()) this.SQL_createTable(table);
    for (const [tid] of this.testUUIDList().entries()) this.SQL_updateTestInstance(tid);
  }

  /** The same, as the manual prints it. */
  SQL_initialze(): void {
    this.SQL_initialize();
  }

  /** Writes a test's row: what is there is replaced. @param attributes in place of those the session has */
  SQL_updateTestInstance(tid: number, attributes = this.testCase(tid)): void {
    if (!attributes) return;
    this.SQL_deleteTestInstance(tid);
    const own = this.singleFields().map((field): [string, string] => [
      field.name,
      this.SQL_value(
        field,
        asText(field.name === 'note' ? this.notesText(tid, true) : attributes[field.name]),
      ),
    ]);
    this.collect(insertRow(this.SQL_tname(), [['tid', String(tid)], ...own]));
    for (const field of this.multiFields()) this.insertMulti(tid, field, attributes[field.name]);
  }

  /** Takes a test's rows out of all tables. */
  SQL_deleteTestInstance(tid: number): void {
    for (const table of this.SQL_tlist()) this.collect(deleteRows(table, [['tid', String(tid)]]));
  }

  /** Writes the rows of a field with several values. @param attributes those of a test, with its `tid` */
  SQL_insertMulti(attributes: Readonly<Record<string, FieldValue | undefined>>, name: string): void {
    const field = executionField(this.suite.definition, name);
    const tid = Number(asText(attributes.tid));
    if (field && isMultiple(field) && Number.isInteger(tid))
      this.insertMulti(tid, field, attributes[field.name]);
  }

  /** The most likely column type for a field. */
  SQL_type(field: FieldDefinition): SqlColumn['type'] {
    return sqlTypeOf(field);
  }

  /** A value as a quoted literal that fits the field's column. */
  SQL_value(field: FieldDefinition, value: string): string {
    return sqlValue(sqlTypeOf(field), value);
  }

  /** Brings the mirror up to date: everything is written anew. Nothing happens with the setting off (documented). */
  sync(): void {
    this.SQL_drop();
    this.SQL_initialize();
  }

  private insertMulti(tid: number, field: FieldDefinition, value: FieldValue | undefined): void {
    for (const [position, each] of asList(value).entries()) {
      const row: [string, string][] = [
        ['tid', String(tid)],
        ['position', String(position)],
        ['value', sqlText(each)],
      ];
      this.collect(insertRow(this.multiTable(field), row));
    }
  }

  private collect(statement: SqlStatement): void {
    if (this.suite.settings.sqlMirror) this.collected.push(statement);
  }

  private singleFields(): readonly FieldDefinition[] {
    return this.suite.definition.executionFields.filter((field) => !isMultiple(field));
  }

  private multiFields(): readonly FieldDefinition[] {
    return this.suite.definition.executionFields.filter(isMultiple);
  }

  private multiTable(field: FieldDefinition): string {
    return `${this.SQL_tname()}_${field.name}`;
  }

  private columnsOf(table: string): SqlColumn[] {
    if (table === this.SQL_tname()) {
      const own = this.singleFields().map((field) => ({ name: field.name, type: sqlTypeOf(field) }));
      return [{ name: 'tid', type: 'INTEGER' }, ...own];
    }
    const isMulti = this.multiFields().some((field) => this.multiTable(field) === table);
    if (!isMulti) return [];
    return [
      { name: 'tid', type: 'INTEGER' },
      { name: 'position', type: 'INTEGER' },
      { name: 'value', type: 'TEXT' },
    ];
  }
}
