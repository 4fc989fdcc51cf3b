import { taskFamily } from '../kinds/task.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import type { Operations } from '../operation.ts';

/** Tasks of the Workbook. */
export const taskOperations = {
  // getTask, getTaskByRecordID, addTask, editTask, editTaskByRecordID, saveTask, cancelSaveTask, deleteTask,
  // deleteTaskByRecordID
  ...recordLifecycle('Task', taskFamily),
} satisfies Partial<Operations>;
