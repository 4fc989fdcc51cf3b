import { expect, test } from 'vitest';
import { catalogueFor } from '../../../src/testtrack/columns/catalogue.ts';
import { groupRecords } from '../../../src/testtrack/columns/record-groups.ts';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { ProjectView } from '../../../src/testtrack/project-view.ts';
import type { View } from '../../../src/testtrack/rules/view.ts';
import { Draft } from '../../../src/world/draft.ts';
import { project } from '../../support/testtrack.ts';

const { runner } = project({
  customFields: { Defect: [{ name: 'Promised', type: 'date' }] },
  defects: [
    {
      summary: 'a',
      storyPoints: 10,
      createdAt: '2026-02-02T04:00:00Z',
      customFields: { Promised: '2026-10-01' },
    },
    {
      summary: 'b',
      storyPoints: 9,
      createdAt: '2026-02-02T06:00:00Z',
      customFields: { Promised: '2026-09-01' },
    },
    { summary: 'c', storyPoints: 10, createdAt: '2026-02-02T23:00:00Z' },
  ],
  folders: [
    { name: 'Z', items: [{ table: 'Defect', number: 1 }] },
    { name: 'A', items: [{ table: 'Defect', number: 1 }] },
  ],
});
const draft = new Draft(runner.world);
const view: View = {
  project: new ProjectView(draft, 'Project'),
  nameFormat: 'last-first',
  formatted: false,
  downloads: false,
};

function groupsBy(label: string, shown = view): string[] {
  const column = catalogueFor(shown, 'Defect').column(label);
  if (!column) throw new Error(`no column ${label}`);
  const records = draft.table(defects, projectScope('Project')).sorted();
  return groupRecords(records, column, shown).map(
    (group) => `${group.label}: ${group.records.map(({ summary }) => summary).join('')}`,
  );
}

test('numbers are grouped and put in order as numbers', () => {
  expect(groupsBy('Story Points')).toEqual(['9: b', '10: ac']);
});

test('days are put in order as days, what has none last', () => {
  expect(groupsBy('Promised')).toEqual(['9/1/2026: b', '10/1/2026: a', '<not set>: c']);
});

test('moments are grouped by the day that clocks in the zone show', () => {
  expect(groupsBy('Date Created')).toEqual(['2/1/2026: a', '2/2/2026: bc']);
  const dates = { locale: 'de-DE', timeZone: 'UTC' };
  expect(groupsBy('Date Created', { ...view, dates })).toEqual(['2.2.2026: abc']);
});

test('a record is in the group of each of its folders, by path', () => {
  expect(groupsBy('Folders')).toEqual(['/Public/A: a', '/Public/Z: a', '<not set>: bc']);
});
