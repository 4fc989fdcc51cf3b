import { memoryBeside } from '../../memo/memory.ts';
import { securityGroups } from '../model/tables.ts';
import type { FieldRight, FieldRights, SecurityGroup, UserRecord } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';
import { allowsCommand, groupsOf } from './permissions.ts';

/** The fields of one table that a user cannot use as others do, by their original labels. */
export interface TableRights {
  /** Left out wherever a record shows. */
  readonly hidden: ReadonlySet<string>;
  /** What is sent for them is ignored when a record is added: hidden or read only. */
  readonly closedOnAdd: ReadonlySet<string>;
  /** The same when a record is saved. */
  readonly closedOnEdit: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const unlimited: TableRights = { hidden: none, closedOnAdd: none, closedOnEdit: none };

/** Fields that need a command of their own. */
interface GuardedFields {
  readonly command: string;
  readonly fields: readonly string[];
  /** What those without the command may do with them. */
  readonly otherwise: FieldRight;
}

/** The commands that open single fields of users and customers, the same for both. [documented] */
const peopleGuards: readonly GuardedFields[] = [
  { command: 'View User Login Info', fields: ['Username'], otherwise: 'hidden' },
  { command: 'View Company Information', fields: ['Company', 'Division', 'Department'], otherwise: 'hidden' },
  { command: 'Edit Security Group Setting', fields: ['Security Group'], otherwise: 'readOnly' },
  { command: 'Activate/Inactive User', fields: ['Active'], otherwise: 'readOnly' },
];
const guards: Readonly<Record<string, readonly GuardedFields[]>> = {
  User: peopleGuards,
  Customer: peopleGuards,
};

/** What was worked out for a membership, as long as the groups stand: they change with the scenario only. */
interface Known {
  readonly declared: object;
  readonly byTable: Map<string, TableRights>;
}
const known = memoryBeside<readonly string[], Known>('rights to fields');

/**
 * What a user may do with the fields of a table. Of several groups the most generous counts. [documented]
 *
 * @param table the wire's name of the table
 * @returns the same object as long as groups and membership stay the same
 */
export function fieldRights(project: ProjectView, user: UserRecord, table: string): TableRights {
  const declared = project.table(securityGroups).collection;
  let rights = known.get(user.groups);
  if (rights?.declared !== declared) {
    rights = { declared, byTable: new Map() };
    known.set(user.groups, rights);
  }
  let found = rights.byTable.get(table);
  if (!found) {
    found = worked(groupsOf(project, user), table);
    rights.byTable.set(table, found);
  }
  return found;
}

function worked(of: readonly SecurityGroup[], table: string): TableRights {
  const limits =
    guards[table]?.filter(({ command }) => !of.some((group) => allowsCommand(group, command))) ?? [];
  const guarded = new Map(
    limits.flatMap(({ fields, otherwise }) => fields.map((field) => [field, otherwise])),
  );
  const labels = new Set([
    ...guarded.keys(),
    ...of.flatMap(({ fieldRights }) => Object.keys(fieldRights[table] ?? {})),
  ]);
  if (labels.size === 0) return unlimited;
  const right = (label: string, when: keyof FieldRights): FieldRight =>
    narrower(guarded.get(label) ?? 'readWrite', widest(of, { table, label, when }));
  const where = (when: keyof FieldRights, is: (right: FieldRight) => boolean) =>
    new Set([...labels].filter((label) => is(right(label, when))));
  return {
    hidden: where('edit', (right) => right === 'hidden'),
    closedOnAdd: where('add', (right) => right !== 'readWrite'),
    closedOnEdit: where('edit', (right) => right !== 'readWrite'),
  };
}

const width: Readonly<Record<FieldRight, number>> = { hidden: 0, readOnly: 1, readWrite: 2 };

function narrower(a: FieldRight, b: FieldRight): FieldRight {
  return width[a] < width[b] ? a : b;
}

function widest(
  of: readonly SecurityGroup[],
  {
    table,
    label,
    when,
  }: { readonly table: string; readonly label: string; readonly when: keyof FieldRights },
): FieldRight {
  let best: FieldRight = of.length === 0 ? 'readWrite' : 'hidden';
  for (const { fieldRights } of of) {
    const right = fieldRights[table]?.[label]?.[when] ?? 'readWrite';
    if (width[right] > width[best]) best = right;
  }
  return best;
}
