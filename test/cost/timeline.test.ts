/** The events of one item. By itself, because a call may enter only 1,000 of them, too few to tell n from n squared. */
import { expect, test } from 'vitest';
import type { WorkflowEvent } from '../../src/testtrack/model/item-record.ts';
import type { Workflow } from '../../src/testtrack/model/project-record.ts';
import { EventTimeline } from '../../src/testtrack/rules/event-timeline.ts';
import { growth, mostGrowth } from '../support/cpu-time.ts';

const workflow = {
  states: [{ name: 'Open', isOpen: true, assignmentRule: 'anyone' }],
  events: [{ name: 'Comment', from: [], to: [], assigns: false, fields: [] }],
} as unknown as Workflow;

const event = (at: number) =>
  ({ recordId: at, name: 'Comment', user: 1, at, order: 0, assignedTo: [] }) as unknown as WorkflowEvent;
const events = (count: number) => Array.from({ length: count }, (_, at) => event(at + 1));

test('events that are entered in their order cost in proportion', () => {
  const found = growth(600, (count) => {
    const entered = events(count);
    return () => {
      const timeline = new EventTimeline(workflow, []);
      for (const each of entered) timeline.enter(each);
      return timeline.position;
    };
  });
  expect(found).toBeLessThanOrEqual(mostGrowth);
});

test('one new event costs in proportion to those that are there', () => {
  const found = growth(15_000, (count) => {
    const there = events(count);
    return () => new EventTimeline(workflow, there).enter(event(0));
  });
  expect(found).toBeLessThanOrEqual(mostGrowth);
});
