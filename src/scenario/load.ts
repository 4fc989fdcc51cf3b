import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { atOnce, type Steps } from '../answers/steps.ts';
import { addRule } from '../fault-rules/add-rule.ts';
import type { Rule } from '../fault-rules/rule-schema.ts';
import { scriptWarnings } from '../fault-rules/warnings.ts';
import { interpreted } from '../input/interpreted.ts';
import { problemsOf } from '../input/issues.ts';
import type { PathStep } from '../input/path.ts';
import { memoOfRecent } from '../memo/memory.ts';
import { packageRoot } from '../package/package-root.ts';
import type { ClockChoice } from '../world/clock.ts';
import { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { World } from '../world/world.ts';
import { maxJsonBytes } from './reading/document.ts';
import { rememberCheck } from './reading/known-texts.ts';
import { ScenarioError, ScenarioProblem, scenarioError } from './reading/problem.ts';
import { announceFile, announceRecords, type Generating, type Reading } from './reading/progress.ts';
import { quickParse } from './reading/quick-check.ts';
import { mostShown, type ReportLine } from './reading/report.ts';
import type { Section, Sections } from './reading/section.ts';
import { existing, inlineSources, isInLines, readSources, type Sources } from './reading/sources.ts';
import { type CheckedScenario, scenarioSchema } from './schema.ts';
import { puttingState } from './state/put-state.ts';
import { exportedHead, puttingJson } from './state/read-json.ts';
import { puttingLines, readHead } from './state/read-lines.ts';
import type { StateSection } from './state/state-schema.ts';

/** What a scenario becomes. */
export interface LoadedScenario {
  readonly world: World;
  readonly clock: ClockChoice;
  /** Fault rules that can never act: `message` says why. */
  readonly warnings: readonly ScenarioWarning[];
}

/** Something that a person should look at, and that hinders nothing. */
export interface ScenarioWarning extends ReportLine {
  /** The rule that it is about. */
  readonly rule: string;
}

export interface LoadOptions extends Reading {
  /** The host's time; the scenario starts then unless its clock says otherwise. */
  readonly now: Instant;
  readonly sections: Sections;
}

/**
 * Reads, checks and seeds a scenario.
 *
 * @param scenario the path of a file, or the data itself
 * @throws ScenarioError with everything that is wrong: place, reason and remedy
 */
export function loadScenario(scenario: string | object, options: LoadOptions): LoadedScenario {
  return atOnce(loadingScenario(scenario, options));
}

/** The same in steps, for a twin that others are using. Only reading and checking the text is a single one, unless it is a large export. */
export function* loadingScenario(scenario: string | object, options: LoadOptions): Steps<LoadedScenario> {
  if (typeof scenario === 'string' && isInLines(scenario) && options.text === undefined)
    return yield* loadingLines(scenario, options);
  if (typeof scenario === 'string' && options.text === undefined) {
    const loaded = yield* loadingExport(scenario, options);
    if (loaded) return loaded;
  }
  const sources = typeof scenario === 'string' ? readSources(scenario, options) : inlineSources(scenario);
  const { data } = sources;
  if (data === null || data === undefined) {
    throw scenarioError([
      { file: sources.name, path: [], message: 'the file is empty; a scenario starts with "twintrack: 1"' },
    ]);
  }
  const checked = checkedData(sources, options.sections);
  const { seed, clock, testtrack, aptest, script, state } = checked;
  announceRecords(options.tell, checked as Generating);
  const seeder = new Seeder(new Draft(new World(seed)), sources, clock.now ?? options.now);
  yield* seeder.seed('testtrack', options.sections.testtrack, testtrack);
  yield* seeder.seed('aptest', options.sections.aptest, aptest);
  seeder.seedScript(script ?? []);
  const world = yield* seeder.finish(state);
  return { world, clock, warnings: warningsIn(sources, world, seeder.given) };
}

/** Loads an export in lines, which may be larger than a text can be. */
function* loadingLines(file: string, options: LoadOptions): Steps<LoadedScenario> {
  options.reads?.(path.resolve(file));
  const real = existing(file);
  options.reads?.(real);
  announceFile(options.tell, file, statSync(real).size);
  const problems: ScenarioProblem[] = [];
  const wrong = () =>
    scenarioError(problems.map(({ path: at, message, remedy }) => ({ file, path: at, message, remedy })));
  try {
    const start = yield* loadingScenario(readHead(real) as object, { ...options, reads: undefined });
    const world = yield* puttingLines(start.world, real, (problem) => void problems.push(problem));
    if (problems.length > 0) throw wrong();
    return {
      ...start,
      world,
      warnings: warningsOfState(file, world),
    };
  } catch (error) {
    if (!(error instanceof ScenarioProblem)) throw error;
    problems.push(error);
    throw wrong();
  }
}

/** From so many bytes on, an export in one JSON text is worth being read twice instead of as a whole. */
const largeExport = 1024 * 1024;

/** Loads a large export in one JSON text; undefined for what is none, or has a mistake in it. */
function* loadingExport(file: string, options: LoadOptions): Steps<LoadedScenario | undefined> {
  const size = /\.json$/i.test(file) ? statSync(file, { throwIfNoEntry: false })?.size : undefined;
  if (size === undefined || size < largeExport || size > maxJsonBytes) return undefined;
  options.reads?.(path.resolve(file));
  const real = existing(file);
  options.reads?.(real);
  const head = exportedHead(real);
  if (!head) return undefined;
  announceFile(options.tell, file, size);
  let start: LoadedScenario;
  try {
    start = yield* loadingScenario(head, { ...options, reads: undefined, tell: undefined });
  } catch (error) {
    if (error instanceof ScenarioError) return undefined;
    throw error;
  }
  const world = yield* puttingJson(start.world, real);
  return world && { ...start, world, warnings: warningsOfState(file, world) };
}

/** Rules of the section `state` are records; there is no more to say of their place. */
function warningsOfState(file: string, world: World): readonly ScenarioWarning[] {
  return scriptWarnings(world).map(({ name: rule, reason: message }) => ({ file, path: [], message, rule }));
}

/** @throws ScenarioError the data does not fit the schema */
function checkedData(sources: Sources, sections: Sections): CheckedScenario {
  const { data } = sources;
  if (sources.known?.checked !== undefined) return sources.known.checked as CheckedScenario;
  const schema = scenarioSchema(sections);
  const checked = quickParse(schema, data);
  if (checked.success) {
    rememberCheck(sources.known, checked.data);
    return checked.data;
  }
  throw wrongIn(sources, problemsOf(checked.error, schema, data));
}

/** What was found wrong, at its place. */
interface Found {
  readonly path: readonly PathStep[];
  readonly message: string;
  readonly remedy?: string;
  /** Whether the key is meant, not the value. */
  readonly isKey?: boolean;
}

/** Says what is wrong at the places where it stands. They are looked for only for what is shown. */
function wrongIn(sources: Sources, problems: readonly Found[]): ScenarioError {
  const lines = problems.slice(0, mostShown).map(({ path: at, isKey, message, remedy }) => {
    const position = sources.positionOf(at, isKey ? 'key' : 'value');
    const isComment = message.startsWith('is empty') && /: +#/.test(position?.excerpt ?? '');
    return {
      position,
      file: sources.name,
      path: at,
      message,
      remedy: isComment ? 'What begins with # is a comment; a text stands in quotes then.' : remedy,
    };
  });
  return new ScenarioError({ lines, count: problems.length, isInline: sources.isInline });
}

/** @param given where in `script` the rules stand, by name */
function warningsIn(
  sources: Sources,
  world: World,
  given: ReadonlyMap<string, number>,
): readonly ScenarioWarning[] {
  return scriptWarnings(world).map(({ name: rule, path: inside, reason: message }) => {
    const index = given.get(rule);
    // A rule of the section `state` is a record; there is no more to say of its place.
    const at: readonly PathStep[] = index === undefined ? [] : ['script', index, ...inside];
    const position = index === undefined ? undefined : sources.positionOf(at, 'value');
    return { position, file: sources.name, path: at, message, rule };
  });
}

/** Seeds section after section and gathers what is wrong with them. */
class Seeder {
  /** Where in `script` its rules stand, by name. */
  readonly given = new Map<string, number>();
  private readonly problems: ScenarioProblem[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly sources: Sources,
    private readonly now: Instant,
  ) {}

  /** A product that a scenario leaves out is there, but empty: its seeder still makes its settings. */
  *seed(key: string, section: Section, given: unknown): Steps<void> {
    const data = given ?? section.schema.parse({}, interpreted);
    const { files } = this.sources;
    const at: readonly PathStep[] = [key];
    const report = (problem: ScenarioProblem) => void this.problems.push(problem);
    try {
      yield* section.seed(this.draft, data, { now: this.now, at, files, defaults: defaultsOf(key), report });
    } catch (error) {
      if (!(error instanceof ScenarioProblem)) throw error;
      this.problems.push(error);
    }
  }

  /** The rules count from the moment that the scenario starts at. */
  seedScript(script: readonly Rule[]): void {
    for (const [index, rule] of script.entries()) {
      const added = addRule(this.draft, rule, this.now);
      if (added) {
        this.given.set(added.name, index);
        continue;
      }
      const message = `there is a rule "${rule.name}" above already; names of rules are unique`;
      this.problems.push(new ScenarioProblem(['script', index, 'name'], message));
    }
  }

  /** @param state what is laid over the seeded world. @throws ScenarioError */
  *finish(state?: StateSection): Steps<World> {
    this.throwProblems();
    const seeded = this.draft.commit();
    if (!state) return seeded;
    const world = yield* puttingState(seeded, state, (problem) => void this.problems.push(problem));
    this.throwProblems();
    return world;
  }

  /** @throws ScenarioError */
  private throwProblems(): void {
    if (this.problems.length > 0) {
      throw wrongIn(this.sources, this.problems);
    }
  }
}

/** What every scenario of a product starts from. Read once per process, from JSON, which is quick. */
const defaultsOf = memoOfRecent('defaults of the products', 2, (product: string) =>
  readJson(path.join(packageRoot, 'data', 'defaults', `${product}.json`)),
);

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
