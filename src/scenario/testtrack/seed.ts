import { blankTestConfig } from '../../testtrack/families/test-config.ts';
import { blankUser } from '../../testtrack/families/user.ts';
import type { ProjectRecord, TableSettings, Workflow } from '../../testtrack/model/project-record.ts';
import { type Area, areas } from '../../testtrack/model/server-records.ts';
import {
  defects,
  dropdowns,
  groups,
  locks,
  projects,
  serverScope,
  serverSettings,
  testConfigs,
  users,
} from '../../testtrack/model/tables.ts';
import { ProjectView } from '../../testtrack/project-view.ts';
import { tableNames } from '../../testtrack/rules/table-names.ts';
import type { Draft } from '../../world/draft.ts';
import { type PathStep, ScenarioProblem } from '../problem.ts';
import type { SeedContext } from '../section.ts';
import { seedDefects } from './defects.ts';
import type { CustomFieldSection, WorkflowSection } from './parts.ts';
import { defined, numbered, type ProjectSeed, requireNew, userOf } from './project-seed.ts';
import {
  type ProjectSection,
  type TestTrackDefaults,
  type TestTrackSection,
  testtrackDefaultsSchema,
} from './section.ts';

const minuteMs = 60_000;

/**
 * Puts the TestTrack side of a scenario into a world: the server's settings and every project with all it holds.
 *
 * @throws ScenarioProblem for what is well written but makes no sense, with its path
 */
export function seedTestTrack(draft: Draft, section: TestTrackSection, context: SeedContext): void {
  const defaults = testtrackDefaultsSchema.parse(context.defaults);
  draft.table(serverSettings, serverScope).put({ ...defaults.server, ...defined(section.server ?? {}) });
  const seen = new Set<string>();
  for (const [at, project] of (section.projects ?? []).entries()) {
    const path = [...context.at, 'projects', at];
    requireNew(seen, project.name, [...path, 'name'], `project "${project.name}"`);
    seedProject(draft, project, defaults, { ...context, at: path });
  }
}

function seedProject(
  draft: Draft,
  section: ProjectSection,
  defaults: TestTrackDefaults,
  context: SeedContext,
): void {
  const record: ProjectRecord = {
    name: section.name,
    options: (section.options ?? areas) as readonly Area[],
    autoNumbers: section.autoNumbers ?? true,
    tables: {},
  };
  draft.table(projects, serverScope).put(record);
  const project = new ProjectView(draft, section.name);
  draft
    .table(projects, serverScope)
    .put({ ...record, tables: tableSettings(project, section, defaults.project, context) });
  const seed: ProjectSeed = {
    ...context,
    project: new ProjectView(draft, section.name),
    userOf: (login, at) => userOf(project, login, at),
  };
  seedGroups(seed, section, defaults.project);
  seedLists(seed, section, defaults.project);
  seedUsers(seed, section);
  seedTestConfigs(seed, section);
  seedDefects(seed, section);
  seedLocks(seed, section);
}

function tableSettings(
  project: ProjectView,
  section: ProjectSection,
  defaults: TestTrackDefaults['project'],
  { at }: SeedContext,
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
  const states = section.states.map(({ name, isOpen = true, locksItem = false }) => ({
    name,
    isOpen,
    locksItem,
  }));
  const known = new Set(states.map(({ name }) => name));
  const events = section.events.map((event, index) => {
    for (const part of ['from', 'to'] as const) {
      for (const [place, state] of (event[part] ?? []).entries()) {
        if (known.has(state)) continue;
        throw new ScenarioProblem(
          [...at, 'events', index, part, place],
          `"${state}" is no state of this workflow`,
          `States: ${[...known].join(', ')}`,
        );
      }
    }
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

function customFieldFrom(
  project: ProjectView,
  { name, type, values = [], isRequired = false }: CustomFieldSection,
) {
  return { recordId: project.next('custom-field'), name, type, values, isRequired };
}

/** Groups of the defaults stay unless the project has one of the same name. */
function seedGroups(
  { project }: ProjectSeed,
  section: ProjectSection,
  defaults: TestTrackDefaults['project'],
): void {
  for (const group of [...(defaults.groups ?? []), ...(section.groups ?? [])]) {
    const { name, commands, allowsSoap = true, hiddenTables = [] } = group;
    project.table(groups).put({ name, commands, allowsSoap, hiddenTables });
  }
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
  }
}

function seedUsers({ project, at }: ProjectSeed, section: ProjectSection): void {
  const logins = new Set<string>();
  const ids = new Set<string>();
  for (const [index, user] of (section.users ?? []).entries()) {
    const path = [...at, 'users', index];
    requireNew(logins, user.login.toLowerCase(), [...path, 'login'], `user "${user.login}"`);
    const names = user.groups ?? ['Administrators'];
    for (const [place, group] of names.entries()) {
      if (project.table(groups).get(group)) continue;
      const known = project.table(groups).sorted();
      throw new ScenarioProblem(
        [...path, 'groups', place],
        `there is no group "${group}"`,
        `Groups: ${known.map(({ name }) => name).join(', ')}`,
      );
    }
    const recordId = numbered(project, 'user', user.recordId);
    requireNew(ids, String(recordId), [...path, 'recordId'], `user with record ID ${recordId}`);
    project.table(users).put({ ...blankUser, ...defined(user), recordId, groups: names });
  }
}

function seedTestConfigs({ project, at }: ProjectSeed, section: ProjectSection): void {
  const seen = new Set<string>();
  for (const [index, config] of (section.testConfigs ?? []).entries()) {
    requireNew(
      seen,
      config.name,
      [...at, 'testConfigs', index, 'name'],
      `test configuration "${config.name}"`,
    );
    const recordId = numbered(project, 'test-config', config.recordId);
    project.table(testConfigs).put({ ...blankTestConfig, ...defined(config), recordId });
  }
}

/** Locks that somebody else holds from the start, as a user of the GUI would. */
function seedLocks({ project, at, now, userOf: user }: ProjectSeed, section: ProjectSection): void {
  for (const [index, { table = 'Defect', recordId, number, by, minutes }] of (
    section.locks ?? []
  ).entries()) {
    const path = [...at, 'locks', index];
    const id =
      recordId ??
      (number === undefined ? undefined : project.table(defects).findBy('number', number)[0]?.recordId);
    if (id === undefined || (table === 'Defect' && !project.table(defects).get(id))) {
      throw new ScenarioProblem(
        path,
        'the lock names no record',
        'Give it the number or recordId of a defect above',
      );
    }
    const until = now + (minutes ?? project.server.lockMinutes) * minuteMs;
    project.table(locks).put({ table, recordId: id, cookie: 0, userId: user(by, [...path, 'by']), until });
  }
}
