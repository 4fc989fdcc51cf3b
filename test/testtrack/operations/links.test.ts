import { describe, expect, test } from 'vitest';
import type { CLink } from '../../../src/testtrack/model/operation-types.generated.ts';
import { defect, related, testCase, testedBy, withItems } from '../../support/links.ts';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf } from '../../support/testtrack.ts';

describe('a link', () => {
  test('of peers lists them as children, and the server fills in what they are', () => {
    const { add, get } = withItems();
    const { linkparent, childList = [], linkbroken, historyList = [] } = get(add(related));
    expect([linkparent, linkbroken]).toEqual([undefined, false]);
    expect(childList).toEqual([
      {
        recordid: 1,
        order: 1,
        tablename: 'Defect',
        entityID: 1,
        number: '1',
        summary: 'first',
        status: 'Open',
        state: 'Open',
        issuspect: false,
      },
      expect.objectContaining({ recordid: 2, order: 2, entityID: 2, summary: 'second' }),
    ]);
    expect(historyList).toEqual([
      {
        recordid: 1,
        order: 1,
        date: '2026-03-02T10:00:00-05:00',
        firstname: 'System',
        lastname: 'Administrator',
        history: 'Link created',
      },
    ]);
  });

  test('of a parent names it apart from the children', () => {
    const { add, get } = withItems();
    const link = get(add({ ...testedBy, comment: 'see chapter 3' }));
    expect([link.linkparent?.summary, link.childList?.map(({ summary }) => summary), link.comment]).toEqual([
      'prints',
      ['print a page', 'print a book'],
      'see chapter 3',
    ]);
  });

  test('shows who has a linked item in its status', () => {
    const { tt, cookie, add, get } = withItems();
    const id = add(related);
    tt.saveDefect({
      cookie,
      pDefect: {
        ...tt.editDefect({ cookie, defectNumber: 1 }),
        eventlist: [{ name: 'Assign', assigntolist: ['Lake, Veronica'] }],
      },
    });
    expect(get(id).childList?.[0]).toMatchObject({
      state: 'Open',
      status: 'Open, assigned to Lake, Veronica',
    });
  });

  test('keeps the order in which its children are given', () => {
    const { add, get } = withItems();
    const ids = (link: CLink) => link.childList?.map(({ entityID }) => entityID);
    const unordered = get(add({ ...related, childList: [defect(3), defect(1), defect(2)] }));
    const ordered = [defect(3, { order: 2 }), defect(1), defect(2, { order: 1 })];
    expect([ids(unordered), ids(get(add({ ...related, childList: ordered })))]).toEqual([
      [3, 1, 2],
      [2, 3, 1],
    ]);
  });

  test('ignores what a client says about an item beyond its table and ID', () => {
    const { add, get } = withItems();
    const boasting = { ...defect(1), summary: 'mine', state: 'Closed', number: '99', issuspect: true };
    expect(get(add({ ...related, childList: [boasting, defect(2)] })).childList?.[0]).toMatchObject({
      summary: 'first',
      state: 'Open',
      number: '1',
      issuspect: false,
    });
  });
});

describe('adding a link is refused', () => {
  test.each<[string, CLink | undefined, number]>([
    ['without one', undefined, 2],
    ['by a definition that the project does not have', { ...related, linkDefinitionName: 'Married To' }, 11],
    ['without a definition', { childList: related.childList }, 23],
    ['without items', { linkDefinitionName: 'Related Items' }, 23],
    ['of a single peer', { ...related, childList: [defect(1)] }, 23],
    ['of peers with a parent', { ...related, linkparent: defect(3) }, 23],
    ['of a parent without children', { ...testedBy, childList: [] }, 23],
    ['of children without a parent', { ...testedBy, linkparent: undefined }, 23],
    ['of an item twice', { ...related, childList: [defect(1), defect(1)] }, 23],
    [
      'of an item with itself',
      { linkDefinitionName: 'Parent/Child', linkparent: defect(1), childList: [defect(1)] },
      23,
    ],
    ['of a parent of the wrong type', { ...testedBy, linkparent: testCase(1) }, 23],
    ['of a child of the wrong type', { ...testedBy, childList: [defect(1)] }, 23],
    [
      'of a table that has no items',
      { ...related, childList: [defect(1), { tablename: 'Nonsense', entityID: 1 }] },
      23,
    ],
    ['of a user', { ...related, childList: [defect(1), { tablename: 'User', entityID: 1 }] }, 23],
    [
      'of the tables __proto__ and constructor',
      {
        ...related,
        childList: [
          { tablename: '__proto__', entityID: 1 },
          { tablename: 'constructor', entityID: 1 },
        ],
      },
      23,
    ],
    [
      'of too many items',
      {
        linkDefinitionName: 'Shared Test Case Steps',
        linkparent: testCase(1),
        childList: [testCase(2), testCase(3)],
      },
      23,
    ],
    ['of an item that does not exist', { ...related, childList: [defect(1), defect(99)] }, 6],
    [
      'of an item whose ID is beyond any record',
      { ...related, childList: [defect(1), { tablename: 'Defect', entityID: 2n ** 62n }] },
      6,
    ],
  ])('%s', (_, pLink, code) => {
    const harness = withItems();
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.addLink({ cookie, pLink })).code).toBe(code);
  });

  test('without a comment where the definition requires one', () => {
    const definition = { name: 'Explained', kind: 'peer', children: ['Defect'], requiresComment: true };
    const harness = withItems({ linkDefinitions: [definition] });
    const link = { ...related, linkDefinitionName: 'Explained' };
    expect(refusalOf(harness, () => harness.add(link)).code).toBe(23);
    expect(harness.get(harness.add({ ...link, comment: 'same cause' })).comment).toBe('same cause');
  });

  test('without the command for it', () => {
    const harness = withItems();
    const cookie = harness.logOn('reader', 'reader');
    const fault = refusalOf(harness, () => harness.tt.addLink({ cookie, pLink: related }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('Add Links')]);
  });

  test('where the table of links is hidden', () => {
    const harness = withItems();
    const cookie = harness.logOn('guest', 'guest');
    expect(refusalOf(harness, () => harness.tt.addLink({ cookie, pLink: related })).hint).toContain('hidden');
  });
});

describe('saving a link', () => {
  test('keeps what was not sent, and writes a line of history for each change', () => {
    const { tt, cookie, clock, add, get } = withItems();
    const id = add({ ...related, comment: 'old' });
    clock.advance(60_000);
    tt.editLink({ cookie, linkID: id });
    const [first] = get(id).childList ?? [];
    tt.saveLink({ cookie, pLink: { recordid: id, comment: 'new', childList: [first ?? {}, defect(3)] } });
    const link = get(id);
    expect([link.linkDefinitionName, link.comment, link.childList?.map(({ recordid }) => recordid)]).toEqual([
      'Related Items',
      'new',
      [1, 3],
    ]);
    expect(link.historyList?.map(({ history }) => history)).toEqual([
      'Link created',
      'Comment changed',
      'Item added: Defect 3',
      'Item removed: Defect 2',
    ]);
    expect(link.historyList?.at(-1)?.date).toBe('2026-03-02T10:01:00-05:00');
  });

  test('without changes adds no history', () => {
    const { add, get, save } = withItems();
    const id = add(related);
    const before = get(id);
    save(id, {});
    expect(get(id)).toEqual(before);
  });

  test('can change the definition when the items fit it', () => {
    const { add, get, save } = withItems();
    const id = add(related);
    save(id, { linkDefinitionName: 'Requirement Source' });
    expect(get(id).historyList?.at(-1)?.history).toBe(
      'Link definition changed from "Related Items" to "Requirement Source"',
    );
  });

  test.each<[string, Partial<CLink>, number]>([
    ['a definition that the items do not fit', { linkDefinitionName: 'Related Requirements' }, 23],
    ['no items', { childList: [] }, 23],
    ['an item that does not exist', { childList: [defect(1), defect(99)] }, 6],
    ['the record ID of an item in no such link', { childList: [defect(1), defect(2, { recordid: 77 })] }, 23],
  ])('with %s is refused and leaves the lock', (_, changes, code) => {
    const harness = withItems();
    const { tt, cookie, add } = harness;
    const id = add(related);
    const pLink = { ...tt.editLink({ cookie, linkID: id }), ...changes };
    expect(refusalOf(harness, () => tt.saveLink({ cookie, pLink })).code).toBe(code);
    expect(faultOf(() => tt.editLink({ cookie, linkID: id })).code).toBe(22);
    expect(tt.cancelSaveLink({ cookie, linkID: id })).toBe(0);
  });

  test('needs an edit of its session', () => {
    const harness = withItems();
    const { tt, cookie, logOn, add } = harness;
    const id = add(related);
    const pLink = tt.getLink({ cookie, linkID: id });
    expect(refusalOf(harness, () => tt.saveLink({ cookie, pLink })).code).toBe(7);
    tt.editLink({ cookie, linkID: id });
    const other = logOn('lake', 'water');
    expect(refusalOf(harness, () => tt.saveLink({ cookie: other, pLink })).code).toBe(7);
    expect(refusalOf(harness, () => tt.saveLink({ cookie, pLink: undefined })).code).toBe(2);
    expect(tt.saveLink({ cookie, pLink })).toBe(0);
    expect(refusalOf(harness, () => tt.saveLink({ cookie, pLink })).code).toBe(7);
    expect(refusalOf(harness, () => tt.cancelSaveLink({ cookie, linkID: id })).code).toBe(7);
  });
});

describe('a link that somebody edits', () => {
  test('cannot be edited or deleted by others, but read', () => {
    const harness = withItems();
    const { tt, cookie, logOn, add } = harness;
    const linkID = add(related);
    const other = logOn('lake', 'water');
    tt.editLink({ cookie: other, linkID });
    expect(refusalOf(harness, () => tt.editLink({ cookie, linkID })).code).toBe(22);
    expect(refusalOf(harness, () => tt.deleteLink({ cookie, linkID })).code).toBe(22);
    expect(tt.getLink({ cookie, linkID }).recordid).toBe(linkID);
    tt.cancelSaveLink({ cookie: other, linkID });
    expect(tt.deleteLink({ cookie, linkID })).toBe(0);
    expect(refusalOf(harness, () => tt.getLink({ cookie, linkID })).code).toBe(6);
    expect(refusalOf(harness, () => tt.editLink({ cookie, linkID })).code).toBe(6);
    expect(refusalOf(harness, () => tt.deleteLink({ cookie, linkID })).code).toBe(6);
  });
});

describe('the links of an item', () => {
  test('are found from each of its items, by record ID', () => {
    const { tt, cookie, add } = withItems();
    const ids = [add(related), add({ ...related, childList: [defect(2), defect(3)] })];
    const linksOf = (itemRecordID: number) =>
      tt.getLinksForItem({ cookie, tablename: 'Defect', itemRecordID }).map(({ recordid }) => recordid);
    expect([linksOf(1), linksOf(2), linksOf(3)]).toEqual([[ids[0]], ids, [ids[1]]]);
    expect(tt.getLinksForDefect({ cookie, defectRecordID: 2 }).map(({ recordid }) => recordid)).toEqual(ids);
    expect(tt.getLinksForItem({ cookie, tablename: 'Requirement', itemRecordID: 1 })).toEqual([]);
  });

  test('leave out those that are broken', () => {
    const { tt, cookie, add, get } = withItems();
    const id = add(testedBy);
    tt.deleteRequirementByRecordID({ cookie, recordID: 1 });
    expect(get(id)).toMatchObject({ linkbroken: true, linkparent: { entityID: 1, summary: '', number: '' } });
    expect(tt.getLinksForItem({ cookie, tablename: 'Test Case', itemRecordID: 1 })).toEqual([]);
  });

  test.each([
    ['a table that does not exist', 'Nonsense', 1, 77],
    ['no table', '', 1, 77],
    ['an item that does not exist', 'Defect', 99, 6],
    ['no item', 'Defect', 0, 6],
  ])('of %s are refused', (_, tablename, itemRecordID, code) => {
    const { tt, cookie } = withItems();
    expect(faultOf(() => tt.getLinksForItem({ cookie, tablename, itemRecordID })).code).toBe(code);
  });

  test('of a hidden table are refused', () => {
    const { tt, logOn } = withItems({
      groups: [{ name: 'Readers', commands: 'all', hiddenTables: ['Requirement'] }],
    });
    const cookie = logOn('reader', 'reader');
    const fault = faultOf(() => tt.getLinksForItem({ cookie, tablename: 'Requirement', itemRecordID: 1 }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('is hidden')]);
  });
});

describe('link definitions', () => {
  test('are listed in the order of the project', () => {
    const { tt, cookie } = withItems({
      linkDefinitions: [
        { name: 'Duplicate Of', kind: 'parent/child', parents: ['Defect'], children: ['Defect'] },
      ],
    });
    expect(tt.GetLinkDefinitionValues({ cookie }).map(({ value }) => value)).toEqual([
      'Related Items',
      'Parent/Child',
      'Requirement Tested By',
      'Related Requirements',
      'Requirement Source',
      'Shared Test Case Steps',
      'Test Run Found Issue',
      'Duplicate Of',
    ]);
  });
});
