import { z } from 'zod';

/** More records than these in one list are a slip of the keyboard. */
const mostGenerated = 1_000_000;

export const generatedCount = z.int().nonnegative().max(mostGenerated);

/** Choices of generated records differ between two projects or suites of one scenario, unless they name one seed. */
export const generateSeedSchema = z.union([z.string().min(1), z.number().transform(String)]);

/** How many records a suite gets besides those that are written out. */
export const generateSuiteSchema = z.strictObject({
  seed: generateSeedSchema.optional(),
  tests: generatedCount.optional(),
  requirements: generatedCount.optional(),
  sets: generatedCount.optional(),
  sessions: generatedCount.optional(),
});

export type GenerateSuiteSection = z.output<typeof generateSuiteSchema>;
