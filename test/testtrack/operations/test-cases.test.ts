import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const bytes = (text: string) => Buffer.from(text);

describe('adding a test case', () => {
  test('gives the record ID and fills in what the client left out', () => {
    const { tt, cookie } = project({ testCases: [{ recordId: 40, number: 7, summary: 'Old' }] });
    const recordID = tt.addTestCase({ cookie, pTestCase: { summary: 'Log on', type: 'API' } });
    expect(recordID).toBe(41);
    expect(tt.getTestCaseByRecordID({ cookie, recordID })).toEqual({
      recordid: 41,
      testcasenumber: 8,
      summary: 'Log on',
      state: 'New',
      createdbyuser: 'Administrator, System',
      datetimecreated: '2026-03-02T10:00:00-05:00',
      locationaddedfrom: 'SOAP',
      modifiedbyuser: 'Administrator, System',
      datetimemodified: '2026-03-02T10:00:00-05:00',
      customFieldList: [],
      eventlist: [],
      actualhours: 0,
      estimatedhours: 0,
      remaininghours: 0,
      variance: 0,
      storypoints: 0,
      percentdone: 0,
      type: 'API',
      testrunstepsmode: 'Grid View',
      isautomated: false,
      estimatedtime: '',
      steps: '',
      testVariants: [],
      attachmentlist: [],
      sccFileList: [],
    });
  });

  test('takes everything that a client can say', () => {
    const { tt, cookie } = project({ customFields: { 'Test Case': [{ name: 'Risk', type: 'integer' }] } });
    const sent = {
      summary: 'Log on',
      type: 'Regression',
      createdbyuser: 'Lake, Veronica',
      storypoints: 5,
      testrunstepsmode: 'Free Form Text View',
      isautomated: true,
      estimatedtime: '20 minutes',
      steps: '* Open the dialog\r\n+ It opens',
      customFieldList: [{ $type: 'CIntegerField' as const, name: 'Risk', value: 3 }],
      testVariants: [
        { name: 'Browser', type: 'Included', values: [{ value: 'Chrome' }, { value: 'Firefox' }] },
        { name: 'Browser', type: 'Excluded', values: [{ value: 'Safari' }] },
      ],
    };
    const recordID = tt.addTestCase({ cookie, pTestCase: sent });
    expect(tt.getTestCaseByRecordID({ cookie, recordID })).toMatchObject(sent);
  });

  test('has no number in a project without numbers', () => {
    const { tt, cookie } = project({ autoNumbers: false });
    const recordID = tt.addTestCase({ cookie, pTestCase: { summary: 'Log on' } });
    expect(tt.getTestCaseByRecordID({ cookie, recordID }).testcasenumber).toBe(0);
    expect(tt.getTestCase({ cookie, summary: 'Log on' }).recordid).toBe(recordID);
  });

  test.each([
    ['nothing at all', undefined, 2],
    ['no summary', { type: 'API' }, 23],
    ['a type that is not in the list', { summary: 'x', type: 'Magic' }, 23],
    ['a steps mode that does not exist', { summary: 'x', testrunstepsmode: 'Detail Grid View' }, 23],
    [
      'a variant that does not exist',
      { summary: 'x', testVariants: [{ name: 'Moon', type: 'Included' }] },
      11,
    ],
    [
      'a variant value that is not in the list',
      { summary: 'x', testVariants: [{ name: 'Browser', type: 'Included', values: [{ value: 'Lynx' }] }] },
      23,
    ],
    [
      'a type of variant that does not exist',
      { summary: 'x', testVariants: [{ name: 'Browser', type: 'Perhaps' }] },
      23,
    ],
    [
      'a variant twice with one type',
      {
        summary: 'x',
        testVariants: [
          { name: 'Browser', values: [{ value: 'Chrome' }] },
          { name: 'Browser', values: [{ value: 'Safari' }] },
        ],
      },
      23,
    ],
    [
      'a value both included and excluded',
      {
        summary: 'x',
        testVariants: [
          { name: 'Browser', type: 'Excluded', values: [{ value: 'Chrome' }] },
          { name: 'Browser', type: 'Included', values: [{ value: 'Chrome' }] },
        ],
      },
      23,
    ],
    ['an attachment without content', { summary: 'x', attachmentlist: [{ 'm-strFileName': 'a.txt' }] }, 23],
    ['a custom field that does not exist', { summary: 'x', customFieldList: [{ name: 'Moon' }] }, 11],
    ['an event that the first state does not allow', { summary: 'x', eventlist: [{ name: 'Reviewed' }] }, 23],
  ])('with %s is refused and stores nothing', (_, pTestCase, code) => {
    const harness = project();
    expect(refusalOf(harness, () => harness.tt.addTestCase({ cookie: harness.cookie, pTestCase })).code).toBe(
      code,
    );
  });
});

describe('a test case is found', () => {
  const testCases = [{ summary: 'one' }, { summary: 'twin' }, { summary: 'twin' }];

  test('by number, and then the summary does not matter', () => {
    const { tt, cookie } = project({ testCases });
    expect(tt.getTestCase({ cookie, testCaseNumber: 1, summary: 'twin' }).summary).toBe('one');
  });

  test('by summary, unless several have it: 74', () => {
    const { tt, cookie } = project({ testCases });
    expect(tt.getTestCase({ cookie, summary: 'one' }).recordid).toBe(1);
    expect(faultOf(() => tt.getTestCase({ cookie, summary: 'twin' })).code).toBe(74);
    expect(faultOf(() => tt.getTestCase({ cookie, summary: 'none' })).code).toBe(6);
  });

  test('only with the area TestTrack TCM open', () => {
    const { tt, logOn } = project({ testCases });
    const cookie = logOn('admin', 'secret', ['TestTrack Pro']);
    for (const call of [
      () => tt.getTestCase({ cookie, testCaseNumber: 1 }),
      () => tt.addTestCase({ cookie, pTestCase: { summary: 'x' } }),
      () => tt.getTestVariantTypes({ cookie }),
    ]) {
      expect(faultOf(call).hint).toContain('did not open "TestTrack TCM"');
    }
  });
});

describe('saving a test case', () => {
  test('keeps members and events that are not sent, and moves it through its workflow', () => {
    const { tt, cookie } = project({
      testCases: [{ summary: 'Log on', type: 'API', events: [{ name: 'Ready for Review' }] }],
    });
    tt.editTestCase({ cookie, testCaseNumber: 1 });
    tt.saveTestCase({
      cookie,
      pTestCase: { recordid: 1, eventlist: [{ name: 'Reviewed', resultingstate: 'Needs Change' }] },
    });
    const after = tt.getTestCase({ cookie, testCaseNumber: 1 });
    expect(after).toMatchObject({ summary: 'Log on', type: 'API', state: 'Needs Change' });
    expect(after.eventlist?.map(({ name }) => name)).toEqual(['Ready for Review', 'Reviewed']);
  });

  test('without an edit is refused with 7', () => {
    const { tt, cookie } = project({ testCases: [{ summary: 'Log on' }] });
    expect(faultOf(() => tt.saveTestCase({ cookie, pTestCase: { recordid: 1 } })).code).toBe(7);
  });

  test('that is refused keeps the lock and the state', () => {
    const harness = project({ testCases: [{ summary: 'Log on' }] });
    const { tt, cookie } = harness;
    tt.editTestCase({ cookie, testCaseNumber: 1 });
    const save = () => tt.saveTestCase({ cookie, pTestCase: { recordid: 1, steps: '+ out of nowhere' } });
    expect(refusalOf(harness, save).code).toBe(23);
    expect(tt.cancelSaveTestCase({ cookie, recordID: 1 })).toBe(0);
  });
});

describe('files of a test case', () => {
  test('can be scripts with their order and state', () => {
    const { tt, cookie } = project();
    const recordID = tt.addTestCase({
      cookie,
      pTestCase: {
        summary: 'Log on',
        attachmentlist: [
          { 'm-strFileName': 'shot.png', 'm-pFileData': bytes('png') },
          {
            'm-strFileName': 'logon.qaw',
            'm-pFileData': bytes('script'),
            'm-strType': 'Script',
            'm-scriptOrder': 2,
            'm-strScriptState': 'Ready',
          },
        ],
      },
    });
    const files = tt.getTestCaseByRecordID({ cookie, recordID }).attachmentlist ?? [];
    expect(files).toMatchObject([
      { 'm-strFileName': 'shot.png', 'm-strType': 'Standard', 'm-scriptOrder': 0 },
      {
        'm-strFileName': 'logon.qaw',
        'm-strType': 'Script',
        'm-scriptOrder': 2,
        'm-strScriptState': 'Ready',
      },
    ]);
    expect(files[1]?.['m-pFileData']).toBeUndefined();
    const pszArchiveName = files[1]?.['m-strArchiveName'] ?? '';
    const file = tt.getAttachment({ cookie, tablename: 'Test Case', recordID, pszArchiveName });
    expect(file['m-pFileData']).toEqual(bytes('script'));
  });

  test('can be named by its steps once they have a record ID', () => {
    const { tt, cookie } = project({
      testCases: [{ summary: 'Log on', attachments: [{ name: 'shot.png', text: 'png' }] }],
    });
    const before = tt.editTestCase({ cookie, testCaseNumber: 1 });
    const id = before.attachmentlist?.[0]?.['m-recordid'];
    const steps = `* Open\r\n^${id} [shot.png]`;
    tt.saveTestCase({ cookie, pTestCase: { ...before, steps } });
    expect(tt.getTestCase({ cookie, testCaseNumber: 1 }).steps).toBe(steps);
  });
});

describe('deleting a test case', () => {
  const scenario = {
    testCases: [{ summary: 'Log on' }, { summary: 'Log off' }],
    testRuns: [{ testCase: 1 }, { testCase: 1 }, { testCase: 2 }],
  };

  test('leaves its runs where they are, and they go on naming it', () => {
    const { tt, cookie } = project(scenario);
    expect(tt.deleteTestCase({ cookie, testCaseNumber: 1 })).toBe(0);
    expect(faultOf(() => tt.getTestCase({ cookie, testCaseNumber: 1 })).code).toBe(6);
    expect(tt.getTestRun({ cookie, testRunNumber: 1 })).toMatchObject({
      testcasenumber: 1,
      testcaserecordid: 1,
    });
  });

  test('deletes its runs when asked to, under either spelling of the flag', () => {
    const { tt, cookie } = project(scenario);
    tt.deleteTestCase({ cookie, testCaseNumber: 1, bDeleteAssociatedTestRuns: true });
    expect(faultOf(() => tt.getTestRun({ cookie, testRunNumber: 1 })).code).toBe(6);
    expect(faultOf(() => tt.getTestRun({ cookie, testRunNumber: 2 })).code).toBe(6);
    expect(tt.getTestRun({ cookie, testRunNumber: 3 }).summary).toBe('Log off');
    tt.deleteTestCaseByRecordID({ cookie, recordID: 2, bDeleteAssociatedTestRun: true });
    expect(faultOf(() => tt.getTestRun({ cookie, testRunNumber: 3 })).code).toBe(6);
  });

  test('is refused with 22 while somebody edits it or a run that would go too, and deletes nothing', () => {
    const harness = project(scenario);
    const { tt, cookie, logOn } = harness;
    tt.editTestRun({ cookie: logOn('lake', 'water'), testRunNumber: 2 });
    const remove = () => tt.deleteTestCase({ cookie, testCaseNumber: 1, bDeleteAssociatedTestRuns: true });
    expect(refusalOf(harness, remove).code).toBe(22);
    tt.editTestCase({ cookie, testCaseNumber: 1 });
    expect(faultOf(() => tt.deleteTestCase({ cookie, testCaseNumber: 1 })).code).toBe(22);
  });

  test('takes the command to delete runs too, if runs go with it', () => {
    const { tt, logOn } = project({
      ...scenario,
      groups: [{ name: 'Tidy', commands: ['View Test Cases', 'Delete Test Cases'] }],
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'tidy', last: 'Tidy', groups: ['Tidy'] },
      ],
    });
    const cookie = logOn('tidy', '');
    const remove = () => tt.deleteTestCase({ cookie, testCaseNumber: 1, bDeleteAssociatedTestRuns: true });
    expect(faultOf(remove).hint).toContain('Delete Test Runs');
    expect(tt.deleteTestCase({ cookie, testCaseNumber: 1 })).toBe(0);
  });
});

test('the types of variants and the steps modes are those of the product', () => {
  const { tt, cookie } = project();
  expect(tt.getTestVariantTypes({ cookie })).toEqual(['Included', 'Excluded', 'Generated', 'Additional']);
  expect(tt.getTestRunStepsModes({ cookie })).toEqual(['Grid View', 'Free Form Text View']);
});

test('the variants of the project and their values are listed as custom fields of Test Variant', () => {
  const { tt, cookie } = project({ lists: { 'Test Variant': { Database: ['Oracle', 'SQLite'] } } });
  const variants = tt.getCustomFieldsDefinitionList({ cookie, tablename: 'Test Variant' });
  expect(variants).toHaveLength(3);
  expect(variants[2]).toEqual({
    $type: 'CTestCaseVariantField',
    recordid: 3,
    name: 'Database',
    dropdownValues: [{ value: 'Oracle' }, { value: 'SQLite' }],
  });
});
