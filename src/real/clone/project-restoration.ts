import { catalogueFor } from '../../testtrack/columns/catalogue.ts';
import type {
  AnyCField,
  CEventDefinition,
  CFieldValue,
  CFolderType,
  CLink,
  CRecordListSoap,
  CRequirement,
  CTableColumn,
  CTableField,
  CUser,
} from '../../testtrack/model/operation-types.generated.ts';
import type {
  FolderType,
  LinkDefinition,
  ProjectRecord,
  RequirementType,
  TableSettings,
} from '../../testtrack/model/project-record.ts';
import type { DropdownList } from '../../testtrack/model/server-records.ts';
import { projects, securityGroups, serverScope } from '../../testtrack/model/tables.ts';
import type { SecurityGroup } from '../../testtrack/model/user-record.ts';
import { ProjectView } from '../../testtrack/project-view.ts';
import { typeField } from '../../testtrack/rules/requirement-types.ts';
import { itemTables, type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';
import { renamedColumns } from './renamed-columns.ts';
import type { Survey } from './survey.ts';
import { customFieldsFrom, workflowFrom } from './workflow-restoration.ts';

/** A project without its records. */
export interface RestoredProject {
  readonly record: ProjectRecord;
  readonly dropdowns: readonly DropdownList[];
  readonly groups: readonly SecurityGroup[];
  readonly variants: readonly { readonly recordId: number; readonly name: string }[];
}

interface Sources {
  readonly part: PartFile;
  readonly survey: Survey;
  readonly notes: Notes;
  /** The project as a new one of this name is. */
  readonly usual: ProjectView;
}

const setting = <T>(part: PartFile, name: string): T | undefined =>
  part.get('settings', name) as T | undefined;
const textsOf = (values: readonly CFieldValue[] | undefined) => (values ?? []).map(({ value = '' }) => value);

/** Makes a project again from what its server told; what it does not tell stays as in a new project. */
export function projectFrom(sources: Sources): RestoredProject {
  const { part, survey, notes, usual } = sources;
  const plain: ProjectRecord = {
    ...usual.record,
    autoNumbers: hasNumbers(survey),
    tables: Object.fromEntries(tableNames.map((table) => [table, tableFrom(table, sources)])),
    requirementTypes: requirementTypesFrom(sources),
    linkDefinitions: linkDefinitionsFrom(sources),
    folderTypes: folderTypesFrom(part, usual.record.folderTypes),
  };
  const record = { ...plain, tables: withRenames(plain, sources) };
  notes.add('Which fields must have a value', 'those of a new project; no custom field');
  notes.add('What queries call a custom field between percent signs', 'nothing');
  const names = record.linkDefinitions.map(({ name }) => name);
  const testRunIssueLink = names.includes(record.testRunIssueLink)
    ? record.testRunIssueLink
    : (names[0] ?? '');
  const whole = { ...record, testRunIssueLink };
  return { record: whole, ...listsFrom(whole, sources), groups: groupsFrom(sources) };
}

/** A project that does not number its items has 0 for all of them. */
function hasNumbers(survey: Survey): boolean {
  const items = itemTables.filter((table) => survey.countOf(table) > 0);
  return (
    items.length === 0 || [...survey.counters].some(([name, last]) => name.endsWith('-number') && last > 0)
  );
}

function tableFrom(table: TableName, { part, survey, notes, usual }: Sources): TableSettings {
  const assumed = usual.settingsOf(table);
  const definitions = setting<readonly CEventDefinition[]>(part, `events:${table}`);
  const custom = setting<readonly AnyCField[]>(part, `custom:${table}`);
  const stateOf = new Map<number, string>();
  if (definitions !== undefined) {
    for (const [id, wire] of survey.records(part, table))
      stateOf.set(id, (wire as { state?: string }).state ?? '');
  }
  const workflow =
    definitions === undefined
      ? assumed.workflow
      : workflowFrom({
          table,
          definitions,
          usual: assumed.workflow,
          seen: survey.statesOf(table),
          standing: setting<CRecordListSoap>(part, `standing:${table}`),
          stateOf,
          notes,
        });
  const isVariants = table === 'Test Variant';
  return {
    ...assumed,
    workflow,
    customFields: custom === undefined || isVariants ? assumed.customFields : customFieldsFrom(custom),
  };
}

/** The columns by other names, found with everything else of the project in its place. */
function withRenames(plain: ProjectRecord, { part, notes, usual }: Sources): ProjectRecord['tables'] {
  const { draft } = usual;
  draft.table(projects, serverScope).put(plain);
  const project = new ProjectView(draft, plain.name);
  const view = { project, nameFormat: 'last-first', formatted: false, downloads: false } as const;
  const ofOldContract =
    setting(part, 'sdk') === '2013'
      ? ' (a time span may be one: the contract of 2013 has no type for it)'
      : '';
  return Object.fromEntries(
    Object.entries(plain.tables).map(([table, settings]): [string, TableSettings] => {
      const columns = setting<readonly CTableColumn[]>(part, `columns:${table}`);
      if (columns === undefined) return [table, settings];
      const labels = catalogueFor(view, table as TableName).columns.map(({ label }) => label);
      const { renamed, unknown } = renamedColumns(
        labels,
        columns.map(({ name = '' }) => name),
      );
      for (const label of unknown)
        notes.add(`${table}: what the column "${label}" shows${ofOldContract}`, 'there is no such column');
      return [table, { ...settings, renamedFields: renamed }];
    }),
  );
}

/** Drop-down lists with values of their own: lists of people and of groups follow from the records. */
function listsFrom(
  record: ProjectRecord,
  { part, usual, notes }: Sources,
): Pick<RestoredProject, 'dropdowns' | 'variants'> {
  const { draft } = usual;
  draft.table(projects, serverScope).put(record);
  const project = new ProjectView(draft, record.name);
  const view = { project, nameFormat: 'last-first', formatted: false, downloads: false } as const;
  const dropdowns = tableNames.flatMap((table) => {
    const catalogue = catalogueFor(view, table);
    const fields = setting<readonly CTableField[]>(part, `fields:${table}`) ?? [];
    return fields.flatMap(({ name = '' }): DropdownList[] => {
      const column = catalogue.column(name);
      if (!column && table !== 'Test Variant') {
        notes.add(
          `${table}: what the drop-down field "${name}" belongs to`,
          'its list is there, and no field',
        );
      }
      if (column && (!column.list?.append || hasOwnList(record.tables[table], name))) return [];
      const field = column ? (column.formerly ?? column.label) : name;
      return [{ table, field, values: textsOf(setting(part, `values:${table}/${name}`)) }];
    });
  });
  const isKnown = (list: DropdownList) => list.table === typeField.table && list.field === typeField.field;
  const types = record.requirementTypes.map(({ name }) => name);
  const variants = setting<readonly AnyCField[]>(part, 'custom:Test Variant') ?? [];
  return {
    dropdowns: dropdowns.some(isKnown) ? dropdowns : [...dropdowns, { ...typeField, values: types }],
    variants: variants.map(({ recordid = 0, name = '' }) => ({ recordId: Number(recordid), name })),
  };
}

/** Custom fields, those of events too, are columns that keep their lists themselves. */
function hasOwnList(settings: TableSettings | undefined, label: string): boolean {
  const { customFields = [], workflow } = settings ?? {};
  return (
    customFields.some(({ name }) => name === label) ||
    (workflow?.events ?? []).some(({ fields, name }) =>
      fields.some((field) => label === `${name} ${field.name}`),
    )
  );
}

/** Types are the values of their list; what stands around their numbers shows in tags. */
function requirementTypesFrom({ part, survey, usual, notes }: Sources): RequirementType[] {
  const { requirementTypes: assumed } = usual.record;
  const field = setting<readonly CTableField[]>(part, 'fields:Requirement')?.find(
    ({ name }) => setting(part, `values:Requirement/${name}`) !== undefined && name === typeField.field,
  );
  const names = field
    ? textsOf(setting(part, `values:Requirement/${typeField.field}`))
    : assumed.map(({ name }) => name);
  const seen = new Map<string, RequirementType>();
  for (const [, wire] of survey.records(part, 'Requirement')) {
    const { type = '', tag = '', number = 0 } = wire as CRequirement;
    const at = tag.indexOf(String(number));
    if (seen.has(type) || Number(number) === 0 || at < 0) continue;
    const tagSuffix = tag.slice(at + String(number).length);
    seen.set(type, { name: type, tagPrefix: tag.slice(0, at), tagSuffix });
  }
  return names.map((name) => {
    const known = seen.get(name) ?? assumed.find((type) => type.name === name);
    if (!known) notes.add(`The tags of requirements of the type "${name}"`, 'the number alone');
    return known ?? { name, tagPrefix: '', tagSuffix: '' };
  });
}

/** Names are told; what a link may hold is assumed from the usual definitions and the links that are there. */
function linkDefinitionsFrom({ part, survey, usual, notes }: Sources): LinkDefinition[] {
  const named = setting<readonly CFieldValue[]>(part, 'link-definitions');
  if (named === undefined) return [...usual.record.linkDefinitions];
  const links = [...survey.records(part, 'Links')].map(([, wire]) => wire as CLink);
  return textsOf(named).map((name) => {
    const assumed = usual.record.linkDefinitions.find((definition) => definition.name === name);
    const own = links.filter((link) => link.linkDefinitionName === name);
    const tables = (items: readonly ({ readonly tablename?: string | undefined } | undefined)[]) => [
      ...new Set(items.flatMap((item) => item?.tablename ?? [])),
    ];
    const parents = tables(own.map(({ linkparent }) => linkparent));
    const children = tables(own.flatMap(({ childList = [] }) => childList));
    if (!assumed) {
      notes.add(
        `What the link definition "${name}" allows`,
        own.length > 0 ? 'what its links have' : 'peers of all kinds',
      );
    }
    const isParental = parents.length > 0;
    const base: LinkDefinition = assumed ?? {
      name,
      kind: isParental ? 'parent/child' : 'peer',
      parents: [],
      children: own.length > 0 ? [] : itemTables,
      maxItems: undefined,
      requiresComment: false,
      allowsSuspects: own.some(({ childList = [] }) => childList.some(({ issuspect }) => issuspect === true)),
    };
    return {
      ...base,
      parents: base.kind === 'peer' ? [] : [...new Set([...base.parents, ...parents])],
      children: [...new Set([...base.children, ...children])],
    };
  });
}

function folderTypesFrom(part: PartFile, usual: readonly FolderType[]): readonly FolderType[] {
  const wires = setting<readonly CFolderType[]>(part, 'folder-types');
  return (
    wires?.map((wire) => ({
      recordId: Number(wire.recordid ?? 0),
      name: wire.name ?? '',
      description: wire.description ?? '',
      allowsWebView: wire.allowweb ?? false,
      allowsDetails: wire.allowdetails ?? false,
      hasReleasePlanning: wire.releaseplanning ?? false,
      isActive: wire.isactive ?? true,
      hasTaskBoard: wire.taskboardenabled ?? false,
      defaultTaskBoard: wire.defaulttaskboardname ?? '',
    })) ?? usual
  );
}

/** The groups that users are in or that lists offer. What they may do is not told. */
function groupsFrom({ part, survey, usual, notes }: Sources): SecurityGroup[] {
  const offered = textsOf(setting(part, 'values:User/Security Group'));
  const ofUsers = (['User', 'Customer'] as const).flatMap((table) =>
    [...survey.records(part, table)].flatMap(([, wire]) => (wire as CUser).usergroupnamelist ?? []),
  );
  const names = [...new Set([...offered, ...ofUsers])];
  notes.add(
    'What the security groups may do',
    'what a new project gives groups of these names; others may do everything',
  );
  const known = new Map(
    usual
      .table(securityGroups)
      .sorted()
      .map((group) => [group.name, group]),
  );
  return names.map(
    (name) =>
      known.get(name) ?? { name, commands: 'all', allowsSoap: true, hiddenTables: [], fieldRights: {} },
  );
}
