import { faults } from '../faults.ts';
import { securityGroups } from '../model/tables.ts';
import type { SecurityGroup, UserRecord } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';

/** The groups a user is in. A group that was not declared allows nothing. */
export function groupsOf(project: ProjectView, user: UserRecord): SecurityGroup[] {
  return user.groups.flatMap((name) => project.table(securityGroups).get(name) ?? []);
}

/** Whether one of the user's groups is as asked: every call asks several times, so no list is made. */
function someGroup(project: ProjectView, user: UserRecord, is: (group: SecurityGroup) => boolean): boolean {
  const known = project.table(securityGroups);
  for (const name of user.groups) {
    const group = known.get(name);
    if (group !== undefined && is(group)) return true;
  }
  return false;
}

/** Whether any group of the user has a command. [documented: command security on every call] */
export function hasCommand(project: ProjectView, user: UserRecord, command: string): boolean {
  return someGroup(project, user, (group) => allowsCommand(group, command));
}

/** Whether a group has a command. */
export function allowsCommand({ commands }: SecurityGroup, command: string): boolean {
  return commands === 'all' || commands.includes(command);
}

/** @throws fault 5 when no group of the user has the command */
export function requireCommand(project: ProjectView, user: UserRecord, command: string): void {
  if (hasCommand(project, user, command)) return;
  throw faults.notAllowed(
    `The groups of ${user.login} (${user.groups.join(', ') || 'none'}) do not have the command "${command}". Add it to one of them in the scenario.`,
  );
}

/** Whether a user may see a table: one group that shows it is enough. */
export function seesTable(project: ProjectView, user: UserRecord, tableName: string): boolean {
  return someGroup(project, user, ({ hiddenTables }) => !hiddenTables.includes(tableName));
}
