import { isDeepStrictEqual } from 'node:util';
import { memoryOfRecent } from '../../memo/memory.ts';
import { invariant } from '../../world/invariant.ts';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { wireNames } from '../model/record-tables.ts';
import { users } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { requireCustomValues } from '../rules/custom-fields.ts';
import { fieldRights } from '../rules/field-rights.ts';
import { type Lockable, releaseLock, requireOwnLock, requireUnlocked, takeLock } from '../rules/locks.ts';
import { onDeleted, onStored } from '../rules/record-listeners.ts';
import { hiddenFields, type View, viewOf } from '../rules/view.ts';
import type { Family } from './family.ts';
import { withinLockedFields } from './locked-fields.ts';
import { fromWire, membersOf, toWire } from './member.ts';

interface Stored {
  readonly recordId: number;
}

/** A record by its ID. @throws fault 6 when there is none */
export function requireRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  project: ProjectView,
  recordId: Long,
): R {
  const record = recordOf(family, project, recordId);
  if (!record)
    throw faults.recordNotFound(`${family.table} with record ID ${recordId} in "${project.record.name}"`);
  return record;
}

function recordOf<R extends Stored, W extends object>(
  { records, holds }: Family<R, W>,
  project: ProjectView,
  recordId: Long,
): R | undefined {
  const record = project.table(records).get(recordId);
  return record && (holds?.(record) ?? true) ? record : undefined;
}

/**
 * The one record that a call names by number, summary or name.
 *
 * @throws fault 6 when there is none, 74 when there are several [documented that it fails]
 */
export function requireOne<R extends Stored, W extends object>(
  family: Family<R, W>,
  project: ProjectView,
  input: Readonly<Record<string, unknown>>,
): R {
  invariant(family.find, `records of ${family.table} are looked up by number or name`);
  const { records, wanted } = family.find(project, input);
  const [only] = records;
  if (!only) throw faults.recordNotFound(`${wanted} in "${project.record.name}"`);
  if (records.length > 1) throw faults.severalFound(wanted, records.length);
  return only;
}

/** Adds what a client sent as a new record. @returns its record ID, never its number [documented] */
export function addRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  sent: W | undefined,
): R {
  if (!sent) throw missingRecord(family);
  return store(family, context, { before: undefined, sent });
}

/**
 * Opens the edit of a record: locks it. A state that locks the record's fields does not keep it from being edited:
 * workflow events are still entered [documented], and that is how they are.
 *
 * @throws fault 5 for a record that cannot be edited at all, 22 while it is being edited
 */
export function editRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  record: R,
): R {
  family.checkEdit?.(record, context);
  takeLock(context, lockable(family, record.recordId));
  return record;
}

/**
 * Stores an edited record and ends its edit.
 *
 * @throws fault 7 without an edit of this session, 5 when more than events changes at a record with locked fields;
 *   when anything is refused the lock stays [documented]
 */
export function saveRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  sent: (W & { recordid?: Long | undefined }) | undefined,
): R {
  if (!sent) throw missingRecord(family);
  const recordId = sent.recordid ?? 0;
  const before = recordOf(family, context.project, recordId);
  if (!before) {
    throw faults.editNotFound(
      `${family.table} with record ID ${recordId}`,
      'there is no such record. Save the object that edit gave, with the recordid it came with.',
    );
  }
  return saveOver(family, context, { before, sent });
}

/**
 * Stores an edited record that the parts of the call may name besides its record ID, and ends its edit.
 *
 * @throws fault 7 without an edit of this session, 74 when the parts name several records
 */
export function saveNamed<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { sent, input }: { sent: W | undefined; input: Readonly<Record<string, unknown>> },
): R {
  if (!sent || !family.findSaved) return saveRecord(family, context, sent);
  const { records, wanted } = family.findSaved(context.project, input, sent);
  const [before] = records;
  if (!before) {
    throw faults.editNotFound(
      wanted,
      'there is no such record. Name the record as it was when edit gave it.',
    );
  }
  if (records.length > 1) throw faults.severalFound(wanted, records.length);
  return saveOver(family, context, { before, sent });
}

function saveOver<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { before, sent }: { before: R; sent: W },
): R {
  const lock = lockable(family, before.recordId);
  requireOwnLock(context, lock);
  const record = store(family, context, { before, sent });
  releaseLock(context.project, lock);
  return record;
}

/** Ends the edit of a record without storing. @throws fault 7 without an edit of this session [inferred] */
export function cancelEdit<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  recordId: Long,
): void {
  const lock = lockable(family, Number(recordId));
  requireOwnLock(context, lock);
  releaseLock(context.project, lock);
}

/** Deletes a record. @throws fault 22 while a user edits it [inferred] */
export function deleteRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { record, input }: { record: R; input: Readonly<Record<string, unknown>> },
): void {
  requireUnlocked(context.project, lockable(family, record.recordId), context.now);
  family.onDelete?.(record, context, input);
  removeRecord(family, context, record);
}

/** Takes a record out of its table and out of everything that refers to it, even while it is edited. */
function removeRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { recordId }: R,
): void {
  for (const listen of onDeleted) listen({ table: family.table, recordId }, context);
  context.project.table(family.records).delete(recordId);
  releaseLock(context.project, lockable(family, recordId));
}

/** What a lock on a record goes by. */
export function lockable<R extends Stored, W extends object>(
  { table, lockName = table }: Family<R, W>,
  recordId: number,
): Lockable {
  return { table: lockName, recordId, label: `${lockName} ${recordId}` };
}

function store<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { before, sent }: { before: R | undefined; sent: W },
): R {
  const sentBack = { ...(before ?? family.blank(context)) };
  const rights = fieldRights(context.project, context.user, family.table);
  const closed = before ? rights.closedOnEdit : rights.closedOnAdd;
  const edit = { before, record: sentBack, context, ...(closed.size > 0 ? { closed } : {}) };
  fromWire(family.members, sent, edit);
  family.readTogether?.(sent, edit);
  const record = before ? withinLockedFields(family, context, { before, record: sentBack }) : sentBack;
  requireFields(family, context.project, record);
  // Who sends back what was read has changed nothing: the record is not even modified. [inferred]
  if (before && isDeepStrictEqual(record, before)) return before;
  family.check?.(record, before, context);
  return putRecord(family, context, { before, after: record });
}

/** Puts a record into its table and tells everything that refers to it. */
export function putRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { before, after }: { before: R | undefined; after: R },
): R {
  const stored = context.project.table(family.records).put(after);
  const item = { table: family.table, recordId: stored.recordId };
  for (const listen of onStored) listen(item, { before, after: stored }, context);
  return stored;
}

/** @throws fault 23 for the first required field without a value [documented that it fails] */
function requireFields<R extends Stored, W extends object>(
  family: Family<R, W>,
  project: ProjectView,
  record: R,
): void {
  const { requiredFields, customFields } = project.settingsOf(family.table);
  for (const [, { label, type, isEmpty }] of membersOf(family.members)) {
    if (!label || !isEmpty?.(record)) continue;
    if (!family.required.includes(label) && !requiredFields.includes(label)) continue;
    const shown = project.labelOf(family.table, label);
    throw faults.invalidData(
      `${shown} is required`,
      `${shown} of ${family.table} must have a value.${type === 'user' ? ' A user name that nobody has counts as none.' : ''}`,
    );
  }
  if ('customValues' in record) {
    const owner = { fields: customFields, label: family.table };
    requireCustomValues(
      owner,
      (record as { customValues: Parameters<typeof requireCustomValues>[1] }).customValues,
    );
  }
}

function missingRecord<R extends Stored, W extends object>({ table }: Family<R, W>) {
  return faults.missingParameter(table, `The call must carry the ${table.toLowerCase()} to store.`);
}

/** What a record's form on the wire was made from besides the record itself. */
interface Made {
  readonly from: readonly unknown[];
  readonly wire: object;
}

/** How many forms are remembered; each is of a record that a client asked for lately. */
const remembered = 4_096;
const recent = memoryOfRecent<object, Made>('records on the wire', remembered);
const recentWithFiles = memoryOfRecent<object, Made>('records on the wire with files', remembered / 16);

/**
 * A record in its form on the wire, frozen. As long as nothing that shows in it changes, the same object is given
 * again, so that the codec can answer it without writing it anew.
 */
export function wireOf<R extends Stored, W extends object>(family: Family<R, W>, record: R, view: View): W {
  const { project, nameFormat, formatted, downloads } = view;
  const from: unknown[] = [
    nameFormat,
    formatted,
    project.record,
    project.server,
    project.table(users).collection,
    hiddenFields(view, family.table),
  ];
  for (const shown of family.shows ?? []) from.push(project.table(shown).collection, hiddenOf(shown, view));
  const cache = downloads ? recentWithFiles : recent;
  const made = cache.get(record);
  if (made?.from.every((part, at) => part === from[at])) return made.wire as W;
  const wire = Object.freeze(toWire(family.members, record, viewOf(view, family.table)));
  cache.set(record, { from, wire });
  return wire;
}

function hiddenOf(shown: object, view: View): ReadonlySet<string> | undefined {
  const name = wireNames.get(shown);
  return name === undefined ? undefined : hiddenFields(view, name);
}
