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

export function isTableName(name: string): name is TableName {
  return tableNames.some((known) => known === name);
}
