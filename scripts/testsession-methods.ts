import { type Accessor, accessorTable } from '../src/aptest/run/accessors.ts';

/** How a method of the TestSession manual shows outside the object. */
export interface MethodNote {
  /** As the manual prints it, in camelCase already. */
  readonly name: string;
  /** Its name in the class, where that differs. */
  readonly ours?: string;
  /** Where it shows in rpc.mpl or on the pages. */
  readonly shows?: string;
  readonly evidence: 'documented' | 'documented name, inferred behaviour' | 'inferred name';
  /** What is different in the twin. */
  readonly note?: string;
}

const documented = 'documented';
const nameOnly = 'documented name, inferred behaviour';
const lost = 'inferred name';

/** A method that the table of accessors declares. */
function accessor(name: keyof typeof accessorTable): MethodNote {
  const { shows, note }: Accessor<unknown> = accessorTable[name];
  return { name, evidence: documented, ...(shows && { shows }), ...(note && { note }) };
}

/** Every method of the manual, by its chapters. */
export const chapters: readonly { readonly title: string; readonly methods: readonly MethodNote[] }[] = [
  {
    title: 'Life cycle and storage',
    methods: [
      {
        name: 'new',
        ours: 'constructor',
        shows: 'createSession',
        evidence: documented,
        note: '`new TestSession(suite, session, isWritable, timeout)`; the suite is open in a draft (see `inSuite`). The timeout is accepted and never needed: calls run one after another, so no store lock is ever waited for',
      },
      {
        name: 'rundata',
        evidence: lost,
        note: "the manual lost the name; gives the place of the field definitions in the twin's state",
      },
      { name: 'path', evidence: documented, note: "the place in the twin's state; the product had a file" },
      {
        name: 'save',
        shows: 'createSession',
        evidence: documented,
        note: '`useDBM` is accepted; there is one kind of store',
      },
      { name: 'saveAsText', evidence: documented, note: 'the same as `save`; there are no flat files' },
      { name: 'copy', evidence: documented },
      { name: 'clear', evidence: documented, note: 'without exclusions the fields flagged `noclear` stay' },
      { name: 'populate', evidence: documented, note: 'samples are the same for the same seed' },
      { name: 'print', evidence: documented },
      { name: 'release', evidence: documented, note: 'lets go of the cache handle; there are no databases' },
      { name: 'sync', shows: '`twintrack export --sql`', evidence: documented },
      {
        name: 'updateSuiteDB',
        evidence: lost,
        note: "the manual lost the name; the session's own record is the quick-access data",
      },
      {
        name: 'cacheDB',
        evidence: documented,
        note: 'acquires a handle when none was given; no cache is needed, so it only says what it is of',
      },
      { name: 'suiteDir', evidence: documented, note: "the place of the suite in the twin's state" },
      { name: 'dbdata', evidence: documented },
      { name: 'dbdelete', evidence: documented, note: 'RE2 expressions, which cannot run away' },
      { name: 'profName', evidence: documented },
    ],
  },
  {
    title: 'Identity, people, descriptive data',
    methods: [
      { name: 'sessionId', shows: 'all session commands', evidence: documented },
      { name: 'user', shows: 'getSessionDetails', evidence: documented },
      { name: 'currentUser', shows: '`username`', evidence: documented },
      { name: 'userList', evidence: documented },
      {
        name: 'assignedto',
        shows: 'assignSession, assignSet, getSessionDetails',
        evidence: documented,
        note: 'how several assignees share the tests is not documented: each test gets all of them',
      },
      accessor('description'),
      accessor('summary'),
      accessor('testset'),
      accessor('tpno'),
      { name: 'id', evidence: documented },
      { name: 'displayId', shows: 'run/runWholeSession.mpl', evidence: documented, note: 'text form' },
      accessor('runmode'),
      accessor('notified'),
    ],
  },
  {
    title: 'State, lock, dates',
    methods: [
      accessor('locked'),
      accessor('isActive'),
      { name: 'mtime', shows: '`date` filter, getSessionDetails', evidence: documented },
      accessor('ctime'),
      accessor('startdateplanned'),
      accessor('enddateplanned'),
      accessor('startdatewindow'),
      accessor('enddatewindow'),
      accessor('startdateactual'),
      accessor('enddateactual'),
      {
        name: 'plannedtimes',
        shows: 'getSessionDetails',
        evidence: documented,
        note: 'from the fields `atm_timestaff` and `atm_timeclock` (names inferred)',
      },
      accessor('reordered'),
      accessor('refreshable'),
    ],
  },
  {
    title: 'Test list',
    methods: [
      {
        name: 'numtests',
        shows: 'getSessionStatus',
        evidence: documented,
        note: 'setting a smaller number cuts the list',
      },
      { name: 'numUntested', shows: 'getSessionStatus, `status` filter', evidence: documented },
      { name: 'testList', shows: 'getTestList', evidence: documented },
      { name: 'testUUIDList', shows: 'getTestList `byUUID`', evidence: documented },
      { name: 'tcById', shows: '`id`', evidence: documented },
      { name: 'tcByUUID', shows: '`uuid`', evidence: documented },
      { name: 'testCase', shows: 'getTestResultData, result', evidence: documented },
      { name: 'addTest', evidence: documented },
      { name: 'inserTest', evidence: documented, note: 'misprinted in the manual; `insertTest` is the same' },
      { name: 'insertTests', evidence: documented },
      { name: 'deleteTest', evidence: documented },
      { name: 'disableTest', evidence: documented },
      accessor('disabled'),
      { name: 'refresh', evidence: documented },
      { name: 'arrange', shows: 'order of getTestList', evidence: documented },
      { name: 'sortKeys', evidence: documented },
      { name: 'updateIDs', evidence: documented },
      {
        name: 'currTest',
        evidence: documented,
        note: 'an index sets the running test, null says that none is (inferred)',
      },
      { name: 'lastTest', evidence: documented },
    ],
  },
  {
    title: 'Selection',
    methods: [
      { name: 'selector', shows: 'createSet `SCHEMA_`', evidence: documented },
      { name: 'runSelector', evidence: documented },
      {
        name: 'selector (agents)',
        ours: 'agentSelector',
        evidence: documented,
        note: 'printed a second time under the same name; kept, and used by nothing',
      },
      {
        name: 'selectTests',
        shows: 'createSet',
        evidence: documented,
        note: '`useCache` is accepted; no cache is needed',
      },
      { name: 'countTests', shows: 'createSet', evidence: documented },
      accessor('orAmongFields'),
      accessor('searchAndReplace'),
      accessor('idsAsStrings'),
      { name: 'stringMatch', evidence: documented, note: 'takes the field as a third argument' },
      { name: 'selDesc', evidence: documented },
      { name: 'selectableList', evidence: documented },
      {
        name: 'buildSelectorTable',
        shows: 'run/defineSet.mpl',
        evidence: documented,
        note: 'flags come as an object with their names',
      },
      {
        name: 'fieldSelection',
        shows: 'run/defineSet.mpl',
        evidence: documented,
        note: 'flags come as an object with their names',
      },
    ],
  },
  {
    title: 'Results, notes, execution data',
    methods: [
      {
        name: 'note',
        shows: 'result, attachFile',
        evidence: documented,
        note: '`addNote` takes the same with time, author and attachment',
      },
      { name: 'noteText', shows: 'getTestResultData', evidence: documented },
      {
        name: 'notesText',
        evidence: nameOnly,
        note: 'documented with the words of noteText; gives all entries',
      },
      { name: 'result', shows: 'getTestCaseResult', evidence: documented },
      {
        name: 'resList',
        shows: 'getSessionResults',
        evidence: documented,
        note: 'of a list of definitions its codes (inferred)',
      },
      { name: 'results', shows: 'keys of getSessionStatus', evidence: documented },
      { name: 'runData', evidence: documented },
      { name: 'currTestStatus', evidence: documented },
      { name: 'runDataDefaults', evidence: nameOnly },
      { name: 'field', evidence: documented },
      { name: 'flist', evidence: documented },
      { name: 'sortedFlist', evidence: documented },
      { name: 'fieldOrder', evidence: documented },
      { name: 'visibleList', shows: 'names for `resultFields`', evidence: documented },
      { name: 'settableList', shows: 'result `EXECDATA_`', evidence: nameOnly },
      { name: 'multiLists', evidence: documented },
      { name: 'typeOf', evidence: documented },
      { name: 'sizeOf', evidence: documented },
      { name: 'suffix', evidence: documented },
      {
        name: 'fieldEntry',
        evidence: documented,
        note: 'points in time as date and time in UTC (form inferred)',
      },
      { name: 'fieldEntryVar', shows: 'run/runWholeSession.mpl', evidence: documented },
      { name: 'fieldEntryWrap', evidence: documented },
      {
        name: 'generateMarkup',
        evidence: documented,
        note: 'marks in templates are `<% name %>` (form inferred)',
      },
      {
        name: 'javaScriptDependencies',
        evidence: documented,
        note: "declarations only; the twin's own pages hold no script",
      },
    ],
  },
  {
    title: 'Session variables',
    methods: [
      { name: 'variable', shows: 'createSession `VAR_`, filters', evidence: documented },
      {
        name: 'setVariables',
        evidence: documented,
        note: 'defaults are those of the suite; accounts have none of their own',
      },
      { name: 'defaultVariable', evidence: documented },
      { name: 'calcVariables', evidence: nameOnly },
      { name: 'variableTable', shows: 'run/runWholeSession.mpl', evidence: documented },
    ],
  },
  {
    title: 'SQL mirror',
    methods: [
      { name: 'SQL_tname', evidence: documented },
      { name: 'SQL_tlist', evidence: documented },
      { name: 'SQL_tableDef', evidence: documented },
      { name: 'SQL_tableFields', evidence: documented },
      { name: 'SQL_createTable', evidence: documented },
      { name: 'SQL_drop', evidence: documented },
      {
        name: 'SQL_initialze',
        evidence: nameOnly,
        note: 'misprinted in the manual; `SQL_initialize` is the same',
      },
      { name: 'SQL_updateTestInstance', evidence: documented },
      { name: 'SQL_deleteTestInstance', evidence: documented },
      { name: 'SQL_insertMulti', evidence: documented },
      { name: 'SQL_type', evidence: documented },
      { name: 'SQL_value', evidence: documented },
    ],
  },
];

/** The methods of `TestSession::Field`, in the twin `TestSession.Field`. */
export const fieldMethods: readonly MethodNote[] = [
  { name: 'new', ours: 'constructor', evidence: documented },
  ...[
    'label',
    'prompt',
    'type',
    'style',
    'size',
    'sizeAsHtml',
    'asHtml',
    'varName',
    'valuesList',
    'descs',
    'getFlags',
    'isList',
    'isRange',
    'isDate',
  ].map((name): MethodNote => ({ name, evidence: documented })),
];
