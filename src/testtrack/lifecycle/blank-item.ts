import type { CallContext } from '../call-context.ts';
import type { ItemRecord } from '../model/item-record.ts';
import type { TableName } from '../rules/table-names.ts';
import { initialState } from '../rules/workflow.ts';
import { workflowFor } from './item-members.ts';

/** The names that the numbers of an item are counted under. */
export interface ItemCounters {
  readonly table: TableName;
  /** For record IDs; numbers are counted apart, under `<counter>-number`. */
  readonly counter: string;
}

/**
 * What every new item has: numbers, the first state of its workflow, and who created it when.
 * [documented for the first state and the creator]
 */
export function blankItem(
  { project, user: caller, now }: CallContext,
  { table, counter }: ItemCounters,
): ItemRecord {
  const stamp = { at: now, by: caller.recordId };
  return {
    recordId: project.next(counter),
    number: project.record.autoNumbers ? project.next(`${counter}-number`) : 0,
    summary: '',
    state: initialState(workflowFor(project, table)),
    assignedTo: [],
    events: [],
    customValues: {},
    sourceFiles: [],
    created: stamp,
    modified: stamp,
    addedFrom: 'SOAP',
    storyPoints: 0,
    percentDone: 0,
  };
}
