import { users } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { ProductFault } from '../../world/product-fault.ts';
import { type PathStep, ScenarioProblem } from '../problem.ts';
import type { SeedContext } from '../section.ts';

/** A project while it is filled. */
export interface ProjectSeed extends Pick<SeedContext, 'now' | 'at' | 'files'> {
  readonly project: ProjectView;
  /** The record ID of the user with this login. @throws ScenarioProblem when there is none */
  userOf(login: string, at: readonly PathStep[]): number;
  /** Who an item comes from that names nobody: the user of the project with the lowest record ID; 0 without users. */
  firstUser(): number;
}

/** The record ID of the user with this login. @throws ScenarioProblem when there is none */
export function userOf(project: ProjectView, login: string, at: readonly PathStep[]): number {
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

/** The problem of something that is there twice. */
export function twice(at: readonly PathStep[], what: string): ScenarioProblem {
  return new ScenarioProblem(at, `there are two of ${what}`, 'Change or remove one of them');
}

/** @throws ScenarioProblem when the key was seen before */
export function requireNew(seen: Set<string>, key: string, at: readonly PathStep[], what: string): void {
  if (seen.has(key)) throw twice(at, what);
  seen.add(key);
}

/** Runs rules of the product on a scenario: what they refuse is a problem of the scenario. */
export function placed<T>(at: readonly PathStep[], run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProductFault)
      throw new ScenarioProblem(at, error.text.replace(/\.$/, ''), error.hint);
    throw error;
  }
}

/** An object without the members that are undefined. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
