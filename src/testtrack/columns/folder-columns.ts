import type { FolderRecord } from '../model/folder-record.ts';
import { foldersWith } from '../rules/folder-items.ts';
import { folderPath } from '../rules/folders.ts';
import { itemTables } from '../rules/table-names.ts';
import type { View } from '../rules/view.ts';
import type { Column, Row } from './column.ts';
import { between } from './names.ts';
import type { ColumnProvider } from './provider.ts';

/** The folders that an item is in: `Folders` names them, `Folder Paths` says where they are. [documented as fields] */
export const folderColumns: ColumnProvider = ({ table }) => {
  if (!itemTables.includes(table)) return [];
  const folders = (record: Row, { project, viewer }: View): readonly FolderRecord[] =>
    foldersWith(project, { table, recordId: record.recordId }, viewer?.recordId ?? 0);
  const paths = (record: Row, view: View): readonly string[] =>
    folders(record, view).map((folder) => folderPath(view.project, folder));
  const columns: readonly Column[] = [
    {
      kind: 'folders',
      label: 'Folders',
      value: paths,
      cells: (view) => (record) =>
        folders(record, view)
          .map(({ name }) => name)
          .join(between),
    },
    { kind: 'folders', label: 'Folder Paths', value: paths },
  ];
  return columns;
};
