import { describe, expect, test } from 'vitest';
import type { CTask } from '../../../src/testtrack/model/operation-types.generated.ts';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const section = {
  defects: [{ number: 7, recordId: 70, summary: 'broken' }],
  tasks: [
    { summary: 'Write the report', assignedTo: 'lake', defect: 7, dateDue: '2026-03-31', priority: 'High' },
    { summary: 'Meet' },
    { summary: 'Meet' },
  ],
};

function workbook() {
  const harness = project(section);
  const { tt, cookie } = harness;
  const add = (pTask: CTask) => tt.addTask({ cookie, pTask });
  const save = (summary: string, changes: CTask) =>
    tt.saveTask({ cookie, pTask: { ...tt.editTask({ cookie, summary }), ...changes } });
  return { ...harness, add, save };
}

describe('a task', () => {
  test('is found by its summary or its record ID', () => {
    const { tt, cookie } = workbook();
    const task = {
      recordid: 1,
      status: 'Open',
      priority: 'High',
      summary: 'Write the report',
      description: '',
      datedue: '2026-03-31',
      dateassigned: '2026-03-02',
      versiondue: '',
      assignedto: 'Lake, Veronica',
      assignedby: 'Administrator, System',
      assigneddefect: 70,
    };
    expect(tt.getTask({ cookie, summary: 'Write the report' })).toEqual(task);
    expect(tt.getTaskByRecordID({ cookie, recordID: 1 })).toEqual(task);
  });

  test('whose summary another has is found by record ID only', () => {
    const harness = workbook();
    const { tt, cookie } = harness;
    for (const call of [tt.getTask, tt.editTask, tt.deleteTask]) {
      expect(refusalOf(harness, () => call({ cookie, summary: 'Meet' })).code).toBe(74);
    }
    expect(tt.getTaskByRecordID({ cookie, recordID: 3 }).summary).toBe('Meet');
  });

  test('that does not exist is refused with 6', () => {
    const harness = workbook();
    const { tt, cookie } = harness;
    for (const call of [tt.getTask, tt.editTask, tt.deleteTask]) {
      expect(refusalOf(harness, () => call({ cookie, summary: 'Nothing' })).code).toBe(6);
    }
    for (const call of [tt.getTaskByRecordID, tt.editTaskByRecordID, tt.deleteTaskByRecordID]) {
      expect(refusalOf(harness, () => call({ cookie, recordID: 99 })).code).toBe(6);
      expect(refusalOf(harness, () => call({ cookie, recordID: 2n ** 60n })).code).toBe(6);
    }
  });

  test('is open, of today and of the user who adds it, as long as nothing else is said', () => {
    const { tt, cookie, add } = workbook();
    const recordID = add({ summary: 'New', description: 'Two\r\nlines' });
    expect(tt.getTaskByRecordID({ cookie, recordID })).toMatchObject({
      status: 'Open',
      priority: '',
      description: 'Two\r\nlines',
      dateassigned: '2026-03-02',
      assignedto: 'Administrator, System',
      assignedby: 'Administrator, System',
      assigneddefect: 0,
    });
    expect(tt.getTaskByRecordID({ cookie, recordID })).not.toHaveProperty('datedue');
  });

  test('keeps what is not sent, takes what is, and is free again after the save', () => {
    const { tt, cookie } = workbook();
    tt.editTaskByRecordID({ cookie, recordID: 1 });
    expect(tt.saveTask({ cookie, pTask: { recordid: 1, status: 'Done', versiondue: '5.2' } })).toBe(0);
    expect(tt.getTaskByRecordID({ cookie, recordID: 1 })).toMatchObject({
      status: 'Done',
      versiondue: '5.2',
      priority: 'High',
      assigneddefect: 70,
    });
    expect(tt.editTaskByRecordID({ cookie, recordID: 1 }).status).toBe('Done');
    expect(tt.cancelSaveTask({ cookie, recordID: 1 })).toBe(0);
    expect(tt.deleteTaskByRecordID({ cookie, recordID: 1 })).toBe(0);
    expect(faultOf(() => tt.getTaskByRecordID({ cookie, recordID: 1 })).code).toBe(6);
  });

  test('ignores people whom nobody knows', () => {
    const { tt, cookie, save } = workbook();
    save('Write the report', { assignedto: 'Nobody, Nora', assignedby: 'uid:2' });
    expect(tt.getTaskByRecordID({ cookie, recordID: 1 })).toMatchObject({
      assignedto: '',
      assignedby: 'Lake, Veronica',
    });
  });

  test.each<[string, CTask, number]>([
    ['a status that is neither Open nor Done', { status: 'Started' }, 23],
    ['a priority that is not in the list', { priority: 'Whenever' }, 23],
    ['the number of a defect instead of its record ID', { assigneddefect: 7 }, 23],
    ['a record ID that no defect can have', { assigneddefect: 2n ** 60n }, 23],
    ['an empty summary', { summary: '' }, 23],
  ])('with %s is refused, added or saved', (_, wrong, code) => {
    const harness = workbook();
    const { tt, cookie, add } = harness;
    expect(refusalOf(harness, () => add({ summary: 'New', ...wrong })).code).toBe(code);
    const task = tt.editTask({ cookie, summary: 'Write the report' });
    const save = () => tt.saveTask({ cookie, pTask: { ...task, ...wrong } });
    expect(refusalOf(harness, save).code).toBe(code);
    expect(tt.cancelSaveTask({ cookie, recordID: 1 })).toBe(0);
  });

  test('that nobody sends is refused with 2, and one that nobody edits with 7', () => {
    const harness = workbook();
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.addTask({ cookie })).code).toBe(2);
    expect(refusalOf(harness, () => tt.saveTask({ cookie })).code).toBe(2);
    expect(refusalOf(harness, () => tt.saveTask({ cookie, pTask: { recordid: 1 } })).code).toBe(7);
    expect(refusalOf(harness, () => tt.saveTask({ cookie, pTask: { recordid: 99 } })).code).toBe(7);
    expect(refusalOf(harness, () => tt.cancelSaveTask({ cookie, recordID: 1 })).code).toBe(7);
  });

  test('being edited is locked for everybody else', () => {
    const harness = workbook();
    const { tt, cookie, logOn } = harness;
    tt.editTaskByRecordID({ cookie, recordID: 1 });
    const other = logOn('lake', 'water');
    expect(refusalOf(harness, () => tt.editTaskByRecordID({ cookie: other, recordID: 1 })).code).toBe(22);
    expect(refusalOf(harness, () => tt.deleteTaskByRecordID({ cookie: other, recordID: 1 })).code).toBe(22);
    expect(tt.getTaskByRecordID({ cookie: other, recordID: 1 }).status).toBe('Open');
  });

  test('may keep a defect that is gone', () => {
    const { tt, cookie, save } = workbook();
    tt.deleteDefect({ cookie, defectNumber: 7 });
    expect(save('Write the report', { status: 'Done' })).toBe(0);
  });
});
