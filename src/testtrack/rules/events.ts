import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { WorkflowEvent } from '../model/item-record.ts';
import type { CEvent } from '../model/operation-types.generated.ts';
import type { EventDefinition, Workflow } from '../model/project-record.ts';
import { asNewFiles, readAttachments, writeAttachment } from './attachments.ts';
import { readCustomFields, requireCustomValues, writeCustomFields } from './custom-fields.ts';
import { EventTimeline } from './event-timeline.ts';
import { requireCommand } from './permissions.ts';
import { listUnlessChanged, unlessChanged } from './unchanged.ts';
import { isSameName, nameOf, userByName } from './user-names.ts';
import type { View } from './view.ts';
import {
  decidingAnswer,
  definitionOf,
  effortOf,
  generatedTypes,
  mayEnterEvents,
  multipleUserAssignment,
  noStateChange,
  requireEvent,
  resultingState,
  type WorkflowPosition,
  waitsForAll,
} from './workflow.ts';
import { sentInstant, toWireDateTime } from './zone.ts';

/** How the server marks an event that a person entered. [documented] */
const enteredByUser = generatedTypes[0];

/** The command it takes to move an item that waits for its assigned users. [documented but for the name] */
const overrideCommand = 'Override Workflow';

/** All events of an item on the wire. */
export function writeEvents(events: readonly WorkflowEvent[], workflow: Workflow, view: View): CEvent[] {
  const { actual } = effortOf(workflow, events);
  const plain = { ...view, formatted: false };
  return events.map((event) => ({
    // The actual hours of all events of the item, shown at each. [documented]
    totaltimespent: actual,
    ...writeEvent(event, workflow, plain),
  }));
}

/** @param view of a session without formatted text */
function writeEvent(event: WorkflowEvent, workflow: Workflow, view: View): CEvent {
  const { project, nameFormat } = view;
  const definition = definitionOf(workflow, event.name);
  return {
    recordid: event.recordId,
    user: nameOf(project, event.user, nameFormat),
    date: toWireDateTime(event.at, project.server.timeZone),
    notes: event.notes,
    eventaddorder: event.order,
    name: event.name,
    parenteventid: event.parentEventId,
    attachmentlist: event.attachments.map((file) => writeAttachment(file, view)),
    // Multi-line fields of events hold plain text in every session. [documented]
    fieldlist: writeCustomFields(definition?.fields ?? [], event.fields, view),
    resultingstate: event.resultingState ?? noStateChange,
    hours: event.hours,
    assigntolist: event.assignedTo.map((ref) => nameOf(project, ref, nameFormat)),
    releasenotesversion: event.releaseNotesVersion,
    generatedeventtype: event.generatedType,
    generatedbyname: event.generatedBy,
    overrideuser: nameOf(project, event.overrideUser, nameFormat),
    marksuspect: event.marksSuspect,
  };
}

/** A list of events that was sent, and what it is for. */
interface SentEvents {
  readonly before: readonly WorkflowEvent[];
  readonly sent: readonly CEvent[];
  /** Whether the item is being added: all of its events are new then, whatever IDs they come with. [inferred] */
  readonly isNew: boolean;
}

/**
 * Takes a list of events: one with a known record ID is changed in place, one without is added if the workflow
 * allows it now, and those that are not listed stay. [documented; the last observed in a client] New ones are taken
 * in the order of their dates and, within a date, of their eventaddorder. [documented]
 *
 * @returns all events in their order
 * @throws fault 23 for an event that the workflow does not allow, or a record ID that is not in the list; 5 for an
 *   overrideuser from a user who may not override the workflow
 */
export function readEvents(
  context: CallContext,
  workflow: Workflow,
  { before, sent, isNew }: SentEvents,
): readonly WorkflowEvent[] {
  requireBoundedCount(sent.length - before.length);
  const events = new Map(before.map((event) => [event.recordId, event]));
  const isAdded = ({ recordid = 0 }: CEvent) => isNew || Number(recordid) === 0;
  for (const wire of sent) {
    const id = wire.recordid ?? 0;
    if (isAdded(wire)) continue;
    const old = events.get(Number(id));
    if (!old) {
      throw faults.invalidData(
        `no event has the record ID ${id} here`,
        'Send 0 as recordid for a new event, and the events of the record itself with the IDs they came with.',
      );
    }
    const event = changedEvent(context, workflow, { old, wire });
    requireParent(events, event, old.parentEventId);
    requireOverride(context, event, old.overrideUser);
    events.set(old.recordId, event);
  }
  const timeline = new EventTimeline(workflow, events.values());
  const enter = (event: WorkflowEvent) => {
    events.set(event.recordId, event);
    timeline.enter(event);
  };
  // What is added with an item answers events by the IDs that these had in the item it was copied from.
  const given = new Map<number, number>();
  for (const wire of inSentOrder(context, sent.filter(isAdded))) {
    const parent = given.get(Number(wire.parenteventid ?? 0)) ?? wire.parenteventid;
    const event = newEvent(
      context,
      { workflow, position: timeline.position },
      { ...wire, parenteventid: parent },
    );
    if (isNew && wire.recordid) given.set(Number(wire.recordid), event.recordId);
    requireParent(events, event, 0);
    enter(event);
    const decided = decidedEvent(context, workflow, timeline.position);
    if (decided) enter(decided);
  }
  return listUnlessChanged(before, timeline.events);
}

/** One call enters at most so many events; no item of a real project has that many. [inferred that there is a bound] */
const mostNewEvents = 1_000;

/** Before any of them is read. @throws fault 23 */
function requireBoundedCount(added: number): void {
  if (added <= mostNewEvents) return;
  throw faults.invalidData(
    `more than ${mostNewEvents} events are entered at once`,
    `Twintrack takes at most ${mostNewEvents} new events in one call; save the item in between.`,
  );
}

/** The new events of a list, in the order in which they are to be entered. */
function inSentOrder({ project, now }: CallContext, sent: readonly CEvent[]): CEvent[] {
  return sent
    .map((wire) => ({
      wire,
      at: sentInstant(wire.date, now, project.server.timeZone),
      order: wire.eventaddorder ?? 0,
    }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ wire }) => wire);
}

function newEvent(
  context: CallContext,
  { workflow, position }: { readonly workflow: Workflow; readonly position: WorkflowPosition },
  wire: CEvent,
): WorkflowEvent {
  const definition = requireEvent(workflow, wire.name ?? '', position.state);
  const to = resultingState(definition, wire.resultingstate ?? '');
  const blank = { ...blankEvent(context, definition.name), resultingState: to };
  const event = withSent(context, definition, { event: blank, wire, isNew: true });
  requireOverride(context, event, 0);
  if (event.overrideUser === 0 && !mayEnterEvents(workflow, position, event.user)) {
    const { project } = context;
    const names = position.assignedTo.map((ref) => nameOf(project, ref, 'first-last')).join(', ');
    throw faults.invalidData(
      `only assigned users may enter events in the state "${position.state}"`,
      `The item is assigned to ${names}, the event is by ${nameOf(project, event.user, 'first-last')}. The state's assignmentRule says so; an overrideuser gets around it for those with the command "${overrideCommand}".`,
    );
  }
  // One of several assigned users answers the event that assigned the item. [inferred: that this is the parent]
  const answers = event.parentEventId === 0 && to !== undefined && waitsForAll(workflow, position);
  return answers ? { ...event, parentEventId: position.assignedBy } : event;
}

/** The event that the server adds when the last of several assigned users has answered. [documented type] */
function decidedEvent(
  context: CallContext,
  workflow: Workflow,
  position: WorkflowPosition,
): WorkflowEvent | undefined {
  const answer = decidingAnswer(workflow, position);
  const last = position.answers.at(-1);
  if (!answer || !last) return undefined;
  return {
    ...blankEvent(context, answer.name),
    user: answer.user,
    at: last.at,
    order: last.order + 1,
    parentEventId: position.assignedBy,
    resultingState: answer.resultingState,
    generatedType: multipleUserAssignment,
  };
}

function blankEvent({ project, user, now }: CallContext, name: string): WorkflowEvent {
  return {
    recordId: project.next('event'),
    name,
    user: user.recordId,
    at: now,
    notes: '',
    order: 0,
    parentEventId: 0,
    attachments: [],
    fields: {},
    resultingState: undefined,
    hours: 0,
    assignedTo: [],
    releaseNotesVersion: '',
    generatedType: enteredByUser,
    generatedBy: '',
    overrideUser: 0,
    marksSuspect: false,
  };
}

/** @throws fault 23 when the event answers one that the item does not have */
function requireParent(
  events: ReadonlyMap<number, WorkflowEvent>,
  { parentEventId, recordId }: WorkflowEvent,
  before: WorkflowEvent['parentEventId'],
): void {
  const parent = Number(parentEventId);
  if (parent === 0 || parentEventId === before || (events.has(parent) && parent !== recordId)) return;
  throw faults.invalidData(
    `no event has the record ID ${parentEventId} here`,
    'parenteventid is the record ID of the event of this item that the new one answers, or 0.',
  );
}

/** @throws fault 5 when a user overrides the workflow who may not */
function requireOverride({ project, user }: CallContext, event: WorkflowEvent, before: number): void {
  if (event.overrideUser === before || event.overrideUser === 0) return;
  requireCommand(project, user, overrideCommand);
}

function changedEvent(
  context: CallContext,
  workflow: Workflow,
  { old, wire }: { readonly old: WorkflowEvent; readonly wire: CEvent },
): WorkflowEvent {
  const definition = definitionOf(workflow, old.name);
  if (!definition) return old;
  const shown = old.resultingState ?? noStateChange;
  const sentState = wire.resultingstate ?? shown;
  const state = sentState === shown ? old.resultingState : resultingState(definition, sentState);
  const event = state === old.resultingState ? old : { ...old, resultingState: state };
  return withSent(context, definition, { event, wire, isNew: false });
}

/** Everything that a client may set, new event or old; what is absent stays. */
function withSent(
  context: CallContext,
  definition: EventDefinition,
  { event, wire, isNew }: { readonly event: WorkflowEvent; readonly wire: CEvent; readonly isNew: boolean },
): WorkflowEvent {
  const { project, user } = context;
  const owner = { fields: definition.fields, label: `event "${definition.name}"` };
  const fields = wire.fieldlist
    ? readCustomFields(owner, { before: event.fields, sent: wire.fieldlist, isNew }, inPlainText(context))
    : event.fields;
  requireCustomValues(owner, fields);
  const person = (name: string | undefined, current: number): number => {
    if (!name || isSameName(project, current, { name, format: user.nameFormat })) return current;
    return userByName(project, name, user.nameFormat) ?? current;
  };
  const sent = {
    ...event,
    user: person(wire.user, event.user),
    at: sentInstant(wire.date, event.at, project.server.timeZone),
    notes: wire.notes ?? event.notes,
    order: wire.eventaddorder ?? event.order,
    parentEventId: wire.parenteventid ?? event.parentEventId,
    attachments: wire.attachmentlist
      ? readAttachments(
          context,
          event.attachments,
          isNew ? asNewFiles(wire.attachmentlist) : wire.attachmentlist,
        )
      : event.attachments,
    fields,
    hours: wire.hours ?? event.hours,
    assignedTo: wire.assigntolist
      ? listUnlessChanged(event.assignedTo, [
          ...new Set(wire.assigntolist.flatMap((name, at) => person(name, event.assignedTo[at] ?? 0) || [])),
        ])
      : event.assignedTo,
    releaseNotesVersion: wire.releasenotesversion ?? event.releaseNotesVersion,
    overrideUser: person(wire.overrideuser, event.overrideUser),
    marksSuspect: wire.marksuspect ?? event.marksSuspect,
  };
  return unlessChanged(event, sent);
}

/** The call as one of a session without formatted text. */
function inPlainText(context: CallContext): CallContext {
  return { ...context, session: { ...context.session, formattedText: false } };
}
