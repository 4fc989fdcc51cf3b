import { taskFamily } from '../kinds/task.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import type { Operations } from '../operation.ts';

/** Tasks of the Workbook. */
export const taskOperations = {
  ...recordLifecycle('Task', taskFamily),
} satisfies Partial<Operations>;
