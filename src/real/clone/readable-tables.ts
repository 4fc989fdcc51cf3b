import type { TableName } from '../../testtrack/rules/table-names.ts';

/** How the records of a table are read one by one. */
export interface ReadableTable {
  readonly table: TableName;
  readonly operation: string;
  readonly idPart: 'recordID' | 'linkID';
  /** Parts besides the ID. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** Whether the operation can send the bytes of attachments too. */
  readonly hasFiles: boolean;
}

const byId = (table: TableName, hasFiles: boolean, parts: Readonly<Record<string, unknown>> = {}) => ({
  table,
  operation: `get${table.replaceAll(' ', '')}ByRecordID`,
  idPart: 'recordID' as const,
  parts,
  hasFiles,
});

/**
 * The tables in the order in which they are read: who and what others name comes first. Reports, test variants and
 * filters have no operation that gives one; their lists say what is known of them.
 */
export const readableTables: readonly ReadableTable[] = [
  byId('Test Config', false),
  byId('User', false),
  byId('Customer', false),
  byId('Defect', true),
  byId('Task', false),
  byId('Test Case', true),
  byId('Test Run', true),
  byId('Requirement', true),
  byId('Requirement Document', true),
  byId('Folder', false, { publicFolder: true }),
  { table: 'Links', operation: 'getLink', idPart: 'linkID', parts: {}, hasFiles: false },
];

/** What records of other tables name; read whatever a clone is limited to. */
export const alwaysRead: readonly TableName[] = ['Test Config', 'User', 'Customer'];
