import { describe, expect, test } from 'vitest';
import type { Selector } from '../../../src/aptest/model/run-head.ts';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { demoSection, openSuite, smallSection, startSeconds } from '../../support/aptest.ts';

const fields = [
  { name: 'title', type: 'text', label: 'Title' },
  { name: 'kind', type: 'list', style: 'multiple', values: [{ value: 'a', description: 'Alpha' }, 'b'] },
  { name: 'author', type: 'user' },
  { name: 'made', type: 'date' },
  { name: 'secret', flags: ['hidden', 'selectable'] },
  { name: 'fixed', type: 'text', flags: [] },
];
const tests = [
  { id: 'X/1', fields: { title: 'Any idea', kind: ['a', 'b'], author: 'ann', made: '2009-02-01' } },
  { id: 'X/2', fields: { title: 'idea', kind: ['b'], author: 'bob', made: String(startSeconds - 86_400) } },
  { id: 'Y/3', fields: { title: 'Other', author: 'ann' } },
];
const fresh = () =>
  new TestSession(
    openSuite(smallSection({ fields, tests }, { users: [{ name: 'ann', fullname: 'Ann Smith' }, 'bob'] })),
  );

function chosen(prepare: (session: TestSession) => void): string[] {
  const session = fresh();
  prepare(session);
  session.selectTests();
  return session.testList().map((id) => id.replace(/\D/g, ''));
}

describe('selectors', () => {
  test('take alternatives within a field, and all fields together or any of them', () => {
    expect(chosen((s) => s.selector('kind', ['a', 'b']))).toEqual(['1', '2']);
    const both = (s: TestSession) => {
      s.selector('kind', 'a');
      s.selector('author', 'bob');
    };
    expect(chosen(both)).toEqual([]);
    expect(
      chosen((s) => {
        both(s);
        s.orAmongFields(true);
      }),
    ).toEqual(['1', '2']);
  });

  test('"any" restricts nothing, and is a plain value with searchAndReplace', () => {
    expect(chosen((s) => s.selector('title', 'any'))).toEqual(['1', '2', '3']);
    expect(
      chosen((s) => {
        s.selector('title', 'any');
        s.searchAndReplace(true);
      }),
    ).toEqual(['1']);
  });

  test('searchAndReplace searches menus by pattern and users by full name', () => {
    expect(
      chosen((s) => {
        s.selector('author', 'Smith');
        s.searchAndReplace(true);
      }),
    ).toEqual(['1', '3']);
    expect(
      chosen((s) => {
        s.selector('kind', '^A$', { isRE: true });
        s.searchAndReplace(true);
      }),
    ).toEqual(['1']);
    expect(chosen((s) => s.selector('author', 'Smith'))).toEqual([]);
  });

  test('ids name tests, or are plain texts with idsAsStrings', () => {
    expect(chosen((s) => s.selector('atm_id', 'X.dir/2.bts'))).toEqual(['2']);
    expect(chosen((s) => s.selector('atm_id', 'X'))).toEqual([]);
    expect(
      chosen((s) => {
        s.selector('atm_id', 'X.');
        s.idsAsStrings(true);
      }),
    ).toEqual(['1', '2']);
  });

  test('dynamic ones are read anew: me, today, yesterday', () => {
    expect(chosen((s) => s.selector('author', 'me', { isDynamic: true }))).toEqual(['1', '3']);
    expect(chosen((s) => s.selector('made', 'today', { isDynamic: true }))).toEqual(['1']);
    expect(chosen((s) => s.selector('made', 'yesterday', { isDynamic: true }))).toEqual(['2']);
    expect(chosen((s) => s.selector('made', '2009-01-01..2009-01-31'))).toEqual(['2']);
  });

  test('on execution fields choose by what happened', () => {
    const session = new TestSession(openSuite(demoSection(), { suite: 'Example', user: 'lake' }), 57, true);
    session.runSelector('results', ['fail', 'retest']);
    expect(session.countTests()).toBe(2);
    expect(session.runSelector('results', { values: ['pass'] })).toEqual({ values: ['pass'] });
    expect(session.runSelector()).toEqual({ results: { values: ['pass'] } });
    expect(session.agentSelector('platform', 'x')).toEqual({ values: ['x'] });
    expect(session.agentSelector()).toEqual({ platform: { values: ['x'] } });
  });

  test('choose among given tests only, in an order that is no order when asked', () => {
    const session = fresh();
    expect(session.selectTests(true, ['Y/3', 'X/1', 'none'])).toBe(2);
    expect(session.testList()).toEqual(['Y.dir/3.bts', 'X.dir/1.bts']);
    expect(session.selectTests(false, undefined, false)).toBe(3);
    const order = session.testList();
    expect([...order].sort()).toEqual(['X.dir/1.bts', 'X.dir/2.bts', 'Y.dir/3.bts']);
    const again = fresh();
    again.selectTests(true, undefined, false);
    expect(again.testList()).toEqual(order);
    session.sortKeys(['-title']);
    session.selectTests();
    expect(session.testList()[0]).toBe('X.dir/2.bts');
  });
});

describe('words about selectors', () => {
  const selector = (values: string[], rest: Partial<Selector> = {}): Selector => ({ values, ...rest });

  test('a value is matched on its own', () => {
    const session = fresh();
    expect(session.stringMatch('Big Idea', selector(['idea']))).toBe(true);
    expect(session.stringMatch('Big Idea', selector(['idea'], { isCS: true }))).toBe(false);
    expect(session.stringMatch('Big Idea', selector(['^B.*a$'], { isRE: true }))).toBe(true);
    expect(session.stringMatch('Big Idea', selector(['('], { isRE: true }))).toBe(false);
    expect(session.stringMatch('b', selector(['a', 'b']), 'kind')).toBe(true);
    expect(session.stringMatch('x', selector(['any']))).toBe(true);
  });

  test('a selector is described in words', () => {
    const session = fresh();
    expect(session.selDesc('kind', selector(['a', 'b']))).toBe('kind is Alpha or b');
    expect(session.selDesc('title', selector(['x'], { isCS: true }))).toBe(
      'Title contains x (case-sensitive)',
    );
    expect(session.selDesc('title', selector(['^x'], { isRE: true }))).toBe('Title matches ^x');
    expect(session.selDesc('author', selector(['me'], { isDynamic: true }))).toBe('author is ann');
    expect(session.selDesc('author', selector(['me'], { isDynamic: true }), false)).toBe('author is me');
    expect(session.selDesc('author', selector([]))).toBe('author is anything');
  });

  test('fields that show and may be selected by are listed', () => {
    expect(fresh().selectableList()).toEqual(['atm_id', 'atm_reqlink', 'title', 'kind', 'author', 'made']);
    expect(fresh().selectableList(true, 'SCHEMA_')).toEqual(['SCHEMA_kind', 'SCHEMA_author']);
  });
});
