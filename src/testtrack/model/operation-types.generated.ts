// Generated from wsdl/ttsoapcgi.wsdl by `npm run generate`. Do not edit: change the WSDL and run it again.

/** An xsd:long: a number while it is a safe integer, a bigint beyond. */
export type Long = number | bigint;

/** A value that has exactly the declared type, so that the wire needs no xsi:type. */
export type Untagged<T> = T & { $type?: undefined };

/** What an operation takes and answers. Parts that a client left out have a default, or undefined where there is none. */
export interface OperationType<Input, Output> {
  input: Input;
  output: Output;
}

export interface CBatchTestRunResult {
  errorList?: readonly CObjectGenerationError[] | undefined;
  testRunList?: readonly CTestRun[] | undefined;
}

export interface CItemWithDBRecordId {
  recordid?: Long | undefined;
}

export interface CField extends CItemWithDBRecordId {
  name?: string | undefined;
}

export interface CBooleanField extends CField {
  $type: 'CBooleanField';
  value?: boolean | undefined;
}

export interface CDatabase {
  name?: string | undefined;
}

export interface CDatabaseTable {
  name?: string | undefined;
}

export interface CDateField extends CField {
  $type: 'CDateField';
  value?: string | undefined;
}

export interface CDateTimeField extends CField {
  $type: 'CDateTimeField';
  value?: string | undefined;
}

export interface CDecimalField extends CField {
  $type: 'CDecimalField';
  value?: number | undefined;
}

export interface CItemToTrack extends CItemWithDBRecordId {}

export interface CDefect extends CItemToTrack {
  $type?: 'CDefect' | undefined;
  defectnumber?: Long | undefined;
  summary?: string | undefined;
  state?: string | undefined;
  disposition?: string | undefined;
  type?: string | undefined;
  priority?: string | undefined;
  product?: string | undefined;
  component?: string | undefined;
  reference?: string | undefined;
  severity?: string | undefined;
  enteredby?: string | undefined;
  workaround?: string | undefined;
  workaroundInlineAttachList?: readonly CFileAttachment[] | undefined;
  dateentered?: string | undefined;
  locationaddedfrom?: string | undefined;
  datetimecreated?: string | undefined;
  datetimemodified?: string | undefined;
  createdbyuser?: string | undefined;
  modifiedbyuser?: string | undefined;
  actualhourstofix?: number | undefined;
  estimatedhours?: number | undefined;
  remaininghours?: number | undefined;
  variance?: number | undefined;
  storypoints?: Long | undefined;
  percentdone?: Long | undefined;
  reportedbylist?: readonly CReportedByRecord[] | undefined;
  eventlist?: readonly AnyCEvent[] | undefined;
  pSCCFileList?: readonly CSCCFileRecord[] | undefined;
  customFieldList?: readonly AnyCField[] | undefined;
}

export interface CEvent extends CItemWithDBRecordId {
  user?: string | undefined;
  date?: string | undefined;
  notes?: string | undefined;
  eventaddorder?: number | undefined;
  name?: string | undefined;
  parenteventid?: Long | undefined;
  attachmentlist?: readonly CFileAttachment[] | undefined;
  fieldlist?: readonly AnyCField[] | undefined;
  resultingstate?: string | undefined;
  hours?: number | undefined;
  assigntolist?: readonly string[] | undefined;
  releasenotesversion?: string | undefined;
  generatedeventtype?: string | undefined;
  generatedbyname?: string | undefined;
  totaltimespent?: number | undefined;
  overrideuser?: string | undefined;
  marksuspect?: boolean | undefined;
}

export interface CDefectEvent extends CEvent {
  $type: 'CDefectEvent';
}

export interface CEventDefinition {
  name?: string | undefined;
  user?: boolean | undefined;
  datetime?: boolean | undefined;
  notes?: boolean | undefined;
  resultingState?: boolean | undefined;
  resultingStateValues?: readonly CFieldValue[] | undefined;
  fileattachments?: boolean | undefined;
  timeTracking?: boolean | undefined;
  timeSumOfAll?: boolean | undefined;
  timeHoursSinceLast?: boolean | undefined;
  newAssignment?: boolean | undefined;
  releaseNotes?: boolean | undefined;
  marksuspect?: boolean | undefined;
  reviewnote?: boolean | undefined;
  customFields?: readonly AnyCField[] | undefined;
}

export interface CDefectEventDefinition extends CEventDefinition {
  $type?: 'CDefectEventDefinition' | undefined;
}

export interface CTreeNodeSoap {
  entityTableName?: string | undefined;
  entityRecordID?: Long | undefined;
  childList?: readonly AnyCTreeNodeSoap[] | undefined;
}

export interface CDocumentTreeNode extends CTreeNodeSoap {
  $type: 'CDocumentTreeNode';
  summary?: string | undefined;
  outlineNumber?: string | undefined;
  tag?: string | undefined;
}

export interface CDropdownField extends CField {
  $type: 'CDropdownField';
  value?: string | undefined;
  dropdownValues?: readonly CFieldValue[] | undefined;
}

export interface CFieldValue {
  value?: string | undefined;
}

export interface CFile {
  'm-pFileData'?: Buffer | undefined;
  'm-strFileName'?: string | undefined;
  'm-dateTimeCreated'?: string | undefined;
  'm-dateTimeModified'?: string | undefined;
}

export interface CFileAttachment extends CFile {
  $type?: 'CFileAttachment' | undefined;
  'm-recordid'?: Long | undefined;
  'm-strArchiveName'?: string | undefined;
  'm-strType'?: string | undefined;
  'm-scriptOrder'?: Long | undefined;
  'm-strScriptState'?: string | undefined;
}

export interface CFilter {
  name?: string | undefined;
}

export interface CFolder extends CItemToTrack {
  $type?: 'CFolder' | undefined;
  createdbyuser?: Long | undefined;
  ispublic?: boolean | undefined;
  modifiedbyuser?: Long | undefined;
  locationaddedfrom?: string | undefined;
  datetimecreated?: string | undefined;
  datetimemodified?: string | undefined;
  name?: string | undefined;
  description?: string | undefined;
  path?: string | undefined;
  order?: Long | undefined;
  parentid?: Long | undefined;
  foldertypename?: string | undefined;
  webview?: string | undefined;
  notes?: string | undefined;
  notesInlineAttachList?: readonly CFileAttachment[] | undefined;
  noteseditable?: boolean | undefined;
  scheduleinfo?: CScheduleInfo | undefined;
  taskboardname?: string | undefined;
}

export interface CFolderItem extends CItemWithDBRecordId {
  entitytablename?: string | undefined;
  entityrecordid?: Long | undefined;
  rank?: Long | undefined;
}

export interface CFolderType extends CItemToTrack {
  $type?: 'CFolderType' | undefined;
  name?: string | undefined;
  description?: string | undefined;
  allowweb?: boolean | undefined;
  allowdetails?: boolean | undefined;
  releaseplanning?: boolean | undefined;
  isactive?: boolean | undefined;
  taskboardenabled?: boolean | undefined;
  defaulttaskboardname?: string | undefined;
}

export interface CGlobalUser {
  loginname?: string | undefined;
  name?: string | undefined;
}

export interface CIntegerField extends CField {
  $type: 'CIntegerField';
  value?: number | undefined;
}

export interface CItemHyperlinkContainer {
  ttstudioHyperlink?: string | undefined;
  httpHyperlink?: string | undefined;
}

export interface CLink extends CItemToTrack {
  $type?: 'CLink' | undefined;
  linkDefinitionName?: string | undefined;
  comment?: string | undefined;
  linkbroken?: boolean | undefined;
  linkparent?: CLinkedItem | undefined;
  childList?: readonly CLinkedItem[] | undefined;
  historyList?: readonly CLinkHistoryItem[] | undefined;
}

export interface COrderedItemWithDBRecordId extends CItemWithDBRecordId {
  order?: Long | undefined;
}

export interface CLinkedItem extends COrderedItemWithDBRecordId {
  entityType?: Long | undefined;
  tablename?: string | undefined;
  entityID?: Long | undefined;
  number?: string | undefined;
  summary?: string | undefined;
  status?: string | undefined;
  state?: string | undefined;
  issuspect?: boolean | undefined;
}

export interface CLinkHistoryItem extends COrderedItemWithDBRecordId {
  date?: string | undefined;
  firstname?: string | undefined;
  lastname?: string | undefined;
  history?: string | undefined;
}

export interface CMultiSelectDropdownField extends CField {
  $type: 'CMultiSelectDropdownField';
  values?: readonly CFieldValue[] | undefined;
  dropdownValues?: readonly CFieldValue[] | undefined;
}

export interface CObjectGenerationError {}

export interface CProject {
  database?: CDatabase | undefined;
  options?: readonly CProjectDataOption[] | undefined;
  servernumber?: number | undefined;
}

export interface CProjectDataOption {
  name?: string | undefined;
}

export interface CRecordData {
  value?: string | undefined;
}

export interface CRecordListSoap {
  columnlist?: readonly CTableColumn[] | undefined;
  records?: readonly CRecordRowSoap[] | undefined;
}

export interface CRecordRowSoap {
  row?: readonly CRecordData[] | undefined;
}

export interface CReportedByRecord extends CItemWithDBRecordId {
  foundby?: string | undefined;
  datefound?: string | undefined;
  contactinfo?: string | undefined;
  foundinversion?: string | undefined;
  comments?: string | undefined;
  commentsInlineAttachList?: readonly CFileAttachment[] | undefined;
  reproduced?: string | undefined;
  reproducedsteps?: string | undefined;
  reproStepsInlineAttachList?: readonly CFileAttachment[] | undefined;
  standardtestconfig?: CSystem | undefined;
  otherhardwaresoftware?: string | undefined;
  otherHWSWInlineAttachList?: readonly CFileAttachment[] | undefined;
  testconfigtype?: number | undefined;
  attachmentlist?: readonly CFileAttachment[] | undefined;
  showorder?: number | undefined;
}

export interface CReportRunResults {
  'm-FileList'?: readonly AnyCFile[] | undefined;
}

export interface CRequirement extends CItemToTrack {
  $type?: 'CRequirement' | undefined;
  number?: Long | undefined;
  type?: string | undefined;
  summary?: string | undefined;
  tag?: string | undefined;
  dateEntered?: string | undefined;
  enteredBy?: string | undefined;
  importance?: string | undefined;
  description?: string | undefined;
  descriptionInlineAttachList?: readonly CFileAttachment[] | undefined;
  state?: string | undefined;
  attachmentList?: readonly CFileAttachment[] | undefined;
  sccFileList?: readonly CSCCFileRecord[] | undefined;
  customFieldList?: readonly AnyCField[] | undefined;
  eventList?: readonly AnyCEvent[] | undefined;
  versionList?: readonly AnyCVersionInfo[] | undefined;
  dateTimeCreated?: string | undefined;
  createdByUser?: string | undefined;
  locationAddedFrom?: string | undefined;
  modifiedByUser?: string | undefined;
  dateTimeModified?: string | undefined;
  actualHours?: number | undefined;
  estimatedHours?: number | undefined;
  remainingHours?: number | undefined;
  variance?: number | undefined;
  storyPoints?: Long | undefined;
  percentDone?: Long | undefined;
}

export interface CRequirementDocument extends CItemToTrack {
  $type?: 'CRequirementDocument' | undefined;
  number?: Long | undefined;
  name?: string | undefined;
  description?: string | undefined;
  descriptionInlineAttachList?: readonly CFileAttachment[] | undefined;
  state?: string | undefined;
  attachmentList?: readonly CFileAttachment[] | undefined;
  sccFileList?: readonly CSCCFileRecord[] | undefined;
  customFieldList?: readonly AnyCField[] | undefined;
  eventList?: readonly AnyCEvent[] | undefined;
  snapshotList?: readonly CSnapshotInfo[] | undefined;
  dateTimeCreated?: string | undefined;
  createdByUser?: string | undefined;
  locationAddedFrom?: string | undefined;
  modifiedByUser?: string | undefined;
  dateTimeModified?: string | undefined;
  actualHours?: number | undefined;
  estimatedHours?: number | undefined;
  remainingHours?: number | undefined;
  variance?: number | undefined;
  storyPoints?: Long | undefined;
  percentDone?: Long | undefined;
}

export interface CSCCFileRecord extends CItemWithDBRecordId {
  'm-strFileName'?: string | undefined;
  'm-strFixedRevision'?: string | undefined;
  'm-dateFixedTimestamp'?: string | undefined;
  'm-strType'?: string | undefined;
  'm-scriptOrder'?: Long | undefined;
  'm-strScriptState'?: string | undefined;
}

export interface CScheduleInfo {
  startdate?: string | undefined;
  enddate?: string | undefined;
  includeweekends?: boolean | undefined;
  nonworkingdays?: Long | undefined;
  hoursperday?: number | undefined;
  ptohours?: number | undefined;
  usersavailable?: number | undefined;
  storypoints?: Long | undefined;
}

export interface CVersionInfo {
  versionNumber?: Long | undefined;
  createdByUser?: string | undefined;
  dateTimeCreated?: string | undefined;
}

export interface CSnapshotInfo extends CVersionInfo {
  $type?: 'CSnapshotInfo' | undefined;
  label?: string | undefined;
  comment?: string | undefined;
}

export interface CStringField extends CField {
  $type: 'CStringField';
  value?: string | undefined;
  isMultilineString?: boolean | undefined;
  containsFormatting?: boolean | undefined;
  inlineAttachmentList?: readonly CFileAttachment[] | undefined;
}

export interface CSystemBase extends CItemToTrack {
  $type: 'CSystemBase';
  systemname?: string | undefined;
}

export interface CSystem extends Omit<CSystemBase, '$type'> {
  $type?: 'CSystem' | undefined;
  computermodel?: string | undefined;
  computerbrand?: string | undefined;
  cputype?: string | undefined;
  cpuspeed?: string | undefined;
  harddisktype?: string | undefined;
  harddisksize?: string | undefined;
  ramsize?: string | undefined;
  romsize?: string | undefined;
  osname?: string | undefined;
  osversion?: string | undefined;
  videoname?: string | undefined;
  hascdrom?: boolean | undefined;
  cdrommodel?: string | undefined;
  hasscanner?: boolean | undefined;
  scannermodel?: string | undefined;
  hasmodem?: boolean | undefined;
  modemmodel?: string | undefined;
  hasprinter?: boolean | undefined;
  printermodel?: string | undefined;
  otherhardware?: string | undefined;
  hasmultiplemonitors?: boolean | undefined;
}

export interface CTableColumn {
  name?: string | undefined;
}

export interface CTableField {
  name?: string | undefined;
}

export interface CTask extends CItemToTrack {
  $type?: 'CTask' | undefined;
  status?: string | undefined;
  priority?: string | undefined;
  summary?: string | undefined;
  description?: string | undefined;
  datedue?: string | undefined;
  dateassigned?: string | undefined;
  versiondue?: string | undefined;
  assignedto?: string | undefined;
  assignedby?: string | undefined;
  assigneddefect?: Long | undefined;
}

export interface CTestCase extends CItemToTrack {
  $type?: 'CTestCase' | undefined;
  testcasenumber?: Long | undefined;
  summary?: string | undefined;
  state?: string | undefined;
  createdbyuser?: string | undefined;
  datetimecreated?: string | undefined;
  locationaddedfrom?: string | undefined;
  modifiedbyuser?: string | undefined;
  datetimemodified?: string | undefined;
  customFieldList?: readonly AnyCField[] | undefined;
  eventlist?: readonly AnyCEvent[] | undefined;
  actualhours?: number | undefined;
  estimatedhours?: number | undefined;
  remaininghours?: number | undefined;
  variance?: number | undefined;
  storypoints?: Long | undefined;
  percentdone?: Long | undefined;
  type?: string | undefined;
  testrunstepsmode?: string | undefined;
  isautomated?: boolean | undefined;
  estimatedtime?: string | undefined;
  steps?: string | undefined;
  testVariants?: readonly CTestCaseVariantField[] | undefined;
  attachmentlist?: readonly CFileAttachment[] | undefined;
  sccFileList?: readonly CSCCFileRecord[] | undefined;
}

export interface CTestRunVariantField extends Omit<CMultiSelectDropdownField, '$type'> {
  $type?: 'CTestRunVariantField' | undefined;
}

export interface CTestCaseVariantField extends Omit<CTestRunVariantField, '$type'> {
  $type?: 'CTestCaseVariantField' | undefined;
  type?: string | undefined;
}

export interface CTestRun extends CItemToTrack {
  $type?: 'CTestRun' | undefined;
  testrunnumber?: Long | undefined;
  summary?: string | undefined;
  state?: string | undefined;
  createdbyuser?: string | undefined;
  datetimecreated?: string | undefined;
  locationaddedfrom?: string | undefined;
  modifiedbyuser?: string | undefined;
  datetimemodified?: string | undefined;
  customFieldList?: readonly AnyCField[] | undefined;
  eventlist?: readonly AnyCEvent[] | undefined;
  actualhours?: number | undefined;
  estimatedhours?: number | undefined;
  remaininghours?: number | undefined;
  variance?: number | undefined;
  storypoints?: Long | undefined;
  percentdone?: Long | undefined;
  testcasenumber?: Long | undefined;
  testcaserecordid?: Long | undefined;
  type?: string | undefined;
  testrunset?: string | undefined;
  isautomated?: boolean | undefined;
  estimatedtime?: string | undefined;
  steps?: string | undefined;
  problemstatement?: string | undefined;
  testVariants?: readonly CTestCaseVariantField[] | undefined;
  attachmentlist?: readonly CFileAttachment[] | undefined;
  sccFileList?: readonly CSCCFileRecord[] | undefined;
  stepsmode?: string | undefined;
}

export interface CTimespanField extends CField {
  $type: 'CTimespanField';
  value?: number | undefined;
  unit?: string | undefined;
}

export interface CTTVersionInfo {
  serverVersion?: string | undefined;
  cgiVersion?: string | undefined;
}

export interface CUser extends CItemToTrack {
  $type?: 'CUser' | undefined;
  firstname?: string | undefined;
  middleinitials?: string | undefined;
  lastname?: string | undefined;
  usergroupname?: string | undefined;
  company?: string | undefined;
  division?: string | undefined;
  department?: string | undefined;
  emailtype?: string | undefined;
  emailaddress?: string | undefined;
  isactive?: boolean | undefined;
  iscustomer?: boolean | undefined;
  isglobal?: boolean | undefined;
  isactiveglobal?: boolean | undefined;
  userLicense?: string | undefined;
  userLicenseTCM?: string | undefined;
  userLicenseRM?: string | undefined;
  userLicenseRMReviewer?: string | undefined;
  userLicenseSuite?: string | undefined;
  password?: string | undefined;
  loginname?: string | undefined;
  phoneone?: PhoneNumber | undefined;
  phonetwo?: PhoneNumber | undefined;
  notes?: string | undefined;
  betasite?: boolean | undefined;
  address?: string | undefined;
  testconfig?: CSystem | undefined;
  usergroupnamelist?: readonly string[] | undefined;
}

export interface CUserLicense {
  name?: string | undefined;
  numberUsed?: number | undefined;
  numberTotal?: number | undefined;
}

export interface CVersionField extends CField {
  $type: 'CVersionField';
  value?: string | undefined;
}

export interface PhoneNumber {
  numbertype?: string | undefined;
  phonenumber?: string | undefined;
}

/** What may stand where CField is declared. */
export type AnyCField =
  | Untagged<CField>
  | CBooleanField
  | CDateField
  | CDateTimeField
  | CDecimalField
  | CDropdownField
  | CIntegerField
  | CMultiSelectDropdownField
  | CStringField
  | CTestRunVariantField
  | CTestCaseVariantField
  | CTimespanField
  | CVersionField;

/** What may stand where CItemToTrack is declared. */
export type AnyCItemToTrack =
  | Untagged<CItemToTrack>
  | CDefect
  | CFolder
  | CFolderType
  | CLink
  | CRequirement
  | CRequirementDocument
  | CSystemBase
  | CSystem
  | CTask
  | CTestCase
  | CTestRun
  | CUser;

/** What may stand where CEvent is declared. */
export type AnyCEvent =
  | Untagged<CEvent>
  | CDefectEvent;

/** What may stand where CEventDefinition is declared. */
export type AnyCEventDefinition =
  | Untagged<CEventDefinition>
  | CDefectEventDefinition;

/** What may stand where CTreeNodeSoap is declared. */
export type AnyCTreeNodeSoap =
  | Untagged<CTreeNodeSoap>
  | CDocumentTreeNode;

/** What may stand where CFile is declared. */
export type AnyCFile =
  | Untagged<CFile>
  | CFileAttachment;

/** What may stand where CVersionInfo is declared. */
export type AnyCVersionInfo =
  | Untagged<CVersionInfo>
  | CSnapshotInfo;

/** What may stand where CTestRunVariantField is declared. */
export type AnyCTestRunVariantField =
  | CTestRunVariantField
  | CTestCaseVariantField;

/** Every operation of the interface. */
export interface OperationTypes {
  getDatabaseList: OperationType<Record<never, never>, readonly CDatabase[]>;
  getProjectList: OperationType<{ username: string; password: string }, readonly CProject[]>;
  getProjectDataOptionList: OperationType<Record<never, never>, readonly CProjectDataOption[]>;
  DatabaseLogon: OperationType<{ dbname: string; username: string; password: string }, Long>;
  ProjectLogon: OperationType<{ pProj: CProject | undefined; username: string; password: string }, Long>;
  DatabaseLogoff: OperationType<{ cookie: Long }, number>;
  formattedTextSupport: OperationType<{ cookie: Long; enableFormattedText: boolean }, boolean>;
  getTableList: OperationType<{ cookie: Long }, readonly CDatabaseTable[]>;
  getDropdownFieldForTable: OperationType<{ cookie: Long; tablename: string }, readonly CTableField[]>;
  getDropdownFieldValuesForTable: OperationType<{ cookie: Long; tablename: string; fieldname: string }, readonly CFieldValue[]>;
  addDropdownFieldValuesForTable: OperationType<{ cookie: Long; tablename: string; fieldname: string; pValueList: readonly CFieldValue[] | undefined }, number>;
  GetLinkDefinitionValues: OperationType<{ cookie: Long }, readonly CFieldValue[]>;
  getColumnsForTable: OperationType<{ cookie: Long; tablename: string }, readonly CTableColumn[]>;
  getFilterList: OperationType<{ cookie: Long }, readonly CFilter[]>;
  getFilterListForTable: OperationType<{ cookie: Long; tablename: string }, readonly CFilter[]>;
  getRecordListForTable: OperationType<{ cookie: Long; tablename: string; filtername: string; columnlist: readonly CTableColumn[] | undefined }, CRecordListSoap>;
  getRecordListForTableWithQuery: OperationType<{ cookie: Long; tablename: string; filtername: string; query: string; columnlist: readonly CTableColumn[] | undefined }, CRecordListSoap>;
  getTestConfig: OperationType<{ cookie: Long; name: string }, CSystem>;
  getTestConfigByRecordID: OperationType<{ cookie: Long; recordID: Long }, CSystem>;
  addTestConfig: OperationType<{ cookie: Long; pTestConfig: CSystem | undefined }, Long>;
  editTestConfig: OperationType<{ cookie: Long; name: string }, CSystem>;
  editTestConfigByRecordID: OperationType<{ cookie: Long; recordID: Long }, CSystem>;
  saveTestConfig: OperationType<{ cookie: Long; pTestConfig: CSystem | undefined }, number>;
  deleteTestConfig: OperationType<{ cookie: Long; name: string }, number>;
  deleteTestConfigByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  cancelSaveTestConfig: OperationType<{ cookie: Long; recordID: Long }, number>;
  getAttachmentTypes: OperationType<{ cookie: Long }, readonly string[]>;
  getReportRunResultsByName: OperationType<{ cookie: Long; name: string }, CReportRunResults>;
  getReportRunResultsByRecordID: OperationType<{ cookie: Long; recordID: Long }, CReportRunResults>;
  getEventDefinitionList: OperationType<{ cookie: Long; tablename: string }, readonly AnyCEventDefinition[]>;
  getDefectEventDefinitionList: OperationType<{ cookie: Long }, readonly CDefectEventDefinition[]>;
  getCustomFieldsDefinitionList: OperationType<{ cookie: Long; tablename: string }, readonly AnyCField[]>;
  getDefectCustomFieldsDefinitionList: OperationType<{ cookie: Long }, readonly AnyCField[]>;
  getDefect: OperationType<{ cookie: Long; defectNumber: Long; summary: string; bDownloadAttachments: boolean }, CDefect>;
  getDefectByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CDefect>;
  addDefect: OperationType<{ cookie: Long; pDefect: CDefect | undefined }, Long>;
  addDefectWithLink: OperationType<{ cookie: Long; pDefect: CDefect | undefined; testRunRecordID: Long }, Long>;
  deleteDefect: OperationType<{ cookie: Long; defectNumber: Long; summary: string }, number>;
  deleteDefectByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  editDefect: OperationType<{ cookie: Long; defectNumber: Long; summary: string; bDownloadAttachments: boolean }, CDefect>;
  editDefectByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CDefect>;
  saveDefect: OperationType<{ cookie: Long; pDefect: CDefect | undefined }, number>;
  cancelSaveDefect: OperationType<{ cookie: Long; recordID: Long }, number>;
  getAttachment: OperationType<{ cookie: Long; tablename: string; recordID: Long; eventID: Long; pszArchiveName: string }, CFileAttachment>;
  getDefectAttachment: OperationType<{ cookie: Long; pszArchiveName: string }, CFileAttachment>;
  getTask: OperationType<{ cookie: Long; summary: string }, CTask>;
  getTaskByRecordID: OperationType<{ cookie: Long; recordID: Long }, CTask>;
  addTask: OperationType<{ cookie: Long; pTask: CTask | undefined }, Long>;
  deleteTask: OperationType<{ cookie: Long; summary: string }, number>;
  deleteTaskByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  editTask: OperationType<{ cookie: Long; summary: string }, CTask>;
  editTaskByRecordID: OperationType<{ cookie: Long; recordID: Long }, CTask>;
  saveTask: OperationType<{ cookie: Long; pTask: CTask | undefined }, number>;
  cancelSaveTask: OperationType<{ cookie: Long; recordID: Long }, number>;
  getGlobalUserList: OperationType<{ cookie: Long }, readonly CGlobalUser[]>;
  getGlobalCustomerList: OperationType<{ cookie: Long }, readonly CGlobalUser[]>;
  getTTVersionInfo: OperationType<{ cookie: Long }, CTTVersionInfo>;
  getDocForExportTemplate: OperationType<{ cookie: Long; templateID: Long; templateName: string; tablename: string; filtername: string; query: string; recordIDs: readonly Long[] | undefined; timezoneID: string; locale: string; hoursOffGMT: number }, AnyCFile>;
  getDocForExportTemplateReqDoc: OperationType<{ cookie: Long; templateID: Long; templateName: string; documentID: Long; snapshotVersion: number; timezoneID: string; locale: string; hoursOffGMT: number }, AnyCFile>;
  getDocForExportTemplateFolder: OperationType<{ cookie: Long; templateID: Long; templateName: string; folderPath: string; bRecursive: boolean; tablename: string; filtername: string; sortOrder: string; timezoneID: string; locale: string; hoursOffGMT: number }, AnyCFile>;
  getUserLicenseList: OperationType<{ cookie: Long }, readonly CUserLicense[]>;
  getUser: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, CUser>;
  getUserByRecordID: OperationType<{ cookie: Long; recordID: Long }, CUser>;
  getUserForCurrentSession: OperationType<{ cookie: Long }, CUser>;
  addUser: OperationType<{ cookie: Long; pUser: CUser | undefined }, Long>;
  editUser: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, CUser>;
  editUserByRecordID: OperationType<{ cookie: Long; recordID: Long }, CUser>;
  saveUser: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string; pUser: CUser | undefined }, number>;
  deleteUser: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, number>;
  deleteUserByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  cancelSaveUser: OperationType<{ cookie: Long; recordID: Long }, number>;
  promoteUser: OperationType<{ cookie: Long; localUser: string; globalUser: string; loginname: string; password: string }, number>;
  addGlobalUser: OperationType<{ cookie: Long; pUser: CGlobalUser | undefined }, number>;
  getCustomer: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, CUser>;
  getCustomerByRecordID: OperationType<{ cookie: Long; recordID: Long }, CUser>;
  addCustomer: OperationType<{ cookie: Long; pCustomer: CUser | undefined }, Long>;
  editCustomer: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, CUser>;
  editCustomerByRecordID: OperationType<{ cookie: Long; recordID: Long }, CUser>;
  saveCustomer: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string; pCustomer: CUser | undefined }, number>;
  deleteCustomer: OperationType<{ cookie: Long; firstName: string; middleInitials: string; lastName: string }, number>;
  deleteCustomerByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  cancelSaveCustomer: OperationType<{ cookie: Long; recordID: Long }, number>;
  promoteCustomer: OperationType<{ cookie: Long; localCustomer: string; globalUser: string; loginname: string; password: string }, number>;
  addGlobalCustomer: OperationType<{ cookie: Long; pUser: CGlobalUser | undefined }, number>;
  getLinksForItem: OperationType<{ cookie: Long; tablename: string; itemRecordID: Long }, readonly CLink[]>;
  getLinksForDefect: OperationType<{ cookie: Long; defectRecordID: Long }, readonly CLink[]>;
  getLink: OperationType<{ cookie: Long; linkID: Long }, CLink>;
  addLink: OperationType<{ cookie: Long; pLink: CLink | undefined }, Long>;
  deleteLink: OperationType<{ cookie: Long; linkID: Long }, number>;
  editLink: OperationType<{ cookie: Long; linkID: Long }, CLink>;
  saveLink: OperationType<{ cookie: Long; pLink: CLink | undefined }, number>;
  cancelSaveLink: OperationType<{ cookie: Long; linkID: Long }, number>;
  getTestVariantTypes: OperationType<{ cookie: Long }, readonly string[]>;
  getTestRunStepsModes: OperationType<{ cookie: Long }, readonly string[]>;
  getTestCase: OperationType<{ cookie: Long; testCaseNumber: Long; summary: string; bDownloadAttachments: boolean }, CTestCase>;
  getTestCaseByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CTestCase>;
  addTestCase: OperationType<{ cookie: Long; pTestCase: CTestCase | undefined }, Long>;
  deleteTestCase: OperationType<{ cookie: Long; testCaseNumber: Long; summary: string; bDeleteAssociatedTestRuns: boolean }, number>;
  deleteTestCaseByRecordID: OperationType<{ cookie: Long; recordID: Long; bDeleteAssociatedTestRun: boolean }, number>;
  editTestCase: OperationType<{ cookie: Long; testCaseNumber: Long; summary: string; bDownloadAttachments: boolean }, CTestCase>;
  editTestCaseByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CTestCase>;
  saveTestCase: OperationType<{ cookie: Long; pTestCase: CTestCase | undefined }, number>;
  cancelSaveTestCase: OperationType<{ cookie: Long; recordID: Long }, number>;
  getTestRun: OperationType<{ cookie: Long; testRunNumber: Long; summary: string; bDownloadAttachments: boolean }, CTestRun>;
  getTestRunByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CTestRun>;
  deleteTestRun: OperationType<{ cookie: Long; testRunNumber: Long; summary: string }, number>;
  deleteTestRunByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  editTestRun: OperationType<{ cookie: Long; testRunNumber: Long; summary: string; bDownloadAttachments: boolean }, CTestRun>;
  editTestRunByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CTestRun>;
  saveTestRun: OperationType<{ cookie: Long; pTestRun: CTestRun | undefined }, number>;
  cancelSaveTestRun: OperationType<{ cookie: Long; recordID: Long }, number>;
  createDefectForTestRun: OperationType<{ cookie: Long; recordID: Long }, CDefect>;
  generateTestRuns: OperationType<{ cookie: Long; recordID: Long; testVariants: readonly AnyCTestRunVariantField[] | undefined; testRunSet: string }, readonly AnyCItemToTrack[]>;
  generateBatchTestRuns: OperationType<{ cookie: Long; testCases: readonly Long[] | undefined; testVariants: readonly AnyCTestRunVariantField[] | undefined; testRunSet: string }, readonly CBatchTestRunResult[]>;
  getFolderTypeByName: OperationType<{ cookie: Long; name: string }, CFolderType>;
  getFolderTypeList: OperationType<{ cookie: Long }, readonly CFolderType[]>;
  addFolder: OperationType<{ cookie: Long; pFolder: CFolder | undefined }, Long>;
  editFolder: OperationType<{ cookie: Long; folderPath: string }, CFolder>;
  editFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean }, CFolder>;
  saveFolder: OperationType<{ cookie: Long; pFolder: CFolder | undefined }, number>;
  cancelSaveFolder: OperationType<{ cookie: Long; recordID: Long }, number>;
  getFolder: OperationType<{ cookie: Long; path: string }, CFolder>;
  getFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean }, CFolder>;
  deleteFolder: OperationType<{ cookie: Long; folderPath: string }, number>;
  deleteFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean }, number>;
  addEntityToFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean; entityRecordID: Long; entityTableName: string }, number>;
  removeEntityFromFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean; entity: CFolderItem | undefined }, number>;
  getEntityListForFolderByRecordID: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean }, readonly CFolderItem[]>;
  getFolderListForEntityByRecordID: OperationType<{ cookie: Long; tablename: string; recordID: Long }, readonly CFolder[]>;
  getFolderPathSeparator: OperationType<{ cookie: Long }, number>;
  getRootPublicFolderPath: OperationType<{ cookie: Long }, string>;
  getRootPrivateFolderPath: OperationType<{ cookie: Long }, string>;
  editFolderItemRank: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean }, readonly CFolderItem[]>;
  saveFolderItemRank: OperationType<{ cookie: Long; recordID: Long; publicFolder: boolean; folderItemList: readonly CFolderItem[] | undefined }, number>;
  cancelSaveFolderItemRank: OperationType<{ cookie: Long; recordID: Long }, number>;
  getRequirement: OperationType<{ cookie: Long; requirementNumber: Long; summary: string; bDownloadAttachments: boolean }, CRequirement>;
  getRequirementByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CRequirement>;
  addRequirement: OperationType<{ cookie: Long; pRequirement: CRequirement | undefined }, Long>;
  deleteRequirement: OperationType<{ cookie: Long; requirementNumber: Long; summary: string }, number>;
  deleteRequirementByRecordID: OperationType<{ cookie: Long; recordID: Long }, number>;
  editRequirement: OperationType<{ cookie: Long; requirementNumber: Long; summary: string; bDownloadAttachments: boolean }, CRequirement>;
  editRequirementByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CRequirement>;
  saveRequirement: OperationType<{ cookie: Long; pRequirement: CRequirement | undefined }, number>;
  cancelSaveRequirement: OperationType<{ cookie: Long; recordID: Long }, number>;
  appendToRequirementDocument: OperationType<{ cookie: Long; requirementID: Long; documentID: Long; parentRequirementID: Long }, number>;
  getDocumentIDsForRequirement: OperationType<{ cookie: Long; requirementID: Long }, readonly Long[]>;
  changeRequirementType: OperationType<{ cookie: Long; requirementID: Long; newTypeName: string }, number>;
  getRequirementDocument: OperationType<{ cookie: Long; documentNumber: Long; name: string; bDownloadAttachments: boolean }, CRequirementDocument>;
  getRequirementDocumentByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CRequirementDocument>;
  addRequirementDocument: OperationType<{ cookie: Long; pRequirementDocument: CRequirementDocument | undefined }, Long>;
  deleteRequirementDocument: OperationType<{ cookie: Long; documentNumber: Long; name: string; bDeleteAssociatedRequirements: boolean }, number>;
  deleteRequirementDocumentByRecordID: OperationType<{ cookie: Long; recordID: Long; bDeleteAssociatedRequirements: boolean }, number>;
  editRequirementDocument: OperationType<{ cookie: Long; documentNumber: Long; name: string; bDownloadAttachments: boolean }, CRequirementDocument>;
  editRequirementDocumentByRecordID: OperationType<{ cookie: Long; recordID: Long; bDownloadAttachments: boolean }, CRequirementDocument>;
  saveRequirementDocument: OperationType<{ cookie: Long; pRequirementDocument: CRequirementDocument | undefined }, number>;
  cancelSaveRequirementDocument: OperationType<{ cookie: Long; recordID: Long }, number>;
  createSnapshot: OperationType<{ cookie: Long; documentID: Long; snapshot: CSnapshotInfo | undefined }, number>;
  getRequirementIDsForDocument: OperationType<{ cookie: Long; documentID: Long }, readonly Long[]>;
  getDocumentTree: OperationType<{ cookie: Long; documentID: Long }, AnyCTreeNodeSoap>;
  getFolderTreeByRecordID: OperationType<{ cookie: Long; treeRootFolderID: Long }, AnyCTreeNodeSoap>;
  getFolderTree: OperationType<{ cookie: Long; treeRootFolderPath: string }, AnyCTreeNodeSoap>;
  getItemHyperlinks: OperationType<{ cookie: Long; itemType: string; itemID: Long }, CItemHyperlinkContainer>;
}

export type OperationName = keyof OperationTypes;
