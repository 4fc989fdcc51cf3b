import { RecentCache } from '../../world/recent-cache.ts';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/contract.generated.ts';
import { users } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { requireCustomValues } from '../rules/custom-fields.ts';
import { type Lockable, releaseLock, requireOwnLock, requireUnlocked, takeLock } from '../rules/locks.ts';
import type { View } from '../view.ts';
import type { Family } from './family.ts';
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
  const record = project.table(family.records).get(recordId);
  if (!record)
    throw faults.recordNotFound(`${family.table} with record ID ${recordId} in "${project.record.name}"`);
  return record;
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

/** Opens the edit of a record: locks it. @throws fault 22 while it is locked */
export function editRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  record: R,
): R {
  takeLock(context.project, lockable(family, record.recordId), context.session, context.now);
  return record;
}

/**
 * Stores an edited record and ends its edit.
 *
 * @throws fault 7 without an edit of this session; when anything else is refused the lock stays [documented]
 */
export function saveRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  sent: (W & { recordid?: Long | undefined }) | undefined,
): R {
  if (!sent) throw missingRecord(family);
  const recordId = sent.recordid ?? 0;
  const before = context.project.table(family.records).get(recordId);
  if (!before) {
    throw faults.editNotFound(
      `${family.table} with record ID ${recordId}`,
      'there is no such record. Save the object that edit gave, with the recordid it came with.',
    );
  }
  const lock = lockable(family, before.recordId);
  requireOwnLock(context.project, lock, context.session, context.now);
  const record = store(family, context, { before, sent });
  releaseLock(context.project, lock);
  return record;
}

/** Ends the edit of a record without storing. @throws fault 7 without an edit of this session [inferred] */
export function cancelEdit<R extends Stored, W extends object>(
  family: Family<R, W>,
  { project, session, now }: CallContext,
  recordId: Long,
): void {
  const lock = lockable(family, Number(recordId));
  requireOwnLock(project, lock, session, now);
  releaseLock(project, lock);
}

/** Deletes a record. @throws fault 22 while anybody edits it [inferred] */
export function deleteRecord<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { record, input }: { record: R; input: Readonly<Record<string, unknown>> },
): void {
  requireUnlocked(context.project, lockable(family, record.recordId), context.now);
  family.onDelete?.(record, context, input);
  context.project.table(family.records).delete(record.recordId);
}

function lockable<R extends Stored, W extends object>({ table }: Family<R, W>, recordId: number): Lockable {
  return { table, recordId, label: `${table} ${recordId}` };
}

function store<R extends Stored, W extends object>(
  family: Family<R, W>,
  context: CallContext,
  { before, sent }: { before: R | undefined; sent: W },
): R {
  const record = { ...(before ?? family.blank(context)) };
  fromWire(family.members, sent, { before, record, context });
  requireFields(family, context.project, record);
  family.check?.(record, before, context);
  return context.project.table(family.records).put(record);
}

/** @throws fault 23 for the first required field without a value [documented that it fails] */
function requireFields<R extends Stored, W extends object>(
  family: Family<R, W>,
  project: ProjectView,
  record: R,
): void {
  const { requiredFields, customFields } = project.settingsOf(family.table);
  for (const [, { label, isEmpty }] of membersOf(family.members)) {
    if (!label || !isEmpty?.(record)) continue;
    if (!family.required.includes(label) && !requiredFields.includes(label)) continue;
    const shown = project.labelOf(family.table, label);
    throw faults.invalidData(
      `${shown} is required`,
      `${shown} of ${family.table} must have a value. A user name that nobody has counts as none.`,
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
const recent = new RecentCache<object, Made>(remembered);
const recentWithFiles = new RecentCache<object, Made>(remembered / 16);

/**
 * A record in its form on the wire, frozen. As long as nothing that shows in it changes, the same object is given
 * again, so that the codec can answer it without writing it anew.
 */
export function wireOf<R extends Stored, W extends object>(family: Family<R, W>, record: R, view: View): W {
  const { project, nameFormat, formatted, downloads } = view;
  const from = [
    nameFormat,
    formatted,
    project.record,
    project.server,
    project.table(users).collection,
    ...(family.shows ?? []).map((shown) => project.table(shown).collection),
  ];
  const cache = downloads ? recentWithFiles : recent;
  const made = cache.get(record);
  if (made?.from.every((part, at) => part === from[at])) return made.wire as W;
  const wire = Object.freeze({ recordid: record.recordId, ...toWire(family.members, record, view) });
  cache.set(record, { from, wire });
  return wire;
}
