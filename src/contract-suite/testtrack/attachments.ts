import type { CFileAttachment, Long } from '../../client/index.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed } = checksOf<TestTrackBench>();
const content = Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256));

/** Files of a defect. */
export const attachmentChecks: CheckGroup<TestTrackBench> = {
  area: 'Attachments',
  checks: [
    observed(
      'a file that is attached to a defect comes back byte for byte by getAttachment',
      async (bench) => {
        const recordID = await defectWithFile(bench);
        const file = await fileOf(bench, recordID, false);
        const fetched = await bench.tt.getAttachment({
          tablename: 'Defect',
          recordID,
          eventID: 0,
          pszArchiveName: file['m-strArchiveName'] ?? '',
        });
        expectThat('the bytes', {
          holds: isWhole(fetched),
          expected: 'the 4,096 that were sent',
          got: fetched['m-pFileData'],
        });
        expectEqual('the name', fetched['m-strFileName'], 'bytes.bin');
      },
      'writes',
    ),
    documented(
      'bDownloadAttachments brings the bytes with the defect; without it they stay away',
      async (bench) => {
        const recordID = await defectWithFile(bench);
        const bare = await fileOf(bench, recordID, false);
        expectEqual('the bytes without it', bare['m-pFileData']?.length ?? 0, 0);
        const whole = await fileOf(bench, recordID, true);
        expectThat('the bytes with it', {
          holds: isWhole(whole),
          expected: 'the 4,096 that were sent',
          got: whole['m-pFileData'],
        });
      },
      'writes',
    ),
    documented(
      'a new file is a Standard one',
      async (bench) => {
        const file = await fileOf(bench, await defectWithFile(bench), false);
        expectEqual('the type', file['m-strType'], 'Standard');
      },
      'writes',
    ),
  ],
};

async function defectWithFile(bench: TestTrackBench): Promise<Long> {
  const recordID = await bench.addDefect({ reportedbylist: [{ recordid: 0, showorder: 1 }] });
  await bench.tt.editing(bench.tt.editDefectByRecordID({ recordID }), (defect) => {
    const [report, ...others] = defect.reportedbylist ?? [];
    const file = { 'm-recordid': 0, 'm-strFileName': 'bytes.bin', 'm-pFileData': content };
    defect.reportedbylist = [{ recordid: 0, showorder: 1, ...report, attachmentlist: [file] }, ...others];
  });
  return recordID;
}

async function fileOf(
  { tt }: TestTrackBench,
  recordID: Long,
  bDownloadAttachments: boolean,
): Promise<CFileAttachment> {
  const defect = await tt.getDefectByRecordID({ recordID, bDownloadAttachments });
  return defect.reportedbylist?.[0]?.attachmentlist?.[0] ?? {};
}

function isWhole(file: CFileAttachment): boolean {
  return file['m-pFileData']?.equals(content) ?? false;
}
