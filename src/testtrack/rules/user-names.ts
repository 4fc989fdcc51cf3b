import type { UserRef } from '../model/item-record.ts';
import { users } from '../model/tables.ts';
import { type NameFormat, personName, type UserRecord } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';

/** The name of a user by reference; empty for none and for a user that is gone. */
export function nameOf(project: ProjectView, ref: UserRef, format: NameFormat): string {
  const user = ref === 0 ? undefined : project.table(users).get(ref);
  return user ? personName(user, format) : '';
}

/**
 * Who a name on the wire means: text in the caller's own display format, or `uid:<record ID>`. Of several users
 * with one name the lowest record ID is taken. [documented]
 *
 * @returns undefined for a name nobody has or that is written in the other format: the caller treats the field
 *   as if it was not sent. [documented]
 */
export function userByName(project: ProjectView, name: string, format: NameFormat): UserRef | undefined {
  return usersNamed(project, name, format)[0]?.recordId;
}

/** Everybody whom a name on the wire can mean, customers too, by ascending record ID. */
export function usersNamed(project: ProjectView, name: string, format: NameFormat): readonly UserRecord[] {
  const byId = /^uid:(\d+)$/.exec(name);
  if (!byId) return project.table(users).findBy('name', `${format}|${name}`);
  const user = project.table(users).get(Number(byId[1]));
  return user ? [user] : [];
}

/** Whether this name leaves the reference as it is: an ambiguous name that was not touched. [documented] */
export function isSameName(
  project: ProjectView,
  ref: UserRef,
  { name, format }: { readonly name: string; readonly format: NameFormat },
): boolean {
  return ref !== 0 && nameOf(project, ref, format) === name;
}
