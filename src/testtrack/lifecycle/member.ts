import { memo } from '../../memo/memory.ts';
import type { CallContext } from '../call-context.ts';
import type { View } from '../rules/view.ts';

/** The same record while it is being changed. */
export type Mutable<R> = { -readonly [K in keyof R]: R[K] };

/** A record under change: what it was, what it becomes, and the call that changes it. */
export interface Edit<R> {
  readonly before: R | undefined;
  readonly record: Mutable<R>;
  readonly context: CallContext;
  /** The fields that the caller may not change, by original label: what is sent for them is ignored. [inferred] */
  readonly closed?: ReadonlySet<string> | undefined;
}

/** What kind of value a field holds: decides how tables show it and how queries compare it. */
export type MemberType =
  | 'text'
  | 'multiline'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'dateTime'
  | 'dropdown'
  | 'user'
  | 'state';

/** One member of a wire type, and where it lives in our record. */
export interface Member<R, W> {
  /** The field's label in the product before any renaming; a member without one is no field of its own. */
  readonly label?: string;
  readonly type?: MemberType;
  /** The field whose rights count for a member that is no field of its own: the text that pictures stand in. */
  readonly partOf?: string;
  /** The member's value for the wire; undefined leaves it out. */
  write(record: R, view: View): W | undefined;
  /** Takes a value that was sent. A member without this is read only: what is sent is ignored. [documented] */
  read?(sent: W, edit: Edit<R>): void;
  /** Whether it is the list of workflow events, which can be entered whatever locks the fields. */
  readonly entersEvents?: true;
  /** Whether the record has no value here; asked of required fields. */
  isEmpty?(record: R): boolean;
  /**
   * The value as tables and queries need it, where the wire has another form: the reference of a user, the instant
   * of a date and time.
   */
  raw?(record: R): unknown;
}

/** A description of every member of a wire type: one that is forgotten does not compile. */
export type Members<R, Wire> = {
  readonly [K in Exclude<keyof Wire, 'recordid' | '$type'>]-?: Member<R, NonNullable<Wire[K]>>;
};

type AnyMember<R> = Member<R, unknown>;

/** A record in its form on the wire, without the fields that are hidden in the view. [inferred that they are left out] */
export function toWire<R extends { readonly recordId: number }, Wire extends object>(
  members: Members<R, Wire>,
  record: R,
  view: View,
): Wire & { recordid: number } {
  const wire: Record<string, unknown> = { recordid: record.recordId };
  for (const [name, member] of membersOf(members)) {
    if (isAmong(member, view.hidden)) continue;
    const value = member.write(record, view);
    if (value !== undefined) wire[name] = value;
  }
  return wire as Wire & { recordid: number };
}

/**
 * Takes over every member that was sent; what is absent stays as it was [observed in a client for lists, inferred],
 * and so does what the caller may not change: clients send back whole records, fields that they may only read too.
 * [inferred, as the product ignores what is sent for read-only members]
 */
export function fromWire<R, Wire extends object>(members: Members<R, Wire>, sent: Wire, edit: Edit<R>): void {
  const values = sent as Readonly<Record<string, unknown>>;
  for (const [name, member] of membersOf(members)) {
    const value = values[name];
    if (value !== undefined && member.read && !isAmong(member, edit.closed)) member.read(value, edit);
  }
}

function isAmong(
  { label, partOf = label }: Pick<Member<never, never>, 'label' | 'partOf'>,
  fields: ReadonlySet<string> | undefined,
): boolean {
  return fields !== undefined && partOf !== undefined && fields.has(partOf);
}

/** The members with their names on the wire, in the order of the WSDL. */
export function membersOf<R, Wire>(members: Members<R, Wire>): [string, AnyMember<R>][] {
  return entriesOf(members) as [string, AnyMember<R>][];
}
const entriesOf = memo('members of families', (members: object): [string, unknown][] =>
  Object.entries(members),
);
