import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';
import { headingsOf, wordParts, wordXml } from '../support/word-file.ts';

const type = 'Functional Requirement';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [
      { summary: '<b>Crash</b> & "burn"', priority: 'High', createdAt: '2026-02-03T22:05:00Z' },
      { summary: 'Größe 語 🚀', priority: 'Low' },
    ],
    requirements: [
      { type, summary: 'Print' },
      { type, summary: 'Print in color' },
    ],
    requirementDocuments: [
      { name: 'Guide', tree: [{ requirement: 1, children: [2] }], snapshots: [{ label: 'Kick-off' }] },
    ],
    folders: [{ name: 'Release', items: [{ table: 'Defect', number: 1 }], folders: [{ name: 'Sprint' }] }],
    exportTemplates: [
      { name: 'Defects', kind: 'records', table: 'Defect', fields: ['Priority', 'Date Created'] },
      { name: 'Specification', kind: 'document', fields: ['Requirement Type'] },
      { name: 'Plan', kind: 'folder', table: 'Defect', fields: ['Priority'] },
    ],
  },
]);

describe('getDocForExportTemplate', () => {
  test('gives a Word file of the records that were asked for, to the letter', async () => {
    const cookie = await logOn();
    const file = await tt.getDocForExportTemplate({
      cookie,
      templateName: 'Defects',
      tablename: 'Defect',
      query: "{'Priority': ['High', 'Low']}",
      recordIDs: [2, 1],
      timezoneID: 'Europe/Berlin',
      locale: 'en-US',
    });
    expect(headingsOf(file)).toEqual(['1 2 – Größe 語 🚀', '1 1 – <b>Crash</b> & "burn"']);
    expect(wordParts(file).at(-1)).toEqual({
      rows: [
        ['Priority', 'High'],
        ['Date Created', '2/3/2026 11:05 PM'],
      ],
    });
    expect(file).toMatchObject({
      'm-strFileName': 'Defects.docx',
      'm-dateTimeCreated': '2026-03-02T10:00:00-05:00',
      'm-dateTimeModified': '2026-03-02T10:00:00-05:00',
    });
  });

  test('takes calls that leave out all that can be left out', async () => {
    const cookie = await logOn();
    const parts = { cookie, templateID: 1, tablename: 'Defect' };
    const { result } = await soapCall(twin.soapUrl, 'getDocForExportTemplate', parts);
    expect(headingsOf(result as object)).toHaveLength(2);
  });

  test('gives the same bytes again after a reset, and the moment of the virtual clock', async () => {
    const bytes = async () =>
      (await tt.getDocForExportTemplate({ cookie: await logOn(), templateID: 1, tablename: 'Defect' }))[
        'm-pFileData'
      ];
    const first = await bytes();
    twin.reset();
    expect((await bytes())?.equals(first ?? Buffer.alloc(0))).toBe(true);
    twin.clock.advance('1m');
    const later = await bytes();
    expect(later?.equals(first ?? Buffer.alloc(0))).toBe(false);
    expect(wordXml({ 'm-pFileData': later }, 'docProps/core.xml')).toContain('2026-03-02T15:01:00.000Z');
  });

  test('lets other calls be answered while its bytes are made', async () => {
    const cookie = await logOn();
    const parts = { cookie, templateID: 1, tablename: 'Defect' };
    const [file, version, other] = await Promise.all([
      tt.getDocForExportTemplate(parts),
      tt.getTTVersionInfo({ cookie }),
      tt.getDocForExportTemplate(parts),
    ]);
    expect(version.serverVersion).not.toBe('');
    expect(other).toEqual(file);
  });

  test.each([
    ['an unknown template', { templateName: 'Nonsense' }, '6'],
    ['a template of another kind', { templateName: 'Plan' }, '11'],
    ['an unknown table', { tablename: 'Nonsense' }, '77'],
    ['an unknown filter', { filtername: 'Nonsense' }, '11'],
    ['an absent record', { recordIDs: [3] }, '6'],
    ['a bad zone', { timezoneID: 'Nowhere' }, '11'],
    ['a bad locale', { locale: '?' }, '11'],
    ['a bad offset', { hoursOffGMT: Number.POSITIVE_INFINITY }, '11'],
  ])('is refused for %s', async (_, parts, detail) => {
    const cookie = await logOn();
    const call = tt.getDocForExportTemplate({
      cookie,
      templateName: 'Defects',
      tablename: 'Defect',
      ...parts,
    });
    expect((await faultOf(call)).detail).toBe(detail);
  });
});

describe('getDocForExportTemplateReqDoc', () => {
  test('gives a Word file of a document as it is, or as a snapshot kept it', async () => {
    const cookie = await logOn();
    await tt.deleteRequirementByRecordID({ cookie, recordID: 2 });
    const parts = { cookie, templateName: 'Specification', documentID: 1 };
    expect(headingsOf(await tt.getDocForExportTemplateReqDoc(parts))).toEqual(['1 1 FR-1 Print']);
    const kept = await tt.getDocForExportTemplateReqDoc({ ...parts, snapshotVersion: 1 });
    expect(headingsOf(kept)).toEqual(['1 1 FR-1 Print', '2 1.1 FR-2 Print in color']);
    expect(kept['m-strFileName']).toBe('Specification.docx');
  });

  test('is refused for a document or snapshot that is not there, and without the command', async () => {
    const cookie = await logOn();
    const parts = { cookie, templateID: 2, documentID: 1 };
    const call = (others: object) => faultOf(tt.getDocForExportTemplateReqDoc({ ...parts, ...others }));
    expect((await call({ documentID: 9 })).detail).toBe('6');
    expect((await call({ snapshotVersion: 9 })).detail).toBe('6');
    expect((await call({ templateID: 1 })).detail).toBe('11');
    expect((await call({ cookie: await logOn('guest', 'guest') })).detail).toBe('5');
  });
});

describe('getDocForExportTemplateFolder', () => {
  test('gives a Word file of what is in a folder and its subfolders', async () => {
    const cookie = await logOn();
    const parts = { cookie, templateName: 'Plan', folderPath: 'Public/Release', tablename: 'Defect' };
    expect(headingsOf(await tt.getDocForExportTemplateFolder(parts))).toEqual([
      '1 /Public/Release',
      '2 1 – <b>Crash</b> & "burn"',
    ]);
    const all = headingsOf(await tt.getDocForExportTemplateFolder({ ...parts, bRecursive: true }));
    expect(all.at(-1)).toBe('1 /Public/Release/Sprint');
  });

  test('is refused for a folder that is not there, an unknown table and a sort order by nothing', async () => {
    const cookie = await logOn();
    const parts = { cookie, templateID: 3, folderPath: '/Public/Release', tablename: 'Defect' };
    const call = (others: object) => faultOf(tt.getDocForExportTemplateFolder({ ...parts, ...others }));
    expect((await call({ folderPath: '/Public/Nowhere' })).detail).toBe('6');
    expect((await call({ tablename: 'Folders' })).detail).toBe('77');
    expect((await call({ sortOrder: 'Colour' })).detail).toBe('11');
  });
});
