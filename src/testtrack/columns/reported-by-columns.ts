import { reportedByMembers } from '../kinds/reported-by.ts';
import { type Member, membersOf } from '../lifecycle/member.ts';
import type { DefectRecord } from '../model/defect-record.ts';
import { testConfigs, users } from '../model/tables.ts';
import { isBlank } from '../rules/rich-text.ts';
import type { View } from '../rules/view.ts';
import { definitionOf } from '../rules/workflow.ts';
import type { Column, Row } from './column.ts';
import { columnOf } from './member-columns.ts';
import { type ColumnProvider, labels } from './provider.ts';

/**
 * Who found a defect, when and where: the columns show the first report, which also holds the description.
 * [documented for the description; inferred for the others]
 */
export const reportedByColumns: ColumnProvider = (source) => {
  if (source.table !== 'Defect') return [];
  const columns = membersOf(reportedByMembers).flatMap(
    ([, member]) => columnOf(ofFirst(member as Member<Row, unknown>), source) ?? [],
  );
  const config: Column = {
    kind: 'text',
    ...labels(source.settings, 'Computer Config'),
    value: (record, view) => configName(record, view),
  };
  return [...columns, config, ...aboutReports];
};

const defect = (record: Row) => record as DefectRecord;

/** What is known of who found the defect first. */
const finder = (record: Row, { project }: View) =>
  project.table(users).get(defect(record).reportedBy[0]?.foundBy ?? 0);

/** What follows from the reports, the workaround and the release notes. [observed names; what cells hold is inferred] */
const aboutReports: readonly Column[] = [
  { kind: 'integer', label: 'Number Reported', value: (record) => defect(record).reportedBy.length },
  { kind: 'boolean', label: 'Has Workaround', value: (record) => !isBlank(defect(record).workaround) },
  {
    kind: 'boolean',
    label: 'Has Release Notes',
    value: (record, { project }) => {
      const workflow = project.workflowOf('Defect');
      return defect(record).events.some(
        ({ name }) => workflow && definitionOf(workflow, name)?.hasReleaseNotes === true,
      );
    },
  },
  { kind: 'text', label: 'Found by Company', value: (record, view) => finder(record, view)?.company ?? '' },
  {
    kind: 'choices',
    label: 'Found by Group',
    value: (record, view) => finder(record, view)?.groups ?? [],
  },
  { kind: 'text', label: 'Found by Division', value: (record, view) => finder(record, view)?.division ?? '' },
  {
    kind: 'text',
    label: 'Found by Department',
    value: (record, view) => finder(record, view)?.department ?? '',
  },
];

/** The member of a report, asked of the defect. */
function ofFirst(member: Member<Row, unknown>): Member<Row, unknown> {
  const { label, type, write, raw } = member;
  return {
    ...(label === undefined || type === undefined ? {} : { label, type }),
    write: (record, view) => {
      const report = (record as DefectRecord).reportedBy[0];
      return report && write(report, view);
    },
    ...(raw
      ? {
          raw: (record: Row) => {
            const report = (record as DefectRecord).reportedBy[0];
            return report && raw(report);
          },
        }
      : {}),
  };
}

function configName(record: Row, { project }: View): string {
  const id = (record as DefectRecord).reportedBy[0]?.testConfigId ?? 0;
  return id === 0 ? '' : (project.table(testConfigs).get(id)?.name ?? '');
}
