import { reportedByMembers } from '../kinds/reported-by.ts';
import { type Member, membersOf } from '../lifecycle/member.ts';
import type { DefectRecord } from '../model/defect-record.ts';
import { testConfigs } from '../model/tables.ts';
import type { View } from '../rules/view.ts';
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
  return [...columns, config];
};

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
