import { loadScenario } from '../../scenario/load.ts';
import { productSections } from '../../scenario/sections.ts';
import { plainFile, plainRecord } from '../../scenario/state/exported.ts';
import type { CProject, CUser } from '../../testtrack/model/operation-types.generated.ts';
import { areas } from '../../testtrack/model/server-records.ts';
import {
  defects,
  documentNodes,
  documentSnapshots,
  dropdowns,
  filters,
  folderItems,
  globalUsers,
  links,
  privateFolders,
  projectScope,
  projects,
  publicFolders,
  reports,
  requirementDocuments,
  requirementRecords,
  securityGroups,
  serverScope,
  serverSettings,
  tasks,
  testCaseRecords,
  testConfigs,
  testRunRecords,
  testVariants,
  users,
} from '../../testtrack/model/tables.ts';
import { ProjectView } from '../../testtrack/project-view.ts';
import type { TableName } from '../../testtrack/rules/table-names.ts';
import { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { type Table, tablePath } from '../../world/table.ts';
import { Offsets } from './moments.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';
import { People } from './people.ts';
import { placeCounters } from './places.ts';
import { projectFrom } from './project-restoration.ts';
import {
  documentNodesFrom,
  filtersFrom,
  folderItemsFrom,
  linksFrom,
  PeopleState,
  reportsFrom,
  serverFrom,
  snapshotsFrom,
} from './project-state.ts';
import { folderFrom, type RecordRestoring, taskFrom, testConfigFrom } from './record-restoration.ts';
import { Survey } from './survey.ts';
import { defectFrom, documentFrom, requirementFrom, testCaseFrom, testRunFrom } from './tracked-items.ts';

/** Part of a scenario's state: records by the path of their table, made while they are written. */
export interface StatePart {
  readonly tables: Readonly<Record<string, Iterable<unknown>>>;
  readonly counters: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Makes the state of a project again from what a clone read. */
export function testTrackState(
  part: PartFile,
  { project: name, notes, now }: { readonly project: string; readonly notes: Notes; readonly now: Instant },
): StatePart {
  const offsets = new Offsets();
  const people = new People([...part.all('User'), ...part.all('Customer')], notes);
  const survey = new Survey(part, { people, offsets });
  const sources = { part, survey, notes };
  const usual = usualProject(name, part);
  const restored = projectFrom({ ...sources, usual });
  const me = Number((part.get('settings', 'me') as CUser | undefined)?.recordid ?? 0);
  const to: RecordRestoring = { people, offsets, notes, now, project: restored.record, me };
  notes.add('Passwords', 'an empty one for everybody');
  const peopleState = new PeopleState(sources, to);
  const files: Record<string, string> = {};
  const keep = (content: Parameters<typeof plainFile>[0]) => {
    files[content.sha256] ??= plainFile(content);
  };
  const plain = <T>(records: Iterable<T>): Iterable<unknown> => ({
    *[Symbol.iterator]() {
      for (const record of records) yield plainRecord(record, keep);
    },
  });
  const each = <W extends object>(table: TableName, make: (wire: W) => unknown) =>
    plain({
      *[Symbol.iterator]() {
        for (const [, wire] of survey.records(part, table)) yield make(wire as W);
      },
    });
  const scope = projectScope(name);
  const tables: [Table<never>, string, Iterable<unknown>][] = [
    [serverSettings, serverScope, plain([serverFrom(usual.server, sources, offsets)])],
    [projects, serverScope, plain([restored.record])],
    [globalUsers, serverScope, plain(peopleState.globalUsers)],
    [securityGroups, scope, plain(restored.groups)],
    [users, scope, plain(peopleState.users())],
    [dropdowns, scope, plain(restored.dropdowns)],
    [filters, scope, plain(filtersFrom(sources))],
    [reports, scope, plain(reportsFrom(sources, to))],
    [testVariants, scope, plain(restored.variants)],
    [testConfigs, scope, each('Test Config', (wire) => testConfigFrom(wire))],
    [defects, scope, each('Defect', (wire) => defectFrom(wire, to))],
    [tasks, scope, each('Task', (wire) => taskFrom(wire, to))],
    [testCaseRecords, scope, each('Test Case', (wire) => testCaseFrom(wire, to))],
    [testRunRecords, scope, each('Test Run', (wire) => testRunFrom(wire, to))],
    [requirementRecords, scope, each('Requirement', (wire) => requirementFrom(wire, to))],
    [requirementDocuments, scope, each('Requirement Document', (wire) => documentFrom(wire, to))],
    [documentNodes, scope, plain(documentNodesFrom(sources))],
    [documentSnapshots, scope, plain(snapshotsFrom(sources, to))],
    [links, scope, plain(linksFrom(sources, to))],
    [publicFolders, scope, each('Folder', (wire) => folderFrom(wire, 0, to))],
    [
      privateFolders,
      scope,
      plain([...part.all('PrivateFolder')].map(([, wire]) => folderFrom(wire as object, me, to))),
    ],
    [folderItems, scope, plain(folderItemsFrom(sources))],
  ];
  const rest: [string, number][] = [
    ['filter', 1_000],
    ['report', 1_000],
    ['custom-field', highestField(restored.record.tables)],
    ['folder-item', highestItem(part)],
    ...placeCounters(part, me),
    ['folder-type', Math.max(0, ...restored.record.folderTypes.map(({ recordId }) => recordId))],
    ['test-variant', Math.max(0, ...restored.variants.map(({ recordId }) => recordId))],
  ];
  const counters = [...survey.counters, ...rest].map(([counter, last]): [string, number] => [
    `${scope}/${counter}`,
    last,
  ]);
  return {
    tables: Object.fromEntries(
      tables.map(([table, at, records]): [string, Iterable<unknown>] => [tablePath(table, at), records]),
    ),
    counters: Object.fromEntries([...counters, ['testtrack/global-user', peopleState.globalUsers.length]]),
    files,
  };
}

/** The project as a new one of its name and areas is. */
function usualProject(name: string, part: PartFile): ProjectView {
  const given = (part.get('settings', 'project') as CProject | undefined)?.options?.map(
    (option) => option.name,
  );
  const options = areas.filter((area) => given === undefined || given.includes(area));
  const server = { sdk: part.get('settings', 'sdk') ?? 'newest' };
  const scenario = { twintrack: 1, testtrack: { server, projects: [{ name, options }] } };
  const { world } = loadScenario(scenario, { now: 0, sections: productSections });
  return new ProjectView(new Draft(world), name);
}

function highestField(tables: RecordRestoring['project']['tables']): number {
  const ids = Object.values(tables).flatMap(({ customFields, workflow }) => [
    ...customFields.map(({ recordId }) => recordId),
    ...(workflow?.events ?? []).flatMap(({ fields }) => fields.map(({ recordId }) => recordId)),
  ]);
  return Math.max(0, ...ids);
}

function highestItem(part: PartFile): number {
  let highest = 0;
  for (const table of ['FolderItems', 'PrivateFolderItems']) {
    for (const [, items] of part.all(table)) {
      for (const { recordid } of items as readonly { readonly recordid: number }[])
        highest = Math.max(highest, Number(recordid));
    }
  }
  return highest;
}
