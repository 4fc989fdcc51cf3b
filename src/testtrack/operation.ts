import type { LazyList } from '../answers/lazy-list.ts';
import type { Pending } from '../answers/pending.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { CallContext, ServerContext } from './call-context.ts';
import { faults } from './faults.ts';
import type { OperationName, OperationTypes } from './model/operation-types.generated.ts';
import type { Area } from './model/server-records.ts';
import { hasCommand, requireCommand, seesTable } from './rules/permissions.ts';

export type Input<N extends OperationName> = OperationTypes[N]['input'];
export type Output<N extends OperationName> = OperationTypes[N]['output'];

export { documented, type Evidence, type Fact, observed } from '../evidence/evidence.ts';
export type { OperationName } from './model/operation-types.generated.ts';

/** Something that a call must have before it runs; checked in the order it is listed. */
export type Need = (context: CallContext) => void;

/** The session must have opened an area. [inferred: an area that was not opened refuses] */
export const area =
  (name: Area): Need =>
  ({ session }) => {
    if (!session.areas.includes(name)) throw faults.areaNotOpened(name, session.areas);
  };

/** A group of the user must have a command. [documented] */
export const permission =
  (name: string): Need =>
  ({ project, user }) =>
    requireCommand(project, user, name);

/** The command that stands for the permission to administer the licence server. [inferred that it is a command] */
const licenceServerCommand = 'Administer License Server';

/** The user must have the permission to administer the licence server. [documented; 135 observed in a client] */
export const administersLicences: Need = ({ project, user }) => {
  if (hasCommand(project, user, licenceServerCommand)) return;
  throw faults.notAllowedOnLicenceServer(user.login, licenceServerCommand);
};

/** The user must be able to see a table. [documented] */
export const visible =
  (tableName: string): Need =>
  ({ project, user }) => {
    if (seesTable(project, user, tableName)) return;
    throw faults.notAllowed(`The table "${tableName}" is hidden from the groups of ${user.login}.`);
  };

/** An operation that needs no login. */
export interface ServerOperation<N extends OperationName> {
  readonly kind: 'server';
  readonly evidence: Evidence;
  /** What time has done by itself before the call; it stays when the call is refused. */
  settle?(context: ServerContext): void;
  run(context: ServerContext, input: Input<N>): Output<N>;
}

/** An answer of which any list may be one that is made while it goes out. */
export type Lazily<T> = {
  readonly [K in keyof T]: T[K] | (NonNullable<T[K]> extends readonly (infer I)[] ? LazyList<I> : never);
};

/** An operation of a session. */
export interface SessionOperation<N extends OperationName> {
  readonly kind: 'session';
  readonly needs: readonly Need[];
  readonly evidence: Evidence;
  /** What time has done by itself before the call; it stays when the call is refused. */
  settle?(context: ServerContext): void;
  /** A result that takes long to write into bytes is a `Pending`: the call is over, its answer follows. */
  run(context: CallContext, input: Input<N>): Output<N> | Pending<Output<N>> | Lazily<Output<N>>;
}

export type Operation<N extends OperationName> = ServerOperation<N> | SessionOperation<N>;

/** One member per operation of the WSDL: one that is missing does not compile. */
export type Operations = { readonly [N in OperationName]: Operation<N> };

/** Declares an operation of a session. */
export function operation<N extends OperationName>(
  parts: Omit<SessionOperation<N>, 'kind' | 'needs'> & { needs?: readonly Need[] },
): SessionOperation<N> {
  return { kind: 'session', needs: [], ...parts };
}

/** Declares an operation that needs no login. */
export function serverOperation<N extends OperationName>(
  parts: Omit<ServerOperation<N>, 'kind'>,
): ServerOperation<N> {
  return { kind: 'server', ...parts };
}
