import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import { blankTestConfig } from '../../testtrack/kinds/test-config.ts';
import { testVariantTable } from '../../testtrack/kinds/test-variants.ts';
import type { ProjectRecord, TableSettings, Workflow } from '../../testtrack/model/project-record.ts';
import { type Area, areas } from '../../testtrack/model/server-records.ts';
import {
  dropdowns,
  projects,
  serverScope,
  serverSettings,
  testConfigs,
} from '../../testtrack/model/tables.ts';
import { ProjectView } from '../../testtrack/project-view.ts';
import { typeField } from '../../testtrack/rules/requirement-types.ts';
import { tableNames } from '../../testtrack/rules/table-names.ts';
import type { Draft } from '../../world/draft.ts';
import { missing } from '../reading/problem.ts';
import type { SeedContext } from '../reading/section.ts';
import { seedDefects } from './defects.ts';
import { seedExportTemplates } from './export-templates.ts';
import { seedAdminLock, seedFilters } from './filters.ts';
import { folderTypesFrom, seedFolders } from './folders.ts';
import { withGenerated } from './generated-items.ts';
import { seedGroups } from './groups.ts';
import { licencePoolsFrom, seedGlobalUsers } from './licence-server.ts';
import { linkDefinitionsFrom, seedLinks, testRunIssueLinkFrom } from './links.ts';
import { seedLocks } from './locks.ts';
import { seedLogins } from './logins.ts';
import type { CustomFieldSection, WorkflowSection } from './parts.ts';
import { claimNumber, defined, ProjectSeed, requireNew } from './project-seed.ts';
import { seedReports } from './reports.ts';
import { seedRequirementDocuments } from './requirement-documents.ts';
import { seedRequirements } from './requirements.ts';
import type { ProjectSection, TestTrackDefaults, TestTrackSection } from './section.ts';
import { seedTasks } from './tasks.ts';
import { seedTestCases, seedTestVariants } from './test-cases.ts';
import { seedTestRuns } from './test-runs.ts';
import { seedPeople } from './users.ts';

/**
 * Puts the TestTrack side of a scenario into a world: the server's settings and every project with all it holds.
 *
 * @throws ScenarioProblem for what is well written but makes no sense, with its path
 */
export function* seedTestTrack(draft: Draft, section: TestTrackSection, context: SeedContext): Steps<void> {
  // Our own file: a test parses it, so that no start has to.
  const defaults = context.defaults as TestTrackDefaults;
  const { wsdl, ...settings } = section.server ?? {};
  const formerly = wsdl === 'legacy' ? { sdk: '2013' as const } : {};
  const server = { ...defaults.server, ...formerly, ...defined(settings) };
  const licences = licencePoolsFrom(server.licences, [...context.at, 'server', 'licences']);
  draft.table(serverSettings, serverScope).put({ ...server, licences });
  seedGlobalUsers(draft, section.globalUsers ?? [], [...context.at, 'globalUsers']);
  const seen = new Set<string>();
  for (const [at, project] of (section.projects ?? []).entries()) {
    const path = [...context.at, 'projects', at];
    requireNew(seen, project.name, { at: [...path, 'name'], what: `project "${project.name}"` });
    yield* seedProject(draft, project, { defaults, context: { ...context, at: path } });
  }
}

function* seedProject(
  draft: Draft,
  section: ProjectSection,
  { defaults, context }: { readonly defaults: TestTrackDefaults; readonly context: SeedContext },
): Steps<void> {
  const linkDefinitions = linkDefinitionsFrom(section.linkDefinitions, defaults.project.linkDefinitions);
  const record: ProjectRecord = {
    name: section.name,
    options: (section.options ?? areas) as readonly Area[],
    autoNumbers: section.autoNumbers ?? true,
    tables: {},
    requirementTypes: requirementTypes(section, defaults.project),
    linkDefinitions,
    testRunIssueLink: testRunIssueLinkFrom(
      section.testRunIssueLink ?? defaults.project.testRunIssueLink,
      linkDefinitions,
      [...context.at, 'testRunIssueLink'],
    ),
    folderTypes: [],
  };
  draft.table(projects, serverScope).put(record);
  const project = new ProjectView(draft, section.name);
  draft.table(projects, serverScope).put({
    ...record,
    tables: tableSettings(project, section, { defaults: defaults.project, at: context.at }),
    folderTypes: folderTypesFrom(project, section.folderTypes, defaults.project.folderTypes),
  });
  const seed = new ProjectSeed(context, new ProjectView(draft, section.name));
  seedGroups(seed, section, defaults.project);
  seedLists(seed, section, defaults.project);
  seedTestConfigs(seed, section);
  const lists = withGenerated(seed, section);
  yield* seedPeople(seed, lists);
  yield* seedDefects(seed, lists);
  yield* seedTasks(seed, lists);
  yield* seedTestCases(seed, lists);
  yield* seedTestRuns(seed, lists);
  yield* seedRequirements(seed, lists);
  yield* seedRequirementDocuments(seed, lists);
  // Links and folders name items of every kind.
  yield* seedLinks(seed, section);
  yield* seedFolders(seed, lists);
  seedLogins(seed, section);
  seedFilters(seed, section, defaults.project);
  seedReports(seed, section);
  seedExportTemplates(seed, section);
  // Locks can be on records of every kind.
  seedLocks(seed, section);
  seedAdminLock(seed, section);
}

/** The types of the project replace the default ones as a whole. */
function requirementTypes(
  section: ProjectSection,
  defaults: TestTrackDefaults['project'],
): ProjectRecord['requirementTypes'] {
  const types = section.requirementTypes ?? defaults.requirementTypes ?? [];
  return types.map(({ name, tagPrefix = '', tagSuffix = '' }) => ({ name, tagPrefix, tagSuffix }));
}

function tableSettings(
  project: ProjectView,
  section: ProjectSection,
  { defaults, at }: { readonly defaults: TestTrackDefaults['project']; readonly at: SeedContext['at'] },
): Record<string, TableSettings> {
  return Object.fromEntries(
    tableNames.map((table) => {
      const workflow = section.workflows?.[table] ?? defaults.workflows?.[table];
      return [
        table,
        {
          workflow: workflow && workflowFrom(project, workflow, [...at, 'workflows', table]),
          customFields: (section.customFields?.[table] ?? defaults.customFields?.[table] ?? []).map((field) =>
            customFieldFrom(project, field),
          ),
          requiredFields: section.requiredFields?.[table] ?? defaults.requiredFields?.[table] ?? [],
          renamedFields: section.renamedFields?.[table] ?? defaults.renamedFields?.[table] ?? {},
        },
      ];
    }),
  );
}

function workflowFrom(project: ProjectView, section: WorkflowSection, at: readonly PathStep[]): Workflow {
  const states = section.states.map((state) => ({
    name: state.name,
    isOpen: state.isOpen ?? true,
    locksItem: state.locksItem ?? false,
    assignmentRule: state.assignmentRule ?? 'anyone',
    canGenerateRuns: state.canGenerateRuns ?? true,
  }));
  const known = new Set(states.map(({ name }) => name));
  const events = section.events.map((event, index) => {
    requireStates(known, event, [...at, 'events', index]);
    return {
      name: event.name,
      from: event.from ?? [],
      to: event.to ?? [],
      assigns: event.assigns ?? false,
      hours: event.hours ?? 'none',
      hasAttachments: event.hasAttachments ?? true,
      hasReleaseNotes: event.hasReleaseNotes ?? false,
      canMarkSuspect: event.canMarkSuspect ?? false,
      isReviewNote: event.isReviewNote ?? false,
      fields: (event.fields ?? []).map((field) => customFieldFrom(project, field)),
    };
  });
  return { states, events };
}

/** @throws ScenarioProblem for a state that an event names and the workflow does not have */
function requireStates(
  known: ReadonlySet<string>,
  event: WorkflowSection['events'][number],
  at: readonly PathStep[],
): void {
  for (const part of ['from', 'to'] as const) {
    for (const [place, state] of (event[part] ?? []).entries()) {
      if (known.has(state)) continue;
      throw missing([...at, part, place], `"${state}" is no state of this workflow`, {
        name: state,
        known,
        listed: 'States',
      });
    }
  }
}

function customFieldFrom(
  project: ProjectView,
  { name, type, values = [], isRequired = false, code }: CustomFieldSection,
) {
  return { recordId: project.next('custom-field'), name, type, values, isRequired, code };
}

/** A list of the project replaces the default list of the same field. */
function seedLists(
  { project }: ProjectSeed,
  section: ProjectSection,
  defaults: TestTrackDefaults['project'],
): void {
  for (const table of tableNames) {
    const fields = { ...defaults.lists?.[table], ...section.lists?.[table] };
    for (const [field, values] of Object.entries(fields))
      project.table(dropdowns).put({ table, field, values });
    if (table === testVariantTable) seedTestVariants({ project }, Object.keys(fields));
  }
  const types = project.record.requirementTypes.map(({ name }) => name);
  const listed = project.dropdownValues(typeField.table, typeField.field) ?? [];
  project.table(dropdowns).put({ ...typeField, values: [...new Set([...types, ...listed])] });
}

function seedTestConfigs({ project, at }: ProjectSeed, section: ProjectSection): void {
  const seen = new Set<string>();
  for (const [index, config] of (section.testConfigs ?? []).entries()) {
    requireNew(seen, config.name, {
      at: [...at, 'testConfigs', index, 'name'],
      what: `test configuration "${config.name}"`,
    });
    const recordId = claimNumber(project, 'test-config', config.recordId);
    project.table(testConfigs).put({ ...blankTestConfig, ...defined(config), recordId });
  }
}
