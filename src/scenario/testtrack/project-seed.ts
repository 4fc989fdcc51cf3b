import type { LazyPath, PathStep } from '../../input/path.ts';
import type { Day } from '../../testtrack/model/item-record.ts';
import { testConfigs, users } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import type { TableName } from '../../testtrack/rules/table-names.ts';
import { dayOf } from '../../testtrack/rules/zone.ts';
import type { Instant } from '../../world/instant.ts';
import { ProductFault } from '../../world/product-fault.ts';
import type { ScenarioFiles } from '../reading/files.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import type { SeedContext } from '../reading/section.ts';

/** A field whose values stand in a list of the project, and the key of a record that holds one. */
export interface ListedField {
  readonly table: TableName;
  readonly field: string;
  readonly member: string;
}

/**
 * A project while it is filled. It remembers what the records of a list ask for again and again: a scenario can have a
 * hundred thousand of them. Users and lists are there before the first record that asks.
 */
export class ProjectSeed implements Pick<SeedContext, 'now' | 'at' | 'files'> {
  readonly now: Instant;
  readonly at: readonly PathStep[];
  readonly files: ScenarioFiles;
  private readonly users = new Map<string, number>();
  /** The values of each list, by table and field. */
  private readonly lists = new Map<string, Map<string, readonly string[]>>();
  private first: number | undefined;
  private lastDay: { readonly at: Instant; readonly day: Day } | undefined;

  constructor(
    { now, at, files }: Pick<SeedContext, 'now' | 'at' | 'files'>,
    readonly project: ProjectView,
  ) {
    this.now = now;
    this.at = at;
    this.files = files;
  }

  /**
   * The record ID of the user with this login.
   *
   * @param at the path of what names the user
   * @throws ScenarioProblem when there is none
   */
  userOf(login: string, at: LazyPath): number {
    let recordId = this.users.get(login);
    if (recordId === undefined) {
      recordId = userWith(this.project, login, at);
      this.users.set(login, recordId);
    }
    return recordId;
  }

  /** Whom something names, or the one it comes from when it names nobody. @throws ScenarioProblem as `userOf` */
  userOrFirst(login: string | undefined, at: LazyPath): number {
    return login === undefined ? this.firstUser() : this.userOf(login, at);
  }

  /** The record ID of a test configuration; 0 where none is named. @throws ScenarioProblem when there is none */
  testConfigOf(name: string | undefined, at: LazyPath): number {
    if (name === undefined) return 0;
    const found = this.project.table(testConfigs).findBy('name', name)[0];
    if (found) return found.recordId;
    throw new ScenarioProblem(at(), `there is no test configuration "${name}"`);
  }

  /** Who an item comes from that names nobody: the user of the project with the lowest record ID; 0 without users. */
  firstUser(): number {
    this.first ??=
      this.project
        .table(users)
        .sorted()
        .find((user) => !user.isCustomer)?.recordId ?? 0;
    return this.first;
  }

  /** The day of a moment where the server is. */
  dayOf(at: Instant): Day {
    if (this.lastDay?.at !== at) this.lastDay = { at, day: dayOf(at, this.project.server.timeZone) };
    return this.lastDay.day;
  }

  /**
   * Checks a value against the list of its field; an empty one is always right.
   *
   * @param at the path of the record
   * @throws ScenarioProblem
   */
  requireListed({ table, field, member }: ListedField, value: string, at: readonly PathStep[]): void {
    if (value === '') return;
    const values = this.valuesOf(table, field);
    if (values.includes(value)) return;
    const label = this.project.labelOf(table, field);
    throw missing([...at, member], `"${value}" is not a value of ${label}`, {
      name: value,
      known: values,
      listed: `${label} of ${table} takes`,
      remedy: `Add others under "lists" of the project.`,
    });
  }

  /** What the project offers for a field; nothing where the field has no list. */
  valuesOf(table: string, field: string): readonly string[] {
    let fields = this.lists.get(table);
    if (!fields) {
      fields = new Map();
      this.lists.set(table, fields);
    }
    let list = fields.get(field);
    if (!list) {
      list = this.project.dropdownValues(table, field) ?? none;
      fields.set(field, list);
    }
    return list;
  }
}

/** @throws ScenarioProblem when there is none */
function userWith(project: ProjectView, login: string, at: LazyPath): number {
  const found = project.table(users).findBy('login', login.toLowerCase())[0];
  if (found) return found.recordId;
  const known = project.table(users).sorted();
  throw missing(at(), `there is no user "${login}" in "${project.record.name}"`, {
    name: login,
    known: known.map((user) => user.login),
    listed: 'Users',
  });
}

/** The empty list of all records that have nothing to list; one for all of them. */
export const none: readonly never[] = Object.freeze([]);

/** The number that the scenario gives, or the next; later ones are counted on from the highest. */
export function claimNumber(project: ProjectView, counter: string, given: number | undefined): number {
  if (given === undefined) return project.next(counter);
  project.raise(counter, given);
  return given;
}

/** The problem of something that is there twice. */
export function twice(at: readonly PathStep[], what: string): ScenarioProblem {
  return new ScenarioProblem(at, `there are two of ${what}`, 'Change or remove one of them');
}

/** @throws ScenarioProblem when the key was seen before */
export function requireNew(
  seen: Set<string>,
  key: string,
  { at, what }: { readonly at: readonly PathStep[]; readonly what: string },
): void {
  if (seen.has(key)) throw twice(at, what);
  seen.add(key);
}

/** Runs rules of the product on a scenario: what they refuse is a problem of the scenario. */
export function placed<T>(at: LazyPath, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProductFault)
      throw new ScenarioProblem(at(), error.text.replace(/\.$/, ''), error.hint);
    throw error;
  }
}

/** An object without the members that are undefined. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
