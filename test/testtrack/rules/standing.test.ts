/** Where an item stands after its events, and what its workflow lets happen: the rules alone, without a project. */
import { describe, expect, test } from 'vitest';
import type { WorkflowEvent } from '../../../src/testtrack/model/item-record.ts';
import type { Workflow } from '../../../src/testtrack/model/project-record.ts';
import {
  canGenerateRuns,
  decidingAnswer,
  effortOf,
  inEventOrder,
  initialState,
  isOpen,
  locksItem,
  mayEnterEvents,
  positionAfter,
  requireEvent,
  resultingState,
  standingAfter,
} from '../../../src/testtrack/rules/workflow.ts';
import { ProductFault } from '../../../src/world/product-fault.ts';

const definition = { from: [], to: [], assigns: false, hours: 'none', fields: [] };
const workflow = {
  states: [
    { name: 'Open', isOpen: true, assignmentRule: 'anyone', locksItem: false, canGenerateRuns: true },
    { name: 'Review', isOpen: true, assignmentRule: 'all assigned', locksItem: true, canGenerateRuns: false },
    { name: 'Shut', isOpen: false, assignmentRule: 'assigned', locksItem: false, canGenerateRuns: true },
  ],
  events: [
    { ...definition, name: 'Assign', assigns: true },
    { ...definition, name: 'Move', to: ['Review', 'Open', 'Shut'] },
    { ...definition, name: 'Reopen', from: ['Shut'], to: ['Open'] },
    { ...definition, name: 'Estimate', hours: 'estimate' },
    { ...definition, name: 'Work', hours: 'work' },
  ],
} as unknown as Workflow;

let ids = 0;
function event(name: string, more: Partial<WorkflowEvent> = {}): WorkflowEvent {
  ids += 1;
  return {
    ...{ recordId: ids, name, user: 1, at: 0, order: 0, hours: 0, assignedTo: [], overrideUser: 0 },
    ...{ resultingState: undefined, generatedType: 'User' },
    ...more,
  } as unknown as WorkflowEvent;
}
const assign = (...assignedTo: number[]) => event('Assign', { assignedTo });
const move = (state: string, more: Partial<WorkflowEvent> = {}) =>
  event('Move', { resultingState: state, ...more });
const standing = (...events: WorkflowEvent[]) => standingAfter(workflow, events);

/** What a call is refused with, for the client and for a person. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ProductFault) return `${error.message} ${error.hint}`;
    throw error;
  }
  return 'not refused';
}

describe('an item that one user has', () => {
  test('keeps its user when it moves to another open state', () => {
    expect(standing(assign(1), move('Review'))).toEqual({ state: 'Review', assignedTo: [1] });
  });

  test('loses its user when it is closed, and not when an event leaves its state alone', () => {
    expect(standing(assign(1), move('Shut'))).toEqual({ state: 'Shut', assignedTo: [] });
    expect(standing(move('Shut'), assign(1), event('Work'))).toEqual({ state: 'Shut', assignedTo: [1] });
  });

  test('stands where it stood after an event that the workflow does not know', () => {
    expect(standing(assign(1), event('Gone'))).toEqual({ state: 'Open', assignedTo: [1] });
  });

  test('of a workflow without states is in none', () => {
    expect(initialState({ states: [], events: [] })).toBe('');
  });
});

describe('an item that several users have', () => {
  test('is taken from the others by the first answer that moves it', () => {
    expect(standing(assign(1, 2), move('Review'))).toEqual({ state: 'Review', assignedTo: [] });
  });

  test('stays with all of them after an answer that leaves it where it is', () => {
    expect(standing(assign(1, 2), move('Open'))).toEqual({ state: 'Open', assignedTo: [1, 2] });
  });

  test('waits for all of them where its state says so, and remembers which event assigned it', () => {
    const assigned = assign(1, 2);
    const first = move('Shut', { user: 1 });
    const waiting = positionAfter(workflow, [move('Review'), assigned, first]);
    expect(waiting).toEqual({
      state: 'Review',
      assignedTo: [1, 2],
      assignedBy: assigned.recordId,
      answers: [first],
    });
    expect(decidingAnswer(workflow, waiting)).toBeUndefined();
  });

  test('goes by the answer whose state comes first in the workflow, whoever answered first', () => {
    const [shut, open] = [move('Shut', { user: 1 }), move('Open', { user: 2 })];
    const answered = positionAfter(workflow, [move('Review'), assign(1, 2), shut, open]);
    expect(decidingAnswer(workflow, answered)).toBe(open);
    expect(decidingAnswer(workflow, { ...answered, state: 'Open' })).toBeUndefined();
  });

  test('moves at once by the event that the server makes of the answers, and by one that overrides', () => {
    const waiting = [move('Review'), assign(1, 2)];
    expect(standing(...waiting, move('Open', { generatedType: 'Multiple User Assignment' })).state).toBe(
      'Open',
    );
    expect(standing(...waiting, move('Open', { overrideUser: 1 })).state).toBe('Open');
  });

  test('forgets answers when it is assigned anew', () => {
    const position = positionAfter(workflow, [move('Review'), assign(1, 2), move('Shut'), assign(1, 3)]);
    expect(position.answers).toEqual([]);
    expect(position.assignedTo).toEqual([1, 3]);
  });

  test('forgets answers when it comes into another state, not when it stays', () => {
    const waiting = [move('Review'), assign(1, 2), move('Shut', { user: 1 })];
    expect(positionAfter(workflow, [...waiting, move('Open', { overrideUser: 3 })]).answers).toEqual([]);
    expect(positionAfter(workflow, [...waiting, event('Work')]).answers).toHaveLength(1);
  });
});

describe('what a state lets happen', () => {
  test('follows the workflow; a state that it does not know is open, locks nothing and makes runs', () => {
    expect(['Open', 'Shut', 'Gone'].map((state) => isOpen(workflow, state))).toEqual([true, false, true]);
    expect(['Open', 'Review', 'Gone'].map((state) => locksItem(workflow, state))).toEqual([
      false,
      true,
      false,
    ]);
    const makes = ['Open', 'Review', 'Gone'].map((state) => canGenerateRuns(workflow, state));
    expect(makes).toEqual([true, false, true]);
  });

  test('only users who have an item enter events where the state says so, and anybody while nobody has it', () => {
    const shut = { state: 'Shut', assignedTo: [1] };
    expect(mayEnterEvents(workflow, shut, 1)).toBe(true);
    expect(mayEnterEvents(workflow, shut, 2)).toBe(false);
    expect(mayEnterEvents(workflow, { ...shut, assignedTo: [] }, 2)).toBe(true);
    expect(mayEnterEvents(workflow, { ...shut, state: 'Open' }, 2)).toBe(true);
    expect(mayEnterEvents(workflow, { ...shut, state: 'Gone' }, 2)).toBe(true);
  });

  test('an event that there is not is refused with those that there are', () => {
    expect(refusal(() => requireEvent(workflow, 'Mvoe', 'Open'))).toMatch(
      /"Mvoe" is not an event.*The workflow has these events: Assign, Move, Reopen, Estimate, Work\..*Move/s,
    );
  });

  test('an event that its state does not allow is refused with those that it does', () => {
    expect(requireEvent(workflow, 'Reopen', 'Shut').name).toBe('Reopen');
    expect(refusal(() => requireEvent(workflow, 'Reopen', 'Open'))).toMatch(
      /"Reopen" can be entered in: Shut\. In "Open" these events are possible: Assign, Move, Estimate, Work\./,
    );
  });

  test('a state that an event cannot lead to is refused with those that it can', () => {
    const [assigns, moves] = [
      requireEvent(workflow, 'Assign', 'Open'),
      requireEvent(workflow, 'Move', 'Open'),
    ];
    expect(resultingState(moves, '')).toBe('Review');
    expect(resultingState(assigns, '')).toBeUndefined();
    expect(refusal(() => resultingState(moves, 'Gone'))).toContain('"Move" leads to: Review, Open, Shut.');
    expect(refusal(() => resultingState(assigns, 'Open'))).toContain('"Assign" leaves the state alone');
  });
});

test('hours are the last estimate and all work, and of an event that the workflow does not know none', () => {
  const events = [
    event('Estimate', { hours: 3 }),
    event('Estimate', { hours: 8 }),
    event('Gone', { hours: 9 }),
  ];
  const works = [event('Work', { hours: 2 }), event('Work', { hours: 3 })];
  expect(effortOf(workflow, [...events, ...works])).toEqual({
    ...{ actual: 5, estimated: 8, remaining: 3, variance: -3 },
  });
  expect(effortOf(workflow, works).remaining).toBe(0);
});

test('events are in the order of their time, then of their save, then of their record IDs', () => {
  const at = (recordId: number, time: number, order: number) => event('Work', { recordId, at: time, order });
  const sorted = [at(9, 1, 5), at(7, 2, 0), at(8, 2, 0), at(3, 2, 1), at(1, 3, 0)];
  expect(inEventOrder([...sorted].reverse())).toEqual(sorted);
  expect(inEventOrder([sorted[2], sorted[0], sorted[4], sorted[1], sorted[3]] as WorkflowEvent[])).toEqual(
    sorted,
  );
});
