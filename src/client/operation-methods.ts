import type { OperationName, OperationTypes } from '../testtrack/model/operation-types.generated.ts';
import type { EditOptions, EditScope } from './edit-scope.ts';

type Input<N extends OperationName> = OperationTypes[N]['input'];

/** The operations that want the cookie of a session, without the logoff: the client does that itself. */
export type SessionOperationName = {
  [N in OperationName]: 'cookie' extends keyof Input<N> ? N : never;
}[Exclude<OperationName, 'DatabaseLogoff'>];

/** The operations that need no logon. */
export type OpenOperationName = {
  [N in OperationName]: 'cookie' extends keyof Input<N> ? never : N;
}[OperationName];

/** The operations that lock a record and give it. */
export type EditOperationName = Extract<SessionOperationName, `edit${string}`>;

/** The parts of an operation without the cookie. */
export type OperationParts<N extends OperationName> = Omit<Input<N>, 'cookie'>;

/**
 * Parts that a caller may leave out where there are others: a number, a text or a flag is then sent as 0, empty or
 * false, which the server takes for "not given"; a list is not sent.
 */
type OptionalPart =
  | `${'defect' | 'testCase' | 'testRun' | 'requirement' | 'document'}Number`
  | 'summary'
  | 'name'
  | 'firstName'
  | 'middleInitials'
  | 'lastName'
  | `b${'DownloadAttachments' | 'Recursive' | 'DeleteAssociatedRequirements' | 'DeleteAssociatedTestRun' | 'DeleteAssociatedTestRuns'}`
  | 'filtername'
  | 'query'
  | 'columnlist'
  | 'recordIDs'
  | 'eventID'
  | 'parentRequirementID'
  | 'testVariants'
  | 'testRunSet'
  | 'globalUser'
  | 'loginname'
  | 'password'
  | 'templateID'
  | 'templateName'
  | 'snapshotVersion'
  | 'sortOrder'
  | 'timezoneID'
  | 'locale'
  | 'hoursOffGMT';

/** A part that stands alone is never optional. */
type Sparse<P> =
  true extends IsUnion<keyof P>
    ? Omit<P, OptionalPart> & Partial<Pick<P, Extract<keyof P, OptionalPart>>>
    : P;
type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

/** What a caller gives: the parts that matter, and the others if it likes. */
export type GivenParts<N extends OperationName> = Sparse<OperationParts<N>>;

type Arguments<N extends OperationName> = keyof OperationParts<N> extends never
  ? []
  : object extends GivenParts<N>
    ? [parts?: GivenParts<N>]
    : [parts: GivenParts<N>];

/** A method for each operation without a session. */
export type OpenOperations = {
  [N in OpenOperationName]: (...parts: Arguments<N>) => Promise<OperationTypes[N]['output']>;
};

/** A method for each operation of a session; those that edit give a scope. */
export type SessionOperations = {
  [N in Exclude<SessionOperationName, EditOperationName>]: (
    ...parts: Arguments<N>
  ) => Promise<OperationTypes[N]['output']>;
} & {
  [N in EditOperationName]: (
    parts: GivenParts<N>,
    options?: EditOptions,
  ) => Promise<EditScope<OperationTypes[N]['output']>>;
};
