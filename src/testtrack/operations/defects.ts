import { defectFamily } from '../families/defect.ts';
import { recordLifecycle } from '../family/lifecycle.ts';
import type { Operations } from './operation.ts';

/** Defects. */
export const defectOperations = {
  ...recordLifecycle('Defect', defectFamily),
} satisfies Partial<Operations>;
