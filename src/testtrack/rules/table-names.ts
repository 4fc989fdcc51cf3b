/** The tables, by their names on the wire and in the order the product lists them. [documented] */
export const tableNames = [
  'Customer',
  'Defect',
  'Folder',
  'Links',
  'Report',
  'Requirement',
  'Requirement Document',
  'Task',
  'Test Case',
  'Test Config',
  'Test Run',
  'Test Variant',
  'User',
] as const;
export type TableName = (typeof tableNames)[number];

/** The tables of items: what has a workflow, and what a JSON query can be asked of. [documented] */
export const itemTables: readonly TableName[] = [
  'Defect',
  'Test Case',
  'Test Run',
  'Requirement',
  'Requirement Document',
];

export function isTableName(name: string): name is TableName {
  return tableNames.some((known) => known === name);
}
