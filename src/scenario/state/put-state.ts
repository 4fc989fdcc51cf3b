import { apTestProblems } from '../../aptest/invariants.ts';
import { suites } from '../../aptest/model/definitions.ts';
import { installationScope } from '../../aptest/model/installation.ts';
import type { PathStep } from '../../input/path.ts';
import { testTrackProblems } from '../../testtrack/invariants.ts';
import { projects, serverScope } from '../../testtrack/model/tables.ts';
import { Collection } from '../../world/collection.ts';
import { type FileContent, fileContent } from '../../world/file-content.ts';
import { decoded } from '../../world/store/encoding.ts';
import type { Key, Table } from '../../world/table.ts';
import type { Path, World } from '../../world/world.ts';
import { tableRegistry, tables } from '../../worlds/tables.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import { withOwnNames } from './member-names.ts';
import type { StateSection } from './state-schema.ts';

type Report = (problem: ScenarioProblem) => void;

/** A message about each of a hundred thousand records helps nobody. */
const MOST_PROBLEMS = 100;

const at = (...steps: readonly PathStep[]): PathStep[] => ['state', ...steps];

/**
 * Lays a state that an export wrote over a world. Tables, keys, files and what has to hold between records are
 * checked; a member of a record that the product does not know is kept as it is.
 *
 * @returns the new world; the old one when something was reported
 */
export function putState(world: World, state: StateSection, report: Report): World {
  let problems = 0;
  const note: Report = (problem) => {
    problems++;
    if (problems <= MOST_PROBLEMS) report(problem);
  };
  const files = filesOf(state, note);
  const collections = Object.entries(state.tables ?? {}).flatMap(
    ([path, records]): [Path, Collection<unknown>][] => {
      const table = tableAt(path, note);
      return table ? [[path as Path, collectionOf(table, records, { path, files, note })]] : [];
    },
  );
  if (problems > 0) return world;
  const after = world.withCollections(collections, Object.entries(state.counters ?? {}));
  for (const problem of [...scopeProblems(after, collections), ...ruleProblems(after)]) note(problem);
  return problems > 0 ? world : after;
}

function filesOf(state: StateSection, note: Report): Map<string, FileContent> {
  const files = new Map<string, FileContent>();
  for (const [sha256, base64] of Object.entries(state.files ?? {})) {
    const content = fileContent(Buffer.from(base64, 'base64'));
    if (content.sha256 === sha256) files.set(sha256, content);
    else note(new ScenarioProblem(at('files', sha256), `the bytes have another SHA-256, ${content.sha256}`));
  }
  return files;
}

function tableAt(path: string, note: Report): Table<unknown> | undefined {
  try {
    return tableRegistry.at(path as Path);
  } catch {
    const scope = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const product = scope.split(':', 1)[0] ?? '';
    const scopes = Object.hasOwn(tables, product) ? [scope] : Object.keys(tables);
    const known = scopes.flatMap((each) =>
      (tables[each.split(':', 1)[0] ?? ''] ?? []).map(({ name }) => `${each}/${name}`),
    );
    note(missing(at('tables', path), 'there is no such table', { name: path, known }));
    return undefined;
  }
}

interface Reading {
  readonly path: string;
  readonly files: ReadonlyMap<string, FileContent>;
  readonly note: Report;
}

function collectionOf(
  table: Table<unknown>,
  written: readonly object[],
  { path, files, note }: Reading,
): Collection<unknown> {
  const keys = new Set<Key>();
  const records: unknown[] = [];
  for (const [index, each] of written.entries()) {
    const problem = (message: string) => note(new ScenarioProblem(at('tables', path, index), message));
    try {
      // What was given stays as it is: reading uses its input up.
      const record = decoded(withOwnNames(structuredClone(each)), (sha256) => fileOf(files, sha256));
      const key = keyOf(table, record);
      if (keys.has(key)) problem(`there are two records with the key ${JSON.stringify(key)}`);
      keys.add(key);
      records.push(record);
    } catch (error) {
      problem(`this is no record of "${table.name}" (${(error as Error).message})`);
    }
  }
  return keys.size === records.length ? Collection.of(table, records) : Collection.empty(table);
}

function fileOf(files: ReadonlyMap<string, FileContent>, sha256: string): FileContent {
  const found = files.get(sha256);
  if (!found) throw new Error(`its file ${sha256.slice(0, 64)} is not among state.files`);
  return found;
}

/** Asks for all that a collection finds a record by, so that nothing is missing later. @throws Error */
function keyOf(table: Table<unknown>, record: unknown): Key {
  const key = table.key(record);
  if (!isKey(key)) throw new Error('what it is found by is missing');
  for (const [name, index] of Object.entries(table.indexes)) {
    const value = index(record);
    const values = Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
    if (!values.every(isKey)) throw new Error(`what it is found by as "${name}" is missing`);
  }
  return key;
}

const isKey = (value: unknown): value is Key =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/** Tables of projects and suites that are not there. */
function scopeProblems(
  world: World,
  collections: readonly (readonly [Path, Collection<unknown>])[],
): ScenarioProblem[] {
  const projectNames = [...world.collection(projects, serverScope).values()].map(({ name }) => name);
  const suiteNames = [...world.collection(suites, installationScope).values()].map(({ name }) => name);
  return collections.flatMap(([path]) => {
    const [, product, name] = /^(\w+)(?::(.*))?\/[^/]+$/s.exec(path) ?? [];
    if (name === undefined) return [];
    const isTestTrack = product === serverScope;
    const known = isTestTrack ? projectNames : suiteNames;
    if (known.includes(name)) return [];
    const noun = isTestTrack ? 'project' : 'suite';
    return [missing(at('tables', path), `there is no ${noun} "${name}"`, { name, known })];
  });
}

/** What both products rely on. */
function ruleProblems(world: World): ScenarioProblem[] {
  try {
    return [...testTrackProblems(world), ...apTestProblems(world)].map(
      (message) => new ScenarioProblem(at(), message),
    );
  } catch (error) {
    const message = `a record has not all that it needs (${(error as Error).message})`;
    return [
      new ScenarioProblem(at(), message, 'Take the section from an export, and change as little as needed.'),
    ];
  }
}
