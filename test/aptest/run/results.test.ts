import { describe, expect, test } from 'vitest';
import { Field } from '../../../src/aptest/run/field.ts';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { openSuite, smallSection, startSeconds } from '../../support/aptest.ts';

const executionFields = [
  { name: 'build', label: 'zBuild' },
  {
    name: 'browser',
    label: 'Browser',
    type: 'list',
    style: 'multiple',
    values: [{ value: 'ff', description: 'Firefox' }, 'op'],
    default: 'ff',
  },
  { name: 'inner', flags: ['hidden'] },
];
const session = () => new TestSession(openSuite(smallSection({ executionFields })), 1, true);

describe('notes', () => {
  test('with a result are executions, without one notes; both stay, oldest first', () => {
    const one = session();
    one.note(0, 'first', 'fail', 60, 30, true);
    const html = one.note(0, 'second & <last>');
    expect(html.match(/<div class="note">/g)).toHaveLength(2);
    expect(html).toContain(
      '<span class="result">note</span> <span class="text">second &amp; &lt;last&gt;</span>',
    );
    expect(one.notesOfTest(0)[0]).toMatchObject({
      result: 'fail',
      clocktime: 60,
      stafftime: 30,
      isImported: true,
    });
    expect(one.testCase(0)).toMatchObject({
      results: 'fail',
      exectimeclock: '60',
      exectimestaff: '30',
      when: String(startSeconds),
    });
    expect(one.noteText(0)).toBe('second &amp; &lt;last&gt;');
    expect(one.noteText(0, true)).toBe('second & <last>');
    expect(one.notesText(0, true)).toBe('first\nsecond & <last>');
    expect(one.notesText(0)).toBe('first<br>second &amp; &lt;last&gt;');
    expect(one.noteText(1)).toBe('');
  });

  test('refuse a test that is not there', () => {
    expect(() => session().note(7, 'x')).toThrow('No such test in the session: 7');
    expect(session().note(7)).toBe('');
  });
});

describe('results', () => {
  test('are read, listed, counted, and set in the deprecated way', () => {
    const one = session();
    expect(one.result(0, 'pass')).toBe('pass');
    expect(one.result(9)).toBeUndefined();
    expect(one.resList().sort()).toEqual(['pass', 'untested']);
    expect(one.results().map(({ code }) => code)).toEqual(['pass', 'untested', 'fail']);
    const given = [{ code: 'odd', description: 'Odd', colour: 'red' }];
    expect(one.resList(given)).toEqual(['odd']);
    expect(one.results(given)).toBe(given);
    expect(one.results()).toBe(given);
    expect(one.resultCounts()).toEqual([
      ['pass', 1],
      ['untested', 2],
      ['fail', 0],
    ]);
    expect(one.notesOfTest(0)).toEqual([]);
  });

  test('of the running test are stamped with now', () => {
    const one = session();
    expect(one.currTestStatus()).toBeUndefined();
    expect(one.currTest()).toBeUndefined();
    expect(() => one.currTest(9)).toThrow('No such test in the session: 9');
    expect(one.currTest(1)).toMatchObject({ id: 'A.dir/Two.bts', results: 'untested' });
    expect(one.currTestStatus('fail')).toBe('fail');
    expect(one.currTest()).toMatchObject({ lastUpdate: String(one.suite.now) });
    expect(one.currTest()).toMatchObject({ results: 'fail', when: String(startSeconds) });
    expect(one.id()).toBe('A.dir/Two.bts');
    expect(one.currTest(null)).toBeUndefined();
    expect(one.id()).toBe('');
  });

  test('run data show line ends as breaks, and a dry run stores nothing', () => {
    const one = session();
    expect(one.runData(0, 'a\n<b>')).toBe('a<br>&lt;b&gt;');
    expect(one.runData(0, 'x\ny', true)).toBe('x&#10;y');
    expect(one.runData(0)).toBe('a<br>&lt;b&gt;');
  });
});

describe('execution fields', () => {
  test('are listed in all the ways of the manual', () => {
    const one = session();
    expect(one.flist()).toContain('inner');
    expect(one.fieldOrder()).toEqual(one.flist());
    expect(one.visibleList()).not.toContain('inner');
    expect(one.visibleList()).not.toContain('timeclock');
    expect(one.visibleList(true)).toContain('timeclock');
    expect(one.sortedFlist().at(-1)).toBe('build');
    expect(one.settableList()).toContain('atm_prid');
    expect(one.settableList()).not.toContain('results');
    expect(one.multiLists()).toEqual(['browser']);
    expect(one.runDataDefaults()).toEqual({ browser: 'ff' });
    expect(one.typeOf('browser')).toBe('list');
    expect(one.typeOf('nothing')).toBe('');
    expect(one.sizeOf('runData')).toEqual([4, 60]);
    expect(one.sizeOf('nothing')).toBe('');
    expect(one.field('prid')?.name).toBe('atm_prid');
    expect(one.field('nothing')).toBeUndefined();
    expect(one.field().size).toBe(one.flist().length);
    expect(TestSession.Field).toBe(Field);
  });
});

describe('a field', () => {
  test('falls back as the manual says', () => {
    const plain = new Field('name');
    expect([plain.label(), plain.prompt(), plain.type(), plain.style(), plain.varName()]).toEqual([
      'name',
      'name',
      'text',
      'text',
      'name',
    ]);
    expect([
      plain.valuesList(),
      plain.descs(),
      plain.isList(),
      plain.isRange(),
      plain.isDate(),
      plain.getFlags(),
    ]).toEqual([undefined, undefined, false, false, 0, '']);
    const full = new Field({
      name: 'n',
      label: 'L',
      prompt: 'P',
      type: 'list',
      style: 'multiple',
      varName: 'v',
      values: [{ value: 'a', description: 'A' }, { value: 'b' }],
      flags: ['hidden', 'selectable'],
    });
    expect([full.label(), full.prompt(), full.type(), full.style(), full.varName()]).toEqual([
      'L',
      'P',
      'list',
      'multiple',
      'v',
    ]);
    expect([full.valuesList(), full.descs(), full.isList(), full.getFlags()]).toEqual([
      ['a', 'b'],
      ['A', 'b'],
      true,
      'hidden,selectable',
    ]);
    expect(full.hasFlag('hidden')).toBe(true);
  });

  test('has a size, or rows and columns', () => {
    expect(new Field('n').sizeAsHtml(20)).toBe('size="20"');
    expect(new Field({ name: 'n', type: 'textarea', rows: 9, cols: 70, flags: [] }).sizeAsHtml(50)).toBe(
      'rows="9" cols="50"',
    );
    expect(new Field({ name: 'n', type: 'list', style: 'multiple', flags: [] }).size()).toBe(4);
  });

  test('knows dates and ranges', () => {
    expect(new Field({ name: 'n', type: 'date', flags: [] }).isDate()).toBe(1);
    expect(new Field({ name: 'n', type: 'datetime', flags: [] }).isDate()).toBe(2);
    expect(new Field({ name: 'n', type: 'number', flags: [] }).isRange()).toBe(true);
  });

  test('writes HTML by its style, and links to http only', () => {
    const link = new Field({ name: 'n', style: 'link', flags: [] });
    expect(link.asHtml('http://x/?a&"b"')).toBe(
      '<a href="http://x/?a&amp;&quot;b&quot;" rel="noreferrer">http://x/?a&amp;&quot;b&quot;</a>',
    );
    expect(link.asHtml('javascript:alert(1)')).toBe('javascript:alert(1)');
    expect(new Field('n').asHtml('<ü>')).toBe('&lt;&#252;&gt;');
    const list = new Field({
      name: 'n',
      type: 'list',
      values: [{ value: 'a', description: '<A>' }],
      flags: [],
    });
    expect(list.asHtml(['a', 'x'])).toBe('&lt;A&gt;, x');
  });
});
