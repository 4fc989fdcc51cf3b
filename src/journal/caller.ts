import type { Outcome } from '../runner/call.ts';
import { projectScope, serverScope, sessions, users } from '../testtrack/model/tables.ts';
import type { World } from '../world/world.ts';

/** Who made a call, as far as it is known. */
export interface Caller {
  /** The login name. */
  readonly user?: string;
  /** Of TestTrack. */
  readonly project?: string;
  /** Of ApTest. */
  readonly suite?: string;
}

/** Whom a cookie was of in a world: a client that reads asks in numbers, and finds the same world each time. */
const known = new WeakMap<World, { cookie: number | bigint; caller: Caller }>();

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
  const last = known.get(before);
  if (last?.cookie === cookie) return last.caller;
  const caller = sessionCaller(cookie, before);
  if (last) Object.assign(last, { cookie, caller });
  else known.set(before, { cookie, caller });
  return caller;
}

function sessionCaller(cookie: number | bigint, world: World): Caller {
  const session = world.collection(sessions, serverScope).get(cookie);
  if (!session) return {};
  const user = world.collection(users, projectScope(session.project)).get(session.userId);
  return { project: session.project, ...(user ? { user: user.login } : {}) };
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
