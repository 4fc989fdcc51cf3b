import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { CEvent } from '../model/contract.generated.ts';
import type { WorkflowEvent } from '../model/item-record.ts';
import type { EventDefinition, Workflow } from '../model/project-record.ts';
import type { View } from '../view.ts';
import { readAttachments, writeAttachment } from './attachments.ts';
import { readCustomFields, requireCustomValues, writeCustomFields } from './custom-fields.ts';
import { isSameName, nameOf, userByName } from './user-names.ts';
import {
  definitionOf,
  inEventOrder,
  noStateChange,
  requireEvent,
  resultingState,
  standingAfter,
} from './workflow.ts';
import { fromWireDateTime, toWireDateTime } from './zone.ts';

/** How the server marks an event that a person entered. [documented] */
const enteredByUser = 'User';

/** An event on the wire. */
export function writeEvent(event: WorkflowEvent, workflow: Workflow, view: View): CEvent {
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
    fieldlist: writeCustomFields(definition?.fields ?? [], event.fields, view),
    resultingstate: event.resultingState ?? (definition?.to.length ? noStateChange : ''),
    hours: event.hours,
    assigntolist: event.assignedTo.map((ref) => nameOf(project, ref, nameFormat)),
    releasenotesversion: event.releaseNotesVersion,
    generatedeventtype: event.generatedType,
    generatedbyname: event.generatedBy,
    totaltimespent: event.totalTimeSpent,
    overrideuser: nameOf(project, event.overrideUser, nameFormat),
    marksuspect: event.marksSuspect,
  };
}

/**
 * Takes a list of events: one with a known record ID is changed in place, one without is added if the workflow
 * allows it now, and those that are not listed stay. [documented; the last observed in a client]
 *
 * @returns all events in their order
 * @throws fault 23 for an event that the workflow does not allow, or a record ID that is not in the list
 */
export function readEvents(
  context: CallContext,
  workflow: Workflow,
  before: readonly WorkflowEvent[],
  sent: readonly CEvent[],
): readonly WorkflowEvent[] {
  const events = new Map(before.map((event) => [event.recordId, event]));
  for (const wire of sent) {
    const id = wire.recordid ?? 0;
    if (id === 0) continue;
    const old = events.get(Number(id));
    if (!old) {
      throw faults.invalidData(
        `no event has the record ID ${id} here`,
        'Send 0 as recordid for a new event, and the events of the record itself with the IDs they came with.',
      );
    }
    events.set(old.recordId, changedEvent(context, workflow, old, wire));
  }
  const added = sent.filter((wire) => (wire.recordid ?? 0) === 0);
  for (const wire of added) {
    const { state } = standingAfter(workflow, inEventOrder([...events.values()]));
    const event = newEvent(context, requireEvent(workflow, wire.name ?? '', state), wire);
    events.set(event.recordId, event);
  }
  return inEventOrder([...events.values()]);
}

function newEvent(context: CallContext, definition: EventDefinition, wire: CEvent): WorkflowEvent {
  const { project, user, now } = context;
  const blank: WorkflowEvent = {
    recordId: project.next('event'),
    name: definition.name,
    user: user.recordId,
    at: now,
    notes: '',
    order: 0,
    parentEventId: 0,
    attachments: [],
    fields: {},
    resultingState: resultingState(definition, wire.resultingstate ?? ''),
    hours: 0,
    assignedTo: [],
    releaseNotesVersion: '',
    generatedType: enteredByUser,
    generatedBy: '',
    totalTimeSpent: 0,
    overrideUser: 0,
    marksSuspect: false,
  };
  return withSent(context, definition, blank, wire);
}

function changedEvent(
  context: CallContext,
  workflow: Workflow,
  old: WorkflowEvent,
  wire: CEvent,
): WorkflowEvent {
  const definition = definitionOf(workflow, old.name);
  if (!definition) return old;
  const shown = old.resultingState ?? (definition.to.length ? noStateChange : '');
  const sentState = wire.resultingstate ?? shown;
  const state = sentState === shown ? old.resultingState : resultingState(definition, sentState);
  return withSent(context, definition, { ...old, resultingState: state }, wire);
}

/** Everything that a client may set, new event or old; what is absent stays. */
function withSent(
  context: CallContext,
  definition: EventDefinition,
  event: WorkflowEvent,
  wire: CEvent,
): WorkflowEvent {
  const { project, user } = context;
  const owner = { fields: definition.fields, label: `event "${definition.name}"` };
  const fields = wire.fieldlist
    ? readCustomFields(owner, event.fields, wire.fieldlist, context)
    : event.fields;
  requireCustomValues(owner, fields);
  const person = (name: string | undefined, current: number): number => {
    if (!name || isSameName(project, current, name, user.nameFormat)) return current;
    return userByName(project, name, user.nameFormat) ?? current;
  };
  return {
    ...event,
    user: person(wire.user, event.user),
    at: sentInstant(context, wire.date, event.at),
    notes: wire.notes ?? event.notes,
    order: wire.eventaddorder ?? event.order,
    parentEventId: wire.parenteventid ?? event.parentEventId,
    attachments: wire.attachmentlist
      ? readAttachments(context, event.attachments, wire.attachmentlist)
      : event.attachments,
    fields,
    hours: wire.hours ?? event.hours,
    assignedTo: wire.assigntolist
      ? wire.assigntolist.flatMap((name, at) => person(name, event.assignedTo[at] ?? 0) || [])
      : event.assignedTo,
    releaseNotesVersion: wire.releasenotesversion ?? event.releaseNotesVersion,
    totalTimeSpent: wire.totaltimespent ?? event.totalTimeSpent,
    overrideUser: person(wire.overrideuser, event.overrideUser),
    marksSuspect: wire.marksuspect ?? event.marksSuspect,
  };
}

/** The wire shows whole seconds: sending back what was shown is no change. */
function sentInstant({ project }: CallContext, sent: string | undefined, current: number): number {
  if (sent === undefined || sent === toWireDateTime(current, project.server.timeZone)) return current;
  return fromWireDateTime(sent, project.server.timeZone);
}
