import type { CallContext } from '../call-context.ts';
import type { CReportRunResults } from '../model/operation-types.generated.ts';
import type { ReportRecord } from '../model/report-record.ts';
import { documented, type Need, type Operations, operation, permission, visible } from '../operation.ts';
import { runReport } from '../reports/run-report.ts';
import { reportNamed, reportWithId } from '../rules/reports.ts';
import { toWireDateTime } from '../rules/zone.ts';
import { requireReadableTable } from './table-access.ts';

/** The command is inferred. */
const needs: readonly Need[] = [visible('Report'), permission('Run Reports')];

/** Running the reports of a project. */
export const reportOperations = {
  getReportRunResultsByName: operation({
    needs,
    evidence: documented(
      'gives the files of a report by its name: an HTML page, then its pictures; 6 for an unknown one, 11 for live charts and interactive filters (numbers inferred)',
    ),
    run: (context, { name }) => results(context, reportNamed(context, name)),
  }),

  getReportRunResultsByRecordID: operation({
    needs,
    evidence: documented('as getReportRunResultsByName, by record ID'),
    run: (context, { recordID }) => results(context, reportWithId(context, recordID)),
  }),
} satisfies Partial<Operations>;

/** Who runs a report must be allowed to look at the records it shows. [inferred] */
function results(context: CallContext, report: ReportRecord): CReportRunResults {
  const table = requireReadableTable(context, report.table);
  const made = toWireDateTime(context.now, context.project.server.timeZone);
  return {
    'm-FileList': runReport(context, report, table).map(({ name, bytes }) => ({
      'm-pFileData': bytes,
      'm-strFileName': name,
      'm-dateTimeCreated': made,
      'm-dateTimeModified': made,
    })),
  };
}
