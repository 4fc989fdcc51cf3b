import { describe, expect, test } from 'vitest';
import { cut } from '../../../src/testtrack/columns/cells.ts';
import { project } from '../../support/testtrack.ts';

describe('a cell', () => {
  test('holds the first 128 characters of a text', () => {
    expect(cut('x'.repeat(128))).toBe('x'.repeat(128));
    expect(cut('x'.repeat(129))).toBe('x'.repeat(128));
  });

  test('is never cut within a character', () => {
    expect(cut('😀'.repeat(200))).toBe('😀'.repeat(128));
    expect(cut(`${'x'.repeat(127)}😀y`)).toBe(`${'x'.repeat(127)}😀`);
  });
});

const custom = {
  Defect: [
    { name: 'Line', type: 'string' },
    { name: 'Lines', type: 'multiline' },
    { name: 'Count', type: 'integer' },
    { name: 'Cost', type: 'decimal' },
    { name: 'Public', type: 'boolean' },
    { name: 'Due', type: 'date' },
    { name: 'Seen', type: 'dateTime' },
    { name: 'Since', type: 'version' },
    { name: 'Span', type: 'timespan' },
    { name: 'Browser', type: 'dropdown', values: ['Firefox', 'Opera'] },
    { name: 'Systems', type: 'multiselect', values: ['Linux', 'BSD', 'Windows'] },
  ],
};

function cells(section: object, names: readonly string[], server: object = {}) {
  const { tt, cookie } = project(section, server);
  const { records = [] } = tt.getRecordListForTable({
    cookie,
    tablename: 'Defect',
    columnlist: names.map((name) => ({ name })),
  });
  return records.map(({ row = [] }) => row.map(({ value }) => value));
}

describe('cells of custom fields', () => {
  const names = custom.Defect.map(({ name }) => name);

  test('show every type of value', () => {
    const values = {
      Line: 'one',
      Lines: 'a\r\nb',
      Count: 7,
      Cost: 2.5,
      Public: true,
      Due: '2018-02-03',
      Seen: '2018-02-03T14:15:00Z',
      Since: '5.1',
      Span: { amount: 2, unit: 'Days' },
      Browser: 'Opera',
      Systems: ['Linux', 'BSD'],
    };
    expect(cells({ customFields: custom, defects: [{ summary: 'x', customFields: values }] }, names)).toEqual(
      [
        [
          'one',
          'a\r\nb',
          '7',
          '2.5',
          'Yes',
          '2/3/2018',
          '2/3/2018 9:15 AM',
          '5.1',
          '2 Days',
          'Opera',
          'Linux, BSD',
        ],
      ],
    );
  });

  test('are empty where nothing is set, and No for a check box', () => {
    const empty = names.map((name) => (name === 'Public' ? 'No' : ''));
    expect(cells({ customFields: custom, defects: [{ summary: 'x' }] }, names)).toEqual([empty]);
  });
});
