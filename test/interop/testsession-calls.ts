/** A call of a method of TestSession, as it goes over the wire: what Perl and every other language send. */
export interface SessionStep {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Makes it a call of this field of the session. */
  readonly field?: string;
  /** Its arguments in TypeScript, where the class takes them in another form. */
  readonly inTypeScript?: readonly unknown[];
}

const step = (method: string, ...args: unknown[]): SessionStep => ({ method, args });
const otherwise = (each: SessionStep, ...inTypeScript: unknown[]): SessionStep => ({ ...each, inTypeScript });
const ofField = (field: string, method: string, ...args: unknown[]): SessionStep => ({ method, args, field });

const fieldMethods = [
  'label',
  'prompt',
  'size',
  'style',
  'type',
  'varName',
  'getFlags',
  'isList',
  'isRange',
  'isDate',
];

/**
 * Every method of both manuals at least once, on session 57 of the demo, in an order in which each has something to do.
 * `new` opens the session before the first of them.
 */
export const sessionSteps: readonly SessionStep[] = [
  // What it is.
  ...[
    'sessionId',
    'path',
    'rundata',
    'suiteDir',
    'profName',
    'currentUser',
    'user',
    'userList',
    'tpno',
    'cacheDB',
  ].map((method) => step(method)),
  ...[
    'description',
    'summary',
    'testset',
    'runmode',
    'notified',
    'locked',
    'mtime',
    'ctime',
    'assignedto',
  ].map((method) => step(method)),
  ...['startdateplanned', 'enddateplanned', 'startdatewindow', 'enddatewindow'].map((method) => step(method)),
  ...['startdateactual', 'enddateactual', 'plannedtimes', 'reordered', 'refreshable', 'disabled'].map(
    (method) => step(method),
  ),
  step('description', 'All methods'),
  step('summary', 'Called once'),
  step('runmode', 'step'),
  step('startdateplanned', 1_234_567_890),
  step('startdatewindow', 14_400),
  step('user', 'tester1'),
  step('suffix', '_b'),
  step('suffix', ''),
  // Its tests.
  ...['numtests', 'numUntested', 'testList', 'testUUIDList', 'lastTest', 'currTest', 'sortKeys'].map(
    (method) => step(method),
  ),
  step('tcById', 'Editor/Redo'),
  step('tcByUUID', 'AC2CD7D2-955D-11D8-A214-90E5C9F5B464'),
  step('testCase', 0),
  step('addTest', { id: 'Performance/Start_Up' }),
  step('inserTest', 0, { id: 'Performance/Large_File' }),
  step('insertTests', 1, [{ id: 'Performance/Many_Users' }, { id: 'Installation/Fresh' }]),
  step('id', 0),
  step('displayId', 0, 1),
  step('disableTest', 0),
  step('deleteTest', 0),
  step('sortKeys', ['-id']),
  step('arrange'),
  step('updateIDs'),
  step('currTest', 1),
  step('currTestStatus', 'pass'),
  step('id'),
  // Which tests belong to it.
  step('selector', 'TestType', ['smoke', 'stress']),
  step('selector'),
  step('runSelector', 'results', { values: ['fail'], isCS: true, isRE: false }),
  step('runSelector', 'results', ''),
  step('agentSelector', 'platform', 'x86'),
  step('orAmongFields', 1),
  step('searchAndReplace', 0),
  step('idsAsStrings', 0),
  step('countTests', 0),
  step('selDesc', 'TestType', { values: ['smoke', 'stress'] }),
  step('stringMatch', 'smoke', { values: ['smoke'] }, 'TestType'),
  step('selectableList', 1, 'x_'),
  otherwise(
    step('buildSelectorTable', {}, 0, 1, 1, 1, 1),
    {},
    { showSpecials: true, skipResults: true, skipAssigned: true, showDynamic: true },
  ),
  otherwise(step('fieldSelection', 'priority', 'high,low', 0, 0, 1), 'priority', 'high,low', {
    showLabels: true,
  }),
  // What happened to them.
  step('note', 0, 'Seen', 'fail', 60, 30),
  ...['noteText', 'notesText', 'result', 'runData'].map((method) => step(method, 0)),
  step('runData', 0, 'one\ntwo'),
  step('result', 1, 'retest'),
  step('resList'),
  step('results'),
  step('runDataDefaults'),
  ...['flist', 'sortedFlist', 'fieldOrder', 'visibleList', 'settableList', 'multiLists'].map((method) =>
    step(method),
  ),
  step('field', 'browser'),
  step('typeOf', 'browser'),
  step('sizeOf', 'note'),
  step('testCase', 0, { browser: ['Opera'], buildnumber: '113' }),
  step('fieldEntry', 0, 'browser', 1),
  step('fieldEntryVar', 0, 'results', '_x', 'changed'),
  step('fieldEntryWrap', 0, 'browser', ['Opera', 'MSIE'], '', { $function: 0 }),
  otherwise(step('generateMarkup', 0, '<% summary %>: <% os %>', 1, 0), 0, '<% summary %>: <% os %>', {
    showValues: true,
    showLabels: false,
  }),
  step('javaScriptDependencies', 1),
  // What it was run against.
  step('variable', 'build', '120'),
  step('variable', 'browsers', ['Opera', 'MSIE']),
  step('setVariables', 1),
  step('defaultVariable', 'os'),
  step('calcVariables'),
  step('variableTable', 1),
  step('dbdata', 'mine', 'kept'),
  step('dbdata'),
  step('dbdelete', '^mi'),
  // Fields.
  ...fieldMethods.map((method) => ofField('browser', method)),
  ofField('browser', 'valuesList'),
  ofField('browser', 'descs'),
  ofField('browser', 'asHtml', ['Opera']),
  ofField('browser', 'sizeAsHtml', 2),
  // The mirror.
  ...['SQL_tname', 'SQL_tlist', 'SQL_drop', 'SQL_initialze', 'sync'].map((method) => step(method)),
  step('SQL_tableDef', 'Example_session_57'),
  step('SQL_tableFields', 'Example_session_57'),
  step('SQL_createTable', 'Example_session_57'),
  step('SQL_updateTestInstance', 0, { results: 'pass' }),
  step('SQL_insertMulti', { tid: '0', browser: ['Opera'] }, 'browser'),
  step('SQL_deleteTestInstance', 0),
  step('SQL_type', { $field: 'browser' }),
  step('SQL_value', { $field: 'browser' }, "it's"),
  // The whole.
  step('print', 0),
  step('populate', 0),
  step('clear', ['note'], 0),
  otherwise(step('refresh'), undefined),
  step('selectTests', 1, undefined, 1),
  step('isActive', 0),
  step('updateSuiteDB'),
  step('save', 1),
  step('saveAsText'),
  step('release'),
];
