import { faults } from '../faults.ts';
import type { Member } from '../lifecycle/member.ts';
import type { FolderRecord, FolderSchedule } from '../model/folder-record.ts';
import type { Day } from '../model/item-record.ts';
import type { CScheduleInfo } from '../model/operation-types.generated.ts';
import { fromWireDay, toWireDay } from '../rules/zone.ts';

const noSchedule: FolderSchedule = {
  start: '',
  end: '',
  includesWeekends: false,
  nonWorkingDays: 0,
  hoursPerDay: 0,
  timeOffHours: 0,
  usersAvailable: 0,
  storyPoints: 0,
};

/** The dates and capacity of a folder used for planning; left out where none were ever given. */
export const scheduleMember: Member<FolderRecord, CScheduleInfo> = {
  write: ({ schedule }, { project }) =>
    schedule && {
      startdate: toWireDay(schedule.start, project.server),
      enddate: toWireDay(schedule.end, project.server),
      includeweekends: schedule.includesWeekends,
      nonworkingdays: schedule.nonWorkingDays,
      hoursperday: schedule.hoursPerDay,
      ptohours: schedule.timeOffHours,
      usersavailable: schedule.usersAvailable,
      storypoints: schedule.storyPoints,
    },
  read: (sent, { record, context: { project } }) => {
    const old = record.schedule ?? noSchedule;
    const day = (text: string | undefined, before: Day) =>
      text === undefined ? before : fromWireDay(text, project.server.timeZone);
    record.schedule = {
      start: day(sent.startdate, old.start),
      end: day(sent.enddate, old.end),
      includesWeekends: sent.includeweekends ?? old.includesWeekends,
      nonWorkingDays: sent.nonworkingdays ?? old.nonWorkingDays,
      hoursPerDay: sent.hoursperday ?? old.hoursPerDay,
      timeOffHours: sent.ptohours ?? old.timeOffHours,
      usersAvailable: sent.usersavailable ?? old.usersAvailable,
      storyPoints: sent.storypoints ?? old.storyPoints,
    };
    requireOrder(record.schedule);
  },
};

/** @throws fault 23 for an end before the start [inferred] */
export function requireOrder({ start, end }: Pick<FolderSchedule, 'start' | 'end'>): void {
  if (start === '' || end === '' || start <= end) return;
  throw faults.invalidData('the schedule ends before it starts', `It starts on ${start} and ends on ${end}.`);
}
