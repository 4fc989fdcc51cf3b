import { describe, expect, test } from 'vitest';
import type { CFileAttachment } from '../../src/testtrack/model/operation-types.generated.ts';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [
      {
        summary: 'with files',
        attachments: [{ name: 'log.txt', text: 'a\r\nb' }],
        events: [{ name: 'Comment', attachments: [{ name: 'shot.PNG', base64: 'iVBORw0KGgo=' }] }],
      },
      { summary: 'bare', description: 'no files' },
    ],
  },
]);
const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);
const filesOf = async (cookie: number, downloads = false, defectNumber = 1) => {
  const defect = await tt.getDefect({ cookie, defectNumber, bDownloadAttachments: downloads });
  return defect.reportedbylist?.[0]?.attachmentlist ?? [];
};
async function save(cookie: number, attachmentlist: readonly CFileAttachment[], defectNumber = 1) {
  const before = await tt.editDefect({ cookie, defectNumber });
  const [report, ...others] = before.reportedbylist ?? [];
  const pDefect = { ...before, reportedbylist: [{ ...report, attachmentlist }, ...others] };
  try {
    await tt.saveDefect({ cookie, pDefect });
  } catch (error) {
    await tt.cancelSaveDefect({ cookie, recordID: before.recordid ?? 0 });
    throw error;
  }
  return filesOf(cookie, true, defectNumber);
}

describe('the files of a defect', () => {
  test('come without their content unless it is asked for', async () => {
    const cookie = await logOn();
    const [file] = await filesOf(cookie);
    expect(file).toMatchObject({ 'm-strFileName': 'log.txt', 'm-strType': 'Standard' });
    expect(file).not.toHaveProperty('m-pFileData');
    expect((await filesOf(cookie, true))[0]?.['m-pFileData']?.toString()).toBe('a\r\nb');
  });

  test('are fetched one by one by archive name, with event 0 for those of the defect itself', async () => {
    const cookie = await logOn();
    const [file] = await filesOf(cookie);
    const pszArchiveName = file?.['m-strArchiveName'] ?? '';
    const fetched = await tt.getAttachment({
      cookie,
      tablename: 'Defect',
      recordID: 1,
      eventID: 0,
      pszArchiveName,
    });
    expect(fetched['m-pFileData']?.toString()).toBe('a\r\nb');
    expect(await tt.getDefectAttachment({ cookie, pszArchiveName })).toEqual(fetched);
  });

  test('of an event are fetched with the ID of the event', async () => {
    const cookie = await logOn();
    const [event] = (await tt.getDefect({ cookie, defectNumber: 1 })).eventlist ?? [];
    const pszArchiveName = event?.attachmentlist?.[0]?.['m-strArchiveName'] ?? '';
    const wanted = { cookie, tablename: 'Defect', recordID: 1, pszArchiveName };
    const fetched = await tt.getAttachment({ ...wanted, eventID: event?.recordid ?? 0 });
    expect(fetched).toMatchObject({ 'm-strFileName': 'shot.PNG' });
    expect((await faultOf(tt.getAttachment({ ...wanted, eventID: 0 }))).detail).toBe('6');
    expect((await faultOf(tt.getAttachment({ ...wanted, eventID: 99 }))).detail).toBe('6');
    expect((await tt.getDefectAttachment({ cookie, pszArchiveName }))['m-strFileName']).toBe('shot.PNG');
  });

  test('can be added with a name and bytes alone; the server names and dates them', async () => {
    const cookie = await logOn();
    const files = await save(cookie, [
      ...(await filesOf(cookie)),
      { 'm-strFileName': 'raw.bin', 'm-pFileData': bytes },
    ]);
    expect(files).toHaveLength(2);
    expect(files[1]).toMatchObject({
      'm-strFileName': 'raw.bin',
      'm-strType': 'Standard',
      'm-dateTimeCreated': '2026-03-02T10:00:00-05:00',
    });
    expect(files[1]?.['m-pFileData']).toEqual(bytes);
    expect(files[1]?.['m-strArchiveName']).not.toBe(files[0]?.['m-strArchiveName']);
  });

  test('that came without content keep it when they are saved again', async () => {
    const cookie = await logOn();
    const files = await save(cookie, await filesOf(cookie));
    expect(files[0]?.['m-pFileData']?.toString()).toBe('a\r\nb');
  });

  test('that are no longer listed are gone', async () => {
    const cookie = await logOn();
    const [file] = await filesOf(cookie);
    expect(await save(cookie, [])).toEqual([]);
    const gone = tt.getDefectAttachment({ cookie, pszArchiveName: file?.['m-strArchiveName'] ?? '' });
    expect((await faultOf(gone)).detail).toBe('6');
  });

  test('of several megabytes survive to the byte', async () => {
    const cookie = await logOn();
    const large = Buffer.alloc(5 * 1024 * 1024, 'twintrack');
    const files = await save(cookie, [{ 'm-strFileName': 'large.bin', 'm-pFileData': large }]);
    expect(files[0]?.['m-pFileData']?.equals(large)).toBe(true);
  });

  test.each<[string, CFileAttachment, string]>([
    ['no content', { 'm-strFileName': 'empty.txt' }, '23'],
    ['no name', { 'm-pFileData': bytes }, '23'],
    ['an ID that the defect does not have', { 'm-recordid': 77, 'm-strFileName': 'x' }, '23'],
    ['a type that is none', { 'm-strFileName': 'x', 'm-pFileData': bytes, 'm-strType': 'Poem' }, '23'],
  ])('with %s are refused, and nothing changes', async (_, file, detail) => {
    const cookie = await logOn();
    const before = await filesOf(cookie, true);
    expect((await faultOf(save(cookie, [file]))).detail).toBe(detail);
    expect(await filesOf(cookie, true)).toEqual(before);
  });
});

describe('asking for a file', () => {
  test('of an unknown table is refused with 77, of an unknown record with 6', async () => {
    const cookie = await logOn();
    const wanted = { cookie, recordID: 1, pszArchiveName: 'x' };
    expect((await faultOf(tt.getAttachment({ ...wanted, tablename: 'Bug' }))).detail).toBe('77');
    expect((await faultOf(tt.getAttachment({ ...wanted, tablename: 'Defect', recordID: 9 }))).detail).toBe(
      '6',
    );
  });

  test('that is not there tells which are', async () => {
    const cookie = await logOn();
    const fault = await faultOf(
      tt.getAttachment({ cookie, tablename: 'Defect', recordID: 1, pszArchiveName: 'log.txt' }),
    );
    expect(fault.detail).toBe('6');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain(
      (await filesOf(cookie))[0]?.['m-strArchiveName'],
    );
  });
});

test('getAttachmentTypes lists the three kinds of files', async () => {
  expect(await tt.getAttachmentTypes({ cookie: await logOn() })).toEqual([
    'Standard',
    'Script',
    'Run Result',
  ]);
});
