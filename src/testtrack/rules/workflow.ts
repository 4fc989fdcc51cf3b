import { faults } from '../faults.ts';
import type { UserRef, WorkflowEvent } from '../model/item-record.ts';
import type { EventDefinition, Workflow } from '../model/project-record.ts';

/** What a client sends as resulting state of an event that leaves the state alone. [observed in a client] */
export const noStateChange = '<No State Change>';

/** The state a new item starts in. */
export function initialState(workflow: Workflow): string {
  return workflow.states[0]?.name ?? '';
}

/** Where an item stands after its events. */
export interface Standing {
  readonly state: string;
  readonly assignedTo: readonly UserRef[];
}

/**
 * Derives where an item stands. [documented: always from the last workflow event] An event that assigns says who
 * has the item; one that closes it takes the assignment away. [inferred]
 *
 * @param events in their order
 */
export function standingAfter(workflow: Workflow, events: readonly WorkflowEvent[]): Standing {
  let state = initialState(workflow);
  let assignedTo: readonly UserRef[] = [];
  for (const event of events) {
    if (event.resultingState !== undefined) {
      state = event.resultingState;
      if (!isOpen(workflow, state)) assignedTo = [];
    }
    if (definitionOf(workflow, event.name)?.assigns) assignedTo = event.assignedTo;
  }
  return { state, assignedTo };
}

/** Whether items in a state count as open. A state that the workflow does not know counts as open. */
export function isOpen(workflow: Workflow, state: string): boolean {
  return workflow.states.find(({ name }) => name === state)?.isOpen ?? true;
}

/** Whether a state keeps items from being edited without an extra permission. [documented] */
export function locksItem(workflow: Workflow, state: string): boolean {
  return workflow.states.find(({ name }) => name === state)?.locksItem ?? false;
}

export function definitionOf(workflow: Workflow, name: string): EventDefinition | undefined {
  return workflow.events.find((event) => event.name === name);
}

/**
 * The definition of an event that is about to be added.
 *
 * @throws fault 23 when the workflow has no such event, or not in this state [inferred]
 */
export function requireEvent(workflow: Workflow, name: string, state: string): EventDefinition {
  const definition = definitionOf(workflow, name);
  if (!definition) {
    const names = workflow.events.map((event) => event.name).join(', ');
    throw faults.invalidData(`"${name}" is not an event`, `The workflow has these events: ${names}.`);
  }
  if (definition.from.length > 0 && !definition.from.includes(state)) {
    const possible = workflow.events.filter(({ from }) => from.length === 0 || from.includes(state));
    throw faults.invalidData(
      `the event "${name}" is not allowed in the state "${state}"`,
      `"${name}" can be entered in: ${definition.from.join(', ')}. In "${state}" these events are possible: ${possible.map((event) => event.name).join(', ')}.`,
    );
  }
  return definition;
}

/**
 * The state that an event leads to. Left out, the workflow's own applies: the only one, or the first of several.
 * [observed in a client for one, inferred for several]
 *
 * @param sent what the client named, empty for nothing
 * @returns undefined when the state stays
 * @throws fault 23 for a state that the event cannot lead to
 */
export function resultingState({ name, to }: EventDefinition, sent: string): string | undefined {
  if (sent === noStateChange) return undefined;
  if (sent === '') return to[0];
  if (to.includes(sent)) return sent;
  throw faults.invalidData(
    `"${name}" cannot lead to "${sent}"`,
    to.length > 0
      ? `"${name}" leads to: ${to.join(', ')}. Leave resultingstate out to take the first.`
      : `"${name}" leaves the state alone; leave resultingstate out or send ${noStateChange}.`,
  );
}

/** Hours of an item as they follow from its events. [inferred: the last estimate counts, work adds up] */
export function effortOf(
  workflow: Workflow,
  events: readonly WorkflowEvent[],
): { actual: number; estimated: number; remaining: number; variance: number } {
  let estimated = 0;
  let actual = 0;
  for (const event of events) {
    const kind = definitionOf(workflow, event.name)?.hours;
    if (kind === 'estimate') estimated = event.hours;
    if (kind === 'work') actual += event.hours;
  }
  return { actual, estimated, remaining: Math.max(0, estimated - actual), variance: actual - estimated };
}

/** The order of events: by time, then as added in one save, then by record ID. [documented for eventaddorder] */
export function inEventOrder(events: readonly WorkflowEvent[]): WorkflowEvent[] {
  return [...events].sort((a, b) => a.at - b.at || a.order - b.order || a.recordId - b.recordId);
}
