import type { CallContext } from '../call-context.ts';
import { type ColumnCatalogue, catalogueFor } from '../columns/catalogue.ts';
import type { Column } from '../columns/column.ts';
import { LocaleDates } from '../columns/locale-dates.ts';
import { groupRecords } from '../columns/record-groups.ts';
import { orderFrom } from '../columns/record-order.ts';
import { faults } from '../faults.ts';
import type { ReportRecord } from '../model/report-record.ts';
import { personName } from '../model/user-record.ts';
import { listView, selectRecords } from '../query/record-selection.ts';
import { fileNameFrom } from '../rules/file-names.ts';
import type { TableName } from '../rules/table-names.ts';
import { barChart } from './chart.ts';
import { pngOf } from './png.ts';
import { detailBody, distributionBody, listBody, type Shown } from './report-bodies.ts';
import { type Html, reportPage } from './report-html.ts';

/** A file of a report, ready to be stored. */
export interface ReportFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The body of a page and the pictures in it. */
interface Content {
  readonly body: readonly Html[];
  readonly pictures: readonly ReportFile[];
}

/**
 * Makes the files of a report: first the page, then its pictures. [documented; the order inferred]
 *
 * @param table the report's table, which the caller may look at
 * @throws fault 11 for a live chart [documented that it is not supported, number inferred], for a filter that asks
 *   its user for values, and for a field that is hidden from the caller and that the report counts or sorts by
 */
export function runReport(
  context: CallContext,
  report: ReportRecord,
  table: TableName,
): readonly ReportFile[] {
  const { filter, query, sortOrder } = report;
  requireStatic(report);
  const view = listView(context);
  const catalogue = catalogueFor(view, table);
  const order = orderFrom(sortOrder, catalogue, view);
  const records = order(selectRecords(context, { table, filter, query }));
  const base = fileNameFrom(report.name, `report_${report.recordId}`);
  const shown = { view, columns: columnsOf(report, catalogue), records };
  const { body, pictures } = contentOf(report, shown, { catalogue, base });
  const page = reportPage({
    title: report.title || report.name,
    facts: factsOf(context, report, records.length),
    body,
  });
  return [{ name: `${base}.html`, bytes: Buffer.from(page, 'utf8') }, ...pictures];
}

function contentOf(
  report: ReportRecord,
  shown: Shown,
  { catalogue, base }: { catalogue: ColumnCatalogue; base: string },
): Content {
  switch (report.type) {
    case 'list':
      return { body: listBody(shown, catalogue.column(report.groupBy)), pictures: [] };
    case 'detail':
      return { body: detailBody(shown, catalogue), pictures: [] };
    default:
      return distribution(report, shown, { catalogue, base });
  }
}

function requireStatic({ name, type }: ReportRecord): void {
  if (type !== 'live chart') return;
  throw faults.invalidParameter(
    `the report "${name}" is a live chart`,
    'Live charts cannot be run by SOAP. A distribution report counts the same records into a picture.',
  );
}

function distribution(
  { groupBy }: ReportRecord,
  { view, records }: Shown,
  { catalogue, base }: { catalogue: ColumnCatalogue; base: string },
): Content {
  const column = catalogue.column(groupBy);
  if (!column) {
    throw faults.invalidParameter(
      `the field "${groupBy}" of the report is hidden`,
      'The groups of the caller hide the field that the report counts by (fields of the groups in the scenario).',
    );
  }
  const groups = groupRecords(records, column, view);
  const name = `${base}_1.png`;
  const bytes = pngOf(barChart(groups.map(({ records: members }) => members.length)));
  return { body: distributionBody(groups, column, name), pictures: [{ name, bytes }] };
}

/** Fields that the groups of the caller hide are left out. [inferred] */
function columnsOf({ columns }: ReportRecord, catalogue: ColumnCatalogue): readonly Column[] {
  return columns.length === 0 ? catalogue.columns : columns.flatMap((label) => catalogue.column(label) ?? []);
}

function factsOf(
  { project, now, user }: CallContext,
  { filter }: ReportRecord,
  count: number,
): readonly string[] {
  const { locale, timeZone } = project.server;
  return [
    `Project: ${project.record.name}`,
    ...(filter === '' ? [] : [`Filter: ${filter}`]),
    `Records: ${count}`,
    `Created ${LocaleDates.of(locale).moment(now, timeZone)} by ${personName(user, user.nameFormat)}`,
  ];
}
