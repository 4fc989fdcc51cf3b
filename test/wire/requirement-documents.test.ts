import { describe, expect, test } from 'vitest';
import type { CDocumentTreeNode } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const type = 'Functional Requirement';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    requirements: ['one', 'two', 'three', 'four'].map((summary) => ({ type, summary })),
    requirementDocuments: [
      {
        recordId: 70,
        number: 7,
        name: 'Guide',
        createdBy: 'lake',
        description: 'What it does',
        tree: [{ requirement: 'FR-1', children: ['two', { requirement: 3 }] }],
        snapshots: [{ label: 'Kick-off', comment: 'all of it', by: 'plain', at: '2026-01-31T09:00:00Z' }],
      },
      { name: 'Same name' },
      { name: 'Same name' },
    ],
  },
]);
const tree = async (cookie: number, documentID = 70) =>
  (await tt.getDocumentTree({ cookie, documentID })) as CDocumentTreeNode;

describe('a requirement document', () => {
  test('is found by number, by name when the number is 0, and by record ID', async () => {
    const cookie = await logOn();
    for (const found of [
      await tt.getRequirementDocument({ cookie, documentNumber: 7, name: 'ignored' }),
      await tt.getRequirementDocument({ cookie, name: 'Guide' }),
      await tt.getRequirementDocumentByRecordID({ cookie, recordID: 70 }),
    ]) {
      expect(found).toMatchObject({ recordid: 70, number: 7, name: 'Guide' });
    }
    expect((await faultOf(tt.getRequirementDocument({ cookie, name: 'Same name' }))).detail).toBe('74');
    expect((await faultOf(tt.getRequirementDocument({ cookie, name: 'None' }))).detail).toBe('6');
  });

  test('carries everything the WSDL has for it', async () => {
    const cookie = await logOn();
    expect(await tt.getRequirementDocument({ cookie, name: 'Guide' })).toEqual({
      recordid: 70,
      number: 7,
      name: 'Guide',
      description: 'What it does',
      state: 'Draft',
      snapshotList: [
        {
          versionNumber: 1,
          createdByUser: 'Plain, Anna',
          dateTimeCreated: '2026-01-31T04:00:00-05:00',
          label: 'Kick-off',
          comment: 'all of it',
        },
      ],
      dateTimeCreated: '2026-03-02T10:00:00-05:00',
      createdByUser: 'Lake, Veronica B',
      locationAddedFrom: 'Scenario',
      modifiedByUser: 'Lake, Veronica B',
      dateTimeModified: '2026-03-02T10:00:00-05:00',
      actualHours: 0,
      estimatedHours: 0,
      remainingHours: 0,
      variance: 0,
      storyPoints: 0,
      percentDone: 0,
    });
  });

  test('needs nothing but a name', async () => {
    const cookie = await logOn();
    const recordID = await tt.addRequirementDocument({ cookie, pRequirementDocument: { name: 'Plan' } });
    expect(await tt.getRequirementDocumentByRecordID({ cookie, recordID })).toMatchObject({
      number: 10,
      state: 'Draft',
      createdByUser: 'Administrator, System',
    });
    for (const pRequirementDocument of [{}, { name: '' }]) {
      const { detail } = await faultOf(tt.addRequirementDocument({ cookie, pRequirementDocument }));
      expect(detail).toBe('23');
    }
    expect((await faultOf(tt.addRequirementDocument({ cookie }))).detail).toBe('2');
  });

  test('is edited and saved under its lock', async () => {
    const cookie = await logOn();
    const before = await tt.editRequirementDocument({ cookie, name: 'Guide' });
    const other = await logOn('plain', 'plain');
    expect((await faultOf(tt.editRequirementDocument({ cookie: other, name: 'Guide' }))).detail).toBe('22');
    const pRequirementDocument = { ...before, name: 'Handbook', eventList: [{ name: 'Ready for Review' }] };
    expect((await faultOf(tt.saveRequirementDocument({ cookie: other, pRequirementDocument }))).detail).toBe(
      '7',
    );
    await tt.saveRequirementDocument({ cookie, pRequirementDocument });
    expect(await tt.getRequirementDocument({ cookie: other, name: 'Handbook' })).toMatchObject({
      state: 'Awaiting Review',
      snapshotList: [{ versionNumber: 1 }],
    });
    await tt.editRequirementDocumentByRecordID({ cookie: other, recordID: 70 });
    expect(await tt.cancelSaveRequirementDocument({ cookie: other, recordID: 70 })).toBe(0);
  });

  test('is deleted with its requirements only when that is asked for', async () => {
    const cookie = await logOn();
    await tt.deleteRequirementDocument({ cookie, documentNumber: 7, bDeleteAssociatedRequirements: true });
    expect((await faultOf(tt.getRequirement({ cookie, summary: 'two' }))).detail).toBe('6');
    expect((await tt.getRequirement({ cookie, summary: 'four' })).summary).toBe('four');
    twin.reset();
    const again = await logOn();
    await tt.deleteRequirementDocumentByRecordID({ cookie: again, recordID: 70 });
    expect((await tt.getRequirement({ cookie: again, summary: 'two' })).summary).toBe('two');
    expect((await faultOf(tt.getDocumentTree({ cookie: again, documentID: 70 }))).detail).toBe('6');
  });
});

describe('the tree of a document', () => {
  const leaf = (recordId: number, summary: string, outlineNumber: string) => ({
    $type: 'CDocumentTreeNode',
    entityTableName: 'Requirement',
    entityRecordID: recordId,
    summary,
    outlineNumber,
    tag: `FR-${recordId}`,
  });

  test('has the document at its root and numbers its requirements as an outline', async () => {
    const cookie = await logOn();
    await tt.appendToRequirementDocument({
      cookie,
      requirementID: 4,
      documentID: 70,
      parentRequirementID: 0,
    });
    expect(await tree(cookie)).toEqual({
      $type: 'CDocumentTreeNode',
      entityTableName: 'Requirement Document',
      entityRecordID: 70,
      childList: [
        { ...leaf(1, 'one', '1'), childList: [leaf(2, 'two', '1.1'), leaf(3, 'three', '1.2')] },
        leaf(4, 'four', '2'),
      ],
      summary: 'Guide',
      outlineNumber: '',
      tag: '',
    });
    expect(await tt.getRequirementIDsForDocument({ cookie, documentID: 70 })).toEqual([1, 2, 3, 4]);
  });

  test('names the class of every node, so that clients can build it again', async () => {
    const { body } = await soapCall(twin.soapUrl, 'getDocumentTree', {
      cookie: await logOn(),
      documentID: 70,
    });
    expect(body).toContain('<docTreeRootNode xsi:type="ttns:CDocumentTreeNode">');
    expect(body.match(/<item xsi:type="ttns:CDocumentTreeNode">/g)).toHaveLength(3);
  });

  test('shows a new summary and a new tag at once', async () => {
    const cookie = await logOn();
    const before = await tt.editRequirement({ cookie, summary: 'one' });
    await tt.saveRequirement({ cookie, pRequirement: { ...before, summary: 'uno' } });
    await tt.changeRequirementType({ cookie, requirementID: 1, newTypeName: 'Business Requirement' });
    expect((await tree(cookie)).childList).toMatchObject([{ summary: 'uno', tag: 'BR-1' }]);
  });

  test('of a new document is empty', async () => {
    const cookie = await logOn();
    const documentID = Number(
      await tt.addRequirementDocument({ cookie, pRequirementDocument: { name: 'x' } }),
    );
    expect(await tree(cookie, documentID)).not.toHaveProperty('childList');
    expect(await tt.getRequirementIDsForDocument({ cookie, documentID })).toEqual([]);
  });

  test.each([
    ['a requirement that is none', { requirementID: 99 }, '6'],
    ['a document that is none', { documentID: 99 }, '6'],
    ['a parent that is none', { parentRequirementID: 99 }, '6'],
    ['a parent outside the document', { documentID: 71, parentRequirementID: 1 }, '11'],
    ['a requirement that is there already', { requirementID: 2 }, '23'],
    ['a requirement under itself', { requirementID: 1, parentRequirementID: 1 }, '23'],
    ['a parent under its own child', { requirementID: 1, parentRequirementID: 2 }, '23'],
    ['a number beyond every record', { requirementID: 2n ** 60n }, '6'],
  ])('does not take %s', async (_, parts, detail) => {
    const cookie = await logOn();
    const before = await tree(cookie);
    const call = { cookie, requirementID: 4, documentID: 70, parentRequirementID: 0, ...parts };
    expect((await faultOf(tt.appendToRequirementDocument(call))).detail).toBe(detail);
    expect(await tree(cookie)).toEqual(before);
  });
});

describe('snapshots', () => {
  test('are numbered on, with who made them and when', async () => {
    const cookie = await logOn('plain', 'plain');
    twin.clock.advance('30m');
    await tt.createSnapshot({ cookie, documentID: 70, snapshot: { label: 'Review', comment: 'before it' } });
    const { snapshotList } = await tt.getRequirementDocument({ cookie: await logOn(), name: 'Guide' });
    expect(snapshotList?.[1]).toEqual({
      versionNumber: 2,
      createdByUser: 'Plain, Anna',
      dateTimeCreated: '2026-03-02T10:30:00-05:00',
      label: 'Review',
      comment: 'before it',
    });
  });

  test('have their number, maker and date from the server, whatever a client sends', async () => {
    const cookie = await logOn();
    const snapshot = { versionNumber: 99, createdByUser: 'Nobody', dateTimeCreated: 'never', label: 'x' };
    await tt.createSnapshot({ cookie, documentID: 70, snapshot });
    const { snapshotList } = await tt.getRequirementDocument({ cookie, name: 'Guide' });
    expect(snapshotList?.[1]).toMatchObject({ versionNumber: 2, createdByUser: 'Administrator, System' });
  });

  test('cannot be changed by saving the document', async () => {
    const cookie = await logOn();
    const before = await tt.editRequirementDocument({ cookie, name: 'Guide' });
    await tt.saveRequirementDocument({ cookie, pRequirementDocument: { ...before, snapshotList: [] } });
    expect((await tt.getRequirementDocument({ cookie, name: 'Guide' })).snapshotList).toEqual(
      before.snapshotList,
    );
  });

  test.each([
    ['no snapshot', { documentID: 70 }, '2'],
    ['a document that is none', { documentID: 99, snapshot: {} }, '6'],
  ])('are not made with %s', async (_, parts, detail) => {
    expect((await faultOf(tt.createSnapshot({ cookie: await logOn(), ...parts }))).detail).toBe(detail);
  });
});

test('documents are for those who may: the guest reads, the developer does not write', async () => {
  const guest = await logOn('guest', 'guest');
  expect((await tree(guest)).summary).toBe('Guide');
  const cookie = await logOn('lake', 'water');
  for (const call of [
    tt.addRequirementDocument({ cookie, pRequirementDocument: { name: 'x' } }),
    tt.editRequirementDocument({ cookie, name: 'Guide' }),
    tt.deleteRequirementDocument({ cookie, name: 'Guide' }),
    tt.appendToRequirementDocument({ cookie, requirementID: 4, documentID: 70, parentRequirementID: 0 }),
    tt.createSnapshot({ cookie, documentID: 70, snapshot: {} }),
  ]) {
    expect((await faultOf(call)).detail).toBe('5');
  }
});
