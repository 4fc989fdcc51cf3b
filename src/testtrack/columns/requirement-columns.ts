import type { RequirementRecord } from '../model/requirement-record.ts';
import { requirementDocuments } from '../model/tables.ts';
import { documentsOf } from '../rules/document-trees.ts';
import type { View } from '../rules/view.ts';
import type { Column, Row } from './column.ts';
import type { ColumnProvider } from './provider.ts';

/** What follows from the documents and versions of a requirement. [observed names; what cells hold is inferred] */
export const requirementColumns: ColumnProvider = ({ table }) => {
  if (table !== 'Requirement') return [];
  const documents = ({ recordId }: Row, { project }: View) => documentsOf(project, recordId);
  const versions = (record: Row) => (record as RequirementRecord).versions;
  const columns: readonly Column[] = [
    {
      kind: 'choices',
      label: 'Document List',
      value: (record, view) => {
        const known = view.project.table(requirementDocuments);
        return documents(record, view).flatMap((id) => known.get(id)?.summary ?? []);
      },
    },
    {
      kind: 'integer',
      label: 'Number Of Requirement Documents',
      value: (record, view) => documents(record, view).length,
    },
    { kind: 'boolean', label: 'Is Shared', value: (record, view) => documents(record, view).length > 1 },
    { kind: 'integer', label: 'Version', value: (record) => versions(record).at(-1)?.number },
    { kind: 'integer', label: 'Number of Versions', value: (record) => versions(record).length },
  ];
  return columns;
};
