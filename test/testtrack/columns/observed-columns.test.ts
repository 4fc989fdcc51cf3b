import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultOf } from '../../support/soap-client.ts';
import { people, twinWith } from '../../support/twin.ts';

/** The labels that getColumnsForTable of a real server gave in 2013, in its order. */
const observed = JSON.parse(readFileSync(new URL('columns-2013.json', import.meta.url), 'utf8')) as Record<
  'Defect' | 'Requirement' | 'Folder',
  readonly string[]
>;

const anywhere = { kind: 'peer', children: ['Defect', 'Test Case', 'Test Run', 'Requirement'] };
const asParents = { kind: 'parent/child', parents: ['Defect'], children: ['Defect', 'Test Case'] };
const version = { name: 'Version', type: 'version' };
const dueDate = { name: 'Due Date', type: 'date' };

/** The project of that server, as far as its columns tell: a workflow, custom fields and links of its own. */
const likeTheObserved = {
  name: 'Project',
  users: people.slice(0, 1),
  linkDefinitions: [
    { name: 'Related Items', ...anywhere },
    { name: 'Parent/Child', kind: 'parent/child', parents: anywhere.children, children: anywhere.children },
    { name: 'Story Tested By', ...asParents },
    { name: 'Related Stories/Tasks', kind: 'peer', children: ['Defect'] },
    { name: 'Story Source', kind: 'peer', children: ['Defect'] },
    { name: 'Dependency', kind: 'peer', children: ['Defect'] },
    { name: 'Shared Test Case Steps', ...asParents },
    {
      name: 'Requirement Tested By',
      kind: 'parent/child',
      parents: ['Requirement'],
      children: ['Test Case'],
    },
    { name: 'Related Requirements', kind: 'peer', children: ['Requirement'] },
    { name: 'Requirement Source', kind: 'peer', children: ['Requirement'] },
    { name: 'Test Run Found Issue', kind: 'parent/child', parents: ['Test Run'], children: ['Test Case'] },
  ],
  customFields: {
    Requirement: ['Owners', 'Origin', 'Source', 'Risk', 'Difficulty', 'Product', 'Release'].map((name) => ({
      name,
      type: 'string',
    })),
  },
  renamedFields: {
    Requirement: {
      'Review Note Note Type': 'Note Type',
      'Dependencies Marked Suspect By User': 'Dependencies Marked Suspect By',
      'Dependencies Marked Suspect Mark Dependent Items as Suspect': 'Mark Dependent Items as Suspect',
    },
  },
  workflows: {
    Defect: {
      states: [{ name: 'Open' }, { name: 'Closed', isOpen: false }],
      events: [
        { name: 'Assign', assigns: true },
        { name: 'Estimate', hours: 'estimate', fields: [version, { name: 'Completion Date', type: 'date' }] },
        { name: 'Enter Work', hours: 'work' },
        {
          name: 'Fix',
          to: ['Closed'],
          hours: 'work',
          fields: [
            { name: 'Affects Documentation', type: 'boolean' },
            { name: 'Affects Test Plan', type: 'boolean' },
            { name: 'Resolution', type: 'string' },
            version,
            { name: 'Remaining Time', type: 'decimal' },
          ],
        },
        { name: 'Release to Testing', fields: [version] },
        { name: 'Verify', to: ['Closed'], fields: [version] },
        { name: 'Release to Customer Testing', fields: [version] },
        { name: 'Customer Verify', fields: [version] },
        { name: 'Force Close', to: ['Closed'], fields: [{ name: 'Resolution', type: 'string' }] },
        { name: 'Re-Open', to: ['Open'] },
        { name: 'Release Notes', hasReleaseNotes: true },
        { name: 'Comment' },
      ],
    },
    Requirement: {
      states: [{ name: 'Draft' }, { name: 'Approved', isOpen: false }],
      events: [
        { name: 'Assign', assigns: true, fields: [dueDate] },
        { name: 'Estimate', hours: 'estimate', fields: [{ name: 'Completion Date', type: 'date' }] },
        { name: 'Enter Work', hours: 'work' },
        { name: 'Ready for Review', fields: [dueDate] },
        { name: 'No Changes Needed' },
        { name: 'Review Note', isReviewNote: true, fields: [{ name: 'Note Type', type: 'string' }] },
        { name: 'Ready for Approval', fields: [dueDate] },
        { name: 'Approve', to: ['Approved'] },
        { name: 'Reject' },
        { name: 'Needs Change' },
        {
          name: 'Dependencies Marked Suspect',
          fields: [{ name: 'Mark Dependent Items as Suspect', type: 'boolean' }],
        },
        { name: 'Implemented' },
        { name: 'Obsolete', fields: [{ name: 'Reason', type: 'string' }] },
        { name: 'Re-Open' },
        { name: 'Comment' },
      ],
    },
  },
};

const { tt, logOn } = await twinWith(
  [
    likeTheObserved,
    {
      name: 'Stock',
      users: people.slice(0, 1),
      defects: [
        {
          summary: 'Slow',
          enteredBy: 'admin',
          reportedBy: [{ foundBy: 'admin', reproduced: 'Always' }],
          events: [
            { name: 'Estimate', hours: 5 },
            { name: 'Enter Work', hours: 2 },
            { name: 'Fix', hours: 1, fields: { 'Affects Test Plan': true } },
          ],
        },
        { summary: 'Idle', enteredBy: 'admin' },
      ],
      links: [
        {
          definition: 'Related Items',
          children: [
            { table: 'Defect', number: 1 },
            { table: 'Defect', number: 2 },
          ],
        },
      ],
    },
  ],
  { sdk: '2013' },
);
const newest = await twinWith([{ name: 'Project', users: people.slice(0, 1) }]);

const columnsOf = async (tablename: string, project = 'Project') => {
  const cookie = await logOn('admin', 'secret', project);
  return (await tt.getColumnsForTable({ cookie, tablename })).map(({ name }) => name);
};

async function cell(label: string, number: number): Promise<string | undefined> {
  const cookie = await logOn('admin', 'secret', 'Stock');
  const columnlist = [{ name: 'Number' }, { name: label }];
  const { records = [] } = await tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist });
  return records.map(({ row = [] }) => row).find(([key]) => key?.value === String(number))?.[1]?.value;
}

describe('the columns of a project like the one that was seen', () => {
  // A definition that a scenario changes keeps its place among the defaults; in that project it had come to the end.
  const isMoved = (label = '') => label.includes('Shared Test Case Steps');

  test.each(['Defect', 'Requirement', 'Folder'] as const)('of %s are those, in that order', async (table) => {
    const labels = await columnsOf(table);
    expect(labels.toSorted()).toEqual(observed[table].toSorted());
    expect(labels.filter((label) => !isMoved(label))).toEqual(
      observed[table].filter((label) => !isMoved(label)),
    );
    expect(labels.filter(isMoved)).toEqual(observed[table].filter(isMoved));
  });
});

describe('the columns of a project that nothing was changed in', () => {
  test.each(['Defect', 'Requirement', 'Folder'] as const)(
    'of %s stand in the order that was seen',
    async (table) => {
      const labels = await columnsOf(table, 'Stock');
      expect(labels.filter((label) => observed[table].includes(label ?? ''))).toEqual(
        observed[table].filter((label) => labels.includes(label)),
      );
    },
  );
});

test('later releases list two fields more for defects, and one for requirements', async () => {
  const cookie = await newest.logOn();
  const listed = async (tablename: 'Defect' | 'Requirement') => {
    const columns = await newest.tt.getColumnsForTable({ cookie, tablename });
    const fields = columns.map(({ name = '' }) => name);
    return fields.filter(
      (name) => !observed[tablename].includes(name) && !/ (?:Link|Link Parent|Link Child)$/.test(name),
    );
  };
  expect(await listed('Defect')).toEqual(['Is Locked', 'Folder Paths']);
  expect(await listed('Requirement')).toEqual(['Folder Paths']);
});

test('a column of another table is refused with 11, and the hint names that table', async () => {
  const cookie = await newest.logOn();
  const columnlist = [{ name: 'Test Run Set' }];
  const fault = await faultOf(newest.tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist }));
  expect(fault.detail).toBe('11');
  expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('It is a column of Test Run. Columns: ');
});

describe('a cell', () => {
  test.each([
    ['Reproducible', 'Always', ''],
    ['Number Reported', '1', '1'],
    ['State Attribute', 'Open', 'Open'],
    ['Has Attachments', 'No', 'No'],
    ['Has Links', 'Yes', 'Yes'],
    ['Number of Links', '1', '1'],
    ['Has A Related Items Link', 'Yes', 'Yes'],
    ['Has A Parent/Child Link', 'No', 'No'],
    ['Estimated Effort', '5', ''],
    ['Enter Work Actual Effort (Hours)', '2', ''],
    ['Enter Work Remaining Time', '3', ''],
    ['Hours to Fix', '1', ''],
    ['Remaining Hours', '2', '0'],
    ['Fix Affects Test Plan', 'Yes', 'No'],
    ['Fix Resulting State', 'Fixed', ''],
    ['Estimate Resulting State', '<No State Change>', ''],
    ['System Comment Notes', '', ''],
  ])('of "%s" reads "%s", or "%s" where there is nothing', async (label, value, empty) => {
    expect(await cell(label, 1)).toBe(value);
    expect(await cell(label, 2)).toBe(empty);
  });

  test.each([
    ['Reproduced', 'Reproducible'],
    ['Computer Config', 'Test Config'],
    ['Currently Assigned By', 'Current Assignment By'],
    ['Has File Attachments', 'Has Attachments'],
    ['Is Parent In Link', 'Is Parent in Link'],
    ['Estimate Hours', 'Estimated Effort'],
    ['Fix Hours', 'Hours to Fix'],
    ['Fix By User', 'Fixed By User'],
    ['Verified By User', 'Verify By User'],
    ['Release Notes Version', 'Release Notes Release Version'],
  ])('is found by the name "%s" that "%s" had before', async (former, label) => {
    expect(await cell(former, 1)).toBe(await cell(label, 1));
  });

  test.each(['Linked Items', 'Folder Paths', 'Contact Info', 'Is Locked'])(
    'of "%s", which is not listed, is given to who asks',
    async (label) => {
      expect(await columnsOf('Defect', 'Stock')).not.toContain(label);
      expect(await cell(label, 1)).toBeDefined();
    },
  );
});
