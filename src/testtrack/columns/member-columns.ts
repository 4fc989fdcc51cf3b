import type { Member } from '../lifecycle/member.ts';
import { membersOf } from '../lifecycle/member.ts';
import type { Day } from '../model/item-record.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { userByName } from '../rules/user-names.ts';
import type { View } from '../rules/view.ts';
import { fromWireDateTime } from '../rules/zone.ts';
import type { Column, Row, ValueList } from './column.ts';
import { type ColumnProvider, labels, type TableSource } from './provider.ts';
import { dropdownList, groupList, usersToChoose } from './value-lists.ts';

type AnyMember = Member<Row, unknown>;

/** The record ID, which every table has. Its name is case-sensitive. [documented] */
export const recordIdLabel = 'Record ID';

export const recordIdColumn: ColumnProvider = () => [
  { kind: 'integer', label: recordIdLabel, value: (record) => record.recordId },
];

/** Every member of the family's wire type that is a field of the product: one column each. */
export const memberColumns: ColumnProvider = (source) =>
  source.listed
    ? membersOf(source.listed.members).flatMap(([, member]) => columnOf(member, source) ?? [])
    : [];

/**
 * The column of one member, whose value is what the wire would carry, or what the record holds where the wire has
 * another form.
 *
 * @returns undefined for a member that is no field of its own, or whose column is made elsewhere (the state)
 */
export function columnOf(
  member: AnyMember,
  source: Pick<TableSource, 'table' | 'settings'>,
): Column | undefined {
  const { label, type } = member;
  if (label === undefined || type === undefined) return undefined;
  const { table, settings } = source;
  const named = labels(settings, label);
  const wire = <V>(record: Row, view: View) => member.write(record, view) as V | undefined;
  switch (type) {
    case 'text':
    case 'multiline': {
      const list = textLists[label]?.(table);
      const value = (record: Row, view: View) => wire<string>(record, view) ?? '';
      return list ? { kind: 'choice', ...named, list, value } : { kind: 'text', ...named, value };
    }
    case 'number':
      return { kind: 'integer', ...named, value: (record, view) => wire<Long>(record, view) };
    case 'decimal':
      return { kind: 'decimal', ...named, value: (record, view) => wire<number>(record, view) };
    case 'boolean':
      return { kind: 'boolean', ...named, value: (record, view) => wire<boolean>(record, view) === true };
    case 'date':
      return { kind: 'date', ...named, value: (record) => (member.raw?.(record) as Day | undefined) ?? '' };
    case 'dateTime':
      return { kind: 'dateTime', ...named, value: (record, view) => instantOf(member, record, view) };
    case 'dropdown':
      return {
        kind: 'choice',
        ...named,
        list: dropdownList(table, label),
        value: (record, view) => wire<string>(record, view) ?? '',
      };
    case 'user':
      return {
        kind: 'user',
        ...named,
        list: usersToChoose,
        value: (record, view) => userOf(member, record, view),
      };
    case 'state':
      return undefined;
  }
}

/** Fields that are texts on the wire, and lists in the product. [documented for both] */
const textLists: Readonly<Record<string, (table: string) => ValueList>> = {
  'Security Group': () => groupList,
  'E-mail Type': (table) => dropdownList(table, 'E-mail Type'),
};

function instantOf(member: AnyMember, record: Row, view: View): number | undefined {
  if (member.raw) return member.raw(record) as number | undefined;
  const text = member.write(record, view) as string | undefined;
  return text === undefined ? undefined : fromWireDateTime(text, view.project.server.timeZone);
}

/** A member that carries a record ID on the wire, as folders do, needs no `raw`. */
function userOf(member: AnyMember, record: Row, view: View): number {
  const held = member.raw ? member.raw(record) : member.write(record, view);
  if (typeof held === 'string') return userByName(view.project, held, view.nameFormat) ?? 0;
  return Number(held ?? 0);
}
