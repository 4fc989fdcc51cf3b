import { seededBytes } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { faults } from '../faults.ts';
import type { Long } from '../model/contract.generated.ts';
import type { ServerSettings } from '../model/project-record.ts';
import type { Session } from '../model/server-records.ts';
import { locks, projectScope, serverScope, sessions, sessionUses } from '../model/tables.ts';
import { serverOf } from '../project-view.ts';

const minuteMs = 60_000;

/** The session a cookie opens, if it has one that was not idle for too long. */
export function liveSession(draft: Draft, cookie: Long, now: Instant): Session | undefined {
  const session = draft.table(sessions, serverScope).get(cookie);
  return session && now < idleEnd(draft, session, serverOf(draft)) ? session : undefined;
}

/**
 * The session of a call.
 *
 * @throws fault 17 `Session Dropped.`, which stands for unknown, logged off and timed out alike [observed in a client]
 */
export function requireSession(draft: Draft, cookie: Long, now: Instant): Session {
  const session = draft.table(sessions, serverScope).get(cookie);
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

/** Notes that a session is being used: its idle time starts again. A session that is over stays over. */
export function noteUse(draft: Draft, cookie: Long, now: Instant): void {
  const session = liveSession(draft, cookie, now);
  if (session) draft.table(sessionUses, serverScope).put({ cookie: session.cookie, at: now });
}

/**
 * Opens a session and takes a SOAP licence for it.
 *
 * @throws fault 72 when no licence is left
 */
export function openSession(
  draft: Draft,
  wanted: Omit<Session, 'cookie' | 'startedAt'>,
  now: Instant,
): Session {
  const server = serverOf(draft);
  const table = draft.table(sessions, serverScope);
  if (table.size >= server.soapLicences) dropIdleSessions(draft, now);
  if (table.size >= server.soapLicences) throw faults.soapLicencesInUse(server.soapLicences);
  const session = { ...wanted, cookie: newCookie(draft, server), startedAt: now };
  draft.table(sessionUses, serverScope).put({ cookie: session.cookie, at: now });
  return table.put(session);
}

/** Ends a session: its locks and its licence are free. [documented for the licence, inferred for the locks] */
export function endSession(draft: Draft, session: Session): void {
  const held = draft.table(locks, projectScope(session.project));
  for (const lock of held.findBy('cookie', session.cookie)) held.delete(locks.key(lock));
  draft.table(sessions, serverScope).delete(session.cookie);
  draft.table(sessionUses, serverScope).delete(session.cookie);
}

/** When a session ends if nobody uses it. */
export function idleEnd(draft: Draft, session: Session, server: ServerSettings): Instant {
  const used = draft.table(sessionUses, serverScope).get(session.cookie)?.at ?? session.startedAt;
  return used + server.inactivityMinutes * minuteMs;
}

/** Only needed when licences run short: a session that is over is treated as such wherever it is looked at. */
function dropIdleSessions(draft: Draft, now: Instant): void {
  const server = serverOf(draft);
  for (const session of [...draft.table(sessions, serverScope).values()]) {
    if (now >= idleEnd(draft, session, server)) endSession(draft, session);
  }
}

/** Positive and within 31 bits: old clients keep cookies in a C long or test them with `> 0`. [observed in clients] */
function newCookie(draft: Draft, server: ServerSettings): number {
  const taken = draft.table(sessions, serverScope);
  for (;;) {
    const number = draft.next('testtrack/cookie');
    const cookie =
      server.cookies === 'plain'
        ? 1000 + number
        : seededBytes(draft.seed, `cookie/${number}`).readUInt32BE() >>> 1;
    if (cookie > 0 && !taken.get(cookie)) return cookie;
  }
}
