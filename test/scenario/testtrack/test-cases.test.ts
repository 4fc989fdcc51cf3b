import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { project } from '../../support/testtrack.ts';

/** The problem that a project in a scenario has. */
function problemOf(section: object): ScenarioProblem {
  try {
    project(section);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was taken');
}

describe('a scenario', () => {
  test('describes test cases with everything that belongs to them', () => {
    const { tt, cookie } = project({
      testCases: [
        {
          recordId: 20,
          number: 4,
          summary: 'Log on',
          type: 'API',
          createdBy: 'lake',
          createdAt: '2026-02-01T12:00:00Z',
          steps: '* Open\n+ It opens\n',
          runStepsMode: 'Free Form Text View',
          variants: [{ name: 'Browser', values: ['Chrome'] }],
          attachments: [{ name: 'a.qaw', text: 'x', type: 'Script', scriptOrder: 3, scriptState: 'Ready' }],
          events: [{ name: 'Assign', assignTo: 'lake' }, { name: 'Ready' }],
        },
        { summary: 'Log off', steps: ['@20 [4]', '* Click'] },
      ],
    });
    expect(tt.getTestCase({ cookie, testCaseNumber: 4 })).toMatchObject({
      recordid: 20,
      createdbyuser: 'Lake, Veronica',
      datetimecreated: '2026-02-01T07:00:00-05:00',
      locationaddedfrom: 'Scenario',
      state: 'Ready',
      steps: '* Open\r\n+ It opens',
      testrunstepsmode: 'Free Form Text View',
      testVariants: [{ name: 'Browser', type: 'Included', values: [{ value: 'Chrome' }] }],
      attachmentlist: [{ 'm-scriptOrder': 3, 'm-strScriptState': 'Ready' }],
    });
    expect(tt.getTestCase({ cookie, summary: 'Log off' })).toMatchObject({ recordid: 21, testcasenumber: 5 });
  });

  test('describes test runs, which say what their case says unless they say otherwise', () => {
    const { tt, cookie } = project({
      testCases: [{ summary: 'Log on', type: 'API', steps: ['* Open'] }],
      testRuns: [
        { testCase: 1, set: 'WysiWrite 5.1', variants: { Browser: 'Safari' }, events: [{ name: 'Pass' }] },
        {
          testCaseRecordId: 1,
          summary: 'Again',
          problemStatement: 'It hung',
          steps: ['* Open', '! It hung'],
        },
      ],
    });
    expect(tt.getTestRun({ cookie, testRunNumber: 1 })).toMatchObject({
      summary: 'Log on',
      type: 'API',
      steps: '* Open',
      state: 'Passed',
      testrunset: 'WysiWrite 5.1',
      testcasenumber: 1,
      testVariants: [{ name: 'Browser', type: 'Generated', values: [{ value: 'Safari' }] }],
    });
    expect(tt.getTestRun({ cookie, summary: 'Again' })).toMatchObject({
      problemstatement: 'It hung',
      steps: '* Open\r\n! It hung',
    });
  });

  test('counts on from its own record IDs and numbers', () => {
    const { tt, cookie } = project({
      testCases: [{ summary: 'x', recordId: 5, number: 9 }],
      testRuns: [{ testCase: 9, recordId: 7, number: 30 }],
    });
    const [run] = tt.generateTestRuns({ cookie, recordID: 5, testRunSet: 'WysiWrite 5.0' });
    expect(run?.recordid).toBe(8);
    expect(tt.getTestRunByRecordID({ cookie, recordID: 8 }).testrunnumber).toBe(31);
  });
});

describe('a scenario is refused, with the place, for', () => {
  const at = (...path: (string | number)[]) => ['testtrack', 'projects', 0, ...path];
  const testCases = [{ summary: 'x' }];

  test.each([
    [
      'a type that is not in the list',
      { testCases: [{ summary: 'x', type: 'Moon' }] },
      at('testCases', 0, 'type'),
    ],
    [
      'a variant value that is not in the list',
      { testCases: [{ summary: 'x', variants: [{ name: 'Browser', values: ['Lynx'] }] }] },
      at('testCases', 0),
    ],
    [
      'steps that make no sense',
      { testCases: [{ summary: 'x', steps: '+ a' }] },
      at('testCases', 0, 'steps'),
    ],
    [
      'cases that share each other',
      {
        testCases: [
          { summary: 'x', steps: '@2 [2]' },
          { summary: 'y', steps: '@1 [1]' },
        ],
      },
      at('testCases', 0, 'steps'),
    ],
    [
      'two cases of one number',
      { testCases: [...testCases, { summary: 'y', number: 1 }] },
      at('testCases', 1, 'number'),
    ],
    [
      'a run of a case that is not there',
      { testCases, testRuns: [{ testCase: 3 }] },
      at('testRuns', 0, 'testCase'),
    ],
    ['a run without a case', { testCases, testRuns: [{}] }, at('testRuns', 0)],
    [
      'a set that is not in the list',
      { testCases, testRuns: [{ testCase: 1, set: 'Moon' }] },
      at('testRuns', 0, 'set'),
    ],
    [
      'an event that the state does not allow',
      { testCases, testRuns: [{ testCase: 1, events: [{ name: 'Resume' }] }] },
      at('testRuns', 0, 'events', 0, 'name'),
    ],
  ])('%s', (_, section, path) => {
    expect(problemOf(section).path).toEqual(path);
  });
});
