import { z } from 'zod';
import type { PathStep } from '../../input/path.ts';
import { catalogueFor } from '../../testtrack/columns/catalogue.ts';
import { securityGroups } from '../../testtrack/model/tables.ts';
import { type FieldRight, type FieldRights, fieldRightNames } from '../../testtrack/model/user-record.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import { missing } from '../reading/problem.ts';
import { nameSchema, namesSchema, perTable } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';

const right = z.enum(fieldRightNames);

/** A security group in a scenario. */
export const groupSchema = z.strictObject({
  name: nameSchema,
  commands: z.union([z.literal('all'), namesSchema]),
  allowsSoap: z.boolean().optional(),
  hiddenTables: z.array(z.enum(tableNames)).optional(),
  /** By table and field; one right, or one for adding and one for afterwards. */
  fields: perTable(
    z.record(nameSchema, z.union([right, z.strictObject({ add: right.optional(), edit: right.optional() })])),
  ).optional(),
});

export type GroupSection = z.output<typeof groupSchema>;

/** Groups of the defaults stay unless the project has one of the same name. */
export function seedGroups(
  { project, at }: ProjectSeed,
  { groups: own = [] }: { groups?: readonly GroupSection[] | undefined },
  { groups: defaults = [] }: { groups?: readonly GroupSection[] | undefined },
): void {
  const all = [...defaults, ...own];
  for (const [index, group] of all.entries()) {
    const { allowsSoap = true, hiddenTables = [], fields = {} } = group;
    const path = [...at, 'groups', index - defaults.length, 'fields'];
    project.table(securityGroups).put({
      name: group.name,
      commands: group.commands,
      allowsSoap,
      hiddenTables,
      fieldRights: fieldRightsFrom(project, fields, path),
    });
  }
}

/** The group names of a user, each of them checked. */
export function groupsFrom(
  project: ProjectView,
  wanted: readonly string[],
  at: readonly PathStep[],
): readonly string[] {
  for (const [place, group] of wanted.entries()) {
    if (project.table(securityGroups).get(group)) continue;
    const known = project.table(securityGroups).sorted();
    throw missing([...at, place], `there is no group "${group}"`, {
      name: group,
      known: known.map((each) => each.name),
      listed: 'Groups',
    });
  }
  return wanted;
}

function fieldRightsFrom(
  project: ProjectView,
  fields: NonNullable<GroupSection['fields']>,
  at: readonly PathStep[],
): Record<string, Record<string, FieldRights>> {
  return Object.fromEntries(
    Object.entries(fields).map(([table, rights]) => [
      table,
      Object.fromEntries(
        Object.entries(rights).map(([label, given]) => [
          originalLabel(project, { table: table as TableName, label }, [...at, table, label]),
          bothRights(given),
        ]),
      ),
    ]),
  );
}

function bothRights(
  given: FieldRight | { add?: FieldRight | undefined; edit?: FieldRight | undefined },
): FieldRights {
  if (typeof given === 'string') return { add: given, edit: given };
  return { add: given.add ?? 'readWrite', edit: given.edit ?? 'readWrite' };
}

/** A field by what the project calls it, or by what it was called before. */
function originalLabel(
  project: ProjectView,
  { table, label }: { table: TableName; label: string },
  at: readonly PathStep[],
): string {
  const everything = { project, nameFormat: 'last-first', formatted: false, downloads: false } as const;
  const { all, columns } = catalogueFor(everything, table);
  const column = all.find((each) => each.label === label || each.formerly === label);
  if (column) return column.formerly ?? column.label;
  const labels = columns.map((each) => each.label);
  throw missing(at, `there is no field "${label}" in the table "${table}"`, {
    name: label,
    known: labels,
    listed: 'Fields',
  });
}
