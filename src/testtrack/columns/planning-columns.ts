import { DAY_MS } from '../../world/instant.ts';
import type { FolderRecord, FolderSchedule } from '../model/folder-record.ts';
import { itemsIn } from '../rules/folder-items.ts';
import type { Column, Row } from './column.ts';
import type { ColumnProvider } from './provider.ts';

/** What a folder holds, who sees it, and how much can be done in the time it stands for. [observed names; cells inferred] */
export const planningColumns: ColumnProvider = ({ table }) => {
  if (table !== 'Folder') return [];
  const folder = (record: Row) => record as FolderRecord;
  const planned = <V>(record: Row, value: (schedule: FolderSchedule) => V): V | undefined => {
    const { schedule } = folder(record);
    return schedule && value(schedule);
  };
  const columns: readonly Column[] = [
    {
      kind: 'text',
      label: 'Access',
      value: (record) => (folder(record).owner === 0 ? 'Public' : 'Private'),
    },
    {
      kind: 'integer',
      label: 'Number of Items',
      value: (record, { project }) => itemsIn(project, folder(record)).length,
    },
    { kind: 'date', label: 'Start Date', value: (record) => planned(record, ({ start }) => start) ?? '' },
    { kind: 'date', label: 'End Date', value: (record) => planned(record, ({ end }) => end) ?? '' },
    { kind: 'decimal', label: 'Working Hours in Period', value: (record) => planned(record, workingHours) },
    {
      kind: 'decimal',
      label: 'Users Available',
      value: (record) => planned(record, ({ usersAvailable }) => usersAvailable),
    },
    { kind: 'decimal', label: 'Available Man Hours', value: (record) => planned(record, manHours) },
    {
      kind: 'integer',
      label: 'Target Story Points',
      value: (record) => planned(record, ({ storyPoints }) => storyPoints),
    },
  ];
  return columns;
};

/** The most days that are counted one by one; more is no period that anybody plans. */
const mostDays = 10_000;

/** The hours of the days from start to end that are worked. [inferred] */
function workingHours({ start, end, includesWeekends, nonWorkingDays, hoursPerDay }: FolderSchedule): number {
  if (start === '' || end === '') return 0;
  const days = Math.min(mostDays, Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1);
  let worked = 0;
  for (let day = 0; day < days; day += 1) {
    const weekday = new Date(Date.parse(start) + day * DAY_MS).getUTCDay();
    if (includesWeekends || (weekday !== 0 && weekday !== 6)) worked += 1;
  }
  return Math.max(0, worked - Number(nonWorkingDays)) * hoursPerDay;
}

/** The hours of all users, without the time they are off. [inferred] */
function manHours(schedule: FolderSchedule): number {
  return Math.max(0, workingHours(schedule) * schedule.usersAvailable - schedule.timeOffHours);
}
