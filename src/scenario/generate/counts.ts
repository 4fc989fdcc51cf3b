import { z } from 'zod';

/** More records than these in one list are a slip of the keyboard. */
export const mostGenerated = 1_000_000;

export const countSchema = z.int().nonnegative().max(mostGenerated);

/** Choices of generated records differ between two projects or suites of one scenario, unless they name one seed. */
export const generateSeedSchema = z.union([z.string().min(1), z.number().transform(String)]);
