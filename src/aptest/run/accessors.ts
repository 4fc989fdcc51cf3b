import type { RunHead } from '../model/run-head.ts';
import {
  count,
  epoch,
  lockLevel,
  ofKind,
  onTimeWindow,
  runMode,
  text,
  textsByName,
  truth,
  type ValueKind,
} from '../rules/value-kinds.ts';
import type { RunState } from './run-state.ts';

/** A method that reads a member of the head without an argument and writes it with one, as in Perl (documented). */
export interface Accessor<T> {
  readonly kind: ValueKind<NonNullable<T>>;
  readonly about: string;
  /** Where it shows in rpc.mpl or on the pages. */
  readonly shows?: string;
  /** What is different in the twin, or inferred. */
  readonly note?: string;
  /** Written as it is: the change is not noted with user and time. */
  readonly isStamp?: true;
}

const created = 'createSession';
const details = 'getSessionDetails';
const lockCommands = 'lockSession, unlockSession, lockSet, unlockSet, `locked` filter';
const firstResult = 'set by the first result (moment inferred)';
const lastResult = 'set by the result that leaves nothing untested (moment inferred)';

/** Every accessor of the manual that is a member of the head under the same name; that they exist is documented. */
export const accessorTable = {
  description: { kind: text, about: 'description', shows: 'createSession, getSessionList' },
  summary: { kind: text, about: 'summary', shows: details },
  testset: { kind: text, about: 'path of the parent set', shows: 'createSession, `sets` filter' },
  tpno: { kind: count, about: 'sequence number of the test plan' },
  runmode: { kind: runMode, about: 'how a user steps through the tests' },
  notified: { kind: truth, about: 'whether the notice that everything is tested went out' },
  locked: { kind: lockLevel, about: '0 unlocked, 1 locked, 2 super-locked', shows: lockCommands },
  isActive: { kind: truth, about: 'whether the session is in use', shows: details },
  ctime: { kind: epoch, about: 'creation', shows: details, isStamp: true },
  startdateplanned: { kind: epoch, about: 'planned start', shows: created },
  enddateplanned: { kind: epoch, about: 'planned end', shows: created },
  startdatewindow: { kind: onTimeWindow, about: 'tolerance of the planned start', shows: created },
  enddatewindow: { kind: onTimeWindow, about: 'tolerance of the planned end', shows: created },
  startdateactual: { kind: epoch, about: 'actual start', shows: details, note: firstResult },
  enddateactual: { kind: epoch, about: 'actual end', shows: details, note: lastResult },
  reordered: { kind: truth, about: 'whether the tests were put into an order by hand' },
  refreshable: { kind: truth, about: 'whether `refresh` may be used' },
  disabled: { kind: textsByName, about: 'the disabled tests: UUID to id' },
  orAmongFields: { kind: truth, about: 'OR between fields instead of AND' },
  searchAndReplace: { kind: truth, about: 'patterns and case on menus, `any` literally, users by full name' },
  idsAsStrings: { kind: truth, about: 'id selectors as plain texts' },
} satisfies { readonly [K in keyof RunHead]?: Accessor<RunHead[K]> };

type AccessorName = keyof typeof accessorTable;

/** The accessors as functions of the state. */
export type Accessors = {
  readonly [K in AccessorName]: (state: RunState, value?: RunHead[K]) => RunHead[K];
};

/** @see accessorTable */
export const accessors = Object.fromEntries(
  Object.entries(accessorTable).map(([name, accessor]) => [name, accessorFunction(name, accessor)]),
) as unknown as Accessors;

function accessorFunction(name: string, { kind, isStamp }: Accessor<unknown>) {
  const member = name as AccessorName;
  return (state: RunState, value?: unknown): unknown => {
    if (value !== undefined) {
      const patch = { [member]: ofKind(kind, { argument: name, value: String(value) }, value) };
      if (isStamp) state.put(patch);
      else state.change(patch);
    }
    return state.head[member];
  };
}
