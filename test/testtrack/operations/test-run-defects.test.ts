import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const scenario = {
  testCases: [{ summary: 'Log on', steps: ['* Open', '+ It opens'] }],
  testRuns: [{ testCase: 1, problemStatement: 'It crashed', variants: { Browser: 'Safari' } }],
};

describe('creating a defect for a test run', () => {
  test('gives a defect that says what the run says and stores nothing, not even a number', () => {
    const { tt, cookie, runner } = project(scenario);
    const kept = () => runner.world.collections.filterNot(({ table }) => table.isVolatile);
    const [before, counters] = [kept(), runner.world.counters];
    const defect = tt.createDefectForTestRun({ cookie, recordID: 1 });
    expect(kept().equals(before)).toBe(true);
    expect(runner.world.counters).toBe(counters);
    expect(defect).toEqual({
      recordid: 0,
      summary: 'Log on',
      enteredby: 'Administrator, System',
      createdbyuser: 'Administrator, System',
      dateentered: '2026-03-02',
      reportedbylist: [
        {
          recordid: 0,
          foundby: 'Administrator, System',
          datefound: '2026-03-02',
          comments: 'It crashed',
          reproducedsteps: '* Open\r\n+ It opens',
          otherhardwaresoftware: 'Browser: Safari',
          showorder: 1,
        },
      ],
    });
  });

  test('gives one that addDefect takes once it has a type', () => {
    const { tt, cookie } = project(scenario);
    const pDefect = { ...tt.createDefectForTestRun({ cookie, recordID: 1 }), type: 'Cosmetic' };
    const recordID = tt.addDefect({ cookie, pDefect });
    const defect = tt.getDefectByRecordID({ cookie, recordID });
    expect(defect).toMatchObject({ defectnumber: 1, summary: 'Log on', state: 'Open' });
    expect(defect.reportedbylist?.[0]).toMatchObject({ comments: 'It crashed' });
    expect(tt.getLinksForDefect({ cookie, defectRecordID: recordID })).toEqual([]);
  });

  test('for a run that does not exist is refused with 6', () => {
    const { tt, cookie } = project(scenario);
    expect(faultOf(() => tt.createDefectForTestRun({ cookie, recordID: 9 })).code).toBe(6);
  });

  test('needs both areas and the command to add defects', () => {
    const { tt, logOn } = project(scenario);
    for (const only of ['TestTrack Pro', 'TestTrack TCM']) {
      const cookie = logOn('admin', 'secret', [only]);
      expect(faultOf(() => tt.createDefectForTestRun({ cookie, recordID: 1 })).code).toBe(5);
      expect(faultOf(() => tt.addDefectWithLink({ cookie, testRunRecordID: 1 })).code).toBe(5);
    }
  });
});

describe('adding a defect with a link', () => {
  test('stores the defect and links it to the run', () => {
    const { tt, cookie } = project(scenario);
    const pDefect = tt.createDefectForTestRun({ cookie, recordID: 1 });
    const recordID = tt.addDefectWithLink({ cookie, pDefect, testRunRecordID: 1 });
    expect(tt.getDefectByRecordID({ cookie, recordID }).summary).toBe('Log on');
    const links = tt.getLinksForDefect({ cookie, defectRecordID: recordID });
    expect(links).toHaveLength(1);
    const items = [...(links[0]?.linkparent ? [links[0].linkparent] : []), ...(links[0]?.childList ?? [])];
    expect(items.map(({ tablename, entityID }) => `${tablename} ${entityID}`).sort()).toEqual([
      `Defect ${recordID}`,
      'Test Run 1',
    ]);
    expect(tt.getLinksForItem({ cookie, tablename: 'Test Run', itemRecordID: 1 })).toEqual(links);
  });

  test.each([
    ['a run that does not exist', { pDefect: { summary: 'x' }, testRunRecordID: 9 }, 6],
    ['no defect', { testRunRecordID: 1 }, 2],
    ['a defect that is refused', { pDefect: { summary: 'x', type: 'Moon' }, testRunRecordID: 1 }, 23],
  ])('with %s stores neither', (_, parts, code) => {
    const { tt, cookie, runner } = project(scenario);
    expect(refusalOf({ runner }, () => tt.addDefectWithLink({ cookie, ...parts })).code).toBe(code);
  });
});
