import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const testRunSet = 'WysiWrite 5.1';
const values = (...names: string[]) => names.map((value) => ({ value }));

describe('generating test runs', () => {
  const scenario = {
    customFields: {
      'Test Case': [
        { name: 'Risk', type: 'integer' },
        { name: 'Area', type: 'string' },
      ],
      'Test Run': [
        { name: 'Risk', type: 'integer' },
        { name: 'Area', type: 'multiline' },
      ],
    },
    testCases: [
      {
        recordId: 12,
        number: 5,
        summary: 'Log on',
        type: 'API',
        isAutomated: true,
        estimatedTime: '1 hour',
        runStepsMode: 'Free Form Text View',
        steps: ['* Open', '+ It opens'],
        customFields: { Risk: 3, Area: 'Security' },
        attachments: [
          { name: 'logon.qaw', text: 'script', type: 'Script', scriptOrder: 1, scriptState: 'Ready' },
        ],
      },
    ],
  };

  test('without variants gives one run, which says what the case says', () => {
    const { tt, cookie, logOn } = project(scenario);
    const lake = logOn('lake', 'water');
    expect(tt.generateTestRuns({ cookie: lake, recordID: 12, testRunSet })).toEqual([{ recordid: 1 }]);
    const run = tt.getTestRun({ cookie, testRunNumber: 1 });
    expect(run).toMatchObject({
      recordid: 1,
      testrunnumber: 1,
      summary: 'Log on',
      state: 'Not Started',
      createdbyuser: 'Lake, Veronica',
      datetimecreated: '2026-03-02T10:00:00-05:00',
      eventlist: [],
      testcasenumber: 5,
      testcaserecordid: 12,
      type: 'API',
      testrunset: testRunSet,
      isautomated: true,
      estimatedtime: '1 hour',
      steps: '* Open\r\n+ It opens',
      problemstatement: '',
      testVariants: [],
      stepsmode: 'Free Form Text View',
    });
    expect(run.attachmentlist).toMatchObject([
      {
        'm-strFileName': 'logon.qaw',
        'm-strType': 'Script',
        'm-scriptOrder': 1,
        'm-strScriptState': 'Ready',
      },
    ]);
  });

  test('copies custom values to fields of the same name and type only', () => {
    const { tt, cookie } = project(scenario);
    tt.generateTestRuns({ cookie, recordID: 12, testRunSet });
    expect(tt.getTestRun({ cookie, testRunNumber: 1 }).customFieldList).toMatchObject([
      { name: 'Risk', value: 3 },
      { name: 'Area', value: '' },
    ]);
  });

  test('gives one run for each combination of variant values', () => {
    const { tt, cookie } = project(scenario);
    const testVariants = [
      { name: 'Operating System', values: values('Windows', 'Linux', 'Windows') },
      { name: 'Browser', values: values('Chrome', 'Firefox') },
    ];
    const runs = tt.generateTestRuns({ cookie, recordID: 12, testRunSet, testVariants });
    expect(runs).toEqual([{ recordid: 1 }, { recordid: 2 }, { recordid: 3 }, { recordid: 4 }]);
    const chosen = runs.map(({ recordid }) =>
      tt
        .getTestRunByRecordID({ cookie, recordID: recordid ?? 0 })
        .testVariants?.map((variant) => `${variant.type} ${variant.values?.map(({ value }) => value)}`),
    );
    expect(chosen).toEqual([
      ['Generated Windows', 'Generated Chrome'],
      ['Generated Windows', 'Generated Firefox'],
      ['Generated Linux', 'Generated Chrome'],
      ['Generated Linux', 'Generated Firefox'],
    ]);
  });

  test('takes a variant without values as one that was not given', () => {
    const { tt, cookie } = project(scenario);
    const testVariants = [{ name: 'Browser', values: [] }];
    expect(tt.generateTestRuns({ cookie, recordID: 12, testRunSet, testVariants })).toHaveLength(1);
  });

  test('of the variants of a test case uses those that it includes', () => {
    const { tt, cookie } = project(scenario);
    const testVariants = [
      { name: 'Browser', type: 'Included', values: values('Chrome', 'Firefox') },
      { name: 'Browser', type: 'Excluded', values: values('Safari') },
    ];
    expect(tt.generateTestRuns({ cookie, recordID: 12, testRunSet, testVariants })).toHaveLength(2);
  });

  test('puts variant values in the place of their field codes', () => {
    const { tt, cookie } = project({
      testCases: [
        { summary: 'On %Z_OPERATINGSYSTEM%', steps: ['* Start %Z_BROWSER% on %Z_OPERATINGSYSTEM%'] },
      ],
    });
    const testVariants = [{ name: 'Operating System', values: values('Linux') }];
    tt.generateTestRuns({ cookie, recordID: 1, testRunSet, testVariants });
    expect(tt.getTestRun({ cookie, testRunNumber: 1 })).toMatchObject({
      summary: 'On Linux',
      steps: '* Start %Z_BROWSER% on Linux',
    });
  });

  test('makes step notes comments', () => {
    const { tt, cookie } = project({ testCases: [{ summary: 'x', steps: ['* Open', '## admin', '# all'] }] });
    tt.generateTestRuns({ cookie, recordID: 1, testRunSet });
    expect(tt.getTestRun({ cookie, testRunNumber: 1 }).steps).toBe('* Open\r\n# admin\r\n# all');
  });

  test('writes shared steps out, files and all', () => {
    const { tt, cookie } = project({
      testCases: [
        {
          summary: 'shared',
          steps: ['* Log on', '+ You are in'],
          attachments: [{ name: 'a.png', text: 'a' }],
        },
        {
          summary: 'main',
          steps: ['* Start', '@1 [1]', '* Work'],
          attachments: [{ name: 'b.png', text: 'b' }],
        },
      ],
    });
    const shared = tt.editTestCase({ cookie, testCaseNumber: 1 });
    const id = shared.attachmentlist?.[0]?.['m-recordid'];
    tt.saveTestCase({
      cookie,
      pTestCase: { ...shared, steps: `* Log on\r\n^${id} [a.png]\r\n+ You are in` },
    });
    tt.generateTestRuns({ cookie, recordID: 2, testRunSet });
    const run = tt.getTestRun({ cookie, testRunNumber: 1, bDownloadAttachments: true });
    const copy = run.attachmentlist?.find((file) => file['m-strFileName'] === 'a.png');
    expect(copy?.['m-recordid']).not.toBe(id);
    expect(copy?.['m-pFileData']).toEqual(Buffer.from('a'));
    expect(run.steps).toBe(
      `* Start\r\n* Log on\r\n^${copy?.['m-recordid']} [a.png]\r\n+ You are in\r\n* Work`,
    );
    expect(run.attachmentlist).toHaveLength(2);
  });

  test.each([
    ['a record ID that no case has', { recordID: 99 }, 6],
    ['no test run set', { testRunSet: '' }, 2],
    ['a test run set that does not exist', { testRunSet: 'Moon 1.0' }, 23],
    ['a variant that does not exist', { testVariants: [{ name: 'Moon', values: values('a') }] }, 11],
    ['a value that does not exist', { testVariants: [{ name: 'Browser', values: values('Lynx') }] }, 23],
  ])('with %s is refused and stores nothing', (_, parts, code) => {
    const harness = project(scenario);
    const { tt, cookie } = harness;
    expect(
      refusalOf(harness, () => tt.generateTestRuns({ cookie, recordID: 12, testRunSet, ...parts })).code,
    ).toBe(code);
  });

  test('of a value that the case excludes is refused with 23', () => {
    const { tt, cookie } = project({
      testCases: [{ summary: 'x', variants: [{ name: 'Browser', type: 'Excluded', values: ['Safari'] }] }],
    });
    const testVariants = [{ name: 'Browser', values: values('Chrome', 'Safari') }];
    const fault = faultOf(() => tt.generateTestRuns({ cookie, recordID: 1, testRunSet, testVariants }));
    expect([fault.code, fault.text]).toEqual([23, expect.stringContaining('"Safari" is excluded')]);
  });

  test('is refused with 23 in a state that does not allow it', () => {
    const { tt, cookie } = project({ testCases: [{ summary: 'x', events: [{ name: 'Hold' }] }] });
    const fault = faultOf(() => tt.generateTestRuns({ cookie, recordID: 1, testRunSet }));
    expect([fault.code, fault.hint]).toEqual([23, expect.stringContaining('canGenerateRuns')]);
  });

  test('of millions of combinations is refused instead of tried', () => {
    const many = Array.from({ length: 200 }, (_, at) => `v${at}`);
    const { tt, cookie } = project({
      lists: { 'Test Variant': { A: many, B: many, C: many } },
      testCases: [{ summary: 'x' }],
    });
    const testVariants = ['A', 'B', 'C'].map((name) => ({ name, values: values(...many) }));
    expect(faultOf(() => tt.generateTestRuns({ cookie, recordID: 1, testRunSet, testVariants })).code).toBe(
      23,
    );
  });

  test('of cases that share each other many times over is refused instead of tried', () => {
    const shares = (id: number) => Array.from({ length: 100 }, () => `@${id} [${id}]`);
    const { tt, cookie } = project({
      testCases: [
        { summary: '1', steps: Array.from({ length: 100 }, () => '* Press the button') },
        { summary: '2', steps: shares(1) },
        { summary: '3', steps: shares(2) },
        { summary: '4', steps: shares(3) },
      ],
    });
    expect(faultOf(() => tt.generateTestRuns({ cookie, recordID: 4, testRunSet })).code).toBe(23);
  });

  test('takes its own command', () => {
    const { tt, logOn } = project({
      ...scenario,
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'dev', last: 'Dev', groups: ['Developers'] },
        { login: 'tess', last: 'Tester', groups: ['Testers'] },
      ],
    });
    const generate = (login: string) => () =>
      tt.generateTestRuns({ cookie: logOn(login, ''), recordID: 12, testRunSet });
    expect(faultOf(generate('dev')).hint).toContain('Generate Test Runs');
    expect(generate('tess')()).toHaveLength(1);
  });
});

describe('generating runs of many test cases', () => {
  const scenario = {
    testCases: [{ summary: 'one' }, { summary: 'two', events: [{ name: 'Obsolete' }] }, { summary: 'three' }],
  };

  test('gives a result for each, the runs whole, and errors instead of a fault', () => {
    const { tt, cookie } = project(scenario);
    const testVariants = [{ name: 'Browser', values: values('Chrome', 'Safari') }];
    const results = tt.generateBatchTestRuns({
      cookie,
      testCases: [1, 2, 3, 99, 1],
      testVariants,
      testRunSet,
    });
    expect(results.map(({ errorList }) => errorList?.length)).toEqual([0, 1, 0, 1, 1]);
    expect(results.map(({ testRunList }) => testRunList?.map(({ summary }) => summary))).toEqual([
      ['one', 'one'],
      [],
      ['three', 'three'],
      [],
      [],
    ]);
    const [run] = results[2]?.testRunList ?? [];
    expect(run).toEqual(tt.getTestRunByRecordID({ cookie, recordID: run?.recordid ?? 0 }));
  });

  test('of none gives nothing', () => {
    const { tt, cookie } = project(scenario);
    expect(tt.generateBatchTestRuns({ cookie, testCases: [], testRunSet })).toEqual([]);
  });

  test.each([
    ['no list of cases', { testCases: undefined }, 2],
    ['a set that does not exist', { testRunSet: 'Moon 1.0' }, 23],
    ['a variant that does not exist', { testVariants: [{ name: 'Moon', values: values('a') }] }, 11],
    ['more cases than anybody wants', { testCases: Array.from({ length: 10_001 }, () => 1) }, 23],
  ])('with %s faults as a whole and stores nothing', (_, parts, code) => {
    const harness = project(scenario);
    const { tt, cookie } = harness;
    const call = () => tt.generateBatchTestRuns({ cookie, testCases: [1], testRunSet, ...parts });
    expect(refusalOf(harness, call).code).toBe(code);
  });
});

describe('saving a test run', () => {
  const scenario = {
    testCases: [{ summary: 'Log on', steps: ['* Open', '+ It opens'] }],
    testRuns: [{ testCase: 1, set: testRunSet, events: [{ name: 'Start' }] }],
  };
  const perform = (pTestRun: object, section: object = scenario) => {
    const harness = project(section);
    const { tt, cookie } = harness;
    const before = tt.editTestRun({ cookie, testRunNumber: 1 });
    const save = (sent: object = pTestRun) => tt.saveTestRun({ cookie, pTestRun: { recordid: 1, ...sent } });
    const get = () => tt.getTestRun({ cookie, testRunNumber: 1 });
    const again = (sent: object) => {
      const run = tt.editTestRun({ cookie, testRunNumber: 1 });
      return tt.saveTestRun({ cookie, pTestRun: { ...run, ...sent } });
    };
    return { ...harness, before, save, get, again };
  };

  test.each([
    ['Pass', 'Passed'],
    ['Fail', 'Failed'],
    ['Unclear', 'Unclear'],
  ])('with nothing but the new event %s leaves it %s, and the earlier events stay', (name, state) => {
    const { save, get } = perform({ eventlist: [{ name, date: '2026-03-02T10:30:00' }] });
    save();
    expect(get()).toMatchObject({ state, testrunset: testRunSet, steps: '* Open\r\n+ It opens' });
    expect(get().eventlist?.map((event) => event.name)).toEqual(['Start', name]);
  });

  test('closes it with Pass and Fail: nobody has it any more', () => {
    const { save, again, get } = perform({
      eventlist: [{ name: 'Assign', assigntolist: ['Lake, Veronica'] }],
    });
    save();
    again({ eventlist: [{ name: 'Pass' }] });
    expect(faultOf(() => again({ eventlist: [{ name: 'Assign' }] })).code).toBe(23);
    expect(get().state).toBe('Passed');
  });

  test('takes results by Enter Result, and a closed run can be opened again', () => {
    const { save, again, get } = perform({
      eventlist: [{ name: 'Enter Result', resultingstate: 'Failed', hours: 0.5 }],
    });
    save();
    expect(get()).toMatchObject({ state: 'Failed', actualhours: 0.5 });
    again({ eventlist: [{ name: 'Re-Open' }] });
    expect(get().state).toBe('Not Started');
  });

  test('never changes which case it is from', () => {
    const { save, get } = perform({ testcasenumber: 7, testcaserecordid: 8, summary: 'Renamed' });
    save();
    expect(get()).toMatchObject({ testcasenumber: 1, testcaserecordid: 1, summary: 'Renamed' });
  });

  test('in grid view puts the problem statement last in the steps, and a new one in its place', () => {
    const { save, again, get } = perform({ problemstatement: 'It crashed\r\ntwice' });
    save();
    expect(get().steps).toBe('* Open\r\n+ It opens\r\n!It crashed\r\n!twice');
    again({ problemstatement: 'It froze' });
    expect(get()).toMatchObject({ steps: '* Open\r\n+ It opens\r\n!It froze', problemstatement: 'It froze' });
    again({});
    expect(get().steps).toBe('* Open\r\n+ It opens\r\n!It froze');
    again({ problemstatement: '' });
    expect(get().steps).toBe('* Open\r\n+ It opens');
  });

  test('in text view leaves the steps alone', () => {
    const { save, get } = perform({ stepsmode: 'Free Form Text View', problemstatement: 'It crashed' });
    save();
    expect(get()).toMatchObject({
      steps: '* Open\r\n+ It opens',
      problemstatement: 'It crashed',
      stepsmode: 'Free Form Text View',
    });
  });

  test.each([
    ['a set that does not exist', { testrunset: 'Moon 1.0' }],
    ['a steps mode that does not exist', { stepsmode: 'Detail Grid View' }],
    ['an event that its state does not allow', { eventlist: [{ name: 'Resume' }] }],
    ['an event that its workflow does not have', { eventlist: [{ name: 'Fix' }] }],
    ['steps that make no sense', { steps: '+ out of nowhere' }],
    ['no summary', { summary: '' }],
  ])('with %s is refused with 23, and the lock stays', (_, sent) => {
    const harness = perform(sent);
    expect(refusalOf(harness, harness.save).code).toBe(23);
    expect(harness.save({ summary: 'in order' })).toBe(0);
  });

  test('is impossible when it was saved in detail grid view', () => {
    const { tt, cookie } = project({
      ...scenario,
      testRuns: [{ testCase: 1, stepsMode: 'Detail Grid View' }],
    });
    const fault = faultOf(() => tt.editTestRunByRecordID({ cookie, recordID: 1 }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('detail grid view')]);
    expect(tt.getTestRun({ cookie, testRunNumber: 1 }).stepsmode).toBe('Detail Grid View');
  });
});

test('a test run is found and deleted like every item', () => {
  const { tt, cookie } = project({
    testCases: [{ summary: 'x' }],
    testRuns: [{ testCase: 1 }, { testCase: 1 }],
  });
  expect(faultOf(() => tt.getTestRun({ cookie, summary: 'x' })).code).toBe(74);
  expect(tt.deleteTestRun({ cookie, testRunNumber: 1 })).toBe(0);
  expect(tt.getTestRun({ cookie, summary: 'x' }).testrunnumber).toBe(2);
  tt.editTestRun({ cookie, testRunNumber: 2 });
  expect(faultOf(() => tt.deleteTestRunByRecordID({ cookie, recordID: 2 })).code).toBe(22);
  tt.cancelSaveTestRun({ cookie, recordID: 2 });
  expect(tt.deleteTestRunByRecordID({ cookie, recordID: 2 })).toBe(0);
  expect(faultOf(() => tt.getTestRunByRecordID({ cookie, recordID: 2 })).code).toBe(6);
});
