import { faults } from '../faults.ts';
import type { Family } from '../lifecycle/family.ts';
import { byName } from '../lifecycle/look-up.ts';
import type { Member, Members } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { CTask, Long } from '../model/operation-types.generated.ts';
import { defects, tasks } from '../model/tables.ts';
import { type TaskRecord, taskStatuses } from '../model/task-record.ts';
import { dayOf } from '../rules/zone.ts';

const { text, dropdown, user, day } = memberKinds<TaskRecord>();

/** Open or Done, whatever lists the project has. [documented] */
const status: Member<TaskRecord, string> = {
  label: 'Status',
  type: 'text',
  write: (record) => record.status,
  read: (sent, { record }) => {
    if (sent === '') return;
    const known = taskStatuses.find((each) => each === sent);
    if (!known) {
      throw faults.invalidData(
        `"${sent}" is not a status of a task`,
        `A task is ${taskStatuses.join(' or ')}.`,
      );
    }
    record.status = known;
  },
};

/** @throws fault 23 for a record ID that no defect has; one that was there before may stay [inferred] */
const assignedDefect: Member<TaskRecord, Long> = {
  label: 'Assigned Defect',
  type: 'number',
  write: (record) => record.defectId,
  read: (sent, { record, before, context: { project } }) => {
    const isKnown = Number(sent) === 0 || sent === before?.defectId || project.table(defects).get(sent);
    if (!isKnown) {
      throw faults.invalidData(
        `no defect has the record ID ${sent}`,
        'assigneddefect is the record ID of a defect, not its number, or 0.',
      );
    }
    record.defectId = sent;
  },
};

const members: Members<TaskRecord, CTask> = {
  status,
  priority: dropdown('priority', 'Task', 'Priority'),
  summary: text('summary', 'Summary'),
  description: { ...text('description', 'Description'), type: 'multiline' },
  datedue: day('dateDue', 'Due Date'),
  dateassigned: day('dateAssigned', 'Date Assigned'),
  versiondue: text('versionDue', 'Need by Version'),
  assignedto: user('assignee', 'Assigned To'),
  assignedby: user('assigner', 'Assigned By'),
  assigneddefect: assignedDefect,
};

/**
 * Tasks of the Workbook. Found by summary. [documented] Everybody with the commands sees all tasks of the project,
 * not only their own. [inferred]
 */
export const taskFamily: Family<TaskRecord, CTask> = {
  table: 'Task',
  records: tasks,
  members,
  commandNoun: 'Tasks',
  required: ['Summary'],
  /** A task of the caller, from today on. [inferred] */
  blank: ({ project, user: caller, now }) => ({
    recordId: project.next('task'),
    status: 'Open',
    priority: '',
    summary: '',
    description: '',
    dateDue: '',
    dateAssigned: dayOf(now, project.server.timeZone),
    versionDue: '',
    assignee: caller.recordId,
    assigner: caller.recordId,
    defectId: 0,
  }),
  find: byName(tasks, 'summary'),
};
