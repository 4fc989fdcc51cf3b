import type { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import type { ScenarioFiles } from './files.ts';
import type { ScenarioProblem } from './problem.ts';

/** What a section's records are made with. */
export interface SeedContext {
  /** The moment the scenario starts at. */
  readonly now: Instant;
  /** The path of the section, to start the path of a problem with. */
  readonly at: readonly PathStep[];
  /** The files beside the scenario. */
  readonly files: ScenarioFiles;
  /** What `data/defaults` holds for this product; undefined when it has no such file. */
  readonly defaults: unknown;
  /** Notes a problem and goes on, so that a person sees all of them at once. Throwing one notes it and ends. */
  readonly report: (problem: ScenarioProblem) => void;
}

/** One product's part of a scenario file: what may stand in it, and the records it becomes. */
export interface Section {
  readonly schema: z.ZodType;
  /**
   * Puts the records of a section into a draft, in steps: there may be hundreds of thousands.
   *
   * @param section what the schema made of it
   * @throws ScenarioProblem the section makes no sense
   */
  readonly seed: (draft: Draft, section: unknown, context: SeedContext) => Steps<void>;
}

/** The products' parts of a scenario, by the key they stand under. */
export interface Sections {
  readonly testtrack: Section;
  readonly aptest: Section;
}

/** Ties the type of a section's data to its schema. */
export function section<T>(
  schema: z.ZodType<T>,
  seed: (draft: Draft, section: T, context: SeedContext) => Steps<void>,
): Section {
  return { schema, seed: (draft, data, context) => seed(draft, data as T, context) };
}
