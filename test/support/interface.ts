/**
 * The TestTrack interface, stated a second time and independently of the WSDL: 162 operations, 63 types.
 *
 * The contract test compares the WSDL with these two lists, so a slip in the WSDL cannot pass unnoticed. They
 * are data, which is why the file is long. `CField[]` is the array type `ArrayOfCField`.
 */

/** `name(part: type, ...) -> part: type`, one operation a line. */
export const OPERATION_LIST = `
getDatabaseList() -> pDBList: CDatabase[]
getProjectList(username: string, password: string) -> pProjList: CProject[]
getProjectDataOptionList() -> pProjTypes: CProjectDataOption[]
DatabaseLogon(dbname: string, username: string, password: string) -> Cookie: long
ProjectLogon(pProj: CProject, username: string, password: string) -> Cookie: long
DatabaseLogoff(cookie: long) -> result: int
formattedTextSupport(cookie: long, enableFormattedText: boolean) -> formattingEnabled: boolean
getTableList(cookie: long) -> pTableList: CDatabaseTable[]
getDropdownFieldForTable(cookie: long, tablename: string) -> pFieldList: CTableField[]
getDropdownFieldValuesForTable(cookie: long, tablename: string, fieldname: string) -> pValueList: CFieldValue[]
addDropdownFieldValuesForTable(cookie: long, tablename: string, fieldname: string, pValueList: CFieldValue[]) -> result: int
GetLinkDefinitionValues(cookie: long) -> pValueList: CFieldValue[]
getColumnsForTable(cookie: long, tablename: string) -> pColumnList: CTableColumn[]
getFilterList(cookie: long) -> pFilterList: CFilter[]
getFilterListForTable(cookie: long, tablename: string) -> pFilterList: CFilter[]
getRecordListForTable(cookie: long, tablename: string, filtername: string, columnlist: CTableColumn[]) -> recordlist: CRecordListSoap
getRecordListForTableWithQuery(cookie: long, tablename: string, filtername: string, query: string, columnlist: CTableColumn[]) -> recordlist: CRecordListSoap
getTestConfig(cookie: long, name: string) -> pTestConfig: CSystem
getTestConfigByRecordID(cookie: long, recordID: long) -> pTestConfig: CSystem
addTestConfig(cookie: long, pTestConfig: CSystem) -> recordID: long
editTestConfig(cookie: long, name: string) -> pTestConfig: CSystem
editTestConfigByRecordID(cookie: long, recordID: long) -> pTestConfig: CSystem
saveTestConfig(cookie: long, pTestConfig: CSystem) -> result: int
deleteTestConfig(cookie: long, name: string) -> result: int
deleteTestConfigByRecordID(cookie: long, recordID: long) -> result: int
cancelSaveTestConfig(cookie: long, recordID: long) -> result: int
getAttachmentTypes(cookie: long) -> pTypeList: string[]
getReportRunResultsByName(cookie: long, name: string) -> results: CReportRunResults
getReportRunResultsByRecordID(cookie: long, recordID: long) -> results: CReportRunResults
getEventDefinitionList(cookie: long, tablename: string) -> EventDefinitionList: CEventDefinition[]
getDefectEventDefinitionList(cookie: long) -> EventDefinitionList: CDefectEventDefinition[]
getCustomFieldsDefinitionList(cookie: long, tablename: string) -> customFields: CField[]
getDefectCustomFieldsDefinitionList(cookie: long) -> customFields: CField[]
getDefect(cookie: long, defectNumber: long, summary: string, bDownloadAttachments: boolean) -> pDefect: CDefect
getDefectByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pDefect: CDefect
addDefect(cookie: long, pDefect: CDefect) -> recordID: long
addDefectWithLink(cookie: long, pDefect: CDefect, testRunRecordID: long) -> recordID: long
deleteDefect(cookie: long, defectNumber: long, summary: string) -> result: int
deleteDefectByRecordID(cookie: long, recordID: long) -> result: int
editDefect(cookie: long, defectNumber: long, summary: string, bDownloadAttachments: boolean) -> pDefect: CDefect
editDefectByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pDefect: CDefect
saveDefect(cookie: long, pDefect: CDefect) -> result: int
cancelSaveDefect(cookie: long, recordID: long) -> result: int
getAttachment(cookie: long, tablename: string, recordID: long, eventID: long, pszArchiveName: string) -> pAttachment: CFileAttachment
getDefectAttachment(cookie: long, pszArchiveName: string) -> pAttachment: CFileAttachment
getTask(cookie: long, summary: string) -> pTask: CTask
getTaskByRecordID(cookie: long, recordID: long) -> pTask: CTask
addTask(cookie: long, pTask: CTask) -> recordID: long
deleteTask(cookie: long, summary: string) -> result: int
deleteTaskByRecordID(cookie: long, recordID: long) -> result: int
editTask(cookie: long, summary: string) -> pTask: CTask
editTaskByRecordID(cookie: long, recordID: long) -> pTask: CTask
saveTask(cookie: long, pTask: CTask) -> result: int
cancelSaveTask(cookie: long, recordID: long) -> result: int
getGlobalUserList(cookie: long) -> GlobalUserList: CGlobalUser[]
getGlobalCustomerList(cookie: long) -> GlobalCustomerList: CGlobalUser[]
getTTVersionInfo(cookie: long) -> pVersionInfo: CTTVersionInfo
getDocForExportTemplate(cookie: long, templateID: long, templateName: string, tablename: string, filtername: string, query: string, recordIDs: long[], timezoneID: string, locale: string, hoursOffGMT: double) -> pDocument: CFile
getDocForExportTemplateReqDoc(cookie: long, templateID: long, templateName: string, documentID: long, snapshotVersion: int, timezoneID: string, locale: string, hoursOffGMT: double) -> pDocument: CFile
getDocForExportTemplateFolder(cookie: long, templateID: long, templateName: string, folderPath: string, bRecursive: boolean, tablename: string, filtername: string, sortOrder: string, timezoneID: string, locale: string, hoursOffGMT: double) -> pDocument: CFile
getUserLicenseList(cookie: long) -> UserLicenseList: CUserLicense[]
getUser(cookie: long, firstName: string, middleInitials: string, lastName: string) -> pUser: CUser
getUserByRecordID(cookie: long, recordID: long) -> pUser: CUser
getUserForCurrentSession(cookie: long) -> pUser: CUser
addUser(cookie: long, pUser: CUser) -> recordID: long
editUser(cookie: long, firstName: string, middleInitials: string, lastName: string) -> pUser: CUser
editUserByRecordID(cookie: long, recordID: long) -> pUser: CUser
saveUser(cookie: long, firstName: string, middleInitials: string, lastName: string, pUser: CUser) -> result: int
deleteUser(cookie: long, firstName: string, middleInitials: string, lastName: string) -> result: int
deleteUserByRecordID(cookie: long, recordID: long) -> result: int
cancelSaveUser(cookie: long, recordID: long) -> result: int
promoteUser(cookie: long, localUser: string, globalUser: string, loginname: string, password: string) -> result: int
addGlobalUser(cookie: long, pUser: CGlobalUser) -> result: int
getCustomer(cookie: long, firstName: string, middleInitials: string, lastName: string) -> pCustomer: CUser
getCustomerByRecordID(cookie: long, recordID: long) -> pCustomer: CUser
addCustomer(cookie: long, pCustomer: CUser) -> recordID: long
editCustomer(cookie: long, firstName: string, middleInitials: string, lastName: string) -> pCustomer: CUser
editCustomerByRecordID(cookie: long, recordID: long) -> pCustomer: CUser
saveCustomer(cookie: long, firstName: string, middleInitials: string, lastName: string, pCustomer: CUser) -> result: int
deleteCustomer(cookie: long, firstName: string, middleInitials: string, lastName: string) -> result: int
deleteCustomerByRecordID(cookie: long, recordID: long) -> result: int
cancelSaveCustomer(cookie: long, recordID: long) -> result: int
promoteCustomer(cookie: long, localCustomer: string, globalUser: string, loginname: string, password: string) -> result: int
addGlobalCustomer(cookie: long, pUser: CGlobalUser) -> result: int
getLinksForItem(cookie: long, tablename: string, itemRecordID: long) -> pLinkList: CLink[]
getLinksForDefect(cookie: long, defectRecordID: long) -> pLinkList: CLink[]
getLink(cookie: long, linkID: long) -> pLink: CLink
addLink(cookie: long, pLink: CLink) -> recordID: long
deleteLink(cookie: long, linkID: long) -> result: int
editLink(cookie: long, linkID: long) -> pLink: CLink
saveLink(cookie: long, pLink: CLink) -> result: int
cancelSaveLink(cookie: long, linkID: long) -> result: int
getTestVariantTypes(cookie: long) -> pTypeList: string[]
getTestRunStepsModes(cookie: long) -> pModeList: string[]
getTestCase(cookie: long, testCaseNumber: long, summary: string, bDownloadAttachments: boolean) -> pTestCase: CTestCase
getTestCaseByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pTestCase: CTestCase
addTestCase(cookie: long, pTestCase: CTestCase) -> recordID: long
deleteTestCase(cookie: long, testCaseNumber: long, summary: string, bDeleteAssociatedTestRuns: boolean) -> result: int
deleteTestCaseByRecordID(cookie: long, recordID: long, bDeleteAssociatedTestRun: boolean) -> result: int
editTestCase(cookie: long, testCaseNumber: long, summary: string, bDownloadAttachments: boolean) -> pTestCase: CTestCase
editTestCaseByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pTestCase: CTestCase
saveTestCase(cookie: long, pTestCase: CTestCase) -> result: int
cancelSaveTestCase(cookie: long, recordID: long) -> result: int
getTestRun(cookie: long, testRunNumber: long, summary: string, bDownloadAttachments: boolean) -> pTestRun: CTestRun
getTestRunByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pTestRun: CTestRun
deleteTestRun(cookie: long, testRunNumber: long, summary: string) -> result: int
deleteTestRunByRecordID(cookie: long, recordID: long) -> result: int
editTestRun(cookie: long, testRunNumber: long, summary: string, bDownloadAttachments: boolean) -> pTestRun: CTestRun
editTestRunByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pTestRun: CTestRun
saveTestRun(cookie: long, pTestRun: CTestRun) -> result: int
cancelSaveTestRun(cookie: long, recordID: long) -> result: int
createDefectForTestRun(cookie: long, recordID: long) -> pDefect: CDefect
generateTestRuns(cookie: long, recordID: long, testVariants: CTestRunVariantField[], testRunSet: string) -> pResults: CItemToTrack[]
getFolderTypeByName(cookie: long, name: string) -> pType: CFolderType
getFolderTypeList(cookie: long) -> pTypeList: CFolderType[]
addFolder(cookie: long, pFolder: CFolder) -> recordID: long
editFolder(cookie: long, folderPath: string) -> pFolder: CFolder
editFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean) -> pFolder: CFolder
saveFolder(cookie: long, pFolder: CFolder) -> result: int
cancelSaveFolder(cookie: long, recordID: long) -> result: int
getFolder(cookie: long, path: string) -> pFolder: CFolder
getFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean) -> pFolder: CFolder
deleteFolder(cookie: long, folderPath: string) -> result: int
deleteFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean) -> result: int
addEntityToFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean, entityRecordID: long, entityTableName: string) -> itemRecordID: int
removeEntityFromFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean, entity: CFolderItem) -> result: int
getEntityListForFolderByRecordID(cookie: long, recordID: long, publicFolder: boolean) -> pEntityList: CFolderItem[]
getFolderListForEntityByRecordID(cookie: long, tablename: string, recordID: long) -> pFolderList: CFolder[]
getFolderPathSeparator(cookie: long) -> separator: byte
getRootPublicFolderPath(cookie: long) -> strPublicPath: string
getRootPrivateFolderPath(cookie: long) -> strPrivatePath: string
editFolderItemRank(cookie: long, recordID: long, publicFolder: boolean) -> pEntityList: CFolderItem[]
saveFolderItemRank(cookie: long, recordID: long, publicFolder: boolean, folderItemList: CFolderItem[]) -> result: int
cancelSaveFolderItemRank(cookie: long, recordID: long) -> result: int
getRequirement(cookie: long, requirementNumber: long, summary: string, bDownloadAttachments: boolean) -> pRequirement: CRequirement
getRequirementByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pRequirement: CRequirement
addRequirement(cookie: long, pRequirement: CRequirement) -> recordID: long
deleteRequirement(cookie: long, requirementNumber: long, summary: string) -> result: int
deleteRequirementByRecordID(cookie: long, recordID: long) -> result: int
editRequirement(cookie: long, requirementNumber: long, summary: string, bDownloadAttachments: boolean) -> pRequirement: CRequirement
editRequirementByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pRequirement: CRequirement
saveRequirement(cookie: long, pRequirement: CRequirement) -> result: int
cancelSaveRequirement(cookie: long, recordID: long) -> result: int
appendToRequirementDocument(cookie: long, requirementID: long, documentID: long, parentRequirementID: long) -> result: int
getDocumentIDsForRequirement(cookie: long, requirementID: long) -> recordIDs: long[]
changeRequirementType(cookie: long, requirementID: long, newTypeName: string) -> result: int
getRequirementDocument(cookie: long, documentNumber: long, name: string, bDownloadAttachments: boolean) -> pRequirementDocument: CRequirementDocument
getRequirementDocumentByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pRequirementDocument: CRequirementDocument
addRequirementDocument(cookie: long, pRequirementDocument: CRequirementDocument) -> recordID: long
deleteRequirementDocument(cookie: long, documentNumber: long, name: string, bDeleteAssociatedRequirements: boolean) -> result: int
deleteRequirementDocumentByRecordID(cookie: long, recordID: long, bDeleteAssociatedRequirements: boolean) -> result: int
editRequirementDocument(cookie: long, documentNumber: long, name: string, bDownloadAttachments: boolean) -> pRequirementDocument: CRequirementDocument
editRequirementDocumentByRecordID(cookie: long, recordID: long, bDownloadAttachments: boolean) -> pRequirementDocument: CRequirementDocument
saveRequirementDocument(cookie: long, pRequirementDocument: CRequirementDocument) -> result: int
cancelSaveRequirementDocument(cookie: long, recordID: long) -> result: int
createSnapshot(cookie: long, documentID: long, snapshot: CSnapshotInfo) -> result: int
getRequirementIDsForDocument(cookie: long, documentID: long) -> recordIDs: long[]
getDocumentTree(cookie: long, documentID: long) -> docTreeRootNode: CTreeNodeSoap
getFolderTreeByRecordID(cookie: long, treeRootFolderID: long) -> folderTreeRoot: CTreeNodeSoap
getFolderTree(cookie: long, treeRootFolderPath: string) -> folderTreeRoot: CTreeNodeSoap
getItemHyperlinks(cookie: long, itemType: string, itemID: long) -> hyperlinks: CItemHyperlinkContainer
generateBatchTestRuns(cookie: long, testCases: long[], testVariants: CTestRunVariantField[], testRunSet: string) -> pResults: CBatchTestRunResult[]
`;

/** The operations whose SOAPAction is empty; all others have `urn:testtrack-interface#` and their name. */
export const WITHOUT_SOAP_ACTION = [
  'formattedTextSupport',
  'promoteUser',
  'addGlobalUser',
  'promoteCustomer',
  'addGlobalCustomer',
];

/**
 * `name < base`, then the type's own members in order, indented. `?` marks a member that may be missing,
 * `~` one that may be nil.
 */
export const TYPE_LIST = `
CBooleanField < CField
  value: boolean
CDatabase
  name: string~
CDatabaseTable
  name: string~
CDateField < CField
  value: date?
CDateTimeField < CField
  value: dateTime?~
CDecimalField < CField
  value: double
CDefect < CItemToTrack
  defectnumber: long?, summary: string?~, state: string?~, disposition: string?~, type: string?~,
  priority: string?~, product: string?~, component: string?~, reference: string?~, severity: string?~,
  enteredby: string?~, workaround: string?~, workaroundInlineAttachList: CFileAttachment[]?~,
  dateentered: date?, locationaddedfrom: string?~, datetimecreated: dateTime?~,
  datetimemodified: dateTime?~, createdbyuser: string?~, modifiedbyuser: string?~,
  actualhourstofix: double?, estimatedhours: double?, remaininghours: double?, variance: double?,
  storypoints: long?, percentdone: long?, reportedbylist: CReportedByRecord[]?~, eventlist: CEvent[]?~,
  pSCCFileList: CSCCFileRecord[]?~, customFieldList: CField[]?~
CDefectEvent < CEvent
CDefectEventDefinition < CEventDefinition
CDocumentTreeNode < CTreeNodeSoap
  summary: string?~, outlineNumber: string?~, tag: string?~
CDropdownField < CField
  value: string?~, dropdownValues: CFieldValue[]?~
CEvent < CItemWithDBRecordId
  user: string?~, date: dateTime~, notes: string?~, eventaddorder: short, name: string?~,
  parenteventid: long?, attachmentlist: CFileAttachment[]?~, fieldlist: CField[]?~,
  resultingstate: string?~, hours: double?, assigntolist: string[]?~, releasenotesversion: string?~,
  generatedeventtype: string?~, generatedbyname: string?~, totaltimespent: double?, overrideuser: string?~,
  marksuspect: boolean?
CEventDefinition
  name: string?~, user: boolean?, datetime: boolean?, notes: boolean?, resultingState: boolean?,
  resultingStateValues: CFieldValue[]?~, fileattachments: boolean?, timeTracking: boolean?,
  timeSumOfAll: boolean?, timeHoursSinceLast: boolean?, newAssignment: boolean?, releaseNotes: boolean?,
  marksuspect: boolean?, reviewnote: boolean?, customFields: CField[]?~
CField < CItemWithDBRecordId
  name: string~
CFieldValue
  value: string~
CFile
  m-pFileData: base64Binary?~, m-strFileName: string?~, m-dateTimeCreated: dateTime?~,
  m-dateTimeModified: dateTime?~
CFileAttachment < CFile
  m-recordid: long, m-strArchiveName: string?~, m-strType: string?~, m-scriptOrder: long?,
  m-strScriptState: string?~
CFilter
  name: string~
CFolder < CItemToTrack
  createdbyuser: long?, ispublic: boolean?, modifiedbyuser: long?, locationaddedfrom: string?~,
  datetimecreated: dateTime?~, datetimemodified: dateTime?~, name: string?~, description: string?~,
  path: string?~, order: long?, parentid: long?, foldertypename: string?~, webview: string?~,
  notes: string?~, notesInlineAttachList: CFileAttachment[]?~, noteseditable: boolean?,
  scheduleinfo: CScheduleInfo?~, taskboardname: string?~
CFolderItem < CItemWithDBRecordId
  entitytablename: string~, entityrecordid: long, rank: long?
CFolderType < CItemToTrack
  name: string?~, description: string?~, allowweb: boolean?, allowdetails: boolean?,
  releaseplanning: boolean?, isactive: boolean?, taskboardenabled: boolean?,
  defaulttaskboardname: string?~
CGlobalUser
  loginname: string?~, name: string?~
CIntegerField < CField
  value: int
CItemHyperlinkContainer
  ttstudioHyperlink: string?~, httpHyperlink: string?~
CItemToTrack < CItemWithDBRecordId
CItemWithDBRecordId
  recordid: long
CLink < CItemToTrack
  linkDefinitionName: string~, comment: string?~, linkbroken: boolean?, linkparent: CLinkedItem?~,
  childList: CLinkedItem[]?~, historyList: CLinkHistoryItem[]?~
CLinkHistoryItem < COrderedItemWithDBRecordId
  date: dateTime?~, firstname: string?~, lastname: string?~, history: string?~
CLinkedItem < COrderedItemWithDBRecordId
  entityType: long?, tablename: string~, entityID: long, number: string?~, summary: string?~,
  status: string?~, state: string?~, issuspect: boolean?
CMultiSelectDropdownField < CField
  values: CFieldValue[]?~, dropdownValues: CFieldValue[]?~
COrderedItemWithDBRecordId < CItemWithDBRecordId
  order: long
CProject
  database: CDatabase~, options: CProjectDataOption[]?~, servernumber: int?
CProjectDataOption
  name: string~
CRecordData
  value: string~
CRecordListSoap
  columnlist: CTableColumn[]?~, records: CRecordRowSoap[]?~
CRecordRowSoap
  row: CRecordData[]~
CReportRunResults
  m-FileList: CFile[]?~
CReportedByRecord < CItemWithDBRecordId
  foundby: string?~, datefound: date?, contactinfo: string?~, foundinversion: string?~,
  comments: string?~, commentsInlineAttachList: CFileAttachment[]?~, reproduced: string?~,
  reproducedsteps: string?~, reproStepsInlineAttachList: CFileAttachment[]?~,
  standardtestconfig: CSystem?~, otherhardwaresoftware: string?~,
  otherHWSWInlineAttachList: CFileAttachment[]?~, testconfigtype: short?,
  attachmentlist: CFileAttachment[]?~, showorder: short
CRequirement < CItemToTrack
  number: long?, type: string~, summary: string?~, tag: string?~, dateEntered: date?, enteredBy: string?~,
  importance: string?~, description: string?~, descriptionInlineAttachList: CFileAttachment[]?~,
  state: string?~, attachmentList: CFileAttachment[]?~, sccFileList: CSCCFileRecord[]?~,
  customFieldList: CField[]?~, eventList: CEvent[]?~, versionList: CVersionInfo[]?~,
  dateTimeCreated: dateTime?~, createdByUser: string?~, locationAddedFrom: string?~,
  modifiedByUser: string?~, dateTimeModified: dateTime?~, actualHours: double?, estimatedHours: double?,
  remainingHours: double?, variance: double?, storyPoints: long?, percentDone: long?
CRequirementDocument < CItemToTrack
  number: long?, name: string?~, description: string?~, descriptionInlineAttachList: CFileAttachment[]?~,
  state: string?~, attachmentList: CFileAttachment[]?~, sccFileList: CSCCFileRecord[]?~,
  customFieldList: CField[]?~, eventList: CEvent[]?~, snapshotList: CSnapshotInfo[]?~,
  dateTimeCreated: dateTime?~, createdByUser: string?~, locationAddedFrom: string?~,
  modifiedByUser: string?~, dateTimeModified: dateTime?~, actualHours: double?, estimatedHours: double?,
  remainingHours: double?, variance: double?, storyPoints: long?, percentDone: long?
CSCCFileRecord < CItemWithDBRecordId
  m-strFileName: string~, m-strFixedRevision: string?~, m-dateFixedTimestamp: dateTime?~,
  m-strType: string?~, m-scriptOrder: long?, m-strScriptState: string?~
CScheduleInfo
  startdate: date?, enddate: date?, includeweekends: boolean?, nonworkingdays: long?,
  hoursperday: double?, ptohours: double?, usersavailable: double?, storypoints: long?
CSnapshotInfo < CVersionInfo
  label: string?~, comment: string?~
CStringField < CField
  value: string?~, isMultilineString: boolean?, containsFormatting: boolean?,
  inlineAttachmentList: CFileAttachment[]?~
CSystem < CSystemBase
  computermodel: string?~, computerbrand: string?~, cputype: string?~, cpuspeed: string?~,
  harddisktype: string?~, harddisksize: string?~, ramsize: string?~, romsize: string?~, osname: string?~,
  osversion: string?~, videoname: string?~, hascdrom: boolean?, cdrommodel: string?~, hasscanner: boolean?,
  scannermodel: string?~, hasmodem: boolean?, modemmodel: string?~, hasprinter: boolean?,
  printermodel: string?~, otherhardware: string?~, hasmultiplemonitors: boolean?
CSystemBase < CItemToTrack
  systemname: string~
CTTVersionInfo
  serverVersion: string?~, cgiVersion: string?~
CTableColumn
  name: string~
CTableField
  name: string~
CTask < CItemToTrack
  status: string?~, priority: string?~, summary: string?~, description: string?~, datedue: date?,
  dateassigned: date?, versiondue: string?~, assignedto: string?~, assignedby: string?~,
  assigneddefect: long?
CTestCase < CItemToTrack
  testcasenumber: long?, summary: string?~, state: string?~, createdbyuser: string?~,
  datetimecreated: dateTime?~, locationaddedfrom: string?~, modifiedbyuser: string?~,
  datetimemodified: dateTime?~, customFieldList: CField[]?~, eventlist: CEvent[]?~, actualhours: double?,
  estimatedhours: double?, remaininghours: double?, variance: double?, storypoints: long?,
  percentdone: long?, type: string?~, testrunstepsmode: string?~, isautomated: boolean?,
  estimatedtime: string?~, steps: string?~, testVariants: CTestCaseVariantField[]?~,
  attachmentlist: CFileAttachment[]?~, sccFileList: CSCCFileRecord[]?~
CTestCaseVariantField < CTestRunVariantField
  type: string~
CTestRun < CItemToTrack
  testrunnumber: long?, summary: string?~, state: string?~, createdbyuser: string?~,
  datetimecreated: dateTime?~, locationaddedfrom: string?~, modifiedbyuser: string?~,
  datetimemodified: dateTime?~, customFieldList: CField[]?~, eventlist: CEvent[]?~, actualhours: double?,
  estimatedhours: double?, remaininghours: double?, variance: double?, storypoints: long?,
  percentdone: long?, testcasenumber: long?, testcaserecordid: long?, type: string?~, testrunset: string?~,
  isautomated: boolean?, estimatedtime: string?~, steps: string?~, problemstatement: string?~,
  testVariants: CTestCaseVariantField[]?~, attachmentlist: CFileAttachment[]?~,
  sccFileList: CSCCFileRecord[]?~, stepsmode: string?~
CTestRunVariantField < CMultiSelectDropdownField
CTimespanField < CField
  value: double, unit: string~
CTreeNodeSoap
  entityTableName: string?~, entityRecordID: long, childList: CTreeNodeSoap[]?~
CUser < CItemToTrack
  firstname: string?~, middleinitials: string?~, lastname: string?~, usergroupname: string?~,
  company: string?~, division: string?~, department: string?~, emailtype: string?~, emailaddress: string?~,
  isactive: boolean?, iscustomer: boolean?, isglobal: boolean?, isactiveglobal: boolean?,
  userLicense: string?~, userLicenseTCM: string?~, userLicenseRM: string?~,
  userLicenseRMReviewer: string?~, userLicenseSuite: string?~, password: string?~, loginname: string?~,
  phoneone: PhoneNumber?, phonetwo: PhoneNumber?, notes: string?~, betasite: boolean?, address: string?~,
  testconfig: CSystem?~, usergroupnamelist: string[]?~
CUserLicense
  name: string?~, numberUsed: int?, numberTotal: int?
CVersionField < CField
  value: string?~
CVersionInfo
  versionNumber: long?, createdByUser: string?~, dateTimeCreated: string?~
PhoneNumber
  numbertype: string?~, phonenumber: string?~
CBatchTestRunResult
  errorList: CObjectGenerationError[]?~, testRunList: CTestRun[]?~
CObjectGenerationError
`;
