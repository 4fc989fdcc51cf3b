import { type Accessor, accessorTable } from '../src/aptest/run/accessors.ts';
import { documented, type Evidence, inferred } from '../src/evidence/evidence.ts';

/** How a method of the TestSession manual shows outside the object. */
export interface MethodNote {
  /** As the manual prints it, in camelCase already. */
  readonly name: string;
  /** Its name in the class, where that differs. */
  readonly ours?: string;
  /** Where it shows in rpc.mpl or on the pages. */
  readonly shows?: string;
  /** Unless its name and behaviour are documented. */
  readonly evidence?: Evidence;
  /** What is different in the twin. */
  readonly note?: string;
}

const nameOnly = [documented('the name'), inferred('the behaviour')];
const lost = inferred('the name');

/** A method that the table of accessors declares. */
function accessor(name: keyof typeof accessorTable): MethodNote {
  const { shows, note }: Accessor<unknown> = accessorTable[name];
  return { name, ...(shows && { shows }), ...(note && { note }) };
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
        note: '`new TestSession(suite, session, isWritable, timeout)`; the suite is open in a draft (see `inSuite`). The timeout is accepted and never needed: calls run one after another, so no store lock is ever waited for',
      },
      {
        name: 'rundata',
        evidence: lost,
        note: "the manual lost the name; gives the place of the field definitions in the twin's state",
      },
      { name: 'path', note: "the place in the twin's state; the product had a file" },
      { name: 'save', shows: 'createSession', note: '`useDBM` is accepted; there is one kind of store' },
      { name: 'saveAsText', note: 'the same as `save`; there are no flat files' },
      { name: 'copy' },
      { name: 'clear', note: 'without exclusions the fields flagged `noclear` stay' },
      { name: 'populate', note: 'samples are the same for the same seed' },
      { name: 'print' },
      { name: 'release', note: 'lets go of the cache handle; there are no databases' },
      { name: 'sync', shows: '`twintrack export --sql`' },
      {
        name: 'updateSuiteDB',
        evidence: lost,
        note: "the manual lost the name; the session's own record is the quick-access data",
      },
      {
        name: 'cacheDB',
        note: 'acquires a handle when none was given; no cache is needed, so it only says what it is of',
      },
      { name: 'suiteDir', note: "the place of the suite in the twin's state" },
      { name: 'dbdata' },
      { name: 'dbdelete', note: 'RE2 expressions, which cannot run away' },
      { name: 'profName' },
    ],
  },
  {
    title: 'Identity, people, descriptive data',
    methods: [
      { name: 'sessionId', shows: 'all session commands' },
      { name: 'user', shows: 'getSessionDetails' },
      { name: 'currentUser', shows: '`username`' },
      { name: 'userList' },
      {
        name: 'assignedto',
        shows: 'assignSession, assignSet, getSessionDetails',
        note: 'how several assignees share the tests is not documented: each test gets all of them',
      },
      accessor('description'),
      accessor('summary'),
      accessor('testset'),
      accessor('tpno'),
      { name: 'id' },
      { name: 'displayId', shows: 'run/runWholeSession.mpl', note: 'text form' },
      accessor('runmode'),
      accessor('notified'),
    ],
  },
  {
    title: 'State, lock, dates',
    methods: [
      accessor('locked'),
      accessor('isActive'),
      { name: 'mtime', shows: '`date` filter, getSessionDetails' },
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
        note: 'from the fields `atm_timestaff` and `atm_timeclock` (names inferred)',
      },
      accessor('reordered'),
      accessor('refreshable'),
    ],
  },
  {
    title: 'Test list',
    methods: [
      { name: 'numtests', shows: 'getSessionStatus', note: 'setting a smaller number cuts the list' },
      { name: 'numUntested', shows: 'getSessionStatus, `status` filter' },
      { name: 'testList', shows: 'getTestList' },
      { name: 'testUUIDList', shows: 'getTestList `byUUID`' },
      { name: 'tcById', shows: '`id`' },
      { name: 'tcByUUID', shows: '`uuid`' },
      { name: 'testCase', shows: 'getTestResultData, result' },
      { name: 'addTest' },
      { name: 'inserTest', note: 'misprinted in the manual; `insertTest` is the same' },
      { name: 'insertTests' },
      { name: 'deleteTest' },
      { name: 'disableTest' },
      accessor('disabled'),
      { name: 'refresh' },
      { name: 'arrange', shows: 'order of getTestList' },
      { name: 'sortKeys' },
      { name: 'updateIDs' },
      { name: 'currTest', note: 'an index sets the running test, null says that none is (inferred)' },
      { name: 'lastTest' },
    ],
  },
  {
    title: 'Selection',
    methods: [
      { name: 'selector', shows: 'createSet `SCHEMA_`' },
      { name: 'runSelector' },
      {
        name: 'selector (agents)',
        ours: 'agentSelector',
        note: 'printed a second time under the same name; kept, and used by nothing',
      },
      { name: 'selectTests', shows: 'createSet', note: '`useCache` is accepted; no cache is needed' },
      { name: 'countTests', shows: 'createSet' },
      accessor('orAmongFields'),
      accessor('searchAndReplace'),
      accessor('idsAsStrings'),
      { name: 'stringMatch', note: 'takes the field as a third argument' },
      { name: 'selDesc' },
      { name: 'selectableList' },
      {
        name: 'buildSelectorTable',
        shows: 'run/defineSet.mpl',
        note: 'in TypeScript the flags come as an object with their names, over HTTP and in Perl in the manual’s places',
      },
      {
        name: 'fieldSelection',
        shows: 'run/defineSet.mpl',
        note: 'in TypeScript the flags come as an object with their names, over HTTP and in Perl in the manual’s places',
      },
    ],
  },
  {
    title: 'Results, notes, execution data',
    methods: [
      {
        name: 'note',
        shows: 'result, attachFile',
        note: '`addNote` takes the same with time, author and attachment',
      },
      { name: 'noteText', shows: 'getTestResultData' },
      {
        name: 'notesText',
        evidence: nameOnly,
        note: 'documented with the words of noteText; gives all entries',
      },
      { name: 'result', shows: 'getTestCaseResult' },
      { name: 'resList', shows: 'getSessionResults', note: 'of a list of definitions its codes (inferred)' },
      {
        name: 'results',
        shows: 'keys of getSessionStatus',
        note: "the Results object is a list of `{ code, description, colour }`; a given one stands in for the suite's until the object ends (inferred)",
      },
      { name: 'runData' },
      { name: 'currTestStatus', note: 'the stamp is the hidden execution field `lastUpdate`' },
      { name: 'runDataDefaults', evidence: nameOnly },
      { name: 'field' },
      { name: 'flist' },
      { name: 'sortedFlist' },
      { name: 'fieldOrder' },
      { name: 'visibleList', shows: 'names for `resultFields`' },
      { name: 'settableList', shows: 'result `EXECDATA_`', evidence: nameOnly },
      { name: 'multiLists' },
      { name: 'typeOf' },
      { name: 'sizeOf' },
      { name: 'suffix' },
      { name: 'fieldEntry', note: 'points in time as date and time in UTC (form inferred)' },
      { name: 'fieldEntryVar', shows: 'run/runWholeSession.mpl' },
      { name: 'fieldEntryWrap' },
      {
        name: 'generateMarkup',
        note: 'marks in templates are `<% name %>`, of a requirement `<% req.name %>` (form inferred); a test case or requirement as argument is its record, over HTTP and in Perl `{ uuid }` or `{ id }`',
      },
      { name: 'javaScriptDependencies', note: "declarations only; the twin's own pages hold no script" },
    ],
  },
  {
    title: 'Session variables',
    methods: [
      { name: 'variable', shows: 'createSession `VAR_`, filters' },
      {
        name: 'setVariables',
        note: 'defaults are those of the account (`aptest.users[].variables`), then those of the suite',
      },
      { name: 'defaultVariable' },
      { name: 'calcVariables', evidence: nameOnly },
      { name: 'variableTable', shows: 'run/runWholeSession.mpl' },
    ],
  },
  {
    title: 'SQL mirror',
    methods: [
      { name: 'SQL_tname' },
      { name: 'SQL_tlist' },
      { name: 'SQL_tableDef' },
      { name: 'SQL_tableFields' },
      { name: 'SQL_createTable' },
      { name: 'SQL_drop' },
      {
        name: 'SQL_initialze',
        evidence: nameOnly,
        note: 'misprinted in the manual; `SQL_initialize` is the same',
      },
      { name: 'SQL_updateTestInstance' },
      { name: 'SQL_deleteTestInstance' },
      { name: 'SQL_insertMulti' },
      { name: 'SQL_type' },
      { name: 'SQL_value' },
    ],
  },
];

/** The methods of `TestSession::Field`, in the twin `TestSession.Field`. */
export const fieldMethods: readonly MethodNote[] = [
  { name: 'new', ours: 'constructor' },
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
  ].map((name): MethodNote => ({ name })),
];
