import type { LinkDefinition, TableSettings } from '../model/project-record.ts';
import type { TableName } from '../rules/table-names.ts';
import type { Column } from './column.ts';
import type { ListedTable } from './listed-tables.ts';

/** What the columns of a table are made from: they stay the same as long as these do. */
export interface TableSource {
  readonly table: TableName;
  readonly listed: ListedTable | undefined;
  readonly settings: TableSettings;
  readonly linkDefinitions: readonly LinkDefinition[];
}

/** Gives some of the columns of a table. What it needs of other tables, a column looks up when it is asked. */
export type ColumnProvider = (source: TableSource) => readonly Column[];

/** The label of a field in the project, and what it was before; spread into a column. */
export function labels(settings: TableSettings, label: string): Pick<Column, 'label' | 'formerly'> {
  const renamed = settings.renamedFields[label];
  return renamed === undefined || renamed === label ? { label } : { label: renamed, formerly: label };
}
