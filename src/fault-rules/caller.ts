import type { Call } from '../runner/call.ts';
import type { Session } from '../testtrack/model/server-records.ts';
import { projectScope, serverScope, sessions, users } from '../testtrack/model/tables.ts';
import type { World } from '../world/world.ts';

/** The session of a call's cookie, whether it was idle for too long or not. */
export function sessionOf(world: World, { api, input }: Call): Session | undefined {
  const cookie = api === 'testtrack' ? memberOf(input, 'cookie') : undefined;
  return typeof cookie === 'number' || typeof cookie === 'bigint'
    ? world.collection(sessions, serverScope).get(cookie)
    : undefined;
}

/** Who makes a call: the login of its session, or the user name it carries; undefined when nobody can tell. */
export function callerOf(world: World, call: Call): string | undefined {
  const session = sessionOf(world, call);
  if (session) return world.collection(users, projectScope(session.project)).get(session.userId)?.login;
  const name = memberOf(call.input, 'username');
  return typeof name === 'string' ? name : undefined;
}

/** An argument of a call by its name; those of rpc.mpl are written in any letter case. */
export function memberOf(input: unknown, name: string): unknown {
  if (typeof input !== 'object' || input === null) return undefined;
  if (Object.hasOwn(input, name)) return (input as Record<string, unknown>)[name];
  const folded = name.toLowerCase();
  return Object.entries(input).find(([key]) => key.toLowerCase() === folded)?.[1];
}
