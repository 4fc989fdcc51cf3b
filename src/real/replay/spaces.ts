/**
 * What a value is a name for, by where it stands: a record ID of one kind means nothing for another, so that each kind is
 * translated for itself.
 */
export type Space = string;

/** Where a value stands: the operation, the names on the way, and the object around it. */
export interface MemberPlace {
  readonly operation: string;
  /** Names of members from the outside; items of lists are left out. */
  readonly path: readonly string[];
  readonly around: Readonly<Record<string, unknown>>;
}

/** Lists whose entries have record IDs of their own. */
const spacesOfLists: Readonly<Record<string, Space>> = {
  eventlist: 'event',
  eventList: 'event',
  reportedbylist: 'reported-by',
  pSCCFileList: 'source-file',
  sccFileList: 'source-file',
  customFieldList: 'custom-field',
  fieldlist: 'custom-field',
  customFields: 'custom-field',
  testVariants: 'test-variant',
  childList: 'linked-item',
  linkparent: 'linked-item',
  historyList: 'link-history',
  standardtestconfig: 'TestConfig',
  testconfig: 'TestConfig',
};

/** Parts and members that are a record ID of one kind wherever they stand. */
const spacesOfMembers: Readonly<Record<string, Space>> = {
  cookie: 'cookie',
  linkID: 'Link',
  documentID: 'RequirementDocument',
  requirementID: 'Requirement',
  parentRequirementID: 'Requirement',
  defectRecordID: 'Defect',
  assigneddefect: 'Defect',
  testcaserecordid: 'TestCase',
  testCaseRecordID: 'TestCase',
  testRunRecordID: 'TestRun',
  treeRootFolderID: 'Folder',
  folderRecordID: 'Folder',
  parentid: 'Folder',
  parenteventid: 'event',
  eventID: 'event',
  createdbyuser: 'User',
  modifiedbyuser: 'User',
  'm-recordid': 'attachment',
  'm-strArchiveName': 'archive',
  pszArchiveName: 'archive',
  defectnumber: 'number Defect',
  defectNumber: 'number Defect',
  testcasenumber: 'number TestCase',
  testCaseNumber: 'number TestCase',
  testrunnumber: 'number TestRun',
  testRunNumber: 'number TestRun',
  requirementNumber: 'number Requirement',
  documentNumber: 'number RequirementDocument',
  sessNum: 'session',
  sess: 'session',
  session: 'session',
  sessnum: 'session',
};

/** Members that name a record together with the table beside them. */
const withTable: Readonly<Record<string, string>> = {
  entityID: 'tablename',
  entityrecordid: 'entitytablename',
  entityRecordID: 'entityTableName',
  itemRecordID: 'tablename',
  itemID: 'itemType',
};

const listOfIds: Readonly<Record<string, Space>> = {
  getRequirementIDsForDocument: 'Requirement',
  getDocumentIDsForRequirement: 'RequirementDocument',
};

const verbs = /^(?:get|add|edit|save|cancelSave|delete|duplicate)/;

/** The kind of record that an operation is about: `Defect` for `getDefectByRecordID`. */
function nounOf(operation: string): string {
  return operation.replace(verbs, '').replace(/(?:ByRecordID|WithLink|ByName)$/, '');
}

/** Whether a member of this name can be a name for something: most are not, and need no look at where they stand. */
export function mayName(member: string): boolean {
  return member in withTable || member in spacesOfMembers || /^(?:number|tag|recordid)$/i.test(member);
}

/** The space of a value; undefined for one that is no name for anything. */
export function spaceAt({ operation, path, around }: MemberPlace): Space | undefined {
  const member = path.at(-1) ?? '';
  const ofTable = withTable[member];
  if (ofTable !== undefined) return String(around[ofTable] ?? 'item').replaceAll(' ', '');
  // Users are named by their names in all records but folders, where they are record IDs.
  if (/^(?:created|modified)byuser$/.test(member) && typeof around[member] === 'string') return undefined;
  const fixed = spacesOfMembers[member];
  if (fixed !== undefined) return fixed;
  if (member === 'number') return numberSpace(operation, around);
  if (member === 'tag') return 'tag';
  if (/^recordid$/i.test(member)) {
    const list = path.at(-2) ?? '';
    return (
      (Object.hasOwn(spacesOfLists, list) ? spacesOfLists[list] : undefined) ?? kindOf(operation, around)
    );
  }
  return undefined;
}

/** Linked items have their number as text, beside the name of their table. */
function numberSpace(operation: string, { number, tablename }: MemberPlace['around']): Space | undefined {
  if (typeof number !== 'string') return `number ${nounOf(operation)}`;
  return typeof tablename === 'string' ? `number ${tablename.replaceAll(' ', '')}` : undefined;
}

/** The space of a result that is a name itself: what was added, a session's cookie, a list of record IDs. */
export function spaceOfResult(operation: string): Space | undefined {
  if (/^(?:DatabaseLogon|ProjectLogon)$/.test(operation)) return 'cookie';
  if (operation === 'createSession') return 'session';
  return listOfIds[operation] ?? (/^add[A-Z]/.test(operation) ? nounOf(operation) : undefined);
}

function kindOf(operation: string, around: Readonly<Record<string, unknown>>): Space {
  const { tablename } = around;
  if (typeof tablename === 'string' && tablename !== '') return tablename.replaceAll(' ', '');
  // generateTestRuns, getEntityListForFolderByRecordID and the like have a kind within their name.
  return /TestRun|Folder/.exec(operation)?.[0] ?? nounOf(operation);
}
