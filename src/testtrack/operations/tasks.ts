import { taskFamily } from '../families/task.ts';
import { recordLifecycle } from '../family/lifecycle.ts';
import type { Operations } from './operation.ts';

/** Tasks of the Workbook. */
export const taskOperations = {
  ...recordLifecycle('Task', taskFamily),
} satisfies Partial<Operations>;
