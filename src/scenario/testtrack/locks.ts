import { z } from 'zod';
import { type AnyRecordTable, recordTables } from '../../testtrack/model/record-tables.ts';
import { lockKey, locks } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { lockFromOutside } from '../../testtrack/rules/locks.ts';
import { itemTables, type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import type { Indexes } from '../../world/table.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { idSchema, nameSchema } from './parts.ts';
import { type ProjectSeed, twice } from './project-seed.ts';

/** A lock that is held from the start. */
export const lockSchema = z.strictObject({
  table: z.enum(tableNames).optional(),
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  by: nameSchema,
  minutes: z.number().positive().optional(),
});

type LockSection = z.output<typeof lockSchema>;

/** Locks that another user holds from the start, as a user of the GUI would. */
export function seedLocks(
  seed: ProjectSeed,
  { locks: sections = [] }: { locks?: readonly LockSection[] | undefined },
): void {
  const { project, now } = seed;
  for (const [index, section] of sections.entries()) {
    const at = [...seed.at, 'locks', index];
    const { table = 'Defect', by, minutes } = section;
    const recordId = recordOf(project, table, section);
    if (recordId === undefined) {
      throw new ScenarioProblem(
        [...at, ...keyOf(section)],
        'the lock names no record',
        table === 'Defect'
          ? 'Give it the number or recordId of a defect above'
          : `Give it the ${itemTables.includes(table) ? 'number or recordId' : 'recordId'} of a record of ${table} above`,
      );
    }
    if (project.table(locks).get(lockKey(table, recordId)))
      throw twice(at, `the locks on ${table} ${recordId}`);
    const userId = seed.userOf(by, () => [...at, 'by']);
    lockFromOutside(project, { table, recordId }, { userId, from: now, minutes });
  }
}

/** The key that names the record of a lock, if there is one. */
function keyOf({ recordId, number }: LockSection): readonly string[] {
  if (recordId !== undefined) return ['recordId'];
  return number === undefined ? [] : ['number'];
}

function recordOf(
  project: ProjectView,
  table: TableName,
  { recordId, number }: LockSection,
): number | undefined {
  const records = project.table(recordTables[table] as AnyRecordTable & { indexes: Indexes<unknown> });
  if (recordId !== undefined) return records.get(recordId)?.recordId;
  // Only items have numbers.
  if (number === undefined || !itemTables.includes(table)) return undefined;
  return records.findBy('number', number)[0]?.recordId;
}
