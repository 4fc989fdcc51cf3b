import type { CallContext } from '../call-context.ts';
import type { ItemRecord } from '../model/item-record.ts';
import { itemCounters } from '../model/record-tables.ts';
import type { TableName } from '../rules/table-names.ts';
import { initialState } from '../rules/workflow.ts';
import { workflowFor } from './item-members.ts';

/**
 * What every new item has: numbers, the first state of its workflow, and who created it when.
 * [documented for the first state and the creator]
 */
export function blankItem({ project, user: caller, now }: CallContext, table: TableName): ItemRecord {
  const counters = itemCounters(table);
  const stamp = { at: now, by: caller.recordId };
  return {
    recordId: project.next(counters.recordId),
    number: project.record.autoNumbers ? project.next(counters.number) : 0,
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
