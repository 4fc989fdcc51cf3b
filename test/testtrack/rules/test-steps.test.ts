import { describe, expect, test } from 'vitest';
import { filesOf, kindOfLine, mapFiles, mapLines } from '../../../src/testtrack/rules/test-steps.ts';
import { faultOf, project } from '../../support/testtrack.ts';

/** Adds a test case with these lines as steps. */
function adding(...lines: string[]) {
  const { tt, cookie } = project({ testCases: [{ summary: 'Log on', steps: ['* Open the dialog'] }] });
  return () => tt.addTestCase({ cookie, pTestCase: { summary: 'new', steps: lines.join('\r\n') } });
}

describe('a line of steps', () => {
  test.each([
    ['*Open it', 'step'],
    ['* Open it', 'step'],
    ['+ It opens', 'result'],
    ['^123 [shot.jpg]', 'attachments'],
    ['^8s [log.txt];9 [shot.jpg]', 'attachments'],
    ['# Take care', 'comment'],
    ['## The password is admin', 'note'],
    ['@23 [TC-15]', 'shared'],
    ['! It crashed', 'problem'],
    ['and wait', 'text'],
    [' * not at the start', 'text'],
    ['@home', 'text'],
    ['^ up', 'text'],
    ['', 'text'],
  ])('"%s" is a line of %s', (line, kind) => {
    expect(kindOfLine(line)).toBe(kind);
  });

  test('of attachments names files by record ID; an s marks one under source control', () => {
    expect(filesOf('^123 [shot.jpg]; 8s [log.txt]')).toEqual([
      { recordId: 123, isSource: false },
      { recordId: 8, isSource: true },
    ]);
    expect(mapFiles('^123 [shot.jpg]; 8s [log.txt]', ({ recordId }) => recordId + 1)).toBe(
      '^124 [shot.jpg]; 9s [log.txt]',
    );
  });

  test('can be changed without touching any line end', () => {
    expect(mapLines('a\r\nb\nc\rd\r\n', (line) => `<${line}>`)).toBe('<a>\r\n<b>\n<c>\r<d>\r\n<>');
  });
});

describe('steps are refused with 23', () => {
  test.each([
    ['an expected result without a step', '+ It opens'],
    ['a step note without a step', '## note'],
    ['an attachment before any step', '^1 [a.png]'],
    ['a shared test case that does not exist', '@99 [TC-99]'],
    ['a file that the case does not have', '* Open\r\n^77 [shot.jpg]'],
    ['a source control file that the case does not have', '* Open\r\n^77s [log.txt]'],
    ['an expected result right behind shared steps', '@1 [1]\r\n+ It opens'],
  ])('for %s', (_, steps) => {
    const fault = faultOf(adding(...steps.split('\r\n')));
    expect([fault.code, fault.text]).toEqual([23, expect.stringContaining('makes no sense')]);
  });

  test('and the hint shows the line and its number', () => {
    const fault = faultOf(adding('# First', '+ It opens'));
    expect(fault.text).toContain('line 2');
    expect(fault.hint).toContain('"+ It opens"');
  });
});

describe('steps are taken as they are', () => {
  test.each([
    ['comments before and behind a step', ['# a', '* b', '# c', '+ d']],
    ['a result behind a result, and behind a step note', ['* a', '+ b', '+ c', '## d', '+ e']],
    ['shared steps of a case that exists', ['@1 [1]', '* b']],
    ['text without codes', ['first this', 'then that']],
    ['codes of results', ['* a', '+ b', '~2;1;2011-03-10T10:07:34-00:00', '?nothing', '%5 [shot.jpg]']],
  ])('%s', (_, lines) => {
    expect(adding(...lines)()).toBe(2);
  });

  test('character by character', () => {
    const { tt, cookie } = project();
    const steps = '* a \r\n+  b\n\r\n## <b>c</b> & d\t\r\n';
    const recordID = tt.addTestCase({ cookie, pTestCase: { summary: 'new', steps } });
    expect(tt.getTestCaseByRecordID({ cookie, recordID }).steps).toBe(steps);
  });
});

describe('shared steps', () => {
  test('cannot come back to the case they are in, not even by way of another', () => {
    const { tt, cookie } = project({
      testCases: [
        { summary: 'a', steps: ['* a'] },
        { summary: 'b', steps: ['@1 [1]'] },
      ],
    });
    const save = (recordid: number, steps: string) => {
      const { recordid: id } = tt.editTestCaseByRecordID({ cookie, recordID: recordid });
      return () => tt.saveTestCase({ cookie, pTestCase: { recordid: id, steps } });
    };
    const fault = faultOf(save(1, '@2 [2]'));
    expect([fault.code, fault.hint]).toEqual([23, expect.stringContaining('share its own steps')]);
  });

  test('of a case that was deleted since do not keep the others from being edited', () => {
    const { tt, cookie } = project({
      testCases: [
        { summary: 'a', steps: ['* a'] },
        { summary: 'b', steps: ['@1 [1]'] },
      ],
    });
    tt.deleteTestCaseByRecordID({ cookie, recordID: 1 });
    const before = tt.editTestCase({ cookie, testCaseNumber: 2 });
    tt.saveTestCase({ cookie, pTestCase: { ...before, steps: `${before.steps}\r\n* more` } });
    expect(tt.getTestCase({ cookie, testCaseNumber: 2 }).steps).toBe('@1 [1]\r\n* more');
  });
});
