import { describe, expect, test } from 'vitest';
import { project } from '../../support/testtrack.ts';

const fix = (documentation: boolean, by = 'lake') => ({
  name: 'Fix',
  user: by,
  fields: { 'Affects Documentation': documentation },
});
const reopen = { name: 'Re-Open' };

const described = {
  customFields: {
    Defect: [
      { name: 'Since', type: 'version', code: 'SINCE' },
      { name: 'Systems', type: 'multiselect', values: ['Linux', 'BSD', 'Windows'] },
      { name: 'Span', type: 'timespan' },
    ],
  },
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', middle: 'B', last: 'Lake' },
    { login: 'twin', password: 'twin', first: 'Veronica', middle: 'B', last: 'Lake' },
  ],
  defects: [
    {
      summary: 'Crash on start',
      dateEntered: '2026-03-01',
      enteredBy: 'lake',
      events: [{ name: 'Assign', assignTo: 'admin' }],
      customFields: { Since: '5.2', Systems: ['Linux', 'BSD'] },
    },
    {
      summary: 'Wrong colour at start',
      dateEntered: '2026-02-27',
      enteredBy: 'twin',
      events: [fix(true), reopen, fix(false)],
      customFields: { Since: '5.10', Systems: ['Linux'], Span: { amount: 2, unit: 'Days' } },
    },
    {
      summary: 'Typo',
      priority: 'High',
      dateEntered: '2026-02-02',
      enteredBy: 'admin',
      events: [fix(false, 'admin'), reopen, fix(true, 'admin')],
    },
  ],
  folders: [
    { name: 'Box', folders: [{ name: 'Inner', items: [{ table: 'Defect', number: 1 }] }] },
    { name: 'Other', items: [{ table: 'Defect', number: 2 }] },
  ],
  links: [
    {
      definition: 'Related Items',
      children: [
        { table: 'Defect', number: 1 },
        { table: 'Defect', number: 3 },
      ],
    },
  ],
};

describe('defects are found', () => {
  test.each([
    ["{'Summary':'START'}", [1, 2]],
    ["{'Summary':{'<all>':['start','crash']}}", [1]],
    ["{'Summary':{'<any>':['typo','colour']}}", [2, 3]],
    ["{'Summary':{'<wildcard>':'*o*start'}}", [1, 2]],
    ["{'Summary':{'<not>':'start'}}", [3]],
    ["{'Date Entered':'This Week'}", [1]],
    ["{'Date Entered':'Last Week'}", [2]],
    ["{'Date Entered':{'<named>':'Last Month','<matches>':false}}", [1]],
    ["{'Date Entered':{'<from>':'2026-02-02','<through>':'2026-02-27'}}", [2, 3]],
    ["{'Number':{'<numbers>':[1,3]}}", [1, 3]],
    ["{'Record ID':{'<from>':2}}", [2, 3]],
    ["{'%SUMM%':'crash'}", [1]],
    ["{'%since%':{'<from>':'5.3'}}", [2]],
    ["{'Since':''}", [3]],
    ["{'Systems':'linux'}", [1, 2]],
    ["{'Systems':{'<exact>':['Linux']}}", [2]],
    ["{'Systems':{'<all>':['bsd','linux']}}", [1]],
    ["{'Span':{'<from>':1}}", [2]],
    ["{'Status':['Open','Closed']}", [1]],
    ["{'Priority':{'<empty>':true}}", [1, 2]],
    ["{'Entered by':'lake, veronica B'}", [1, 2]],
    ["{'Entered by':'System Administrator'}", [3]],
    ["{'Entered by':'uid:2'}", [1]],
    ["{'Currently Assigned To':'<Current User>'}", [1]],
    ["{'Currently Assigned To':''}", [2, 3]],
    ["{'Fix Affects Documentation':true}", [3]],
    ["{'Fix Affects Documentation':{'<bool>':true,'<event>':'first'}}", [2]],
    ["{'Fix Affects Documentation':{'<bool>':true,'<event>':'all'}}", [2, 3]],
    ["{'Fix Affects Documentation':{'<bool>':'true','<event>':'last','<matches>':false}}", [1, 2]],
    ["{'Fixed By User':'uid:2'}", [2]],
    ["{'Fix Date':{'<empty>':true}}", [1]],
    ["{'Is Locked':true}", []],
    ["{'Folders':'/Public/Box/Inner'}", [1]],
    ["{'Folders':'public/box/inner'}", [1]],
    ["{'Folders':'Inner'}", [1]],
    ["{'Folders':'Box'}", []],
    ["{'Folders':{'<below>':'/Public/Box'}}", [1]],
    ["{'Folders':{'<below>':'/Public'}}", [1, 2]],
    ["{'Folders':''}", [3]],
    ["{'Has Links':true}", [1, 3]],
    ["{'Linked Items':'Defect 3'}", [1]],
    ["{'Related Items Linked Items':{'<empty>':false}}", [1, 3]],
    ["{'<or>':[{'Priority':'High'},{'Number':1}]}", [1, 3]],
    ["{'<not>':{'<and>':[{'Summary':'start'},{'Number':1}]}}", [2, 3]],
    ['{}', [1, 2, 3]],
  ])('by %s', (query, expected) => {
    const { tt, cookie } = project(described);
    const columnlist = [{ name: 'Number' }];
    const { records } = tt.getRecordListForTableWithQuery({ cookie, tablename: 'Defect', query, columnlist });
    expect(records?.map(({ row }) => Number(row?.[0]?.value))).toEqual(expected);
  });
});

test('a period changes at midnight of the server’s zone', () => {
  const { tt, cookie, clock } = project(
    { defects: [{ summary: 'x', dateEntered: '2026-03-02' }] },
    { timeZone: 'Asia/Tokyo', inactivityMinutes: 10_000 },
  );
  const today = () =>
    tt.getRecordListForTableWithQuery({ cookie, tablename: 'Defect', query: "{'Date Entered':'Today'}" })
      .records?.length;
  // The clock starts at 15:00 UTC, which is midnight in Tokyo: the 3rd has begun there.
  expect(today()).toBe(0);
  clock.advance(-1);
  expect(today()).toBe(1);
});
