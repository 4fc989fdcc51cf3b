import { seededBytes } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import { type Instant, MINUTE_MS } from '../../world/instant.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/operation-types.generated.ts';
import type { ServerSettings } from '../model/project-record.ts';
import type { Session } from '../model/server-records.ts';
import {
  locks,
  loginSessions,
  projectScope,
  serverScope,
  sessionSweeps,
  sessionUser,
  sessionUses,
} from '../model/tables.ts';
import { serverOf } from '../project-view.ts';

const nextSweep = 'next';

/**
 * The session of a call.
 *
 * @throws fault 17 `Session Dropped.`, which stands for unknown, logged off and timed out alike [observed in a client]
 */
export function requireSession(draft: Draft, cookie: Long, now: Instant): Session {
  const session = draft.table(loginSessions, serverScope).get(cookie);
  if (!session) {
    throw faults.sessionDropped(
      Number(cookie) > 0
        ? 'No session has this cookie: it was logged off, dropped, or never given out here. Call ProjectLogon again.'
        : 'The call carries no cookie. Call ProjectLogon first and send its cookie with every call.',
    );
  }
  const server = serverOf(draft);
  const end = idleEnd(draft, session, server);
  if (now >= end) {
    throw faults.sessionDropped(
      `The session was idle for ${server.inactivityMinutes} minutes (testtrack.server.inactivityMinutes) and ended at ${new Date(end).toISOString()}. Call ProjectLogon again.`,
    );
  }
  return session;
}

/**
 * Notes that a session is being used: its idle time starts again. A session that is over stays over.
 *
 * @returns the session, if it is not over
 */
export function noteUse(draft: Draft, cookie: Long, now: Instant): Session | undefined {
  const session = draft.table(loginSessions, serverScope).get(cookie);
  if (!session) return undefined;
  const uses = draft.table(sessionUses, serverScope);
  const before = uses.get(session.cookie);
  if (now >= idleFrom(before?.at ?? session.startedAt, serverOf(draft))) return undefined;
  // Several calls come within one millisecond; only the first of them changes anything.
  if (before?.at === now) return session;
  uses.put({ cookie: session.cookie, at: now });
  // Only when the clock was set back can a use make a session end earlier.
  if (before && now < before.at) lowerSweep(draft, idleEnd(draft, session));
  return session;
}

/**
 * Opens a session and takes a SOAP licence for it, besides the licences it comes with. Sessions that are over must
 * have been ended before, see `endIdleSessions`.
 *
 * @throws fault 72 when no SOAP licence is left
 */
export function openSession(
  draft: Draft,
  wanted: Omit<Session, 'cookie' | 'startedAt'>,
  now: Instant,
): Session {
  const server = serverOf(draft);
  const table = draft.table(loginSessions, serverScope);
  if (table.size >= server.soapLicences) throw faults.soapLicencesInUse(server.soapLicences);
  const session = { cookie: newCookie(draft, server), startedAt: now, ...wanted };
  draft.table(sessionUses, serverScope).put({ cookie: session.cookie, at: now });
  lowerSweep(draft, idleEnd(draft, session, server));
  return table.put(session);
}

/** @throws fault 8 when the user has a session and the server allows one only [inferred that it is a setting] */
export function requireOnlySession(
  draft: Draft,
  owner: Pick<Session, 'project' | 'userId'>,
  login: string,
): void {
  if (!serverOf(draft).oneSessionPerUser) return;
  if (draft.table(loginSessions, serverScope).countBy('user', sessionUser(owner)) > 0) {
    throw faults.alreadyLoggedOn(login);
  }
}

/** Ends every session of a user, as when the user is deleted. [inferred] */
export function endSessionsOf(draft: Draft, owner: Pick<Session, 'project' | 'userId'>): void {
  for (const session of draft.table(loginSessions, serverScope).findBy('user', sessionUser(owner))) {
    endSession(draft, session);
  }
}

/** Ends a session: its locks and its licence are free. [documented for the licence, inferred for the locks] */
export function endSession(draft: Draft, session: Session): void {
  const held = draft.table(locks, projectScope(session.project));
  for (const lock of held.findBy('cookie', session.cookie)) held.delete(locks.key(lock));
  draft.table(loginSessions, serverScope).delete(session.cookie);
  draft.table(sessionUses, serverScope).delete(session.cookie);
}

/** When a session ends if nobody uses it. */
export function idleEnd(draft: Draft, session: Session, server = serverOf(draft)): Instant {
  return idleFrom(lastUse(draft, session), server);
}

/** When a session that was last used at a moment ends. */
export function idleFrom(used: Instant, { inactivityMinutes }: ServerSettings): Instant {
  return used + inactivityMinutes * MINUTE_MS;
}

/** When a session was used last. */
export function lastUse(draft: Draft, { cookie, startedAt }: Session): Instant {
  return draft.table(sessionUses, serverScope).get(cookie)?.at ?? startedAt;
}

/**
 * Ends the sessions that were idle for too long, so that what they held can be counted as free. Asked before every
 * logon, it looks them through only when one of them can be over: it keeps a bound on that moment, which every use
 * of a session can only move further away.
 */
export function endIdleSessions(draft: Draft, now: Instant): void {
  const sweeps = draft.table(sessionSweeps, serverScope);
  const next = sweeps.get(nextSweep);
  if (next && now < next.at) return;
  const server = serverOf(draft);
  let earliest = Number.POSITIVE_INFINITY;
  for (const session of [...draft.table(loginSessions, serverScope).values()]) {
    const end = idleEnd(draft, session, server);
    if (now >= end) endSession(draft, session);
    else earliest = Math.min(earliest, end);
  }
  if (earliest === Number.POSITIVE_INFINITY) sweeps.delete(nextSweep);
  else sweeps.put({ at: earliest });
}

function lowerSweep(draft: Draft, at: Instant): void {
  const sweeps = draft.table(sessionSweeps, serverScope);
  const next = sweeps.get(nextSweep);
  if (!next || at < next.at) sweeps.put({ at });
}

/** Positive and within 31 bits: old clients keep cookies in a C long or test them with `> 0`. [observed in clients] */
function newCookie(draft: Draft, server: ServerSettings): number {
  const taken = draft.table(loginSessions, serverScope);
  for (;;) {
    const number = draft.next('testtrack/cookie');
    const cookie =
      server.cookies === 'plain'
        ? 1000 + number
        : seededBytes(draft.seed, `cookie${draft.origin}/${number}`).readUInt32BE() >>> 1;
    if (cookie > 0 && !taken.get(cookie)) return cookie;
  }
}
