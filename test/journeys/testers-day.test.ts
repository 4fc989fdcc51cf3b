import { expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: [
      { login: 'tess', password: 'tess', first: 'Tess', last: 'Tester', groups: ['Testers'] },
      { login: 'dev', password: 'dev', first: 'Dave', last: 'Developer', groups: ['Developers'] },
    ],
  },
]);

test('a tester’s day: a case, its runs, a failure, a defect, its fix, and everything closed in the evening', async () => {
  const tess = await logOn('tess', 'tess');

  // In the morning she writes a test case, has it looked at, and says that it is ready.
  const caseId = await tt.addTestCase({
    cookie: tess,
    pTestCase: {
      summary: 'Print a page in %Z_BROWSER%',
      type: 'GUI',
      steps: '* Choose Print\r\n+ The dialog opens\r\n## Any printer will do\r\n* Confirm',
      testVariants: [{ name: 'Browser', type: 'Excluded', values: [{ value: 'Firefox' }] }],
    },
  });
  await tt.editTestCaseByRecordID({ cookie: tess, recordID: caseId });
  await tt.saveTestCase({ cookie: tess, pTestCase: { recordid: caseId, eventlist: [{ name: 'Ready' }] } });
  expect((await tt.getTestCaseByRecordID({ cookie: tess, recordID: caseId })).state).toBe('Ready');

  // She generates a run for each browser that counts.
  const sets = await tt.getDropdownFieldValuesForTable({
    cookie: tess,
    tablename: 'Test Run',
    fieldname: 'Test Run Set',
  });
  const testRunSet = sets[0]?.value ?? '';
  const browser = (...names: string[]) => [{ name: 'Browser', values: names.map((value) => ({ value })) }];
  const generate = (testVariants: ReturnType<typeof browser>) =>
    tt.generateTestRuns({ cookie: tess, recordID: caseId, testVariants, testRunSet });
  expect((await faultOf(generate(browser('Firefox')))).detail).toBe('23');
  const runs = await generate(browser('Chrome', 'Safari'));
  const [chrome = 0, safari = 0] = runs.map(({ recordid }) => recordid ?? 0);

  // The first run passes.
  twin.clock.advance('30m');
  await tt.editTestRunByRecordID({ cookie: tess, recordID: chrome });
  await tt.saveTestRun({ cookie: tess, pTestRun: { recordid: chrome, eventlist: [{ name: 'Start' }] } });
  twin.clock.advance('10m');
  await tt.editTestRunByRecordID({ cookie: tess, recordID: chrome });
  await tt.saveTestRun({ cookie: tess, pTestRun: { recordid: chrome, eventlist: [{ name: 'Pass' }] } });
  expect(await tt.getTestRunByRecordID({ cookie: tess, recordID: chrome })).toMatchObject({
    summary: 'Print a page in Chrome',
    steps: '* Choose Print\r\n+ The dialog opens\r\n# Any printer will do\r\n* Confirm',
    state: 'Passed',
    testrunset: testRunSet,
  });

  // The second fails, and she says why.
  const run = await tt.editTestRunByRecordID({ cookie: tess, recordID: safari });
  await tt.saveTestRun({
    cookie: tess,
    pTestRun: { ...run, problemstatement: 'The dialog stays empty', eventlist: [{ name: 'Fail' }] },
  });
  const failed = await tt.getTestRunByRecordID({ cookie: tess, recordID: safari });
  expect(failed.state).toBe('Failed');
  expect(failed.steps?.split('\r\n').at(-1)).toBe('!The dialog stays empty');

  // A defect comes of it, linked to the run.
  const draft = await tt.createDefectForTestRun({ cookie: tess, recordID: safari });
  expect(draft.summary).toBe('Print a page in Safari');
  const defectId = await tt.addDefectWithLink({
    cookie: tess,
    pDefect: { ...draft, type: 'Incorrect functionality', priority: 'High' },
    testRunRecordID: safari,
  });
  const [link] = await tt.getLinksForDefect({ cookie: tess, defectRecordID: defectId });
  const linked = [link?.linkparent, ...(link?.childList ?? [])].map(
    (item) => item && `${item.tablename} ${item.entityID}`,
  );
  expect(linked).toEqual(expect.arrayContaining([`Test Run ${safari}`, `Defect ${defectId}`]));
  await tt.editDefectByRecordID({ cookie: tess, recordID: defectId });
  await tt.saveDefect({
    cookie: tess,
    pDefect: { recordid: defectId, eventlist: [{ name: 'Assign', assigntolist: ['Developer, Dave'] }] },
  });

  // The developer fixes it.
  twin.clock.advance('50m');
  const dave = await logOn('dev', 'dev');
  const defect = await tt.editDefectByRecordID({ cookie: dave, recordID: defectId });
  expect(defect.reportedbylist?.[0]).toMatchObject({
    foundby: 'Tester, Tess',
    comments: 'The dialog stays empty',
    otherhardwaresoftware: 'Browser: Safari',
  });
  await tt.saveDefect({
    cookie: dave,
    pDefect: {
      ...defect,
      eventlist: [
        ...(defect.eventlist ?? []),
        {
          name: 'Fix',
          hours: 1.5,
          fieldlist: [{ $type: 'CDropdownField', name: 'Resolution', value: 'Code Change' }],
        },
      ],
    },
  });
  expect((await faultOf(tt.generateTestRuns({ cookie: dave, recordID: caseId, testRunSet }))).detail).toBe(
    '5',
  );
  await tt.DatabaseLogoff({ cookie: dave });

  // She opens the run again, passes it, and verifies the defect.
  await tt.editTestRunByRecordID({ cookie: tess, recordID: safari });
  await tt.saveTestRun({
    cookie: tess,
    pTestRun: {
      recordid: safari,
      eventlist: [
        { name: 'Re-Open', eventaddorder: 1 },
        { name: 'Pass', eventaddorder: 2 },
      ],
    },
  });
  const fixed = await tt.editDefectByRecordID({ cookie: tess, recordID: defectId });
  expect(fixed).toMatchObject({ state: 'Fixed', actualhourstofix: 1.5 });
  await tt.saveDefect({
    cookie: tess,
    pDefect: { ...fixed, eventlist: [{ name: 'Verify', resultingstate: 'Closed' }] },
  });

  // In the evening everything is closed, and the history says how it came about.
  const closed = await tt.getDefectByRecordID({ cookie: tess, recordID: defectId });
  expect(closed.state).toBe('Closed');
  expect(closed.eventlist?.map(({ name, user }) => `${name} by ${user}`)).toEqual([
    'Assign by Tester, Tess',
    'Fix by Developer, Dave',
    'Verify by Tester, Tess',
  ]);
  const passed = await tt.getTestRunByRecordID({ cookie: tess, recordID: safari });
  expect([passed.state, passed.eventlist?.map(({ name }) => name)]).toEqual([
    'Passed',
    ['Fail', 'Re-Open', 'Pass'],
  ]);
  expect(await tt.DatabaseLogoff({ cookie: tess })).toBe(0);
  expect((await faultOf(tt.getTestCase({ cookie: tess, testCaseNumber: 1 }))).detail).toBe('17');
});
