import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const png = 'iVBORw0KGgo=';
const section = {
  groups: [
    {
      name: 'Readers',
      commands: 'all',
      fields: {
        Defect: {
          Priority: 'hidden',
          Severity: 'readOnly',
          Reference: { edit: 'readOnly' },
          Component: { add: 'readOnly' },
          Workaround: 'hidden',
          Description: 'hidden',
          Secret: 'hidden',
          Fixed: 'readOnly',
        },
        'Test Config': { RAM: 'hidden' },
      },
    },
    { name: 'Writers', commands: [], fields: { Defect: { Priority: 'readOnly' } } },
  ],
  users: [
    { login: 'admin', password: 'secret', last: 'Admin' },
    { login: 'reader', password: 'r', last: 'Reader', groups: ['Readers'] },
    { login: 'both', password: 'b', last: 'Both', groups: ['Readers', 'Writers'] },
  ],
  customFields: {
    Defect: [
      { name: 'Secret', type: 'string' },
      { name: 'Fixed', type: 'integer' },
      { name: 'Open', type: 'string' },
    ],
  },
  testConfigs: [{ name: 'Laptop', ramSize: '16 GB', cpuType: 'x86-64' }],
  defects: [
    {
      summary: 'first',
      priority: 'High',
      severity: 'Major',
      reference: 'CALL-1',
      component: 'Help',
      workaround: 'Wait',
      customFields: { Secret: 'hush', Fixed: 7, Open: 'shown' },
      reportedBy: [{ description: 'It breaks', testConfig: 'Laptop', reproduced: 'Always' }],
    },
  ],
};

function rights(more: object = {}) {
  const harness = project({ ...section, ...more });
  const { tt, logOn, cookie } = harness;
  const reader = logOn('reader', 'r');
  const get = (by = cookie) => tt.getDefect({ cookie: by, defectNumber: 1 });
  const save = (by: typeof cookie, changes: object) => {
    const pDefect = { ...tt.editDefect({ cookie: by, defectNumber: 1 }), ...changes };
    return tt.saveDefect({ cookie: by, pDefect });
  };
  return { ...harness, reader, get, save };
}

describe('a hidden field', () => {
  test('is left out of what somebody gets, within the record, its parts and its custom fields', () => {
    const { get, reader } = rights();
    const shown = get(reader);
    expect(shown).not.toHaveProperty('priority');
    expect(shown).not.toHaveProperty('workaround');
    expect(shown).not.toHaveProperty('workaroundInlineAttachList');
    expect(shown.customFieldList?.map(({ name }) => name)).toEqual(['Fixed', 'Open']);
    const [report] = shown.reportedbylist ?? [];
    expect(report).not.toHaveProperty('comments');
    expect(report).not.toHaveProperty('commentsInlineAttachList');
    expect(report).toMatchObject({ reproduced: 'Always' });
    expect(report?.standardtestconfig).toMatchObject({ systemname: 'Laptop', cputype: 'x86-64' });
    expect(report?.standardtestconfig).not.toHaveProperty('ramsize');
  });

  test('shows to others, in whatever order they ask', () => {
    const { get, reader, cookie } = rights();
    for (const by of [cookie, reader, cookie, reader]) {
      expect('priority' in get(by)).toBe(by === cookie);
      expect(get(by).customFieldList).toHaveLength(by === cookie ? 3 : 2);
    }
  });

  test('keeps its value when somebody saves what was shown, or sends a value all the same', () => {
    const { get, save, reader } = rights();
    expect(save(reader, { summary: 'second' })).toBe(0);
    const image = { 'm-recordid': 0, 'm-strFileName': 'a.png', 'm-pFileData': Buffer.from(png, 'base64') };
    save(reader, { priority: 'Low', workaround: 'None', workaroundInlineAttachList: [image] });
    expect(get()).toMatchObject({
      summary: 'second',
      priority: 'High',
      workaround: 'Wait',
      workaroundInlineAttachList: [],
    });
    expect(get().reportedbylist?.[0]?.comments).toBe('It breaks');
    expect(get().customFieldList?.[0]).toMatchObject({ name: 'Secret', value: 'hush' });
  });

  test('is neither a column of lists nor a drop-down field', () => {
    const { tt, reader } = rights();
    const tablename = 'Defect';
    const names = (list: readonly { name?: string | undefined }[]) => list.map(({ name }) => name);
    expect(names(tt.getColumnsForTable({ cookie: reader, tablename }))).not.toContain('Priority');
    expect(names(tt.getDropdownFieldForTable({ cookie: reader, tablename }))).not.toContain('Priority');
    const list = () =>
      tt.getRecordListForTable({ cookie: reader, tablename, columnlist: [{ name: 'Secret' }] });
    expect(faultOf(list).code).toBe(11);
  });
});

describe('a read-only field', () => {
  test('shows, and what is sent for it is ignored', () => {
    const { get, save, reader } = rights();
    const custom = { $type: 'CIntegerField', recordid: 0, name: 'Fixed', value: 8 } as const;
    save(reader, { severity: 'Minor', reference: 'CALL-2', component: 'Reports', customFieldList: [custom] });
    expect(get(reader)).toMatchObject({ severity: 'Major', reference: 'CALL-1', component: 'Reports' });
    expect(get().customFieldList?.[1]).toMatchObject({ name: 'Fixed', value: 7 });
  });

  test('can differ between adding and editing', () => {
    const { tt, reader, cookie } = rights();
    const pDefect = { summary: 'new', severity: 'Minor', reference: 'CALL-9', component: 'Help' };
    const recordID = tt.addDefect({ cookie: reader, pDefect });
    expect(tt.getDefectByRecordID({ cookie, recordID })).toMatchObject({
      severity: '',
      reference: 'CALL-9',
      component: '',
    });
  });

  test('that the project requires cannot be filled, so that adding is refused', () => {
    const harness = rights({ requiredFields: { Defect: ['Severity'] } });
    const { tt, reader } = harness;
    const add = () => tt.addDefect({ cookie: reader, pDefect: { summary: 'new', severity: 'Minor' } });
    expect(refusalOf(harness, add).code).toBe(23);
  });
});

test('the most generous of several groups counts, for each field', () => {
  const { get, save, logOn } = rights();
  const both = logOn('both', 'b');
  expect(get(both)).toMatchObject({ priority: 'High', workaround: 'Wait' });
  save(both, { priority: 'Low', severity: 'Minor', workaround: 'None' });
  expect(get()).toMatchObject({ priority: 'High', severity: 'Minor', workaround: 'None' });
});

test('a field goes by its original name, whatever the project calls it', () => {
  const { get, reader } = rights({ renamedFields: { Defect: { Priority: 'Urgency' } } });
  expect(get(reader)).not.toHaveProperty('priority');
});
