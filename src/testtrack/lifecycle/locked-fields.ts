import { isDeepStrictEqual } from 'node:util';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { hasCommand } from '../rules/permissions.ts';
import { viewFor, viewOf } from '../rules/view.ts';
import { locksItem } from '../rules/workflow.ts';
import type { Family } from './family.ts';
import { type Mutable, membersOf } from './member.ts';

interface Stored {
  readonly recordId: number;
}

/** Makes sure that nothing but a lock keeps a record from being changed. @throws fault 5 when its fields are locked */
export function requireEditable<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  record: R,
): void {
  if (hasLockedFields(family, context, record))
    throw lockedFields(family, context, { record, what: 'its fields' });
  family.checkEdit?.(record, context);
}

/**
 * Items can be in a state that locks their fields: changing those then takes the command "Edit Locked …" besides
 * "Edit …". [documented, for families with a workflow]
 */
function hasLockedFields<R extends Stored, W extends object>(
  family: Family<R, W>,
  { project, user }: CallContext,
  record: R,
): boolean {
  if (!('state' in record)) return false;
  const workflow = project.workflowOf(family.table);
  const isLocked =
    (workflow !== undefined && locksItem(workflow, String(record.state))) ||
    family.isLockedElsewhere?.(record, project) === true;
  return isLocked && !hasCommand(project, user, editLocked(family));
}

function editLocked<R extends Stored, W extends object>({ commandNoun }: Family<R, W>): string {
  return `Edit Locked ${commandNoun}`;
}

/** The number is inferred. */
function lockedFields<R extends Stored, W extends object>(
  family: Family<R, W>,
  { user }: CallContext,
  { record, what }: { readonly record: R; readonly what: string },
) {
  return faults.notAllowed(
    `${family.table} ${record.recordId} is in a state that locks it, or in a document that is: ${user.login} may enter workflow events, but ${what} can be changed only with the command "${editLocked(family)}".`,
  );
}

/**
 * What an edit may make of a record with locked fields: the record as it was, with its events as they are now.
 *
 * @param record as the client sent it back
 * @returns what is to be stored; the record itself when its fields are not locked
 * @throws fault 5 when something else shows another value than before
 */
export function withinLockedFields<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { before, record }: { before: R; record: Mutable<R> },
): Mutable<R> {
  if (!hasLockedFields(family, context, before)) return record;
  // A session without formatted text sends back less than there is: only what it sees counts as changed.
  const view = viewOf(viewFor(context, true), family.table);
  const kept = { ...before } as unknown as Record<string, unknown>;
  for (const [name, member] of membersOf(family.members)) {
    if (!member.read) continue;
    if (member.entersEvents) {
      for (const key of byEvents) kept[key] = (record as unknown as Record<string, unknown>)[key];
    } else if (!isDeepStrictEqual(member.write(record, view), member.write(before, view))) {
      throw lockedFields(family, context, { record: before, what: `"${name}"` });
    }
  }
  return kept as unknown as Mutable<R>;
}

/** What entering a workflow event changes at an item. */
const byEvents = ['events', 'state', 'assignedTo'] as const;
