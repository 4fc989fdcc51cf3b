import { didYouMeanHint } from '../../input/did-you-mean.ts';
import { faults } from '../faults.ts';
import type { UserRef, WorkflowEvent } from '../model/item-record.ts';
import type { AssignmentRule, EventDefinition, Workflow } from '../model/project-record.ts';

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
  const { state, assignedTo } = positionAfter(workflow, events);
  return { state, assignedTo };
}

/** Where an item stands, and what it waits for. */
export interface WorkflowPosition extends Standing {
  /** The record ID of the event that assigned it; 0 for none. */
  readonly assignedBy: number;
  /** Answers of some of the assigned users, in a state that waits for all of them. */
  readonly answers: readonly WorkflowEvent[];
}

/** As `standingAfter`, with what happened since the item came into its state or was assigned. */
export function positionAfter(workflow: Workflow, events: readonly WorkflowEvent[]): WorkflowPosition {
  let position = initialPosition(workflow);
  for (const event of events) position = afterEvent(workflow, position, event);
  return position;
}

/** Where a new item stands. */
export function initialPosition(workflow: Workflow): WorkflowPosition {
  return { state: initialState(workflow), assignedTo: [], assignedBy: 0, answers: [] };
}

/**
 * Where an item stands after one more event.
 *
 * The first answer of several assigned users takes the assignment from the others, unless it leaves the state alone;
 * where a state waits for all, answers only gather. [documented] Closing takes any assignment away. [inferred]
 */
export function afterEvent(
  workflow: Workflow,
  position: WorkflowPosition,
  event: WorkflowEvent,
): WorkflowPosition {
  const { state, assignedTo } = position;
  if (isGathered(workflow, position, event)) return { ...position, answers: [...position.answers, event] };
  const next = event.resultingState ?? state;
  const moved = { ...position, state: next, answers: next === state ? position.answers : [] };
  if (definitionOf(workflow, event.name)?.assigns) {
    return { ...moved, assignedTo: event.assignedTo, assignedBy: event.recordId, answers: [] };
  }
  const isReleased = !isOpen(workflow, next) || (next !== state && assignedTo.length > 1);
  const hasMoved = event.resultingState !== undefined;
  return hasMoved && isReleased ? { ...moved, assignedTo: [], assignedBy: 0 } : moved;
}

/** What an event can come from. [documented] */
export const generatedTypes = [
  'User',
  'Multiple User Assignment',
  'Auto Assignment',
  'Auto Escalation',
] as const;

/** How the server marks the event that it makes of the answers of several users. [documented] */
export const multipleUserAssignment = generatedTypes[1];

function isGathered(workflow: Workflow, position: WorkflowPosition, event: WorkflowEvent): boolean {
  return (
    waitsForAll(workflow, position) &&
    event.resultingState !== undefined &&
    event.overrideUser === 0 &&
    event.generatedType !== multipleUserAssignment &&
    !definitionOf(workflow, event.name)?.assigns
  );
}

/** Whether an item moves only when all users it is assigned to have answered. */
export function waitsForAll(workflow: Workflow, { state, assignedTo }: Standing): boolean {
  return assignedTo.length > 1 && ruleOf(workflow, state) === 'all assigned';
}

/**
 * The answer that decides when all assigned users have given one: that with the resulting state of the highest
 * priority. [documented; that the priority is the order of the states is inferred]
 *
 * @returns undefined while answers are missing
 */
export function decidingAnswer(workflow: Workflow, position: WorkflowPosition): WorkflowEvent | undefined {
  if (!waitsForAll(workflow, position)) return undefined;
  const users = new Set(position.answers.map(({ user }) => user));
  if (!position.assignedTo.every((user) => users.has(user))) return undefined;
  const rank = ({ resultingState }: WorkflowEvent): number =>
    workflow.states.findIndex(({ name }) => name === resultingState);
  return [...position.answers].sort((a, b) => rank(a) - rank(b))[0];
}

/** Whether the rule of the state lets a user enter events: where only assigned users may, and there is one. */
export function mayEnterEvents(workflow: Workflow, { state, assignedTo }: Standing, user: UserRef): boolean {
  return ruleOf(workflow, state) === 'anyone' || assignedTo.length === 0 || assignedTo.includes(user);
}

function ruleOf(workflow: Workflow, state: string): AssignmentRule {
  return workflow.states.find(({ name }) => name === state)?.assignmentRule ?? 'anyone';
}

/** Whether items in a state count as open. A state that the workflow does not know counts as open. */
export function isOpen(workflow: Workflow, state: string): boolean {
  return workflow.states.find(({ name }) => name === state)?.isOpen ?? true;
}

/** Whether a state keeps items from being edited without an extra permission. [documented] */
export function locksItem(workflow: Workflow, state: string): boolean {
  return workflow.states.find(({ name }) => name === state)?.locksItem ?? false;
}

/** Whether test runs can be generated from a test case in a state. [documented that states decide] */
export function canGenerateRuns(workflow: Workflow, state: string): boolean {
  return workflow.states.find(({ name }) => name === state)?.canGenerateRuns ?? true;
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
    const names = workflow.events.map((event) => event.name);
    const list = `The workflow has these events: ${names.join(', ')}.`;
    throw faults.invalidData(`"${name}" is not an event`, list + didYouMeanHint(name, names));
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
export function compareEvents(a: WorkflowEvent, b: WorkflowEvent): number {
  return a.at - b.at || a.order - b.order || a.recordId - b.recordId;
}

export function inEventOrder(events: readonly WorkflowEvent[]): WorkflowEvent[] {
  return [...events].sort(compareEvents);
}
