import { z } from 'zod';
import type { PathStep } from '../../input/path.ts';
import { catalogueFor } from '../../testtrack/columns/catalogue.ts';
import { filterKey, filters } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { parseQuery } from '../../testtrack/query/parse-query.ts';
import { adminLock as adminLocked } from '../../testtrack/rules/admin-lock.ts';
import { lockFromOutside } from '../../testtrack/rules/locks.ts';
import { type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import { nameSchema, perTable } from './parts.ts';
import { type ProjectSeed, placed, requireNew } from './project-seed.ts';

/** A filter in a scenario: its query in the JSON query language, as text or as the object itself. */
const filterSchema = z.strictObject({
  name: nameSchema,
  query: z.union([z.string().min(1), z.record(z.string(), z.json())]),
  /** Whether it asks its user for values each time, and so cannot be used by SOAP. */
  isInteractive: z.boolean().optional(),
});

export const filtersSchema = perTable(z.array(filterSchema));
export type FilterSection = z.output<typeof filtersSchema>;
type OneFilter = NonNullable<FilterSection[TableName]>[number];

/** Who holds the administration lock from the start, as a user of the administration dialogs would. */
export const adminLockSchema = z.strictObject({ by: nameSchema, minutes: z.number().positive().optional() });
export type AdminLockSection = z.output<typeof adminLockSchema>;

/**
 * The filters of a project; those of the defaults stay unless the project has one of the same name for the table.
 *
 * @throws ScenarioProblem for a query that the language does not allow, or two filters of one name
 */
export function seedFilters(
  seed: ProjectSeed,
  section: { filters?: FilterSection | undefined },
  defaults: { filters?: FilterSection | undefined },
): void {
  const { project } = seed;
  for (const [source, at] of [
    [defaults.filters, ['defaults', 'filters']],
    [section.filters, [...seed.at, 'filters']],
  ] as const) {
    for (const table of tableNames) {
      const seen = new Set<string>();
      for (const [index, filter] of (source?.[table] ?? []).entries()) {
        const path = [...at, table, index];
        requireNew(seen, filter.name, {
          at: [...path, 'name'],
          what: `filter "${filter.name}" for ${table}`,
        });
        seedFilter(project, table, { filter, at: path });
      }
    }
  }
}

function seedFilter(
  project: ProjectView,
  table: TableName,
  { filter, at }: { readonly filter: OneFilter; readonly at: readonly PathStep[] },
): void {
  const { name, isInteractive = false } = filter;
  const query = typeof filter.query === 'string' ? filter.query : JSON.stringify(filter.query);
  const view = { project, nameFormat: 'last-first', formatted: false, downloads: false } as const;
  placed(
    () => [...at, 'query'],
    () => parseQuery(query, { catalogue: catalogueFor(view, table), view }),
  );
  const before = project.table(filters).get(filterKey(table, name));
  const recordId = before?.recordId ?? project.next('filter');
  project.table(filters).put({ recordId, table, name, query, ...(isInteractive ? { isInteractive } : {}) });
}

/** The administration lock that a user outside SOAP holds from the start. */
export function seedAdminLock(
  seed: ProjectSeed,
  { adminLock: section }: { adminLock?: AdminLockSection | undefined },
): void {
  if (!section) return;
  const { project, now, at } = seed;
  const userId = seed.userOf(section.by, () => [...at, 'adminLock', 'by']);
  lockFromOutside(project, adminLocked, { userId, from: now, minutes: section.minutes });
}
