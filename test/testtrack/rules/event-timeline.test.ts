import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WorkflowEvent } from '../../../src/testtrack/model/item-record.ts';
import type { Workflow } from '../../../src/testtrack/model/project-record.ts';
import { EventTimeline } from '../../../src/testtrack/rules/event-timeline.ts';
import { inEventOrder, positionAfter } from '../../../src/testtrack/rules/workflow.ts';
import { project } from '../../support/testtrack.ts';

const definition = { from: [], assigns: false, fields: [] };
const workflow = {
  states: [
    { name: 'Open', isOpen: true, assignmentRule: 'all assigned' },
    { name: 'Shut', isOpen: false, assignmentRule: 'anyone' },
  ],
  events: [
    { ...definition, name: 'Assign', assigns: true, to: [] },
    { ...definition, name: 'Shut', to: ['Shut'] },
    { ...definition, name: 'Comment', to: [] },
  ],
} as unknown as Workflow;

const anyEvent = fc.record({
  name: fc.constantFrom('Assign', 'Shut', 'Comment'),
  at: fc.nat(5),
  order: fc.nat(2),
  user: fc.integer({ min: 1, max: 3 }),
  assignedTo: fc.uniqueArray(fc.integer({ min: 1, max: 3 })),
  resultingState: fc.constantFrom(undefined, 'Open', 'Shut'),
});
type Drawn = { readonly at: number; readonly order: number };
const withIds = (drawn: readonly Drawn[]): WorkflowEvent[] =>
  drawn.map((event, at) => ({ ...event, recordId: at + 1 }) as unknown as WorkflowEvent);

test('entering events one by one leaves an item where all of them in their order leave it', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), fc.nat(10), (drawn, before) => {
      const events = withIds(drawn);
      const timeline = new EventTimeline(workflow, events.slice(0, before));
      const entered = events.slice(0, before);
      for (const event of events.slice(before)) {
        timeline.enter(event);
        entered.push(event);
        expect(timeline.events).toEqual(inEventOrder(entered));
        expect(timeline.position).toEqual(positionAfter(workflow, inEventOrder(entered)));
      }
    }),
  );
});

test('a call that enters more than 1,000 events is refused before the first is read', () => {
  const { tt, cookie } = project();
  const add = (count: number) => {
    const eventlist = Array.from({ length: count }, () => ({ name: 'Comment' }));
    return tt.addDefect({ cookie, pDefect: { summary: 'Many', eventlist } as never });
  };
  expect(add(1_000)).toBe(1);
  expect(() => add(1_001)).toThrow('more than 1000 events are entered at once');
  expect(tt.getDefect({ cookie, defectNumber: 1 }).eventlist).toHaveLength(1_000);
});
