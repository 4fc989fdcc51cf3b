import type { Outcome } from '../runner/call.ts';
import type { Session } from '../testtrack/model/server-records.ts';
import { projectScope, serverScope, sessions, users } from '../testtrack/model/tables.ts';
import type { UserRecord } from '../testtrack/model/user-record.ts';

/** Who made a call, as far as it is known. */
export interface Caller {
  /** The login name. */
  readonly user?: string;
  /** Of TestTrack. */
  readonly project?: string;
  /** Of ApTest. */
  readonly suite?: string;
}

/** What was said of a session's calls, as long as its user stays the same record: calls come in numbers. */
const known = new WeakMap<Session, { readonly user: UserRecord | undefined; readonly caller: Caller }>();

type Parts = Readonly<Record<string, unknown>>;

/**
 * Who made a call: in TestTrack the owner of the session that the cookie opens, or whoever is logging on; in ApTest
 * the user that the call names. Asked when the call ends, because the session may be gone later.
 */
export function callerOf({ call, before }: Pick<Outcome, 'call' | 'before'>): Caller {
  const input = (call.input ?? {}) as Parts;
  if (call.api === 'aptest') return apTestCaller(input);
  const { cookie } = input;
  if (typeof cookie !== 'number' && typeof cookie !== 'bigint') return logonCaller(input);
  const session = before.collection(sessions, serverScope).get(cookie);
  if (!session) return {};
  const user = before.collection(users, projectScope(session.project)).get(session.userId);
  const last = known.get(session);
  if (last && last.user === user) return last.caller;
  const caller = { project: session.project, ...(user ? { user: user.login } : {}) };
  known.set(session, { user, caller });
  return caller;
}

function logonCaller(input: Parts): Caller {
  const named = (input.pProj as { database?: { name?: unknown } } | undefined)?.database?.name;
  return { ...text('user', input.username), ...text('project', input.dbname ?? named) };
}

/** Names of arguments are read without case, as the product does. */
function apTestCaller(input: Parts): Caller {
  let caller: Caller = {};
  for (const [name, value] of Object.entries(input)) {
    const key = name.toLowerCase();
    if (key === 'username') caller = { ...caller, ...text('user', value) };
    else if (key === 'suite') caller = { ...caller, ...text('suite', value) };
  }
  return caller;
}

function text<K extends keyof Caller>(name: K, value: unknown): Pick<Caller, K> | Record<never, never> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}
