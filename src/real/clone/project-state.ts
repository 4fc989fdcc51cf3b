import type { FilterRecord } from '../../testtrack/model/filter-record.ts';
import type { FolderItemRecord } from '../../testtrack/model/folder-record.ts';
import type { LinkedItem, LinkRecord } from '../../testtrack/model/link-record.ts';
import type {
  CDocumentTreeNode,
  CFolderItem,
  CGlobalUser,
  CRecordListSoap,
  CRequirement,
  CRequirementDocument,
  CTTVersionInfo,
  CUser,
  CUserLicense,
} from '../../testtrack/model/operation-types.generated.ts';
import type { ServerSettings } from '../../testtrack/model/project-record.ts';
import type { ReportRecord } from '../../testtrack/model/report-record.ts';
import { type ReportType, reportAccesses, reportTypes } from '../../testtrack/model/report-record.ts';
import type { DocumentNode, SnapshotRecord } from '../../testtrack/model/requirement-document-record.ts';
import type { LicencePool } from '../../testtrack/model/server-records.ts';
import {
  type GlobalUserRecord,
  type LicenceKind,
  nobody,
  personOf,
  type UserRecord,
} from '../../testtrack/model/user-record.ts';
import { itemTables, type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import type { Offsets } from './moments.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';
import type { RecordRestoring } from './record-restoration.ts';
import { linkFrom, userFrom } from './record-restoration.ts';
import type { Survey } from './survey.ts';
import { documentFrom, requirementFrom } from './tracked-items.ts';

/** What the rest of a project's state is made from. */
export interface StateSources {
  readonly part: PartFile;
  readonly survey: Survey;
  readonly notes: Notes;
}

const setting = <T>(part: PartFile, name: string): T | undefined =>
  part.get('settings', name) as T | undefined;

/** The settings of the server, as far as it tells them. */
export function serverFrom(
  usual: ServerSettings,
  { part, survey, notes }: StateSources,
  offsets: Offsets,
): ServerSettings {
  const version = setting<CTTVersionInfo>(part, 'version');
  const zone = offsets.zone([usual.timeZone]);
  if (zone === undefined) notes.add('The time zone of the server: no zone fits its moments', usual.timeZone);
  notes.add('How dates are written in lists', `as in ${usual.locale}`);
  notes.add(
    'How long sessions and edit locks last, and how many SOAP licences there are',
    'the usual of the product',
  );
  return {
    ...usual,
    version: version?.serverVersion ?? usual.version,
    cgiVersion: version?.cgiVersion ?? usual.cgiVersion,
    timeZone: zone ?? usual.timeZone,
    licences: licencesFrom({ part, survey, notes }),
  };
}

const licenceMembers: Readonly<Record<LicenceKind, keyof CUser>> = {
  pro: 'userLicense',
  tcm: 'userLicenseTCM',
  rm: 'userLicenseRM',
  rmReviewer: 'userLicenseRMReviewer',
  suite: 'userLicenseSuite',
};

/** What a licence is for is told by the users who have it. */
function licencesFrom({ part, survey, notes }: StateSources): LicencePool[] {
  const users = [...survey.records(part, 'User')].map(([, wire]) => wire as CUser);
  return (setting<readonly CUserLicense[]>(part, 'licences') ?? []).map(({ name = '', numberTotal = 0 }) => {
    const kinds = Object.entries(licenceMembers) as [LicenceKind, keyof CUser][];
    const kind = kinds.find(([, member]) => users.some((user) => user[member] === name))?.[0];
    notes.add(`Whether licences such as "${name}" are floating or named`, 'floating, and enough of them');
    return { name, kind: kind ?? 'pro', isFloating: true, total: Math.max(numberTotal, 1) };
  });
}

/** Users and customers with the records of the licence server behind them. */
export class PeopleState {
  readonly #sources: StateSources;
  readonly #to: RecordRestoring;
  readonly #globals = new Map<string, GlobalUserRecord>();

  constructor(sources: StateSources, to: RecordRestoring) {
    this.#sources = sources;
    this.#to = to;
    for (const isCustomer of [false, true]) {
      const name = isCustomer ? 'global-customers' : 'global-users';
      for (const listed of setting<readonly CGlobalUser[]>(sources.part, name) ?? [])
        this.#global(listed, isCustomer);
    }
    for (const user of this.#project()) if (user.globalId !== 0) this.#share(user);
  }

  get globalUsers(): readonly GlobalUserRecord[] {
    return [...this.#globals.values()].sort((a, b) => a.recordId - b.recordId);
  }

  *users(): Generator<UserRecord> {
    for (const user of this.#project()) {
      const global = this.#globals.get(keyOf(user.login, user.isCustomer));
      yield user.globalId === 0 ? user : { ...user, globalId: global?.recordId ?? 0 };
    }
  }

  *#project(): Generator<UserRecord> {
    const { part, survey } = this.#sources;
    const both = (['User', 'Customer'] as const).flatMap((table) =>
      [...survey.records(part, table)].map(([, wire]) =>
        userFrom(wire as CUser, table === 'Customer', this.#to),
      ),
    );
    yield* both.sort((a, b) => a.recordId - b.recordId);
  }

  #global({ loginname: login = '', name = '' }: CGlobalUser, isCustomer: boolean): void {
    const [last = '', given = ''] = name.split(', ');
    const recordId = this.#globals.size + 1;
    this.#globals.set(keyOf(login, isCustomer), {
      ...nobody,
      recordId,
      login,
      last,
      first: given,
      isActive: true,
      isCustomer,
    });
  }

  #share(user: UserRecord): void {
    const key = keyOf(user.login, user.isCustomer);
    const recordId = this.#globals.get(key)?.recordId ?? this.#globals.size + 1;
    const { isCustomer, isActiveGlobal: isActive } = user;
    this.#globals.set(key, { ...personOf(user), recordId, isActive, isCustomer });
  }
}

const keyOf = (login: string, isCustomer: boolean) => `${isCustomer}|${login.toLowerCase()}`;

/** Where requirements stand in documents. */
export function* documentNodesFrom({ part, survey }: StateSources): Generator<DocumentNode> {
  for (const [documentId] of survey.records(part, 'Requirement Document')) {
    const tree = part.get('DocumentTree', documentId) as CDocumentTreeNode | undefined;
    if (tree) yield* nodesUnder(tree, { documentId, parentId: 0 }, survey);
  }
}

function* nodesUnder(
  { childList = [] }: Pick<CDocumentTreeNode, 'childList'>,
  at: { readonly documentId: number; readonly parentId: number },
  survey: Survey,
): Generator<DocumentNode> {
  for (const [place, child] of childList.entries()) {
    const requirementId = Number(child.entityRecordID ?? 0);
    if (!survey.has('Requirement', requirementId)) continue;
    yield { ...at, requirementId, place: [place + 1] };
    yield* nodesUnder(child, { ...at, parentId: requirementId }, survey);
  }
}

/** What is in folders, as far as it was read. */
export function* folderItemsFrom({ part, survey, notes }: StateSources): Generator<FolderItemRecord> {
  for (const [table, space] of [
    ['FolderItems', 'public'],
    ['PrivateFolderItems', 'private'],
  ] as const) {
    for (const [folderId, wires] of part.all(table)) {
      for (const {
        recordid = 0,
        entitytablename = '',
        entityrecordid = 0,
        rank = 0,
      } of wires as readonly CFolderItem[]) {
        const item = { table: entitytablename, recordId: Number(entityrecordid) };
        if (survey.has(item.table, item.recordId)) {
          yield { recordId: Number(recordid), folder: `${space}:${folderId}`, item, rank: Number(rank) };
        } else notes.add('An item in a folder was not read', 'it is in no folder');
      }
    }
  }
}

/** Links, without items that were not read. */
export function* linksFrom(
  { part, survey, notes }: StateSources,
  to: RecordRestoring,
): Generator<LinkRecord> {
  const isThere = (item: LinkedItem) => survey.has(item.table, item.recordId);
  for (const [, wire] of survey.records(part, 'Links')) {
    const link = linkFrom(wire as object, to);
    const children = link.children.filter(isThere);
    if (children.length < link.children.length)
      notes.add('An item of a link was not read', 'it is not in the link');
    if (children.length > 0) yield { ...link, children };
  }
}

/** Filters: which records they let through is known, by what query is not. */
export function* filtersFrom({ part, survey, notes }: StateSources): Generator<FilterRecord> {
  let recordId = 0;
  for (const table of tableNames) {
    for (const { name = '' } of setting<readonly { readonly name?: string }[]>(part, `filters:${table}`) ??
      []) {
      recordId += 1;
      const ids = setting<readonly number[]>(part, `filtered:${table}/${name}`);
      const isInteractive = ids === undefined && itemTables.includes(table);
      notes.add('What filters ask for', 'the records that each let through when it was cloned, by record ID');
      const query = queryFor(ids, survey.countOf(table));
      yield { recordId, table, name, query, ...(isInteractive ? { isInteractive } : {}) };
    }
  }
}

function queryFor(ids: readonly number[] | undefined, count: number): string {
  if (ids === undefined || (ids.length === count && count > 0)) return `{"Record ID":{"<from>":0}}`;
  return JSON.stringify({ 'Record ID': { '<numbers>': ids.length === 0 ? [0] : ids } });
}

/** Reports: their lists say what they are called, not what they show. */
export function* reportsFrom({ part, notes }: StateSources, to: RecordRestoring): Generator<ReportRecord> {
  const list = setting<CRecordListSoap>(part, 'reports');
  for (const { row = [] } of list?.records ?? []) {
    const [recordId, name = '', title = '', type = '', contains = '', access = '', owner = ''] = row.map(
      ({ value = '' }) => value,
    );
    const kinds = Object.entries(reportTypes) as [ReportType, string][];
    notes.add('What reports show', 'a list of all records of their kind');
    yield {
      recordId: Number(recordId),
      name,
      title,
      type: kinds.find(([, shown]) => shown === type)?.[0] ?? 'list',
      owner: to.people.ref(owner),
      access: reportAccesses.find((known) => known === access) ?? 'Public',
      contains,
      table: tableCalled(contains),
      columns: [],
      filter: '',
      query: '',
      groupBy: '',
      sortOrder: '',
    };
  }
}

function tableCalled(contains: string): TableName {
  const wanted = contains.toLowerCase().replace(/s$/, '');
  return tableNames.find((table) => table.toLowerCase() === wanted) ?? 'Defect';
}

/**
 * Snapshots of documents: that they were made is told, what was in them is not. They hold what the document holds now.
 */
export function* snapshotsFrom(sources: StateSources, to: RecordRestoring): Generator<SnapshotRecord> {
  const { part, survey, notes } = sources;
  const nodes = [...documentNodesFrom(sources)];
  for (const [documentId, wire] of survey.records(part, 'Requirement Document')) {
    const { snapshotList = [] } = wire as CRequirementDocument;
    if (snapshotList.length === 0) continue;
    notes.add('What snapshots of requirement documents hold', 'what the documents hold now');
    const document = documentFrom(wire as CRequirementDocument, to);
    const entries = nodes
      .filter((node) => node.documentId === documentId)
      .map(({ parentId, requirementId }) => ({
        parentId,
        requirement: requirementFrom(part.get('Requirement', requirementId) as CRequirement, to),
      }));
    for (const {
      versionNumber = 0,
      label = '',
      comment = '',
      createdByUser,
      dateTimeCreated,
    } of snapshotList) {
      const created = { at: to.offsets.moment(dateTimeCreated, to.now), by: to.people.ref(createdByUser) };
      yield { documentId, version: Number(versionNumber), label, comment, created, document, entries };
    }
  }
}
