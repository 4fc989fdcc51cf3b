import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { CEvent, Long } from '../model/operation-types.generated.ts';
import type { Session } from '../model/server-records.ts';
import { users } from '../model/tables.ts';
import type { UserRecord } from '../model/user-record.ts';
import type { OperationName, SessionOperation } from '../operation.ts';
import { operations } from '../operations/index.ts';
import type { ProjectView } from '../project-view.ts';
import { heldLock, releaseLock } from '../rules/locks.ts';
import { itemTables } from '../rules/table-names.ts';
import { runInSession } from '../session-call.ts';
import { projectIn, requireTableName } from './onlooker.ts';
import type { RecordRef } from './record-detail.ts';

/** An event as it is entered at a desk. */
export interface EnteredEvent extends RecordRef {
  readonly project: string;
  /** The login of the user who enters it. */
  readonly by: string;
  readonly event: string;
  readonly notes?: string | undefined;
  /** The workflow's own where it is left out. */
  readonly resultingState?: string | undefined;
  /** Logins of those who get the item. */
  readonly assignTo?: readonly string[] | undefined;
}

/**
 * Enters a workflow event as a user of the GUI would: opens the edit, saves, and every rule of both operations counts.
 * Nothing stays open.
 *
 * @throws fault 1, 6, 77 for what is not there; 5 for a user who may not; 22 while the record is being edited; 23 for an
 *   event that the workflow does not allow
 */
export function enterEvent(draft: Draft, entered: EnteredEvent, now: Instant): void {
  const { table, recordId, event, notes, resultingState, assignTo } = entered;
  if (!itemTables.includes(table)) throw faults.invalidTable(table, itemTables);
  const context = atDesk(projectIn(draft, entered.project), entered.by, now);
  const name = table.replaceAll(' ', '');
  run(context, `edit${name}ByRecordID`, { recordID: recordId as Long, bDownloadAttachments: false });
  const sent: CEvent = {
    name: event,
    ...(notes === undefined ? {} : { notes }),
    ...(resultingState === undefined ? {} : { resultingstate: resultingState }),
    ...(assignTo === undefined ? {} : { assigntolist: assignTo.map((login) => nameFor(context, login)) }),
  };
  // What is not sent stays as it is.
  run(context, `save${name}`, { [`p${name}`]: { recordid: recordId as Long, eventlist: [sent] } });
}

/** Ends the lock of a record, of any holder. @throws fault 6 when none holds now, 1 and 77 for what is not there */
export function endLock(
  draft: Draft,
  { project: name, table, recordId }: { project: string; table: string; recordId: number },
  now: Instant,
): void {
  const project = projectIn(draft, name);
  const record = { table: requireTableName(table), recordId };
  if (!heldLock(project, record, now)) {
    throw faults.recordNotFound(
      `lock on ${table} ${recordId} in "${name}" now: it ended meanwhile, or was never taken`,
    );
  }
  releaseLock(project, record);
}

/** A user who works in the GUI, with every area open: a session that no cookie opens, and no licence is taken. */
function atDesk(project: ProjectView, login: string, now: Instant): CallContext {
  const user = requireUser(project, login);
  const session: Session = {
    cookie: 0,
    project: project.record.name,
    userId: user.recordId,
    areas: project.record.options,
    formattedText: true,
    licences: [],
    startedAt: now,
  };
  return { draft: project.draft, now, project, session, user };
}

function requireUser(project: ProjectView, login: string): UserRecord {
  const [user] = project.table(users).findBy('login', login.toLowerCase());
  if (user) return user;
  throw faults.recordNotFound(`user "${login}" in "${project.record.name}"`);
}

/** People are named by their record IDs, which no two of them share. */
function nameFor({ project }: CallContext, login: string): string {
  return `uid:${requireUser(project, login).recordId}`;
}

function run(context: CallContext, name: string, input: Readonly<Record<string, unknown>>): unknown {
  const found = operations[name as OperationName] as unknown as SessionOperation<OperationName>;
  return runInSession(found, context, input);
}
