import { expect, test } from 'vitest';
import { sqlExport } from '../../src/aptest/sql-export.ts';
import { demoSection, loadApTest } from '../support/aptest.ts';

const exported = (sqlMirror: boolean): string[] => {
  const section = demoSection();
  const settings = { ...(section.settings as object), sqlMirror };
  return [...sqlExport(loadApTest({ ...section, settings }).world, 0)];
};

test('the SQL mirror of a world holds a table for each session and a row for each test', () => {
  const statements = exported(true);
  expect(statements).toContain('DROP TABLE IF EXISTS "Example_session_57";');
  const rows = statements.filter((statement) => statement.startsWith('INSERT INTO "Example_session_57" '));
  expect(rows).toHaveLength(6);
  expect(statements.every((statement) => statement.endsWith(';'))).toBe(true);
});

test('nothing is exported with the setting off', () => {
  expect(exported(false)).toEqual([]);
});
