import type { TableName } from '../rules/table-names.ts';
import { itemTables } from '../rules/table-names.ts';

/** Codes that fields of every kind of item share, by label. [documented] */
const shared = {
  'Actual Hours': 'ACTHR',
  'Estimated Hours': 'ESTHR',
  'Date Entered State': 'DTENS',
  Folders: 'FOLDS',
  'Folder Paths': 'FOLDER_PATHS',
  'Is Locked': 'VLOCK',
  Summary: 'SUMM',
} as const;

/** Codes of test cases and runs differ in their first two letters only. [documented] */
const testCodes = (prefix: 'TC' | 'TR') => ({
  Automated: `${prefix}AUT`,
  'Closed By': `${prefix}CSD`,
  'Closed Date': `${prefix}CDT`,
  'Created By': `${prefix}CBY`,
  'Creation Method': `${prefix}LOC`,
  'Current Assignment Date': `${prefix}ADT`,
  'Currently Assigned To': `${prefix}ATO`,
  'Date Created': `${prefix}DTC`,
  'Date Modified': `${prefix}DTM`,
  'Estimated Time': `${prefix}EST`,
  'Has File Attachments': `${prefix}FIL`,
});

/** The field codes that are known, by table and by the label before any renaming. [documented] */
const codes: Readonly<Partial<Record<TableName, Readonly<Record<string, string>>>>> = {
  Defect: {
    Component: 'COMP',
    'Computer Config': 'TCFG',
    'Date Entered': 'ENTD',
    'Date Found': 'FNDD',
    Description: 'DESC',
    Disposition: 'DISP',
    'Entered by': 'ENTB',
    'Found by': 'FNDB',
    'Other Hardware and Software': 'HWSW',
    Priority: 'PRIO',
    Product: 'PROD',
    Reference: 'REFR',
    Reproduced: 'REPR',
    Severity: 'SEVR',
    Status: 'STAT',
    'Steps to Reproduce': 'STEP',
    Type: 'TYPE',
    'Version Found': 'FNDV',
  },
  Requirement: {
    'Date Entered': 'RQDTENT',
    Description: 'RQDESC',
    'Entered by': 'RQENTBY',
    Importance: 'RQPRIOR',
  },
  'Test Case': testCodes('TC'),
  'Test Run': { ...testCodes('TR'), 'Currently Assigned By': 'TRABY', 'Test Run Set': 'TRSET' },
};

/** The code of a built-in field, without its percent signs; undefined where none is known. */
export function fieldCode(table: TableName, label: string): string | undefined {
  return codes[table]?.[label] ?? (itemTables.includes(table) ? sharedCode(label) : undefined);
}

function sharedCode(label: string): string | undefined {
  return (shared as Readonly<Record<string, string>>)[label];
}
