import type { RunHead } from '../model/run-head.ts';
import {
  countKind,
  epochKind,
  lockLevelKind,
  ofKind,
  onTimeWindowKind,
  runModeKind,
  textKind,
  textsByNameKind,
  truthKind,
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
  description: { kind: textKind, about: 'description', shows: 'createSession, getSessionList' },
  summary: { kind: textKind, about: 'summary', shows: details },
  testset: { kind: textKind, about: 'path of the parent set', shows: 'createSession, `sets` filter' },
  tpno: { kind: countKind, about: 'sequence number of the test plan' },
  runmode: { kind: runModeKind, about: 'how a user steps through the tests' },
  notified: { kind: truthKind, about: 'whether the notice that everything is tested went out' },
  locked: { kind: lockLevelKind, about: '0 unlocked, 1 locked, 2 super-locked', shows: lockCommands },
  isActive: {
    kind: truthKind,
    about: 'whether the session is in use',
    shows: details,
    note: 'true while a program outside holds it open for writing',
  },
  ctime: { kind: epochKind, about: 'creation', shows: details, isStamp: true },
  startdateplanned: { kind: epochKind, about: 'planned start', shows: created },
  enddateplanned: { kind: epochKind, about: 'planned end', shows: created },
  startdatewindow: { kind: onTimeWindowKind, about: 'tolerance of the planned start', shows: created },
  enddatewindow: { kind: onTimeWindowKind, about: 'tolerance of the planned end', shows: created },
  startdateactual: { kind: epochKind, about: 'actual start', shows: details, note: firstResult },
  enddateactual: { kind: epochKind, about: 'actual end', shows: details, note: lastResult },
  reordered: { kind: truthKind, about: 'whether the tests were put into an order by hand' },
  refreshable: { kind: truthKind, about: 'whether `refresh` may be used' },
  disabled: { kind: textsByNameKind, about: 'the disabled tests: UUID to id' },
  orAmongFields: { kind: truthKind, about: 'OR between fields instead of AND' },
  searchAndReplace: {
    kind: truthKind,
    about: 'patterns and case on menus, `any` literally, users by full name',
  },
  idsAsStrings: { kind: truthKind, about: 'id selectors as plain texts' },
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
