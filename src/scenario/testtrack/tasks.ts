import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import { defects, tasks } from '../../testtrack/model/tables.ts';
import { taskStatuses } from '../../testtrack/model/task-record.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { daySchema, idSchema, nameSchema } from './parts.ts';
import { claimNumber, type ProjectSeed, requireNew } from './project-seed.ts';

/** A task of the Workbook in a scenario. */
export const taskSchema = z.strictObject({
  recordId: idSchema.optional(),
  summary: nameSchema,
  description: z.string().optional(),
  status: z.enum(taskStatuses).optional(),
  priority: z.string().optional(),
  dateDue: daySchema.optional(),
  dateAssigned: daySchema.optional(),
  versionDue: z.string().optional(),
  assignedTo: nameSchema.optional(),
  assignedBy: nameSchema.optional(),
  /** The number of the defect it is about. */
  defect: idSchema.optional(),
});

export type TaskSection = z.output<typeof taskSchema>;

/** All tasks of a project; they can name defects. */
export function* seedTasks(
  seed: ProjectSeed,
  { tasks: sections = [] }: { tasks?: Iterable<TaskSection> | undefined },
): Steps<void> {
  const { project, now, at } = seed;
  const ids = new Set<string>();
  let index = 0;
  for (const section of sections) {
    yield;
    const path = [...at, 'tasks', index++];
    const person = (part: 'assignedTo' | 'assignedBy'): number =>
      seed.userOrFirst(section[part], () => [...path, part]);
    const { priority = '' } = section;
    seed.requireListed({ table: 'Task', field: 'Priority', member: 'priority' }, priority, path);
    const recordId = claimNumber(project, 'task', section.recordId);
    requireNew(ids, String(recordId), { at: [...path, 'recordId'], what: `task with record ID ${recordId}` });
    project.table(tasks).put({
      recordId,
      priority,
      status: section.status ?? 'Open',
      summary: section.summary,
      description: section.description ?? '',
      dateDue: section.dateDue ?? '',
      dateAssigned: section.dateAssigned ?? seed.dayOf(now),
      versionDue: section.versionDue ?? '',
      assignee: person('assignedTo'),
      assigner: person('assignedBy'),
      defectId: defectOf(project, section.defect, [...path, 'defect']),
    });
  }
}

function defectOf(
  project: ProjectSeed['project'],
  number: number | undefined,
  at: readonly PathStep[],
): number {
  if (number === undefined) return 0;
  const defect = project.table(defects).findBy('number', number)[0];
  if (defect) return defect.recordId;
  throw new ScenarioProblem(at, `there is no defect with the number ${number}`);
}
