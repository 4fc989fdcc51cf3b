import { z } from 'zod';
import type { PathStep } from '../../input/path.ts';
import type { ItemRef } from '../../testtrack/model/link-record.ts';
import { type AnyRecordTable, recordTables } from '../../testtrack/model/record-tables.ts';
import { itemTables } from '../../testtrack/rules/table-names.ts';
import type { Indexes } from '../../world/table.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { idSchema, nameSchema } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';

/** The tables whose items can be linked and be in folders. */
export const itemTableSchema = z.enum(itemTables);

/** How a scenario names an item that it declares elsewhere. */
export const itemShape = {
  table: itemTableSchema,
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  summary: nameSchema.optional(),
};

const itemSchema = z.strictObject(itemShape);
export type ItemReferenceSection = z.output<typeof itemSchema>;

const ways = ['recordId', 'number', 'summary'] as const;

/** The item a scenario names. @throws ScenarioProblem when it is none, several, or named in two ways */
export function resolveItem(
  { project }: ProjectSeed,
  section: ItemReferenceSection,
  at: readonly PathStep[],
): ItemRef {
  const given = ways.filter((way) => section[way] !== undefined);
  const [way] = given;
  if (!way || given.length > 1) {
    throw new ScenarioProblem(
      at,
      `an item is named by one of ${ways.join(', ')}`,
      'Give exactly one of them',
    );
  }
  const { table } = section;
  const wanted = section[way] ?? '';
  const records = project.table(recordTables[table] as AnyRecordTable & { indexes: Indexes<unknown> });
  const found =
    way === 'recordId'
      ? [records.get(wanted)].filter((record) => record !== undefined)
      : records.findBy(way, wanted);
  const [only] = found;
  if (!only) throw new ScenarioProblem([...at, way], `there is no ${table} with the ${way} ${wanted}`);
  if (found.length > 1) {
    throw new ScenarioProblem([...at, way], `${found.length} items of ${table} have the ${way} ${wanted}`);
  }
  return { table, recordId: only.recordId };
}
