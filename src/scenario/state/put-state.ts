import type { Steps } from '../../answers/steps.ts';
import { checkingApTest } from '../../aptest/invariants.ts';
import { suites } from '../../aptest/model/definitions.ts';
import { installationScope } from '../../aptest/model/installation.ts';
import type { PathStep } from '../../input/path.ts';
import { checkingTestTrack } from '../../testtrack/invariants.ts';
import { projects, serverScope } from '../../testtrack/model/tables.ts';
import { Collection } from '../../world/collection.ts';
import { CollectionMaker } from '../../world/collection-maker.ts';
import { type FileContent, fileContent } from '../../world/file-content.ts';
import { Alike } from '../../world/store/alike.ts';
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
 * Lays a state that an export wrote over a world, in steps. Tables, keys, files and what has to hold between records are
 * checked; a member of a record that the product does not know is kept as it is.
 *
 * @returns the new world; the old one when something was reported
 */
export function* puttingState(world: World, state: StateSection, report: Report): Steps<World> {
  const builder = new StateBuilder(world, report);
  for (const [sha256, base64] of Object.entries(state.files ?? {})) {
    builder.file(sha256, base64);
    yield;
  }
  for (const [path, records] of Object.entries(state.tables ?? {})) {
    yield* builder.table(path);
    for (const record of records) {
      // What was given stays as it is: reading uses its input up.
      builder.record(withOwnNames(structuredClone(record)) as object);
      yield;
    }
  }
  builder.counters(state.counters ?? {});
  return yield* builder.finish();
}

/** A table that is just being read. */
interface OpenTable {
  readonly path: string;
  /** Undefined for one that is not known. */
  readonly maker: CollectionMaker<unknown> | undefined;
  /** Records that were given, also those that are none. */
  count: number;
}

/** Builds a state from its parts: a file before the records that name it, a table before its records. */
export class StateBuilder {
  private readonly files = new Map<string, FileContent>();
  private readonly fileOf = (sha256: string) => fileOf(this.files, sha256);
  private readonly alike = new Alike();
  private readonly collections = new Map<Path, Collection<unknown>>();
  private moved: Readonly<Record<string, number>> = {};
  private problems = 0;
  private open: OpenTable | undefined;

  constructor(
    private readonly world: World,
    private readonly report: Report,
  ) {}

  /** The content of a file. */
  file(sha256: string, base64: string): void {
    const content = fileContent(Buffer.from(base64, 'base64'));
    if (content.sha256 === sha256) this.files.set(sha256, content);
    else
      this.note(
        new ScenarioProblem(at('files', sha256), `the bytes have another SHA-256, ${content.sha256}`),
      );
  }

  /** The records from now on are those of this table. */
  *table(path: string): Steps<void> {
    yield* this.close();
    const table = tableAt(path, (problem) => this.note(problem));
    if (this.collections.has(path as Path))
      this.note(new ScenarioProblem(at('tables', path), 'the table stands there twice'));
    this.open = { path, maker: table && new CollectionMaker(table), count: 0 };
  }

  /** A record of the table. @param written is used up */
  record(written: object): void {
    const { open } = this;
    if (!open) {
      this.note(new ScenarioProblem(at('tables'), 'a record stands before the first table'));
      return;
    }
    const { maker, path } = open;
    const index = open.count++;
    if (!maker) return;
    const { table } = maker;
    const problem = (message: string) => this.note(new ScenarioProblem(at('tables', path, index), message));
    try {
      const record = decoded(written, this.fileOf, this.alike);
      const key = keyOf(table, record);
      if (!maker.add(record)) problem(`there are two records with the key ${JSON.stringify(key)}`);
    } catch (error) {
      problem(`this is no record of "${table.name}" (${(error as Error).message})`);
    }
  }

  /** The last numbers that were given out. */
  counters(moved: Readonly<Record<string, number>>): void {
    this.moved = moved;
  }

  /** @returns the new world; the old one when something was reported */
  *finish(): Steps<World> {
    yield* this.close();
    const { world, collections } = this;
    if (this.problems > 0) return world;
    const after = world.withCollections(collections, Object.entries(this.moved));
    for (const problem of scopeProblems(after, [...collections])) this.note(problem);
    for (const problem of yield* ruleProblems(after)) this.note(problem);
    return this.problems > 0 ? world : after;
  }

  private *close(): Steps<void> {
    const { open } = this;
    this.open = undefined;
    if (open?.maker) this.collections.set(open.path as Path, yield* Collection.made(open.maker));
  }

  private note(problem: ScenarioProblem): void {
    this.problems += 1;
    if (this.problems <= MOST_PROBLEMS) this.report(problem);
  }
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
function* ruleProblems(world: World): Steps<ScenarioProblem[]> {
  try {
    const messages = [...(yield* checkingTestTrack(world)), ...(yield* checkingApTest(world))];
    return messages.map((message) => new ScenarioProblem(at(), message));
  } catch (error) {
    const message = `a record has not all that it needs (${(error as Error).message})`;
    return [
      new ScenarioProblem(at(), message, 'Take the section from an export, and change as little as needed.'),
    ];
  }
}
