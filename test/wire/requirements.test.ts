import { describe, expect, test } from 'vitest';
import type { CRequirement } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    customFields: { Requirement: [{ name: 'Risk', type: 'dropdown', values: ['Low', 'High'] }] },
    requirements: [
      {
        recordId: 50,
        number: 12,
        type: 'Functional Requirement',
        summary: 'Prints in colour',
        importance: 'High',
        enteredBy: 'lake',
        description: 'a\r\nb',
        attachments: [{ name: 'sketch.txt', text: 'sketch' }],
        customFields: { Risk: 'Low' },
      },
      { type: 'Business Requirement', summary: 'Same words' },
      { type: 'Business Requirement', summary: 'Same words' },
    ],
  },
]);
const find = { requirementNumber: 12 };

describe('a requirement', () => {
  test('is found by number, by summary when the number is 0, and by record ID', async () => {
    const cookie = await logOn();
    for (const found of [
      await tt.getRequirement({ cookie, requirementNumber: 12, summary: 'ignored' }),
      await tt.getRequirement({ cookie, summary: 'Prints in colour' }),
      await tt.getRequirementByRecordID({ cookie, recordID: 50 }),
    ]) {
      expect(found).toMatchObject({ recordid: 50, number: 12 });
    }
    expect((await faultOf(tt.getRequirement({ cookie, summary: 'Same words' }))).detail).toBe('74');
    expect((await faultOf(tt.getRequirement({ cookie }))).detail).toBe('6');
    expect((await faultOf(tt.getRequirementByRecordID({ cookie, recordID: 12 }))).detail).toBe('6');
  });

  test('carries everything the WSDL has for it', async () => {
    const cookie = await logOn();
    expect(await tt.getRequirement({ cookie, ...find })).toEqual({
      recordid: 50,
      number: 12,
      type: 'Functional Requirement',
      summary: 'Prints in colour',
      tag: 'FR-12',
      dateEntered: '2026-03-02',
      enteredBy: 'Lake, Veronica B',
      importance: 'High',
      description: 'a\r\nb',
      state: 'Draft',
      attachmentList: [expect.objectContaining({ 'm-strFileName': 'sketch.txt' })],
      customFieldList: [expect.objectContaining({ $type: 'CDropdownField', name: 'Risk', value: 'Low' })],
      versionList: [
        {
          versionNumber: 1,
          createdByUser: 'Lake, Veronica B',
          dateTimeCreated: '2026-03-02T10:00:00-05:00',
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

  test('needs a type and a summary; the rest comes from the caller and the moment', async () => {
    const cookie = await logOn();
    const pRequirement: CRequirement = { type: 'Technical Specification', summary: 'new' };
    const recordID = await tt.addRequirement({ cookie, pRequirement });
    expect(recordID).toBe(53);
    expect(
      await tt.getRequirementByRecordID({ cookie: await logOn('lake', 'water'), recordID }),
    ).toMatchObject({
      number: 15,
      tag: 'TS-15',
      state: 'Draft',
      enteredBy: 'Administrator, System',
      createdByUser: 'Administrator, System',
      locationAddedFrom: 'SOAP',
      versionList: [{ versionNumber: 1 }],
    });
    const { detail } = await faultOf(tt.addRequirement({ cookie, pRequirement: { summary: 'no type' } }));
    expect(detail).toBe('23');
  });

  test('is locked while it is edited, and free after the save', async () => {
    const cookie = await logOn();
    const pRequirement = await tt.editRequirement({ cookie, ...find });
    const other = await logOn('plain', 'plain');
    expect((await faultOf(tt.editRequirementByRecordID({ cookie: other, recordID: 50 }))).detail).toBe('22');
    expect((await faultOf(tt.deleteRequirementByRecordID({ cookie: other, recordID: 50 }))).detail).toBe(
      '22',
    );
    expect((await faultOf(tt.saveRequirement({ cookie: other, pRequirement }))).detail).toBe('7');
    expect(await tt.saveRequirement({ cookie, pRequirement: { ...pRequirement, importance: 'Low' } })).toBe(
      0,
    );
    expect((await faultOf(tt.saveRequirement({ cookie, pRequirement }))).detail).toBe('7');
    expect(await tt.editRequirement({ cookie: other, ...find })).toMatchObject({ importance: 'Low' });
    expect(await tt.cancelSaveRequirement({ cookie: other, recordID: 50 })).toBe(0);
    expect((await faultOf(tt.cancelSaveRequirement({ cookie, recordID: 50 }))).detail).toBe('7');
  });

  test('goes through its workflow by events', async () => {
    const cookie = await logOn();
    const add = async (event: object) => {
      const before = await tt.editRequirement({ cookie, ...find });
      try {
        await tt.saveRequirement({ cookie, pRequirement: { ...before, eventList: [event] } });
      } catch (error) {
        await tt.cancelSaveRequirement({ cookie, recordID: 50 });
        throw error;
      }
      return (await tt.getRequirement({ cookie, ...find })).state;
    };
    expect(await add({ name: 'Review Note', notes: 'unclear' })).toBe('Draft');
    expect(await add({ name: 'Ready for Review' })).toBe('Awaiting Review');
    expect((await faultOf(add({ name: 'Implemented' }))).detail).toBe('23');
    expect(await add({ name: 'No Changes Needed' })).toBe('Reviewed');
    expect(await add({ name: 'Ready for Approval' })).toBe('Awaiting Approval');
    expect(await add({ name: 'Approve' })).toBe('Approved');
    expect(await add({ name: 'Implemented' })).toBe('Implemented');
    expect((await tt.getRequirement({ cookie, ...find })).eventList).toHaveLength(6);
  });

  test('is gone for everybody once it is deleted', async () => {
    const cookie = await logOn();
    expect(await tt.deleteRequirement({ cookie, ...find })).toBe(0);
    expect(
      (await faultOf(tt.getRequirement({ cookie: await logOn('plain', 'plain'), ...find }))).detail,
    ).toBe('6');
  });

  test('gives its file, and the history of its types, over the wire', async () => {
    const cookie = await logOn();
    const [file] = (await tt.getRequirement({ cookie, ...find })).attachmentList ?? [];
    const fetched = await tt.getAttachment({
      cookie,
      tablename: 'Requirement',
      recordID: 50,
      pszArchiveName: file?.['m-strArchiveName'] ?? '',
    });
    expect(fetched['m-pFileData']?.toString()).toBe('sketch');
    await tt.changeRequirementType({ cookie, requirementID: 50, newTypeName: 'Business Requirement' });
    expect(await tt.getRequirement({ cookie, ...find })).toMatchObject({
      type: 'Business Requirement',
      tag: 'BR-12',
      versionList: [{ versionNumber: 1 }, { versionNumber: 2 }],
    });
    const wrong = { cookie, requirementID: 50, newTypeName: 'Wish' };
    const fault = await faultOf(tt.changeRequirementType(wrong));
    expect(fault.detail).toBe('11');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('Technical Specification');
  });

  test('is for those who may: the guest reads, the developer does not write', async () => {
    const guest = await logOn('guest', 'guest');
    expect((await tt.getRequirement({ cookie: guest, ...find })).tag).toBe('FR-12');
    const cookie = await logOn('lake', 'water');
    const pRequirement: CRequirement = { type: 'Business Requirement', summary: 's' };
    for (const call of [
      tt.addRequirement({ cookie, pRequirement }),
      tt.editRequirement({ cookie, ...find }),
      tt.deleteRequirement({ cookie, ...find }),
      tt.changeRequirementType({ cookie, requirementID: 50, newTypeName: 'Business Requirement' }),
    ]) {
      expect((await faultOf(call)).detail).toBe('5');
    }
  });

  test('is not to be seen in a session that did not open requirements management', async () => {
    const cookie = await tt.ProjectLogon({
      pProj: { database: { name: 'Project' }, options: [{ name: 'TestTrack Pro' }] },
      username: 'admin',
      password: 'secret',
    });
    const fault = await faultOf(tt.getRequirement({ cookie: Number(cookie), ...find }));
    expect(fault.detail).toBe('5');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('TestTrack RM');
  });
});

test('the documents of a requirement travel as a list of longs', async () => {
  const cookie = await logOn();
  const documentID = await tt.addRequirementDocument({ cookie, pRequirementDocument: { name: 'doc' } });
  await tt.appendToRequirementDocument({ cookie, requirementID: 50, documentID, parentRequirementID: 0 });
  const { body, result } = await soapCall(twin.soapUrl, 'getDocumentIDsForRequirement', {
    cookie,
    requirementID: 50,
  });
  expect(result).toEqual([documentID]);
  expect(body).toContain(`SOAP-ENC:arrayType="xsd:long[1]"><item>${documentID}</item>`);
});
