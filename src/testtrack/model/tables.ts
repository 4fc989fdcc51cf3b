import { table } from '../../world/table.ts';
import type { DefectRecord } from './defect-record.ts';
import type { ProjectRecord, ServerSettings } from './project-record.ts';
import type { DropdownList, Lock, Session, SessionUse } from './server-records.ts';
import type { TestConfigRecord } from './test-config-record.ts';
import { displayName, type SecurityGroup, type UserRecord } from './user-record.ts';

/** Where the records of the whole server live. */
export const serverScope = 'testtrack';

/** Where the records of a project live. */
export const projectScope = (project: string): string => `testtrack:${project}`;

// Of the server.
export const serverSettings = table<ServerSettings>('settings', { key: () => 'server' });
export const projects = table<ProjectRecord>('projects', { key: (project) => project.name });
export const sessions = table('sessions', {
  key: (session: Session) => session.cookie,
  indexes: { project: (session: Session) => session.project },
});
/** When each session was last used: it changes with every call, so it is no part of what a difference shows. */
export const sessionUses = table<SessionUse>('session-uses', { key: (use) => use.cookie, isVolatile: true });

// Of a project.
export const locks = table('locks', {
  key: (lock: Lock) => lockKey(lock.table, lock.recordId),
  indexes: { cookie: (lock: Lock) => lock.cookie },
});
export const lockKey = (tableName: string, recordId: number): string => `${tableName}:${recordId}`;

export const groups = table<SecurityGroup>('groups', { key: (group) => group.name });
export const users = table('users', {
  key: (user: UserRecord) => user.recordId,
  indexes: {
    login: (user: UserRecord) => user.login.toLowerCase(),
    name: (user: UserRecord) => nameKeys(user),
  },
});
export const dropdowns = table<DropdownList>('dropdowns', {
  key: (list) => dropdownKey(list.table, list.field),
});
export const dropdownKey = (tableName: string, field: string): string => `${tableName}/${field}`;

export const defects = table('defects', {
  key: (defect: DefectRecord) => defect.recordId,
  indexes: {
    number: (defect: DefectRecord) => defect.number || undefined,
    summary: (defect: DefectRecord) => defect.summary,
    archive: (defect: DefectRecord) => archiveNames(defect),
  },
});

export const testConfigs = table('test-configs', {
  key: (config: TestConfigRecord) => config.recordId,
  indexes: { name: (config: TestConfigRecord) => config.name },
});

/** Both ways a person's name can be written, each marked with its format so that they cannot be mixed up. */
function nameKeys(user: UserRecord): string[] {
  return [`last-first|${displayName(user, 'last-first')}`, `first-last|${displayName(user, 'first-last')}`];
}

function archiveNames(defect: DefectRecord): string[] {
  const own = defect.reportedBy.flatMap((report) => report.attachments);
  const inEvents = defect.events.flatMap((event) => event.attachments);
  return [...own, ...inEvents].map((attachment) => attachment.archiveName);
}
