import { memberOf } from '../conditions/names.ts';
import type { Call } from '../runner/call.ts';
import type { Session } from '../testtrack/model/server-records.ts';
import { loginSessions, projectScope, serverScope, users } from '../testtrack/model/tables.ts';
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

/** The session of a call's cookie, whether it was idle for too long or not. */
export function sessionOf(world: World, call: Call): Session | undefined {
  const cookie = cookieOf(call);
  return cookie === undefined ? undefined : sessionWith(world, cookie);
}

function sessionWith(world: World, cookie: number | bigint): Session | undefined {
  return world.collection(loginSessions, serverScope).get(cookie);
}

/**
 * Who makes a call: in TestTrack the owner of the session that the cookie opens, or the user who is logging on; in ApTest
 * the user that the call names.
 *
 * @param world as the call found it, because the session may be gone later
 */
export function callerOf(world: World, call: Call): Caller {
  const { api, input } = call;
  if (api === 'aptest') {
    return { ...text('user', memberOf(input, 'username')), ...text('suite', memberOf(input, 'suite')) };
  }
  const cookie = cookieOf(call);
  return cookie === undefined ? logonCaller(input) : sessionCaller(world, sessionWith(world, cookie));
}

function cookieOf({ api, input }: Call): number | bigint | undefined {
  const cookie = api === 'testtrack' ? memberOf(input, 'cookie') : undefined;
  return typeof cookie === 'number' || typeof cookie === 'bigint' ? cookie : undefined;
}

function sessionCaller(world: World, session: Session | undefined): Caller {
  if (!session) return {};
  const user = world.collection(users, projectScope(session.project)).get(session.userId);
  // Made for every call, so without spreads.
  return user ? { project: session.project, user: user.login } : { project: session.project };
}

function logonCaller(input: unknown): Caller {
  const project =
    memberOf(input, 'dbname') ?? memberOf(memberOf(memberOf(input, 'pProj'), 'database'), 'name');
  return { ...text('user', memberOf(input, 'username')), ...text('project', project) };
}

function text<K extends keyof Caller>(name: K, value: unknown): Pick<Caller, K> | Record<never, never> {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}
