import { z } from 'zod';
import type { PathStep } from '../../input/path.ts';
import { type ColumnCatalogue, catalogueFor } from '../../testtrack/columns/catalogue.ts';
import { listedTables } from '../../testtrack/columns/listed-tables.ts';
import { orderFrom } from '../../testtrack/columns/record-order.ts';
import { type ReportRecord, reportAccesses } from '../../testtrack/model/report-record.ts';
import { filterKey, filters, reports } from '../../testtrack/model/tables.ts';
import { parseQuery } from '../../testtrack/query/parse-query.ts';
import { type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import { missing } from '../reading/problem.ts';
import { idSchema, nameSchema, namesSchema } from './parts.ts';
import { claimNumber, type ProjectSeed, placed, requireNew } from './project-seed.ts';

const common = {
  recordId: idSchema.optional(),
  name: nameSchema,
  title: nameSchema.optional(),
  /** The table whose records it shows. */
  table: z.enum(tableNames),
  owner: nameSchema.optional(),
  access: z.enum(reportAccesses).optional(),
  /** What kind of records it shows, in the words of the product. */
  contains: nameSchema.optional(),
  filter: nameSchema.optional(),
  /** In the JSON query language, as text or as the object itself. */
  query: z.union([z.string().min(1), z.record(z.string(), z.json())]).optional(),
};
const typeOf = <T extends ReportRecord['type']>(type: T) => z.literal(type);
const columns = namesSchema.min(1);
const sortOrder = nameSchema.optional();

/** A report in a scenario. */
export const reportSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: typeOf('list'), columns, sortOrder, groupBy: nameSchema.optional() }),
  z.strictObject({ ...common, type: typeOf('detail'), columns: columns.optional(), sortOrder }),
  z.strictObject({ ...common, type: typeOf('distribution'), groupBy: nameSchema }),
  z.strictObject({ ...common, type: typeOf('live chart') }),
]);

type ReportSection = z.output<typeof reportSchema>;
type Path = readonly PathStep[];

/** All reports of a project; filters, lists and people are there already. */
export function seedReports(
  seed: ProjectSeed,
  { reports: sections = [] }: { reports?: readonly ReportSection[] | undefined },
): void {
  const ids = new Set<string>();
  const known = new Set<string>();
  for (const [index, section] of sections.entries()) {
    const at = [...seed.at, 'reports', index];
    const report = reportFrom(seed, section, at);
    requireNew(ids, String(report.recordId), {
      at: [...at, 'recordId'],
      what: `report with record ID ${report.recordId}`,
    });
    // Private reports of two people may have one name.
    const whose = report.access === 'Public' ? 0 : report.owner;
    requireNew(known, `${whose} ${report.name}`, { at: [...at, 'name'], what: `report "${report.name}"` });
    seed.project.table(reports).put(report);
  }
}

function reportFrom(seed: ProjectSeed, section: ReportSection, at: Path): ReportRecord {
  const { project } = seed;
  const { table, owner, filter = '' } = section;
  const catalogue = everyColumn(seed, table);
  const {
    columns = [],
    groupBy = '',
    sortOrder = '',
  } = {
    columns: undefined,
    groupBy: undefined,
    sortOrder: undefined,
    ...section,
  };
  for (const [place, label] of columns.entries())
    requireColumn(catalogue, { table, label, at: [...at, 'columns', place] });
  if (groupBy !== '') requireColumn(catalogue, { table, label: groupBy, at: [...at, 'groupBy'] });
  placed(
    () => [...at, 'sortOrder'],
    () => orderFrom(sortOrder, catalogue, viewOfAll(seed)),
  );
  requireFilter(seed, { table, filter, at: [...at, 'filter'] });
  return {
    recordId: claimNumber(project, 'report', section.recordId),
    name: section.name,
    title: section.title ?? '',
    type: section.type,
    owner: seed.userOrFirst(owner, () => [...at, 'owner']),
    access: section.access ?? 'Public',
    contains: section.contains ?? listedTables.get(table)?.commandNoun ?? table,
    table,
    columns,
    filter,
    query: queryFrom(seed, section, at),
    groupBy,
    sortOrder,
  };
}

/** Everything shows to readers outside. */
function viewOfAll({ project }: ProjectSeed) {
  return { project, nameFormat: 'last-first', formatted: false, downloads: false } as const;
}

/** All columns of a table. */
export function everyColumn(seed: ProjectSeed, table: TableName): ColumnCatalogue {
  return catalogueFor(viewOfAll(seed), table);
}

/** @throws ScenarioProblem for a column that the table does not have */
export function requireColumn(
  catalogue: ColumnCatalogue,
  { table, label, at }: { readonly table: string; readonly label: string; readonly at: Path },
): void {
  if (catalogue.column(label)) return;
  const labels = catalogue.columns.map((column) => column.label);
  throw missing(at, `the table "${table}" has no column "${label}"`, {
    name: label,
    known: labels,
    listed: 'Columns',
  });
}

function requireFilter(
  { project }: ProjectSeed,
  { table, filter, at }: { readonly table: string; readonly filter: string; readonly at: Path },
): void {
  if (filter === '' || project.table(filters).get(filterKey(table, filter))) return;
  const known = project
    .table(filters)
    .findBy('table', table)
    .map((each) => each.name);
  throw missing(at, `there is no filter "${filter}" for the table "${table}"`, {
    name: filter,
    known,
    listed: 'Filters',
  });
}

function queryFrom(seed: ProjectSeed, { table, query }: ReportSection, at: Path): string {
  if (query === undefined) return '';
  const text = typeof query === 'string' ? query : JSON.stringify(query);
  const catalogue = everyColumn(seed, table);
  placed(
    () => [...at, 'query'],
    () => parseQuery(text, { catalogue, view: viewOfAll(seed) }),
  );
  return text;
}
