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
  readonly evidence: Evidence;
  /** What is different in the twin. */
  readonly note?: string;
}

const inManual = [documented('name and behaviour')];
const nameOnly = [documented('the name'), inferred('the behaviour')];
const lost = [inferred('the name')];

/** A method that the table of accessors declares. */
function accessor(name: keyof typeof accessorTable): MethodNote {
  const { shows, note }: Accessor<unknown> = accessorTable[name];
  return { name, evidence: inManual, ...(shows && { shows }), ...(note && { note }) };
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
        evidence: inManual,
        note: '`new TestSession(suite, session, isWritable, timeout)`; the suite is open in a draft (see `inSuite`). The timeout is accepted and never needed: calls run one after another, so no store lock is ever waited for',
      },
      {
        name: 'rundata',
        evidence: lost,
        note: "the manual lost the name; gives the place of the field definitions in the twin's state",
      },
      { name: 'path', evidence: inManual, note: "the place in the twin's state; the product had a file" },
      {
        name: 'save',
        shows: 'createSession',
        evidence: inManual,
        note: '`useDBM` is accepted; there is one kind of store',
      },
      { name: 'saveAsText', evidence: inManual, note: 'the same as `save`; there are no flat files' },
      { name: 'copy', evidence: inManual },
      { name: 'clear', evidence: inManual, note: 'without exclusions the fields flagged `noclear` stay' },
      { name: 'populate', evidence: inManual, note: 'samples are the same for the same seed' },
      { name: 'print', evidence: inManual },
      { name: 'release', evidence: inManual, note: 'lets go of the cache handle; there are no databases' },
      { name: 'sync', shows: '`twintrack export --sql`', evidence: inManual },
      {
        name: 'updateSuiteDB',
        evidence: lost,
        note: "the manual lost the name; the session's own record is the quick-access data",
      },
      {
        name: 'cacheDB',
        evidence: inManual,
        note: 'acquires a handle when none was given; no cache is needed, so it only says what it is of',
      },
      { name: 'suiteDir', evidence: inManual, note: "the place of the suite in the twin's state" },
      { name: 'dbdata', evidence: inManual },
      { name: 'dbdelete', evidence: inManual, note: 'RE2 expressions, which cannot run away' },
      { name: 'profName', evidence: inManual },
    ],
  },
  {
    title: 'Identity, people, descriptive data',
    methods: [
      { name: 'sessionId', shows: 'all session commands', evidence: inManual },
      { name: 'user', shows: 'getSessionDetails', evidence: inManual },
      { name: 'currentUser', shows: '`username`', evidence: inManual },
      { name: 'userList', evidence: inManual },
      {
        name: 'assignedto',
        shows: 'assignSession, assignSet, getSessionDetails',
        evidence: inManual,
        note: 'how several assignees share the tests is not documented: each test gets all of them',
      },
      accessor('description'),
      accessor('summary'),
      accessor('testset'),
      accessor('tpno'),
      { name: 'id', evidence: inManual },
      { name: 'displayId', shows: 'run/runWholeSession.mpl', evidence: inManual, note: 'text form' },
      accessor('runmode'),
      accessor('notified'),
    ],
  },
  {
    title: 'State, lock, dates',
    methods: [
      accessor('locked'),
      accessor('isActive'),
      { name: 'mtime', shows: '`date` filter, getSessionDetails', evidence: inManual },
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
        evidence: inManual,
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
        evidence: inManual,
        note: 'setting a smaller number cuts the list',
      },
      { name: 'numUntested', shows: 'getSessionStatus, `status` filter', evidence: inManual },
      { name: 'testList', shows: 'getTestList', evidence: inManual },
      { name: 'testUUIDList', shows: 'getTestList `byUUID`', evidence: inManual },
      { name: 'tcById', shows: '`id`', evidence: inManual },
      { name: 'tcByUUID', shows: '`uuid`', evidence: inManual },
      { name: 'testCase', shows: 'getTestResultData, result', evidence: inManual },
      { name: 'addTest', evidence: inManual },
      { name: 'inserTest', evidence: inManual, note: 'misprinted in the manual; `insertTest` is the same' },
      { name: 'insertTests', evidence: inManual },
      { name: 'deleteTest', evidence: inManual },
      { name: 'disableTest', evidence: inManual },
      accessor('disabled'),
      { name: 'refresh', evidence: inManual },
      { name: 'arrange', shows: 'order of getTestList', evidence: inManual },
      { name: 'sortKeys', evidence: inManual },
      { name: 'updateIDs', evidence: inManual },
      {
        name: 'currTest',
        evidence: inManual,
        note: 'an index sets the running test, null says that none is (inferred)',
      },
      { name: 'lastTest', evidence: inManual },
    ],
  },
  {
    title: 'Selection',
    methods: [
      { name: 'selector', shows: 'createSet `SCHEMA_`', evidence: inManual },
      { name: 'runSelector', evidence: inManual },
      {
        name: 'selector (agents)',
        ours: 'agentSelector',
        evidence: inManual,
        note: 'printed a second time under the same name; kept, and used by nothing',
      },
      {
        name: 'selectTests',
        shows: 'createSet',
        evidence: inManual,
        note: '`useCache` is accepted; no cache is needed',
      },
      { name: 'countTests', shows: 'createSet', evidence: inManual },
      accessor('orAmongFields'),
      accessor('searchAndReplace'),
      accessor('idsAsStrings'),
      { name: 'stringMatch', evidence: inManual, note: 'takes the field as a third argument' },
      { name: 'selDesc', evidence: inManual },
      { name: 'selectableList', evidence: inManual },
      {
        name: 'buildSelectorTable',
        shows: 'run/defineSet.mpl',
        evidence: inManual,
        note: 'in TypeScript the flags come as an object with their names, over HTTP and in Perl in the manual’s places',
      },
      {
        name: 'fieldSelection',
        shows: 'run/defineSet.mpl',
        evidence: inManual,
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
        evidence: inManual,
        note: '`addNote` takes the same with time, author and attachment',
      },
      { name: 'noteText', shows: 'getTestResultData', evidence: inManual },
      {
        name: 'notesText',
        evidence: nameOnly,
        note: 'documented with the words of noteText; gives all entries',
      },
      { name: 'result', shows: 'getTestCaseResult', evidence: inManual },
      {
        name: 'resList',
        shows: 'getSessionResults',
        evidence: inManual,
        note: 'of a list of definitions its codes (inferred)',
      },
      { name: 'results', shows: 'keys of getSessionStatus', evidence: inManual },
      { name: 'runData', evidence: inManual },
      {
        name: 'currTestStatus',
        evidence: inManual,
        note: 'the stamp is the hidden execution field `lastUpdate`',
      },
      { name: 'runDataDefaults', evidence: nameOnly },
      { name: 'field', evidence: inManual },
      { name: 'flist', evidence: inManual },
      { name: 'sortedFlist', evidence: inManual },
      { name: 'fieldOrder', evidence: inManual },
      { name: 'visibleList', shows: 'names for `resultFields`', evidence: inManual },
      { name: 'settableList', shows: 'result `EXECDATA_`', evidence: nameOnly },
      { name: 'multiLists', evidence: inManual },
      { name: 'typeOf', evidence: inManual },
      { name: 'sizeOf', evidence: inManual },
      { name: 'suffix', evidence: inManual },
      {
        name: 'fieldEntry',
        evidence: inManual,
        note: 'points in time as date and time in UTC (form inferred)',
      },
      { name: 'fieldEntryVar', shows: 'run/runWholeSession.mpl', evidence: inManual },
      { name: 'fieldEntryWrap', evidence: inManual },
      {
        name: 'generateMarkup',
        evidence: inManual,
        note: 'marks in templates are `<% name %>` (form inferred)',
      },
      {
        name: 'javaScriptDependencies',
        evidence: inManual,
        note: "declarations only; the twin's own pages hold no script",
      },
    ],
  },
  {
    title: 'Session variables',
    methods: [
      { name: 'variable', shows: 'createSession `VAR_`, filters', evidence: inManual },
      {
        name: 'setVariables',
        evidence: inManual,
        note: 'defaults are those of the account (`aptest.users[].variables`), then those of the suite',
      },
      { name: 'defaultVariable', evidence: inManual },
      { name: 'calcVariables', evidence: nameOnly },
      { name: 'variableTable', shows: 'run/runWholeSession.mpl', evidence: inManual },
    ],
  },
  {
    title: 'SQL mirror',
    methods: [
      { name: 'SQL_tname', evidence: inManual },
      { name: 'SQL_tlist', evidence: inManual },
      { name: 'SQL_tableDef', evidence: inManual },
      { name: 'SQL_tableFields', evidence: inManual },
      { name: 'SQL_createTable', evidence: inManual },
      { name: 'SQL_drop', evidence: inManual },
      {
        name: 'SQL_initialze',
        evidence: nameOnly,
        note: 'misprinted in the manual; `SQL_initialize` is the same',
      },
      { name: 'SQL_updateTestInstance', evidence: inManual },
      { name: 'SQL_deleteTestInstance', evidence: inManual },
      { name: 'SQL_insertMulti', evidence: inManual },
      { name: 'SQL_type', evidence: inManual },
      { name: 'SQL_value', evidence: inManual },
    ],
  },
];

/** The methods of `TestSession::Field`, in the twin `TestSession.Field`. */
export const fieldMethods: readonly MethodNote[] = [
  { name: 'new', ours: 'constructor', evidence: inManual },
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
  ].map((name): MethodNote => ({ name, evidence: inManual })),
];
