import type { CallContext } from '../call-context.ts';
import { type AnyFamily, familyOfTable } from '../kinds/index.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import { type ReportRecord, reportTypes } from '../model/report-record.ts';
import { reports, testVariants } from '../model/tables.ts';
import type { TestVariantRecord } from '../model/test-case-record.ts';
import { seesReport } from '../rules/reports.ts';
import type { TableName } from '../rules/table-names.ts';
import type { View } from '../rules/view.ts';
import type { Row } from './column.ts';

/** What a list needs to know of a table: a family's description says it, and so does less. */
export type ListedTable = Pick<
  AnyFamily,
  'table' | 'records' | 'members' | 'area' | 'commandNoun' | 'holds' | 'lists' | 'files'
>;

const { text } = memberKinds<TestVariantRecord>();

/** The variants of a project with their values. No operation gives or changes them one by one. */
const testVariantList = {
  table: 'Test Variant',
  records: testVariants,
  members: {
    name: text('name', 'Name'),
    values: {
      label: 'Values',
      type: 'text',
      write: ({ name }: TestVariantRecord, { project }: View) =>
        (project.dropdownValues('Test Variant', name) ?? []).join(', '),
    },
  },
  area: 'TestTrack TCM',
  commandNoun: 'Test Cases',
} as const;

const report = memberKinds<ReportRecord>();

/** The reports of a project. [documented: the columns] A private one is its owner's alone. [inferred] */
const reportList = {
  table: 'Report',
  records: reports,
  members: {
    name: report.text('name', 'Name'),
    title: report.text('title', 'Title'),
    type: { label: 'Type', type: 'text', write: ({ type }: ReportRecord) => reportTypes[type] },
    contains: report.text('contains', 'Contains'),
    access: report.text('access', 'Access'),
    owner: report.user('owner', 'Owner'),
  },
  commandNoun: 'Reports',
  lists: seesReport,
} as const;

const withoutLifecycle = [testVariantList, reportList] as unknown as readonly ListedTable[];

/** The description of every table that can be listed. */
export const listedTables: ReadonlyMap<TableName, ListedTable> = new Map<TableName, ListedTable>([
  ...withoutLifecycle.map((listed) => [listed.table, listed] as const),
  ...familyOfTable,
]);

/** Whether a record is one of a table's, and shows in its lists for the caller. */
export function isListed({ holds, lists }: ListedTable, record: Row, context: CallContext): boolean {
  return (holds?.(record) ?? true) && (lists?.(record, context) ?? true);
}
