import { z } from 'zod';
import { defects, tasks } from '../../testtrack/model/tables.ts';
import { taskStatuses } from '../../testtrack/model/task-record.ts';
import { requireDropdownValue } from '../../testtrack/rules/dropdowns.ts';
import { dayOf } from '../../testtrack/rules/zone.ts';
import { type PathStep, ScenarioProblem } from '../problem.ts';
import { day, id, name } from './parts.ts';
import { numbered, type ProjectSeed, placed, requireNew } from './project-seed.ts';

/** A task of the Workbook in a scenario. */
export const taskSchema = z.strictObject({
  recordId: id.optional(),
  summary: name,
  description: z.string().optional(),
  status: z.enum(taskStatuses).optional(),
  priority: z.string().optional(),
  dateDue: day.optional(),
  dateAssigned: day.optional(),
  versionDue: z.string().optional(),
  assignedTo: name.optional(),
  assignedBy: name.optional(),
  /** The number of the defect it is about. */
  defect: id.optional(),
});

type TaskSection = z.output<typeof taskSchema>;

/** All tasks of a project; they can name defects. */
export function seedTasks(
  { project, now, at, userOf, firstUser }: ProjectSeed,
  { tasks: sections = [] }: { tasks?: readonly TaskSection[] | undefined },
): void {
  const ids = new Set<string>();
  for (const [index, section] of sections.entries()) {
    const path = [...at, 'tasks', index];
    const person = (part: 'assignedTo' | 'assignedBy'): number =>
      section[part] === undefined ? firstUser() : userOf(section[part], [...path, part]);
    const { priority = '' } = section;
    placed([...path, 'priority'], () =>
      requireDropdownValue(
        project,
        { table: 'Task', field: 'Priority' },
        { value: priority, before: undefined },
      ),
    );
    const recordId = numbered(project, 'task', section.recordId);
    requireNew(ids, String(recordId), [...path, 'recordId'], `task with record ID ${recordId}`);
    project.table(tasks).put({
      recordId,
      priority,
      status: section.status ?? 'Open',
      summary: section.summary,
      description: section.description ?? '',
      dateDue: section.dateDue ?? '',
      dateAssigned: section.dateAssigned ?? dayOf(now, project.server.timeZone),
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
