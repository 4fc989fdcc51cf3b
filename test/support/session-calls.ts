import type { OperationName, OperationTypes } from '../../src/testtrack/model/operation-types.generated.ts';
import type { TestTrackCalls } from './testtrack.ts';

/** A project with a record of every kind, for calls of every operation. */
export const everyKind = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake', email: 'lake@example.com' },
    { login: 'nobody', password: 'nobody', last: 'Nobody', groups: ['Nothing'] },
  ],
  groups: [{ name: 'Nothing', commands: [] }],
  customers: [{ first: 'Pieter', last: 'Bakker', email: 'pieter@example.com' }],
  customFields: {
    Defect: [
      { name: 'Client', type: 'dropdown', values: ['Desktop', 'Web'] },
      { name: 'Cost', type: 'integer' },
      { name: 'Weight', type: 'decimal' },
      { name: 'Visible', type: 'boolean' },
      { name: 'Ticket', type: 'string' },
      { name: 'Words', type: 'multiline' },
      { name: 'Promised', type: 'date' },
      { name: 'Contact', type: 'dateTime' },
      { name: 'Fixed In', type: 'version' },
      { name: 'Lost', type: 'timespan' },
      { name: 'Platforms', type: 'multiselect', values: ['Windows', 'Linux'] },
    ],
  },
  testConfigs: [{ name: 'Laptop' }],
  tasks: [{ summary: 'Call them', assignedTo: 'lake', defect: 1 }],
  defects: [
    {
      summary: 'It burns',
      reportedBy: [{ description: 'hot', testConfig: 'Laptop', attachments: [{ name: 'a.log', text: 'x' }] }],
      customFields: { Client: 'Web', Cost: 3, Promised: '2026-05-01', Platforms: ['Linux'] },
      events: [{ name: 'Assign', assignTo: 'lake', attachments: [{ name: 'b.log', text: 'y' }] }],
    },
    { summary: 'It freezes' },
  ],
  testCases: [
    {
      summary: 'Log on',
      steps: ['* Open', '+ It opens'],
      variants: [{ name: 'Browser', values: ['Chrome'] }],
      attachments: [{ name: 'c.txt', text: 'z' }],
      events: [{ name: 'Ready' }],
    },
  ],
  testRuns: [
    { testCase: 1, set: 'WysiWrite 5.1', variants: { Browser: 'Chrome' }, events: [{ name: 'Start' }] },
  ],
  requirements: [
    { type: 'Functional Requirement', summary: 'one', events: [{ name: 'Comment' }] },
    { type: 'Functional Requirement', summary: 'two' },
  ],
  requirementDocuments: [{ name: 'Guide', tree: [1], snapshots: [{ label: 'first' }] }],
  folders: [
    { name: 'Plan', folders: [{ name: 'Sprint', items: [{ table: 'Defect', number: 1 }] }] },
    { name: 'Mine', privateTo: 'admin' },
  ],
  links: [
    {
      definition: 'Related Items',
      children: [
        { table: 'Defect', number: 1 },
        { table: 'Defect', number: 2 },
      ],
    },
  ],
  filters: { Defect: [{ name: 'Open', query: { Status: ['Open'] } }] },
  reports: [{ name: 'All', type: 'list', table: 'Defect', columns: ['Number'] }],
  exportTemplates: [
    { name: 'Sheet', kind: 'records', table: 'Defect', fields: ['Status'] },
    { name: 'Book', kind: 'document', fields: ['Status'] },
    { name: 'Shelf', kind: 'folder', table: 'Defect', fields: ['Status'] },
  ],
};

/** The licence server beside it. */
export const everyKindGlobals = [
  { login: 'consultant', password: 'c', first: 'Nadia', last: 'Consultant' },
  { login: 'northwind', password: 'n', first: 'Olga', last: 'North', isCustomer: true },
];

/** Operations that anybody may call, without a session. */
export type ServerOperationName =
  | 'getDatabaseList'
  | 'getProjectList'
  | 'getProjectDataOptionList'
  | 'DatabaseLogon'
  | 'ProjectLogon';
export type SessionOperationName = Exclude<OperationName, ServerOperationName>;

type Cookie = OperationTypes['getTableList']['input']['cookie'];
type Parts<N extends OperationName> = Partial<Omit<OperationTypes[N]['input'], 'cookie'>>;
type Calls = {
  readonly [N in SessionOperationName]: (tt: TestTrackCalls, cookie: Cookie) => Parts<N>;
};

const byId = { recordID: 1 } as const;
const listed = { tablename: 'Defect', columnlist: [{ name: 'Number' }] } as const;
const file = (name: string) => ({
  'm-recordid': 0,
  'm-strFileName': name,
  'm-pFileData': Buffer.from('content'),
});
const event = (name: string) => ({ recordid: 0, name, date: '2026-03-02T10:00:00-05:00', eventaddorder: 1 });
const lake = { firstName: 'Veronica', middleInitials: '', lastName: 'Lake' } as const;
const bakker = { firstName: 'Pieter', middleInitials: '', lastName: 'Bakker' } as const;
const newDefect = {
  recordid: 0,
  summary: 'New',
  type: 'Cosmetic',
  enteredby: 'Lake, Veronica',
  reportedbylist: [{ recordid: 0, comments: 'seen', showorder: 1, attachmentlist: [file('n.log')] }],
  eventlist: [{ ...event('Assign'), assigntolist: ['Lake, Veronica'] }],
  customFieldList: [{ $type: 'CIntegerField', name: 'Cost', value: 4 }],
} as const;
const entry = { recordid: 0, entitytablename: 'Defect', entityrecordid: 1 } as const;
const sprint = { recordID: 2, publicFolder: true } as const;

/** The parts of a call that another one has to come before. */
const after = <P>(_done: unknown, parts: P): P => parts;

/**
 * A call of every operation that does what it is for, in the project above: its parts, after the calls that have to
 * come before it were made.
 */
export const sessionCalls: Calls = {
  DatabaseLogoff: () => ({}),
  formattedTextSupport: () => ({ enableFormattedText: true }),
  getTTVersionInfo: () => ({}),
  getTableList: () => ({}),
  getUserForCurrentSession: () => ({}),
  getAttachmentTypes: () => ({}),
  getTestVariantTypes: () => ({}),
  getTestRunStepsModes: () => ({}),
  getFolderPathSeparator: () => ({}),
  getRootPublicFolderPath: () => ({}),
  getRootPrivateFolderPath: () => ({}),
  getFilterList: () => ({}),
  getFolderTypeList: () => ({}),
  getGlobalUserList: () => ({}),
  getGlobalCustomerList: () => ({}),
  getUserLicenseList: () => ({}),
  GetLinkDefinitionValues: () => ({}),
  getDefectEventDefinitionList: () => ({}),
  getDefectCustomFieldsDefinitionList: () => ({}),
  getEventDefinitionList: () => ({ tablename: 'Defect' }),
  getCustomFieldsDefinitionList: () => ({ tablename: 'Defect' }),
  getColumnsForTable: () => ({ tablename: 'Defect' }),
  getFilterListForTable: () => ({ tablename: 'Defect' }),
  getDropdownFieldForTable: () => ({ tablename: 'Defect' }),
  getDropdownFieldValuesForTable: () => ({ tablename: 'Defect', fieldname: 'Priority' }),
  addDropdownFieldValuesForTable: () => ({
    tablename: 'Defect',
    fieldname: 'Priority',
    pValueList: [{ value: 'Someday' }],
  }),
  getRecordListForTable: () => ({ ...listed, filtername: 'Open' }),
  getRecordListForTableWithQuery: () => ({ ...listed, filtername: '', query: "{'Number': 1}" }),
  getFolderTypeByName: () => ({ name: 'Folder' }),
  getReportRunResultsByName: () => ({ name: 'All' }),
  getReportRunResultsByRecordID: () => byId,
  getDocForExportTemplate: () => ({
    templateName: 'Sheet',
    tablename: 'Defect',
    recordIDs: [1],
    locale: 'de-DE',
  }),
  getDocForExportTemplateReqDoc: () => ({ templateName: 'Book', documentID: 1, snapshotVersion: 1 }),
  getDocForExportTemplateFolder: () => ({
    templateName: 'Shelf',
    folderPath: '/Public/Plan',
    bRecursive: true,
    tablename: 'Defect',
    sortOrder: 'Number desc',
  }),
  getAttachment: () => ({
    tablename: 'Defect',
    recordID: 1,
    eventID: 0,
    pszArchiveName: 'TT00000002.log',
  }),
  getDefectAttachment: () => ({ pszArchiveName: 'TT00000001.log' }),
  getItemHyperlinks: () => ({ itemType: 'Defect', itemID: 1 }),

  getDefect: () => ({ defectNumber: 1 }),
  getDefectByRecordID: () => byId,
  addDefect: () => ({ pDefect: newDefect }),
  editDefect: () => ({ defectNumber: 1 }),
  editDefectByRecordID: () => byId,
  saveDefect: (tt, cookie) => {
    const old = tt.editDefect({ cookie, defectNumber: 1, bDownloadAttachments: true });
    return { pDefect: { ...old, priority: 'High', eventlist: [...(old.eventlist ?? []), event('Fix')] } };
  },
  cancelSaveDefect: (tt, cookie) => after(tt.editDefectByRecordID({ cookie, ...byId }), byId),
  deleteDefect: () => ({ defectNumber: 1 }),
  deleteDefectByRecordID: () => byId,
  createDefectForTestRun: () => byId,
  addDefectWithLink: () => ({ pDefect: newDefect, testRunRecordID: 1 }),

  getTask: () => ({ summary: 'Call them' }),
  getTaskByRecordID: () => byId,
  addTask: () => ({
    pTask: { recordid: 0, summary: 'New', assignedto: 'Lake, Veronica', datedue: '2026-04-01' },
  }),
  editTask: () => ({ summary: 'Call them' }),
  editTaskByRecordID: () => byId,
  saveTask: (tt, cookie) => ({ pTask: { ...tt.editTaskByRecordID({ cookie, ...byId }), status: 'Done' } }),
  cancelSaveTask: (tt, cookie) => after(tt.editTaskByRecordID({ cookie, ...byId }), byId),
  deleteTask: () => ({ summary: 'Call them' }),
  deleteTaskByRecordID: () => byId,

  getTestConfig: () => ({ name: 'Laptop' }),
  getTestConfigByRecordID: () => byId,
  addTestConfig: () => ({ pTestConfig: { recordid: 0, systemname: 'Tablet', hascdrom: false } }),
  editTestConfig: () => ({ name: 'Laptop' }),
  editTestConfigByRecordID: () => byId,
  saveTestConfig: (tt, cookie) => ({
    pTestConfig: { ...tt.editTestConfigByRecordID({ cookie, ...byId }), osname: 'Debian' },
  }),
  cancelSaveTestConfig: (tt, cookie) => after(tt.editTestConfigByRecordID({ cookie, ...byId }), byId),
  deleteTestConfig: () => ({ name: 'Laptop' }),
  deleteTestConfigByRecordID: () => byId,

  getUser: () => lake,
  getUserByRecordID: () => byId,
  addUser: () => ({
    pUser: {
      recordid: 0,
      lastname: 'New',
      loginname: 'new',
      usergroupname: 'Nothing',
      emailtype: 'Internet',
    },
  }),
  editUser: () => lake,
  editUserByRecordID: () => ({ recordID: 2 }),
  saveUser: (tt, cookie) => ({
    ...lake,
    pUser: { ...tt.editUser({ cookie, ...lake }), company: 'Lake & Co' },
  }),
  cancelSaveUser: (tt, cookie) => after(tt.editUser({ cookie, ...lake }), { recordID: 2 }),
  deleteUser: () => lake,
  deleteUserByRecordID: () => ({ recordID: 2 }),
  promoteUser: () => ({ localUser: 'Lake, Veronica', loginname: 'veronica', password: 'p' }),
  addGlobalUser: () => ({ pUser: { loginname: 'consultant', name: 'Consultant, Nadia' } }),

  getCustomer: () => bakker,
  getCustomerByRecordID: () => ({ recordID: 4 }),
  addCustomer: () => ({ pCustomer: { recordid: 0, firstname: 'Mei', lastname: 'Huang' } }),
  editCustomer: () => bakker,
  editCustomerByRecordID: () => ({ recordID: 4 }),
  saveCustomer: (tt, cookie) => ({
    ...bakker,
    pCustomer: { ...tt.editCustomer({ cookie, ...bakker }), company: 'Books' },
  }),
  cancelSaveCustomer: (tt, cookie) => after(tt.editCustomer({ cookie, ...bakker }), { recordID: 4 }),
  deleteCustomer: () => bakker,
  deleteCustomerByRecordID: () => ({ recordID: 4 }),
  promoteCustomer: () => ({ localCustomer: 'Bakker, Pieter', loginname: 'pieter', password: 'p' }),
  addGlobalCustomer: () => ({ pUser: { loginname: 'northwind', name: 'North, Olga' } }),

  getLinksForItem: () => ({ tablename: 'Defect', itemRecordID: 1 }),
  getLinksForDefect: () => ({ defectRecordID: 1 }),
  getLink: () => ({ linkID: 1 }),
  addLink: () => ({
    pLink: {
      recordid: 0,
      linkDefinitionName: 'Parent/Child',
      linkparent: { recordid: 0, tablename: 'Defect', entityID: 1 },
      childList: [{ recordid: 0, tablename: 'Test Case', entityID: 1 }],
    },
  }),
  editLink: () => ({ linkID: 1 }),
  saveLink: (tt, cookie) => ({ pLink: { ...tt.editLink({ cookie, linkID: 1 }), comment: 'why' } }),
  cancelSaveLink: (tt, cookie) => after(tt.editLink({ cookie, linkID: 1 }), { linkID: 1 }),
  deleteLink: () => ({ linkID: 1 }),

  getTestCase: () => ({ testCaseNumber: 1 }),
  getTestCaseByRecordID: () => byId,
  addTestCase: () => ({
    pTestCase: {
      recordid: 0,
      summary: 'New',
      steps: '* Open',
      testVariants: [{ name: 'Browser', type: 'Included', values: [{ value: 'Safari' }] }],
      attachmentlist: [file('n.txt')],
    },
  }),
  editTestCase: () => ({ testCaseNumber: 1 }),
  editTestCaseByRecordID: () => byId,
  saveTestCase: (tt, cookie) => ({
    pTestCase: { ...tt.editTestCaseByRecordID({ cookie, ...byId }), isautomated: true },
  }),
  cancelSaveTestCase: (tt, cookie) => after(tt.editTestCaseByRecordID({ cookie, ...byId }), byId),
  deleteTestCase: () => ({ testCaseNumber: 1, bDeleteAssociatedTestRuns: true }),
  deleteTestCaseByRecordID: () => byId,

  getTestRun: () => ({ testRunNumber: 1 }),
  getTestRunByRecordID: () => byId,
  editTestRun: () => ({ testRunNumber: 1 }),
  editTestRunByRecordID: () => byId,
  saveTestRun: (tt, cookie) => ({
    pTestRun: { ...tt.editTestRunByRecordID({ cookie, ...byId }), problemstatement: 'It hung' },
  }),
  cancelSaveTestRun: (tt, cookie) => after(tt.editTestRunByRecordID({ cookie, ...byId }), byId),
  deleteTestRun: () => ({ testRunNumber: 1 }),
  deleteTestRunByRecordID: () => byId,
  generateTestRuns: () => ({
    recordID: 1,
    testVariants: [{ name: 'Browser', values: [{ value: 'Chrome' }, { value: 'Safari' }] }],
    testRunSet: 'WysiWrite 5.1',
  }),
  generateBatchTestRuns: () => ({ testCases: [1], testVariants: [], testRunSet: 'WysiWrite 5.1' }),

  getFolder: () => ({ path: '/Public/Plan' }),
  getFolderByRecordID: () => ({ recordID: 1, publicFolder: true }),
  getFolderTree: () => ({ treeRootFolderPath: '/Public' }),
  getFolderTreeByRecordID: () => ({ treeRootFolderID: 1 }),
  addFolder: () => ({
    pFolder: { recordid: 0, name: 'New', path: '/Public/New', foldertypename: 'Folder', ispublic: true },
  }),
  editFolder: () => ({ folderPath: '/Public/Plan' }),
  editFolderByRecordID: () => ({ recordID: 1, publicFolder: true }),
  saveFolder: (tt, cookie) => ({
    pFolder: { ...tt.editFolder({ cookie, folderPath: '/Public/Plan' }), description: 'what we do' },
  }),
  cancelSaveFolder: (tt, cookie) => after(tt.editFolder({ cookie, folderPath: '/Public/Plan' }), byId),
  deleteFolder: () => ({ folderPath: '/Public/Plan' }),
  deleteFolderByRecordID: () => ({ recordID: 1, publicFolder: true }),
  addEntityToFolderByRecordID: () => ({ ...sprint, entityRecordID: 2, entityTableName: 'Defect' }),
  removeEntityFromFolderByRecordID: () => ({ ...sprint, entity: entry }),
  getEntityListForFolderByRecordID: () => sprint,
  getFolderListForEntityByRecordID: () => ({ tablename: 'Defect', recordID: 1 }),
  editFolderItemRank: () => sprint,
  saveFolderItemRank: (tt, cookie) => {
    tt.editFolderItemRank({ cookie, ...sprint });
    return { ...sprint, folderItemList: [{ ...entry, rank: 7 }] };
  },
  cancelSaveFolderItemRank: (tt, cookie) =>
    after(tt.editFolderItemRank({ cookie, ...sprint }), { recordID: 2 }),

  getRequirement: () => ({ requirementNumber: 1 }),
  getRequirementByRecordID: () => byId,
  addRequirement: () => ({
    pRequirement: {
      recordid: 0,
      type: 'Business Requirement',
      summary: 'New',
      attachmentList: [file('n.txt')],
    },
  }),
  editRequirement: () => ({ requirementNumber: 1 }),
  editRequirementByRecordID: () => byId,
  saveRequirement: (tt, cookie) => ({
    pRequirement: { ...tt.editRequirementByRecordID({ cookie, ...byId }), importance: 'High' },
  }),
  cancelSaveRequirement: (tt, cookie) => after(tt.editRequirementByRecordID({ cookie, ...byId }), byId),
  deleteRequirement: () => ({ requirementNumber: 1 }),
  deleteRequirementByRecordID: () => byId,
  changeRequirementType: () => ({ requirementID: 1, newTypeName: 'Business Requirement' }),
  getDocumentIDsForRequirement: () => ({ requirementID: 1 }),

  getRequirementDocument: () => ({ documentNumber: 1 }),
  getRequirementDocumentByRecordID: () => byId,
  addRequirementDocument: () => ({ pRequirementDocument: { recordid: 0, name: 'New' } }),
  editRequirementDocument: () => ({ documentNumber: 1 }),
  editRequirementDocumentByRecordID: () => byId,
  saveRequirementDocument: (tt, cookie) => ({
    pRequirementDocument: {
      ...tt.editRequirementDocumentByRecordID({ cookie, ...byId }),
      description: 'all',
    },
  }),
  cancelSaveRequirementDocument: (tt, cookie) =>
    after(tt.editRequirementDocumentByRecordID({ cookie, ...byId }), byId),
  deleteRequirementDocument: () => ({ documentNumber: 1, bDeleteAssociatedRequirements: true }),
  deleteRequirementDocumentByRecordID: () => byId,
  appendToRequirementDocument: () => ({ requirementID: 2, documentID: 1, parentRequirementID: 1 }),
  getRequirementIDsForDocument: () => ({ documentID: 1 }),
  getDocumentTree: () => ({ documentID: 1 }),
  createSnapshot: () => ({ documentID: 1, snapshot: { label: 'second', comment: 'why' } }),
};
