import { blankTestConfig } from '../testtrack/families/test-config.ts';
import { blankUser } from '../testtrack/families/user.ts';
import type { ProjectRecord, TableSettings, Workflow } from '../testtrack/model/project-record.ts';
import { type Area, areas } from '../testtrack/model/server-records.ts';
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
} from '../testtrack/model/tables.ts';
import { ProjectView } from '../testtrack/project-view.ts';
import { tableNames } from '../testtrack/rules/table-names.ts';
import type { Draft } from '../world/draft.ts';
import { ProductFault } from '../world/product-fault.ts';
import { defectFrom } from './defect-seed.ts';
import { type PathStep, ScenarioProblem } from './problem.ts';
import type { SeedContext } from './section.ts';
import {
  type CustomFieldSection,
  type ProjectSection,
  type TestTrackDefaults,
  type TestTrackSection,
  testtrackDefaultsSchema,
  type WorkflowSection,
} from './testtrack-schema.ts';

/** A project while it is filled. */
export interface ProjectSeed extends Pick<SeedContext, 'now' | 'at' | 'files'> {
  readonly project: ProjectView;
  /** The record ID of the user with this login. @throws ScenarioProblem when there is none */
  userOf(login: string, at: readonly PathStep[]): number;
}

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

function seedDefects(seed: ProjectSeed, section: ProjectSection): void {
  const { project, at } = seed;
  const ids = new Set<string>();
  const numbers = new Set<string>();
  const records = (section.defects ?? []).map((defect, index) => {
    const path = [...at, 'defects', index];
    const recordId = numbered(project, 'defect', defect.recordId);
    const number = project.record.autoNumbers ? numbered(project, 'defect-number', defect.number) : 0;
    requireNew(ids, String(recordId), [...path, 'recordId'], `defect with record ID ${recordId}`);
    if (number !== 0) requireNew(numbers, String(number), [...path, 'number'], `defect number ${number}`);
    return placed(path, () => defectFrom(seed, defect, { recordId, number, at: path }));
  });
  project.table(defects).fill(records);
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

function userOf(project: ProjectView, login: string, at: readonly PathStep[]): number {
  const found = project.table(users).findBy('login', login.toLowerCase())[0];
  if (found) return found.recordId;
  const known = project.table(users).sorted();
  throw new ScenarioProblem(
    at,
    `there is no user "${login}" in "${project.record.name}"`,
    `Users: ${known.map((user) => user.login).join(', ') || 'none'}`,
  );
}

/** The number that the scenario gives, or the next; later ones are counted on from the highest. */
export function numbered(project: ProjectView, counter: string, given: number | undefined): number {
  if (given === undefined) return project.next(counter);
  project.raise(counter, given);
  return given;
}

function requireNew(seen: Set<string>, key: string, at: readonly PathStep[], what: string): void {
  if (seen.has(key))
    throw new ScenarioProblem(at, `there are two of ${what}`, 'Change or remove one of them');
  seen.add(key);
}

/** Runs rules of the product on a scenario: what they refuse is a problem of the scenario. */
function placed<T>(at: readonly PathStep[], run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProductFault)
      throw new ScenarioProblem(at, error.text.replace(/\.$/, ''), error.hint);
    throw error;
  }
}

/** An object without the members that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
