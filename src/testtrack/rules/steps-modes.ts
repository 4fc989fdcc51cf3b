import { faults } from '../faults.ts';

/** What `getTestRunStepsModes` lists. [documented] */
export const stepsModes = ['Grid View', 'Free Form Text View'] as const;

/** A mode that runs can be saved in outside SOAP; such a run cannot be edited by it. [documented] */
export const detailGridView = 'Detail Grid View';

/** @throws fault 23 for a mode that does not exist [inferred] */
export function requireStepsMode(mode: string, before: string | undefined): void {
  if (mode === before || stepsModes.some((known) => known === mode)) return;
  throw faults.invalidData(
    `"${mode}" is no steps mode`,
    `Steps modes: ${stepsModes.join(', ')} (getTestRunStepsModes).`,
  );
}
