import { createHash } from 'node:crypto';
import { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import type { World } from '../../world/world.ts';
import { faults } from '../faults.ts';
import type { Area, Lock, Session } from '../model/server-records.ts';
import {
  locks,
  loginSessions,
  projectScope,
  projects,
  serverScope,
  serverSettings,
  users,
} from '../model/tables.ts';
import { ProjectView } from '../project-view.ts';
import { usedOf } from '../rules/licences.ts';
import { heldLock, lockEnd } from '../rules/locks.ts';
import { idleEnd, lastUse } from '../rules/sessions.ts';

/** A lock that holds now. */
export interface ShownLock {
  readonly project: string;
  readonly table: string;
  readonly recordId: number;
  readonly user: string;
  /** Whether it is held outside SOAP, such as by a user of the GUI. */
  readonly isOutsideSoap: boolean;
  /** The session that holds it; undefined for one outside SOAP. */
  readonly session: string | undefined;
  /** When it ends by itself; undefined when it does not. */
  readonly until: Instant | undefined;
}

/** A session that is open now. Its cookie is never shown. */
export interface ShownSession {
  /** Names it here; no client can use it. */
  readonly id: string;
  readonly project: string;
  readonly user: string;
  readonly areas: readonly Area[];
  readonly licences: readonly string[];
  readonly startedAt: Instant;
  readonly usedAt: Instant;
  /** When it ends if nobody uses it. */
  readonly until: Instant;
  readonly locks: number;
}

/** How many of a licence there are, and are in use. */
export interface ShownLicence {
  readonly name: string;
  readonly kind: string;
  readonly isFloating: boolean;
  readonly total: number;
  readonly used: number;
}

/** The locks that hold now, in all projects, soonest over first. */
export function locksIn(world: World, now: Instant): ShownLock[] {
  const draft = new Draft(world);
  return draft
    .table(projects, serverScope)
    .sorted()
    .flatMap(({ name }) => {
      const project = new ProjectView(draft, name);
      return [...project.table(locks).values()].flatMap((lock) => heldLockShown(project, lock, now) ?? []);
    })
    .sort((a, b) => endOf(a) - endOf(b) || a.recordId - b.recordId);
}

const endOf = ({ until = Number.POSITIVE_INFINITY }: ShownLock): number => Math.min(until, Number.MAX_VALUE);

/** The lock of a record, if one holds now. */
export function heldLockShown(
  project: ProjectView,
  record: Pick<Lock, 'table' | 'recordId'>,
  now: Instant,
): ShownLock | undefined {
  const lock = heldLock(project, record, now);
  if (!lock) return undefined;
  const { draft } = project;
  const until = lockEnd(draft, lock);
  const session = lock.cookie === 0 ? undefined : draft.table(loginSessions, serverScope).get(lock.cookie);
  return {
    project: project.record.name,
    table: lock.table,
    recordId: lock.recordId,
    user: project.table(users).get(lock.userId)?.login ?? '',
    isOutsideSoap: lock.cookie === 0,
    session: session && sessionId(draft.seed, session),
    until: Number.isFinite(until) ? until : undefined,
  };
}

/** The sessions that are open now, in the order in which they were opened. */
export function sessionsIn(world: World, now: Instant): ShownSession[] {
  const draft = new Draft(world);
  return openSessions(draft, now)
    .sort((a, b) => a.startedAt - b.startedAt || a.cookie - b.cookie)
    .map((session) => ({
      id: sessionId(draft.seed, session),
      project: session.project,
      user: draft.table(users, projectScope(session.project)).get(session.userId)?.login ?? '',
      areas: session.areas,
      licences: session.licences,
      startedAt: session.startedAt,
      usedAt: lastUse(draft, session),
      until: idleEnd(draft, session),
      locks: draft.table(locks, projectScope(session.project)).countBy('cookie', session.cookie),
    }));
}

/** A session by the name that `sessionsIn` gives it. @throws fault 17 when it is not open any more */
export function requireShownSession(draft: Draft, id: string, now: Instant): Session {
  const found = openSessions(draft, now).find((session) => sessionId(draft.seed, session) === id);
  if (found) return found;
  throw faults.sessionDropped(
    `No open session has the id "${id.slice(0, 40)}": it was ended, or never opened.`,
  );
}

function openSessions(draft: Draft, now: Instant): Session[] {
  return [...draft.table(loginSessions, serverScope).values()].filter(
    (session) => now < idleEnd(draft, session),
  );
}

/**
 * What a session is called where people see it: the cookie would let them act as its user. Who may ask for it may have
 * the whole state with all cookies too, so it only has to be no cookie itself.
 */
function sessionId(seed: string, { cookie }: Session): string {
  return createHash('sha256').update(`session ${seed} ${cookie}`).digest('hex').slice(0, 16);
}

/** The licences of the server, SOAP's own first, and how many of each are in use. */
export function licencesIn(world: World, now: Instant): ShownLicence[] {
  const draft = new Draft(world);
  const server = draft.table(serverSettings, serverScope).get('server');
  if (!server) return [];
  const soap = {
    name: 'SOAP',
    kind: 'soap',
    isFloating: true,
    total: server.soapLicences,
    used: openSessions(draft, now).length,
  };
  const pools = server.licences.map((pool) => ({
    name: pool.name,
    kind: pool.kind,
    isFloating: pool.isFloating,
    total: pool.total,
    used: usedOf(draft, pool),
  }));
  return [soap, ...pools];
}
