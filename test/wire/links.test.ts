import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const type = 'Functional Requirement';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [{ summary: 'first' }, { summary: 'second' }],
    requirements: [{ type, summary: 'prints' }],
    testCases: [{ summary: 'print a page' }],
    links: [
      {
        definition: 'Requirement Tested By',
        parent: { table: 'Requirement', number: 1 },
        children: [{ table: 'Test Case', number: 1 }],
      },
    ],
  },
]);
const childList = [1, 2].map((entityID) => ({ tablename: 'Defect', entityID }));
const pLink = { linkDefinitionName: 'Related Items', childList };

describe('links over the wire', () => {
  test('are added with no more than definition, tables and IDs, and read back whole', async () => {
    const cookie = await logOn();
    const linkID = await tt.addLink({ cookie, pLink });
    const link = await tt.getLink({ cookie, linkID });
    expect(link).toMatchObject({
      recordid: 2,
      linkDefinitionName: 'Related Items',
      linkbroken: false,
      childList: [
        { order: 1, tablename: 'Defect', entityID: 1, number: '1', summary: 'first', issuspect: false },
        { order: 2, tablename: 'Defect', entityID: 2, number: '2', summary: 'second', issuspect: false },
      ],
      historyList: [{ order: 1, firstname: 'System', lastname: 'Administrator' }],
    });
    expect(link.linkparent).toBeUndefined();
    expect(await tt.getLinksForDefect({ cookie, defectRecordID: 1 })).toEqual([link]);
  });

  test('go round through edit and save unchanged', async () => {
    const cookie = await logOn();
    const link = await tt.editLink({ cookie, linkID: 1 });
    expect(await tt.saveLink({ cookie, pLink: link })).toBe(0);
    expect(await tt.getLink({ cookie, linkID: 1 })).toEqual(link);
  });

  test('of an item are an empty list where there are none', async () => {
    const cookie = await logOn();
    expect(await tt.getLinksForDefect({ cookie, defectRecordID: 1 })).toEqual([]);
    const outcome = await soapCall(twin.soapUrl, 'getLinksForDefect', { cookie, defectRecordID: 1 });
    expect([outcome.status, outcome.body.includes('xsi:nil')]).toEqual([200, false]);
  });

  test('are named by their definitions as plain values', async () => {
    const values = await tt.GetLinkDefinitionValues({ cookie: await logOn() });
    expect(values).toContainEqual({ value: 'Requirement Tested By' });
  });

  test.each([
    ['getLink', {}, '6'],
    ['getLink', { linkID: 99 }, '6'],
    ['editLink', { linkID: 99 }, '6'],
    ['deleteLink', { linkID: 99 }, '6'],
    ['cancelSaveLink', { linkID: 1 }, '7'],
    ['addLink', {}, '2'],
    ['saveLink', {}, '2'],
    ['saveLink', { pLink: { recordid: 1, ...pLink } }, '7'],
    ['getLinksForItem', {}, '77'],
    ['getLinksForItem', { tablename: 'Defect', itemRecordID: 99 }, '6'],
    ['getLinksForDefect', {}, '6'],
  ])('%s with %o faults with detail %s', async (operation, parts, detail) => {
    const cookie = await logOn();
    const { fault, status } = await soapCall(twin.soapUrl, operation, { cookie, ...parts });
    expect([status, fault?.detail]).toEqual([500, detail]);
  });

  test('need a login, and are the same for every session', async () => {
    expect((await faultOf(tt.getLink({ cookie: 1, linkID: 1 }))).detail).toBe('17');
    const [mine, other] = [await logOn(), await logOn('lake', 'water')];
    const linkID = await tt.addLink({ cookie: other, pLink });
    expect((await tt.getLink({ cookie: mine, linkID })).historyList).toMatchObject([{ lastname: 'Lake' }]);
    expect((await faultOf(tt.deleteLink({ cookie: other, linkID }))).detail).toBe('5');
    expect(await tt.deleteLink({ cookie: mine, linkID })).toBe(0);
    expect((await faultOf(tt.getLink({ cookie: other, linkID }))).detail).toBe('6');
  });
});
