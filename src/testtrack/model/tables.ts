import { memoOfRecent } from '../../memo/memory.ts';
import { table } from '../../world/table.ts';
import type { DefectRecord } from './defect-record.ts';
import type { ExportTemplateRecord } from './export-template-record.ts';
import type { FilterRecord } from './filter-record.ts';
import { childrenKey, type FolderItemRecord, type FolderRecord, placeKey } from './folder-record.ts';
import { itemKey, itemsOf, type LinkRecord } from './link-record.ts';
import type { ProjectRecord, ServerSettings } from './project-record.ts';
import type { ReportRecord } from './report-record.ts';
import type {
  DocumentNode,
  RequirementDocumentRecord,
  SnapshotRecord,
} from './requirement-document-record.ts';
import type { RequirementRecord } from './requirement-record.ts';
import type { DropdownList, Lock, Session, SessionSweep, SessionUse } from './server-records.ts';
import type { TaskRecord } from './task-record.ts';
import type { TestCaseRecord, TestVariantRecord } from './test-case-record.ts';
import type { TestConfigRecord } from './test-config-record.ts';
import type { TestRunRecord } from './test-run-record.ts';
import {
  type GlobalUserRecord,
  licenceKinds,
  nameKeys,
  type Person,
  type SecurityGroup,
  type UserRecord,
} from './user-record.ts';

/** Where the records of the whole server live. */
export const serverScope = 'testtrack';

/** Where the records of a project live. Every call asks several times, and a path is found faster by a text that was used before. */
export const projectScope = memoOfRecent(
  'scopes of projects',
  1000,
  (project: string) => `testtrack:${project}`,
);

// Of the server.
export const serverSettings = table<ServerSettings>('settings', { key: () => 'server' });
export const projects = table<ProjectRecord>('projects', { key: (project) => project.name });
export const loginSessions = table('sessions', {
  key: (session: Session) => session.cookie,
  indexes: {
    project: (session: Session) => session.project,
    user: (session: Session) => sessionUser(session),
    /** The floating licences it holds. */
    licence: (session: Session) => session.licences,
  },
});
/** Whose session it is. */
export const sessionUser = ({ project, userId }: Pick<Session, 'project' | 'userId'>): string =>
  `${project}/${userId}`;
/** When each session was last used: it changes with every call, so it is no part of what a difference shows. */
export const sessionUses = table<SessionUse>('session-uses', { key: (use) => use.cookie, isVolatile: true });

/** When the idle sessions are to be looked through next; not before that moment any of them is over. */
export const sessionSweeps = table<SessionSweep>('session-sweeps', { key: () => 'next', isVolatile: true });
/** The users and customers of the licence server. */
export const globalUsers = table('global-users', {
  key: (user: GlobalUserRecord) => user.recordId,
  indexes: {
    login: (user: GlobalUserRecord) => loginKey(user),
    name: (user: GlobalUserRecord) => nameKeys(user),
    licence: (user: GlobalUserRecord) => licenceNames(user),
  },
});

// Of a project.
export const locks = table('locks', {
  key: (lock: Lock) => lockKey(lock.table, lock.recordId),
  indexes: { cookie: (lock: Lock) => lock.cookie },
});
export const lockKey = (tableName: string, recordId: number): string => `${tableName}:${recordId}`;

export const securityGroups = table<SecurityGroup>('groups', { key: (group) => group.name });
export const users = table('users', {
  key: (user: UserRecord) => user.recordId,
  indexes: {
    login: (user: UserRecord) => loginKey(user),
    name: (user: UserRecord) => nameKeys(user),
    global: (user: UserRecord) => user.globalId || undefined,
    /** Licences of users whom the licence server does not know; those of the others are counted there. */
    licence: (user: UserRecord) => (user.globalId === 0 ? licenceNames(user) : undefined),
  },
});

/** Logins ignore case. [inferred] Nobody is found by having none. */
function loginKey({ login }: Person): string | undefined {
  return login.toLowerCase() || undefined;
}

function licenceNames({ licences }: Person): string[] {
  return licenceKinds.map((kind) => licences[kind]).filter((name) => name !== '');
}

export const dropdowns = table<DropdownList>('dropdowns', {
  key: (list) => dropdownKey(list.table, list.field),
});
export const dropdownKey = (tableName: string, field: string): string => `${tableName}/${field}`;

export const filters = table('filters', {
  key: (filter: FilterRecord) => filterKey(filter.table, filter.name),
  indexes: { table: (filter: FilterRecord) => filter.table },
});
export const filterKey = (tableName: string, name: string): string => `${tableName}/${name}`;

export const reports = table('reports', {
  key: (report: ReportRecord) => report.recordId,
  indexes: { name: (report: ReportRecord) => report.name },
});

export const exportTemplates = table('export-templates', {
  key: (template: ExportTemplateRecord) => template.recordId,
  indexes: { name: (template: ExportTemplateRecord) => template.name },
});

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

export const tasks = table('tasks', {
  key: (task: TaskRecord) => task.recordId,
  indexes: { name: (task: TaskRecord) => task.summary },
});

export const testVariants = table('test-variants', {
  key: (variant: TestVariantRecord) => variant.recordId,
  indexes: { name: (variant: TestVariantRecord) => variant.name },
});

export const testCaseRecords = table('test-cases', {
  key: (testCase: TestCaseRecord) => testCase.recordId,
  indexes: {
    number: (testCase: TestCaseRecord) => testCase.number || undefined,
    summary: (testCase: TestCaseRecord) => testCase.summary,
  },
});

export const testRunRecords = table('test-runs', {
  key: (run: TestRunRecord) => run.recordId,
  indexes: {
    number: (run: TestRunRecord) => run.number || undefined,
    summary: (run: TestRunRecord) => run.summary,
    testCase: (run: TestRunRecord) => run.testCaseId || undefined,
  },
});

export const links = table('links', {
  key: (link: LinkRecord) => link.recordId,
  indexes: { item: (link: LinkRecord) => itemsOf(link).map(itemKey) },
});

export const requirementRecords = table('requirements', {
  key: (requirement: RequirementRecord) => requirement.recordId,
  indexes: {
    number: (requirement: RequirementRecord) => requirement.number || undefined,
    summary: (requirement: RequirementRecord) => requirement.summary,
  },
});

export const requirementDocuments = table('requirement-documents', {
  key: (document: RequirementDocumentRecord) => document.recordId,
  indexes: {
    number: (document: RequirementDocumentRecord) => document.number || undefined,
    summary: (document: RequirementDocumentRecord) => document.summary,
  },
});

/** Where requirements stand in documents; found from either side. */
export const documentNodes = table('document-nodes', {
  key: (node: DocumentNode) => documentNodeKey(node.documentId, node.requirementId),
  indexes: {
    document: (node: DocumentNode) => node.documentId,
    requirement: (node: DocumentNode) => node.requirementId,
    parent: (node: DocumentNode) => documentNodeKey(node.documentId, node.parentId),
  },
});
export const documentNodeKey = (documentId: number, requirementId: number): string =>
  `${documentId}/${requirementId}`;

export const documentSnapshots = table('document-snapshots', {
  key: (snapshot: SnapshotRecord) => snapshotKey(snapshot.documentId, snapshot.version),
  indexes: { document: (snapshot: SnapshotRecord) => snapshot.documentId },
});
export const snapshotKey = (documentId: number, version: number): string => `${documentId}/${version}`;

export const publicFolders = folderTable('folders');
/** Private folders of all users; each has its owner. */
export const privateFolders = folderTable('private-folders');
export const folderItems = table('folder-items', {
  key: (entry: FolderItemRecord) => entry.recordId,
  indexes: {
    folder: (entry: FolderItemRecord) => entry.folder,
    item: (entry: FolderItemRecord) => itemKey(entry.item),
    place: (entry: FolderItemRecord) => `${entry.folder}/${itemKey(entry.item)}`,
  },
});

const noNames: readonly string[] = [];

/** Asked for every defect that is read or saved, and nearly all have no attachments: that has to cost nothing. */
function archiveNames({ reportedBy, events }: DefectRecord): readonly string[] {
  let names: string[] | undefined;
  for (const holders of [reportedBy, events]) {
    for (const { attachments } of holders) {
      for (const { archiveName } of attachments) {
        names ??= [];
        names.push(archiveName);
      }
    }
  }
  return names ?? noNames;
}

function folderTable(name: string) {
  return table(name, {
    key: (folder: FolderRecord) => folder.recordId,
    indexes: {
      children: (folder: FolderRecord) => childrenKey(folder.owner, folder.parentId),
      place: (folder: FolderRecord) => placeKey(folder),
    },
  });
}
