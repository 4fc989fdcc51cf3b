import { itemTables, type TableName } from '../rules/table-names.ts';

/**
 * The columns that getColumnsForTable of a real server gave for all fields of its own, in its order, up to those that
 * custom fields, workflow and link definitions bring. [observed in 2013] Columns that are not among them are there for
 * who asks for them, but are not listed.
 */
export const observedColumns: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  Defect: [
    'Record ID',
    'Number',
    'Summary',
    'Product',
    'Type',
    'Priority',
    'Status',
    'Date Found',
    'Found by',
    'Reproducible',
    'Version Found',
    'Test Config',
    'Component',
    'Reference',
    'Number Reported',
    'Date Entered',
    'Entered by',
    'Severity',
    'Has Workaround',
    'Has Release Notes',
    'Date Modified',
    'Found by Company',
    'Disposition',
    'Found by Group',
    'Has Attachments',
    'Date Created',
    'Created By',
    'Creation Method',
    'Modified By',
    'Description',
    'Workaround',
    'Steps to Reproduce',
    'Other Hardware and Software',
    'Has Source Code Files',
    'State Attribute',
    'Currently Assigned To',
    'Current Assignment Date',
    'Current Assignment By',
    'Closed By',
    'Closed Date',
    'Has Links',
    'Has Broken Links',
    'Is Parent in Link',
    'Is Child in Link',
    'Has Emails',
    'Found by Division',
    'Found by Department',
    'Is Marked As Suspect',
    'Folders',
    'Number of Links',
    'Number of Broken Links',
    'Link IDs',
    'Estimated Hours',
    'Actual Hours',
    'Remaining Hours',
    'Percent Done',
    'Variance',
    'Story Points',
  ],
  Requirement: [
    'Record ID',
    'Number',
    'Summary',
    'Requirement Type',
    'Date Entered',
    'Entered By',
    'Importance',
    'Description',
    'State Attribute',
    'Status',
    'Has File Attachments',
    'Has Source Code Files',
    'Document List',
    'Number Of Requirement Documents',
    'Lock Reason',
    'Is Shared',
    'Creation Method',
    'Created By',
    'Date Created',
    'Last Modified By',
    'Date Modified',
    'Currently Assigned To',
    'Currently Assigned By',
    'Currently Assigned Date',
    'Closed By',
    'Closed Date',
    'Has Links',
    'Has Broken Links',
    'Is Parent in Link',
    'Is Child in Link',
    'Link Child Number',
    'Link Peer Number',
    'Link Parent Number',
    'Related Link Number',
    'Has Emails',
    'Version',
    'Is Locked',
    'Number of Versions',
    'Is Marked As Suspect',
    'Folders',
    'Tag',
    'Number of Links',
    'Number of Broken Links',
    'Link IDs',
    'Estimated Hours',
    'Actual Hours',
    'Remaining Hours',
    'Percent Done',
    'Variance',
    'Story Points',
    'Has Calculation Error',
    'Date Entered State',
  ],
  Folder: [
    'Record ID',
    'Name',
    'Description',
    'Access',
    'Path',
    'Number of Items',
    'Start Date',
    'End Date',
    'Working Hours in Period',
    'Users Available',
    'Available Man Hours',
    'Target Story Points',
    'Notes',
    'Web View URL',
  ],
};

/** Fields that later releases document for every kind of item; 2013 listed them for some tables only. [documented] */
export const laterColumns: readonly string[] = ['Is Locked', 'Folder Paths'];

/** The columns that were listed behind all others. [observed in 2013] */
export const observedEnd: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  Defect: ['Has Calculation Error', 'Date Entered State'],
};

/** The order of what follows from an item itself in the tables that were not seen. [inferred from Requirement] */
export const inferredOrder: readonly string[] = [
  'State Attribute',
  'Status',
  'Has File Attachments',
  'Has Source Code Files',
  'Creation Method',
  'Currently Assigned To',
  'Currently Assigned By',
  'Current Assignment Date',
  'Closed By',
  'Closed Date',
  'Has Links',
  'Has Broken Links',
  'Is Parent in Link',
  'Is Child in Link',
  'Has Emails',
  'Is Locked',
  'Is Marked As Suspect',
  'Folders',
  'Folder Paths',
  'Number of Links',
  'Number of Broken Links',
  'Link IDs',
  'Estimated Hours',
  'Actual Hours',
  'Remaining Hours',
  'Percent Done',
  'Variance',
  'Story Points',
  'Has Calculation Error',
  'Date Entered State',
];

/**
 * How tables call a field otherwise than the member or the help page it is known from. [observed in 2013] The other name
 * is understood in requests.
 */
export const observedLabels: Readonly<Partial<Record<TableName, Readonly<Record<string, string>>>>> = {
  Defect: {
    Reproduced: 'Reproducible',
    'Computer Config': 'Test Config',
    'Currently Assigned By': 'Current Assignment By',
    'Has File Attachments': 'Has Attachments',
  },
  Requirement: {
    'Entered by': 'Entered By',
    'Modified By': 'Last Modified By',
    'Current Assignment Date': 'Currently Assigned Date',
  },
  Folder: { 'Web Address': 'Web View URL' },
};

/** What is known of the columns of tables that no real server's list was seen of. [observed in clients or documented] */
const attested: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  Report: ['Record ID', 'Name', 'Title', 'Type', 'Contains', 'Access', 'Owner'],
  'Test Run': ['Record ID', 'Test Case Number', 'Test Run Set'],
};

/** How the columns of a table are known, in words. */
export function columnEvidence(table: TableName): string {
  const seen = observedColumns[table];
  if (seen) {
    const count = seen.length + (observedEnd[table]?.length ?? 0);
    const pattern =
      table === 'Folder' ? '' : ', and the pattern of those for workflow events, custom fields and links';
    return `observed in 2013: the ${count} labels of its own fields and their order${pattern}; inferred: what the cells of computed ones hold`;
  }
  const known = attested[table];
  const labels = known ? `observed in clients: ${known.join(', ')}; inferred: ` : 'inferred: ';
  return itemTables.includes(table)
    ? `${labels}labels and order, from members, help pages and Requirement`
    : `${labels}${known ? 'the order' : 'labels and order, from the members'}`;
}
