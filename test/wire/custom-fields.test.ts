import { describe, expect, test } from 'vitest';
import type { AnyCField } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const fields = [
  { name: 'Line', type: 'string' },
  { name: 'Notes', type: 'multiline' },
  { name: 'Count', type: 'integer' },
  { name: 'Weight', type: 'decimal' },
  { name: 'Urgent', type: 'boolean' },
  { name: 'Promised', type: 'date' },
  { name: 'Called', type: 'dateTime' },
  { name: 'Release', type: 'version' },
  { name: 'Lost', type: 'timespan' },
  { name: 'Browser', type: 'dropdown', values: ['Amaya', 'Lynx'] },
  { name: 'Systems', type: 'multiselect', values: ['Windows', 'macOS', 'Linux'] },
] as const;

const { tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    customFields: { Defect: fields },
    defects: [
      { summary: 'with fields', customFields: { Line: 'x', Browser: 'Lynx', Systems: ['Linux'] } },
      { summary: 'bare' },
    ],
  },
]);

const values: AnyCField[] = [
  { $type: 'CStringField', name: 'Line', value: ' a & b ' },
  { $type: 'CStringField', name: 'Notes', value: 'one\r\ntwo' },
  { $type: 'CIntegerField', name: 'Count', value: -7 },
  { $type: 'CDecimalField', name: 'Weight', value: 2.5 },
  { $type: 'CBooleanField', name: 'Urgent', value: true },
  { $type: 'CDateField', name: 'Promised', value: '2026-02-28' },
  { $type: 'CDateTimeField', name: 'Called', value: '2026-02-28T10:15:00-05:00' },
  { $type: 'CVersionField', name: 'Release', value: '5.2.1' },
  { $type: 'CTimespanField', name: 'Lost', value: 1.5, unit: 'Days' },
  { $type: 'CDropdownField', name: 'Browser', value: 'Amaya' },
  { $type: 'CMultiSelectDropdownField', name: 'Systems', values: [{ value: 'Windows' }, { value: 'Linux' }] },
];

async function saveFields(cookie: number, customFieldList: readonly AnyCField[] | undefined) {
  const { recordid = 0 } = await tt.editDefect({ cookie, defectNumber: 1 });
  try {
    await tt.saveDefect({ cookie, pDefect: { recordid, customFieldList } });
  } catch (error) {
    await tt.cancelSaveDefect({ cookie, recordID: recordid });
    throw error;
  }
  return (await tt.getDefect({ cookie, defectNumber: 1 })).customFieldList ?? [];
}

describe('the custom fields of a defect', () => {
  test('come all, in the order of the project, each in the class of its type', async () => {
    const cookie = await logOn();
    const { customFieldList = [] } = await tt.getDefect({ cookie, defectNumber: 2 });
    expect(customFieldList.map(({ name, $type }) => [name, $type])).toEqual(
      values.map(({ name, $type }) => [name, $type]),
    );
  });

  test('of all kinds keep what was saved, and are given as they were when saved again', async () => {
    const cookie = await logOn();
    const saved = await saveFields(cookie, values);
    expect(saved).toMatchObject(values);
    expect(await saveFields(cookie, saved)).toEqual(saved);
  });

  test('that are not in the list keep their values', async () => {
    const cookie = await logOn();
    const saved = await saveFields(cookie, [{ $type: 'CIntegerField', name: 'Count', value: 3 }]);
    expect(saved).toMatchObject([
      { value: 'x' },
      {},
      { value: 3 },
      ...Array.from({ length: 6 }, () => ({})),
      { value: 'Lynx' },
      { values: [{ value: 'Linux' }] },
    ]);
  });

  test('stay as they are when the list is left out', async () => {
    const cookie = await logOn();
    const before = await tt.getDefect({ cookie, defectNumber: 1 });
    expect(await saveFields(cookie, undefined)).toEqual(before.customFieldList);
  });

  test.each<[string, AnyCField, string]>([
    ['a name that no field has', { $type: 'CStringField', name: 'Colour', value: 'red' }, '11'],
    ['the class of another type', { $type: 'CStringField', name: 'Count', value: '3' }, '23'],
    ['a value that is not in its list', { $type: 'CDropdownField', name: 'Browser', value: 'Mosaic' }, '23'],
    [
      'one of several values that is not in its list',
      { $type: 'CMultiSelectDropdownField', name: 'Systems', values: [{ value: 'Linux' }, { value: 'VMS' }] },
      '23',
    ],
    ['no class at all', { name: 'Browser' }, '23'],
  ])('are refused with %s', async (_, field, detail) => {
    const cookie = await logOn();
    const before = await tt.getDefect({ cookie, defectNumber: 1 });
    const fault = await faultOf(saveFields(cookie, [field]));
    expect(fault.detail).toBe(detail);
    expect(await tt.getDefect({ cookie, defectNumber: 1 })).toEqual(before);
  });
});

describe('the definitions', () => {
  test('list every field with what a drop-down offers', async () => {
    const cookie = await logOn();
    const list = await tt.getCustomFieldsDefinitionList({ cookie, tablename: 'Defect' });
    expect(list.map(({ name }) => name)).toEqual(fields.map(({ name }) => name));
    expect(list.find(({ name }) => name === 'Browser')).toMatchObject({
      $type: 'CDropdownField',
      dropdownValues: [{ value: 'Amaya' }, { value: 'Lynx' }],
    });
    expect(await tt.getDefectCustomFieldsDefinitionList({ cookie })).toEqual(list);
  });

  test('are refused for a table that does not exist, with 77 and the names of those that do', async () => {
    const cookie = await logOn();
    const fault = await faultOf(tt.getCustomFieldsDefinitionList({ cookie, tablename: 'Defects' }));
    expect(fault.detail).toBe('77');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('Customer, Defect, Folder');
  });
});
