import { aptestSection } from './aptest/seed.ts';
import { type Sections, section } from './reading/section.ts';
import { testtrackSchema } from './testtrack/section.ts';
import { seedTestTrack } from './testtrack/seed.ts';

/** The parts of a scenario that this build knows. */
export const productSections: Sections = {
  testtrack: section(testtrackSchema, seedTestTrack),
  aptest: aptestSection,
};
