import type { WorkflowEvent } from '../model/item-record.ts';
import type { Workflow } from '../model/project-record.ts';
import {
  afterEvent,
  compareEvents,
  inEventOrder,
  initialPosition,
  type WorkflowPosition,
} from './workflow.ts';

/**
 * The events of an item in their order, while new ones are entered. Where the item stands is known after each of them,
 * so that one that is entered at the end costs one step, and one before others only as many as it makes a difference
 * to.
 */
export class EventTimeline {
  private readonly ordered: WorkflowEvent[];
  /** Where the item stands after each event. */
  private readonly positions: WorkflowPosition[] = [];

  constructor(
    private readonly workflow: Workflow,
    events: Iterable<WorkflowEvent>,
  ) {
    this.ordered = inEventOrder([...events]);
    for (const event of this.ordered)
      this.positions.push(afterEvent(workflow, this.positionBefore(this.positions.length), event));
  }

  get events(): readonly WorkflowEvent[] {
    return this.ordered;
  }

  /** Where the item stands now. */
  get position(): WorkflowPosition {
    return this.positionBefore(this.positions.length);
  }

  enter(event: WorkflowEvent): void {
    let place = this.ordered.length;
    for (let before = this.ordered[place - 1]; before && compareEvents(event, before) < 0; ) {
      place -= 1;
      before = this.ordered[place - 1];
    }
    this.ordered.splice(place, 0, event);
    let position = afterEvent(this.workflow, this.positionBefore(place), event);
    this.positions.splice(place, 0, position);
    for (let at = place + 1; at < this.ordered.length; at++) {
      const later = this.ordered[at];
      const known = this.positions[at];
      if (!later || !known) break;
      position = afterEvent(this.workflow, position, later);
      if (isSamePosition(position, known)) break;
      this.positions[at] = position;
    }
  }

  private positionBefore(place: number): WorkflowPosition {
    return this.positions[place - 1] ?? initialPosition(this.workflow);
  }
}

function isSamePosition(a: WorkflowPosition, b: WorkflowPosition): boolean {
  return (
    a.state === b.state &&
    a.assignedTo === b.assignedTo &&
    a.assignedBy === b.assignedBy &&
    a.answers.length === b.answers.length &&
    a.answers.every((answer, at) => answer === b.answers[at])
  );
}
