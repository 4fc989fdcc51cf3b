import { expect, test } from 'vitest';
import type { CDocumentTreeNode, CRequirement } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf } from '../support/soap-client.ts';
import { twinWith } from '../support/twin.ts';

const freezing = {
  states: [{ name: 'Draft' }, { name: 'Awaiting Approval', locksItem: true }, { name: 'Approved' }],
  events: [
    { name: 'Ready for Approval', from: ['Draft'], to: ['Awaiting Approval'] },
    { name: 'Approve', from: ['Awaiting Approval'], to: ['Approved'] },
    { name: 'Reject', from: ['Awaiting Approval'], to: ['Draft'] },
  ],
};
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    workflows: { 'Requirement Document': freezing },
    users: [
      { login: 'anna', password: 'a', first: 'Anna', last: 'Author', groups: ['Requirements Authors'] },
      { login: 'rob', password: 'r', first: 'Rob', last: 'Reviewer', groups: ['Requirements Authors'] },
      { login: 'boss', password: 'b', last: 'Boss' },
    ],
  },
]);
type Cookie = number;

async function change(cookie: Cookie, recordID: number, of: (before: CRequirement) => object) {
  const before = await tt.editRequirementByRecordID({ cookie, recordID });
  await tt.saveRequirement({ cookie, pRequirement: { ...before, ...of(before) } });
}

async function enter(cookie: Cookie, name: string, event: string) {
  const before = await tt.editRequirementDocument({ cookie, name });
  const pRequirementDocument = { ...before, eventList: [{ name: event }] };
  await tt.saveRequirementDocument({ cookie, pRequirementDocument });
  return (await tt.getRequirementDocument({ cookie, name })).state;
}

function lines({ outlineNumber, tag, summary, childList }: CDocumentTreeNode): string[] {
  const children = (childList ?? []) as readonly CDocumentTreeNode[];
  return [`${outlineNumber} ${tag} ${summary}`.trim(), ...children.flatMap(lines)];
}

test('Anna writes a specification, has it reviewed, keeps a snapshot and carries on after its approval', async () => {
  const anna = await logOn('anna', 'a');
  await tt.formattedTextSupport({ cookie: anna, enableFormattedText: true });

  // She writes down what the business needs, and what follows from it, with a sketch in the text.
  const write = async (type: string, summary: string, description = '') =>
    Number(await tt.addRequirement({ cookie: anna, pRequirement: { type, summary, description } }));
  const goal = await write(
    'Business Requirement',
    'Field staff file reports',
    '<p>From <b>any</b> phone.</p>',
  );
  const form = await write('Functional Requirement', 'A form for reports');
  const photo = await write('Functional Requirement', 'Photos in reports');
  const speed = await write('Non-Functional Requirement', 'Sends within 5 s');
  await change(anna, photo, () => ({
    description: '<p>Like this: <img src="sketch.png"></p>',
    descriptionInlineAttachList: [
      { 'm-strFileName': 'sketch.png', 'm-pFileData': Buffer.from('89504e470d0a1a0a', 'hex') },
    ],
  }));

  // She arranges them in a document.
  const documentID = Number(
    await tt.addRequirementDocument({ cookie: anna, pRequirementDocument: { name: 'Mobile reports' } }),
  );
  for (const [requirementID, parentRequirementID] of [
    [goal, 0],
    [form, goal],
    [photo, goal],
    [speed, 0],
  ] as const) {
    await tt.appendToRequirementDocument({ cookie: anna, requirementID, documentID, parentRequirementID });
  }
  const outline = async (cookie: Cookie) =>
    lines((await tt.getDocumentTree({ cookie, documentID })) as CDocumentTreeNode);
  expect(await outline(anna)).toEqual([
    'Mobile reports',
    '1 BR-1 Field staff file reports',
    '1.1 FR-2 A form for reports',
    '1.2 FR-3 Photos in reports',
    '2 NFR-4 Sends within 5 s',
  ]);
  await tt.createSnapshot({ cookie: anna, documentID, snapshot: { label: 'First draft', comment: '' } });

  // Rob reads it in plain text, and finds that the last one is no requirement but a specification.
  const rob = await logOn('rob', 'r');
  expect((await tt.getRequirementByRecordID({ cookie: rob, recordID: goal })).description).toBe(
    'From any phone.',
  );
  const reviewed = await tt.getRequirementByRecordID({
    cookie: rob,
    recordID: photo,
    bDownloadAttachments: true,
  });
  expect(reviewed.description).toBe('Like this:');
  expect(reviewed.descriptionInlineAttachList?.[0]?.['m-pFileData']).toHaveLength(8);
  const newTypeName = 'Technical Specification';
  await tt.changeRequirementType({ cookie: rob, requirementID: speed, newTypeName });
  await change(rob, form, () => ({ eventList: [{ name: 'Review Note', notes: 'Which fields?' }] }));
  await change(anna, form, ({ eventList }) => ({
    description: '<ul><li>place</li><li>time</li></ul>',
    eventList: [...(eventList ?? []), { name: 'Ready for Review' }],
  }));
  expect(await tt.getRequirementByRecordID({ cookie: rob, recordID: form })).toMatchObject({
    description: 'place\r\ntime',
    state: 'Awaiting Review',
    versionList: [{ versionNumber: 1 }, { versionNumber: 2 }, { versionNumber: 3 }],
    eventList: [{ notes: 'Which fields?', user: 'Reviewer, Rob' }, { name: 'Ready for Review' }],
  });

  // While it waits for approval nobody but the boss touches it or what is in it.
  twin.clock.advance('1d');
  const [author, boss] = [await logOn('anna', 'a'), await logOn('boss', 'b')];
  expect(await enter(author, 'Mobile reports', 'Ready for Approval')).toBe('Awaiting Approval');
  expect((await faultOf(change(author, goal, () => ({ summary: 'Other' })))).detail).toBe('5');
  await tt.cancelSaveRequirement({ cookie: author, recordID: goal });
  const extra = await tt.addRequirement({
    cookie: author,
    pRequirement: { type: 'Business Requirement', summary: 'Works offline' },
  });
  const append = { cookie: author, requirementID: extra, documentID, parentRequirementID: 0 };
  expect((await faultOf(tt.appendToRequirementDocument(append))).detail).toBe('5');
  expect(await enter(boss, 'Mobile reports', 'Approve')).toBe('Approved');
  await tt.createSnapshot({
    cookie: boss,
    documentID,
    snapshot: { label: 'Approved', comment: 'by the boss' },
  });

  // Then life goes on: one is added, one is dropped, and what hung under it moves up.
  await tt.appendToRequirementDocument(append);
  await tt.deleteRequirementByRecordID({ cookie: author, recordID: goal });
  expect(await outline(author)).toEqual([
    'Mobile reports',
    '1 FR-2 A form for reports',
    '2 FR-3 Photos in reports',
    '3 TS-4 Sends within 5 s',
    '4 BR-5 Works offline',
  ]);
  expect(
    (await tt.getRequirementDocument({ cookie: author, name: 'Mobile reports' })).snapshotList,
  ).toMatchObject([
    { versionNumber: 1, label: 'First draft', createdByUser: 'Author, Anna' },
    { versionNumber: 2, label: 'Approved', createdByUser: 'Boss' },
  ]);
  expect(await tt.getDocumentIDsForRequirement({ cookie: author, requirementID: photo })).toEqual([
    documentID,
  ]);
});
