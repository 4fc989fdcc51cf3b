import type { FieldDefinition } from '../model/definitions.ts';

/**
 * The SQL that sessions are mirrored in: the part of SQL-92 that SQLite and PostgreSQL both take. Names are quoted
 * with `"`, texts with `'`; both double their own mark, and nothing else has a meaning in them.
 */
export type SqlStatement = string;

/** A column of a table: its name and its type. */
export interface SqlColumn {
  readonly name: string;
  readonly type: 'INTEGER' | 'TEXT' | 'TIMESTAMP' | 'DATE';
}

function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`;
}

/** A text as a literal. A NUL is no character of an SQL text and is left out. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;
}

/** The best column type for a field. */
export function sqlTypeOf(field: FieldDefinition): SqlColumn['type'] {
  switch (field.type) {
    case 'number':
    case 'time':
      return 'INTEGER';
    case 'date':
      return 'DATE';
    case 'datetime':
      return 'TIMESTAMP';
    default:
      return 'TEXT';
  }
}

/** A value as a literal of a column's type; NULL when it has no such value. */
export function sqlValue(type: SqlColumn['type'], value: string | undefined): string {
  if (value === undefined || value === '') return 'NULL';
  switch (type) {
    case 'INTEGER':
      return /^[+-]?\d{1,15}$/.test(value) ? String(Number(value)) : 'NULL';
    case 'DATE':
    case 'TIMESTAMP': {
      const time = /^\d{1,13}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
      if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return 'NULL';
      const written = new Date(time).toISOString();
      return type === 'DATE' ? `'${written.slice(0, 10)}'` : `'${written.slice(0, 19).replace('T', ' ')}'`;
    }
    case 'TEXT':
      return sqlText(value);
  }
}

export function createTable(
  name: string,
  columns: readonly SqlColumn[],
  key: readonly string[],
): SqlStatement {
  const lines = columns.map((column) => `  ${columnDefinition(column)}`);
  return `CREATE TABLE IF NOT EXISTS ${sqlName(name)} (\n${[...lines, `  PRIMARY KEY (${key.map(sqlName).join(', ')})`].join(',\n')}\n);`;
}

export function columnDefinition({ name, type }: SqlColumn): string {
  return `${sqlName(name)} ${type}`;
}

export function insertRow(table: string, values: readonly (readonly [string, string])[]): SqlStatement {
  const names = values.map(([name]) => sqlName(name)).join(', ');
  return `INSERT INTO ${sqlName(table)} (${names}) VALUES (${values.map(([, literal]) => literal).join(', ')});`;
}

export function deleteRows(table: string, where: readonly (readonly [string, string])[]): SqlStatement {
  const conditions = where.map(([name, literal]) => `${sqlName(name)} = ${literal}`);
  return `DELETE FROM ${sqlName(table)} WHERE ${conditions.join(' AND ')};`;
}

export function dropTable(name: string): SqlStatement {
  return `DROP TABLE IF EXISTS ${sqlName(name)};`;
}
