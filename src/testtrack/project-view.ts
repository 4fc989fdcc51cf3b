import type { Draft, TableDraft } from '../world/draft.ts';
import { invariant } from '../world/invariant.ts';
import type { Indexes, Table } from '../world/table.ts';
import type {
  CustomField,
  ProjectRecord,
  ServerSettings,
  TableSettings,
  Workflow,
} from './model/project-record.ts';
import {
  dropdownKey,
  dropdowns,
  projectScope,
  projects,
  serverScope,
  serverSettings,
} from './model/tables.ts';

const noSettings: TableSettings = {
  workflow: undefined,
  customFields: [],
  requiredFields: [],
  renamedFields: {},
};

/** A project as one call sees it: its records in the call's draft, and what is configured for it. */
export class ProjectView {
  private readonly scope: string;
  private readonly tables = new Map<object, TableDraft<unknown>>();
  private counterNames: Map<string, string> | undefined;
  readonly record: ProjectRecord;
  readonly server: ServerSettings;

  constructor(
    readonly draft: Draft,
    name: string,
  ) {
    const record = draft.table(projects, serverScope).get(name);
    invariant(record, `project "${name}" exists while a session of it does`);
    this.record = record;
    this.server = serverOf(draft);
    this.scope = projectScope(name);
  }

  /** The records of a table of this project. */
  table<R, I extends Indexes<R>>(table: Table<R, I>): TableDraft<R, I> {
    let found = this.tables.get(table);
    if (!found) {
      found = this.draft.table(table, this.scope) as unknown as TableDraft<unknown>;
      this.tables.set(table, found);
    }
    return found as unknown as TableDraft<R, I>;
  }

  /** The next number of a counter of this project, 1 at first. */
  next(counter: string): number {
    return this.draft.next(this.counterName(counter));
  }

  /** Makes sure that `next` gives numbers above this one. */
  raise(counter: string, number: number): void {
    this.draft.raise(this.counterName(counter), number);
  }

  /** The counter's name in the draft, put together once: to hash a new text each time is most of what counting costs. */
  private counterName(counter: string): string {
    this.counterNames ??= new Map();
    let name = this.counterNames.get(counter);
    if (name === undefined) {
      name = `${this.scope}/${counter}`;
      this.counterNames.set(counter, name);
    }
    return name;
  }

  settingsOf(tableName: string): TableSettings {
    return this.record.tables[tableName] ?? noSettings;
  }

  workflowOf(tableName: string): Workflow | undefined {
    return this.settingsOf(tableName).workflow;
  }

  customFieldsOf(tableName: string): readonly CustomField[] {
    return this.settingsOf(tableName).customFields;
  }

  /** What a field is called in this project. */
  labelOf(tableName: string, field: string): string {
    return this.settingsOf(tableName).renamedFields[field] ?? field;
  }

  /** The values of a drop-down field by its original label; undefined when it has no list. */
  dropdownValues(tableName: string, field: string): readonly string[] | undefined {
    return this.table(dropdowns).get(dropdownKey(tableName, field))?.values;
  }
}

/** The settings of the server. */
export function serverOf(draft: Draft): ServerSettings {
  const settings = draft.table(serverSettings, serverScope).get('server');
  invariant(settings, 'a world has the settings of a TestTrack server');
  return settings;
}
