import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/operation-types.generated.ts';
import type { ReportRecord } from '../model/report-record.ts';
import { reports } from '../model/tables.ts';

/** Whether a report is there for the caller: a private one is for its owner alone. [inferred] */
export function seesReport({ access, owner }: ReportRecord, { user }: Pick<CallContext, 'user'>): boolean {
  return access === 'Public' || owner === user.recordId;
}

/** The report of a name. @throws fault 6 when the caller sees none, 74 when the caller sees several [inferred] */
export function reportNamed(context: CallContext, name: string): ReportRecord {
  const { project } = context;
  const [only, ...others] = project
    .table(reports)
    .findBy('name', name)
    .filter((report) => seesReport(report, context));
  if (!only)
    throw faults.recordNotFound(`report "${name}" in "${project.record.name}" for ${context.user.login}`);
  if (others.length > 0) throw faults.severalFound(`the report name "${name}"`, others.length + 1);
  return only;
}

/** The report of a record ID. @throws fault 6 when the caller sees none */
export function reportWithId(context: CallContext, recordId: Long): ReportRecord {
  const { project } = context;
  const report = project.table(reports).get(recordId);
  if (report && seesReport(report, context)) return report;
  throw faults.recordNotFound(
    `report with record ID ${recordId} in "${project.record.name}" for ${context.user.login}`,
  );
}
