import type { UserRef } from '../model/item-record.ts';
import { users } from '../model/tables.ts';
import { personName } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';

/** What stands for the asking user, in filters that several people use. [inferred] */
export const currentUserTerm = '<current user>';

/**
 * Everybody a query can mean by a name: written in either display format and in any case, or `uid:<record ID>`.
 * [documented that values are case-insensitive; both formats inferred]
 *
 * @returns nobody when no user has the name
 */
export function peopleNamed(project: ProjectView, name: string): readonly UserRef[] {
  const byId = /^uid:(\d{1,15})$/i.exec(name);
  if (byId) {
    const user = project.table(users).get(Number(byId[1]));
    return user ? [user.recordId] : [];
  }
  const exact = (['last-first', 'first-last'] as const).flatMap((format) =>
    project.table(users).findBy('name', `${format}|${name}`),
  );
  const found = exact.length > 0 ? exact : inAnyCase(project, name.toLowerCase());
  return [...new Set(found.map(({ recordId }) => recordId))];
}

function inAnyCase(project: ProjectView, name: string) {
  return [...project.table(users).values()].filter(
    (user) =>
      personName(user, 'last-first').toLowerCase() === name ||
      personName(user, 'first-last').toLowerCase() === name,
  );
}
