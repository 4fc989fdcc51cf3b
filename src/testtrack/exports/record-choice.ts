import type { CallContext } from '../call-context.ts';
import type { Row } from '../columns/column.ts';
import { listedTables } from '../columns/listed-tables.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { type Selection, selectRecords } from '../query/record-selection.ts';

/**
 * The records that filter, query and record IDs let through together; in the order of the IDs where there are any,
 * by record ID otherwise. No IDs are no restriction: on the wire an empty list and none look alike. [inferred]
 *
 * @throws fault 6 for a record ID that no record of the table has, 11 for an unknown filter or a faulty query
 */
export function chosenRecords(
  context: CallContext,
  selection: Selection,
  recordIds: readonly Long[],
): readonly Row[] {
  const selected = selectRecords(context, selection);
  if (recordIds.length === 0) return selected;
  const byId = new Map(selected.map((record) => [record.recordId, record]));
  return [...new Set(recordIds.map(Number))].flatMap((recordId) => {
    const record = byId.get(recordId);
    if (!record) requireThere(context, selection, recordId);
    return record ?? [];
  });
}

/** A record that is there but not let through is simply not in the document. */
function requireThere(context: CallContext, { table }: Selection, recordId: number): void {
  const { project } = context;
  const listed = listedTables.get(table);
  const record = listed && project.table(listed.records).get(recordId);
  if (record && (listed.lists?.(record, context) ?? true)) return;
  throw faults.recordNotFound(`${table} with record ID ${recordId} in "${project.record.name}"`);
}
