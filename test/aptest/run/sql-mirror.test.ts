import { describe, expect, test } from 'vitest';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { openSuite, smallSection } from '../../support/aptest.ts';

const suite = {
  executionFields: [
    { name: 'kinds', type: 'list', style: 'multiple', values: ['x', 'y'] },
    { name: 'made', type: 'date' },
  ],
};
const session = (sqlMirror = true) =>
  new TestSession(openSuite(smallSection(suite, { settings: { sqlMirror } })), 1, true);

describe('the SQL mirror', () => {
  test('has a table for the session and one for each field with several values', () => {
    const one = session();
    expect(one.SQL_tname()).toBe('Small_session_1');
    expect(one.SQL_tlist()).toEqual(['Small_session_1', 'Small_session_1_kinds']);
    expect(one.SQL_tableFields('Small_session_1')).toEqual(
      expect.arrayContaining(['tid', 'id', 'results', 'made']),
    );
    expect(one.SQL_tableDef('Small_session_1')).toEqual(
      expect.arrayContaining(['"tid" INTEGER', '"when" TIMESTAMP', '"made" DATE']),
    );
    expect(one.SQL_tableDef('Small_session_1_kinds')).toEqual([
      '"tid" INTEGER',
      '"position" INTEGER',
      '"value" TEXT',
    ]);
    expect(one.SQL_tableDef('other')).toEqual([]);
  });

  test('writes rows with every value quoted', () => {
    const one = session();
    one.note(0, "it's; DROP TABLE x; --", 'fail');
    one.testCase(0, {
      kinds: ['x', "y'"],
      made: '2009-02-01',
      atm_prid: "a'b\0c",
      exectimeclock: 'no number',
    });
    one.SQL_updateTestInstance(0);
    const [deleted, , row, ...multi] = one.statements;
    expect(deleted).toBe('DELETE FROM "Small_session_1" WHERE "tid" = 0;');
    expect(row).toContain("'it''s; DROP TABLE x; --'");
    expect(row).toContain("'a''bc'");
    expect(row).toContain("'2009-02-01'");
    expect(row).toContain("'2009-02-01 00:00:00'");
    expect(multi).toEqual([
      `INSERT INTO "Small_session_1_kinds" ("tid", "position", "value") VALUES (0, 0, 'x');`,
      `INSERT INTO "Small_session_1_kinds" ("tid", "position", "value") VALUES (0, 1, 'y''');`,
    ]);
    one.SQL_insertMulti({ tid: '2', kinds: ['x'] }, 'kinds');
    expect(one.statements.at(-1)).toContain('VALUES (2, 0,');
  });

  test('makes, fills and drops all tables', () => {
    const one = session();
    one.sync();
    const kinds = one.statements.map((statement) => statement.split(' ').slice(0, 2).join(' '));
    expect(kinds.slice(0, 4)).toEqual(['DROP TABLE', 'DROP TABLE', 'CREATE TABLE', 'CREATE TABLE']);
    expect(kinds.filter((kind) => kind === 'INSERT INTO')).toHaveLength(3);
    const misprinted = session();
    misprinted.SQL_initialze();
    expect(misprinted.statements).toEqual(one.statements.slice(2));
  });

  test('writes nothing with the setting off', () => {
    const off = session(false);
    off.sync();
    off.SQL_updateTestInstance(0);
    expect(off.statements).toEqual([]);
  });

  test('quotes by the type of a field', () => {
    const one = session();
    const made = one.field('made')?.definition ?? { name: '', flags: [] };
    expect(one.SQL_type(made)).toBe('DATE');
    expect(one.SQL_value(made, '1233446400')).toBe("'2009-02-01'");
    expect(one.SQL_value(made, 'someday')).toBe('NULL');
    expect(one.SQL_value({ name: 'n', type: 'number', flags: [] }, '12')).toBe('12');
    expect(one.SQL_value({ name: 'n', type: 'number', flags: [] }, '1; DROP')).toBe('NULL');
  });
});
