import { defectFamily } from '../kinds/defect.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import type { Operations } from '../operation.ts';

/** Defects. */
export const defectOperations = {
  // getDefect, getDefectByRecordID, addDefect, editDefect, editDefectByRecordID, saveDefect,
  // cancelSaveDefect, deleteDefect, deleteDefectByRecordID
  ...recordLifecycle('Defect', defectFamily),
} satisfies Partial<Operations>;
