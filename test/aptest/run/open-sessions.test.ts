import { describe, expect, test } from 'vitest';
import { OpenSessions } from '../../../src/aptest/run/open-sessions.ts';
import { sessionSignatures, signatureText } from '../../../src/aptest/run/signatures.ts';
import { Runner } from '../../../src/runner/runner.ts';
import { Clock } from '../../../src/world/clock.ts';
import { demoSection, loadApTest, smallSection, startSeconds } from '../../support/aptest.ts';

function openSessions(section: object = demoSection(), world = 'main') {
  const loaded = loadApTest(section);
  const runner = new Runner(loaded.world, new Clock(() => startSeconds * 1000, loaded.clock));
  const sessions = new OpenSessions(runner, world, () => 'end');
  const opened = (args: readonly unknown[] = [], user = 'lake'): string =>
    sessions.call({ method: 'new', args, suite: 'Example', user }).handle ?? '';
  const on =
    (handle: string) =>
    (method: string, ...args: unknown[]): unknown =>
      sessions.call({ method, args, handle }).result;
  return { runner, sessions, opened, on };
}

describe('a session that a program outside holds open', () => {
  test('keeps what it was told from call to call, and is in nobody’s list before it is saved', () => {
    const { runner, opened, on } = openSessions();
    const before = runner.world;
    const session = on(opened());
    expect(session('description', 'A sample session')).toBe('A sample session');
    session('selector', 'TestType', ['smoke']);
    expect(session('selectTests')).toBe(6);
    session('sortKeys', ['-priority']);
    expect(session('sortKeys')).toEqual(['-priority']);
    expect(session('suffix', '_b')).toBe('_b');
    expect(session('suffix')).toBe('_b');
    expect(session('sessionId')).toBeNull();
    expect(runner.world).toBe(before);
    expect(session('save', true, 'new')).toBe('00124');
    expect(session('description')).toBe('A sample session');
    expect(runner.world).not.toBe(before);
  });

  test('sees what others do to a saved one, and says when it is gone', () => {
    const { sessions, opened, on } = openSessions();
    const [mine, other] = [on(opened([57, true])), on(opened([57, true]))];
    other('description', 'Changed meanwhile');
    expect(mine('description')).toBe('Changed meanwhile');
    other('sessionId', 900);
    expect(() => mine('description')).toThrow('No such session: 57');
    expect(
      sessions.call({ method: 'new', args: [900], suite: 'Example', user: 'lake' }).handle,
    ).toBeDefined();
  });

  test('changes nothing by a call that is refused', () => {
    const { runner, opened, on } = openSessions();
    const session = on(opened([57, true]));
    const before = runner.world;
    for (const [method, ...args] of [
      ['locked', 3],
      ['runmode', 'backwards'],
      ['variable', 'nothing', 'x'],
      ['numtests', 'many'],
      ['testCase', 0, { nothing: 'x' }],
      ['description', 'a', 'b'],
      ['insertTests', 0, [{ name: 'x' }]],
      ['reboot'],
      ['constructor'],
      ['toString'],
      ['__proto__'],
    ] as const) {
      expect(() => session(method, ...args), method).toThrow(/argument|No such/i);
      expect(runner.world, method).toBe(before);
    }
  });

  test('opened for reading cannot be written', () => {
    const { opened, on } = openSessions();
    expect(() => on(opened([57]))('description', 'x')).toThrow('was opened for reading');
  });

  test('can be given to a method of another one', () => {
    const { opened, on } = openSessions();
    const first = opened([57, true]);
    const copy = on(opened());
    copy('copy', { $session: first });
    expect(copy('numtests')).toBe(on(first)('numtests'));
    expect(() => copy('copy', { $session: 'nobody' })).toThrow('No such open session: nobody');
    expect(() => copy('copy', 'text')).toThrow('Not an open session');
  });

  test('is in use while it is open for writing, and no longer than that', () => {
    const { sessions, opened, on } = openSessions();
    const reader = on(opened([1]));
    expect(reader('isActive')).toBe(false);
    const handles = [opened([1, true]), opened([1, true])];
    expect(reader('isActive')).toBe(true);
    for (const [at, handle] of handles.entries()) {
      sessions.call({ method: 'DESTROY', args: [], handle });
      expect(reader('isActive')).toBe(at === 0);
    }
  });

  test('takes flags in the places of the manual', () => {
    const { opened, on } = openSessions();
    const session = on(opened([57, true]));
    const table = session('buildSelectorTable', {}, 0, 0, 1, 1);
    expect(table).not.toContain('RUNDATA_');
    expect(session('buildSelectorTable', { TestType: { values: ['smoke'] } })).toMatch(
      /<option value="smoke" selected>.*RUNDATA_results/s,
    );
    expect(session('fieldSelection', 'priority', 'high', 0, 0, 1)).toMatch(/^<th>Priority<\/th>/);
    const test = { id: 'Editor/Undo' };
    expect(session('generateMarkup', 0, '<% summary %>', 1, 0, test)).toBe('Each step can be taken back');
    expect(session('generateMarkup', 0, '<% summary %>', 1, 1, test)).toBe(
      'Summary: Each step can be taken back',
    );
    expect(() => session('generateMarkup', 0, 'x', 1, 1, { id: 'None' })).toThrow('No such test case: None');
    const results = session('results') as { code: string }[];
    expect(session('resList', results)).toEqual(results.map(({ code }) => code));
    expect(session('results', [{ code: 'ok' }])).toEqual([{ code: 'ok', description: 'ok', colour: '' }]);
    expect(session('results')).toHaveLength(1);
  });

  test('leaves to the caller what only the caller can call', () => {
    const { sessions, opened } = openSessions();
    const handle = opened([57, true]);
    const args = [0, 'browser', ['Opera', 'MSIE'], '', { $function: 0 }];
    const { result, calls = [] } = sessions.call({ method: 'fieldEntryWrap', args, handle });
    expect(calls.map((call) => call.args)).toEqual([
      ['browser', 'Opera'],
      ['browser', 'MSIE'],
    ]);
    for (const { mark } of calls) expect(result).toContain(mark);
  });

  test('has fields with methods of their own; a field by its name alone is text', () => {
    const { sessions, opened, on } = openSessions();
    const handle = opened();
    expect(on(handle)('field', 'browser')).toBe('browser');
    expect(on(handle)('field')).toContain('browser');
    expect(on(handle)('field', 'nothing')).toBeNull();
    expect(sessions.call({ method: 'valuesList', args: [], handle, field: 'browser' }).result).toContain(
      'Opera',
    );
    expect(sessions.call({ method: 'type', args: [], field: 'remark' }).result).toBe('text');
    expect(() => sessions.call({ method: 'type', args: [], handle, field: 'browsr' })).toThrow(
      'No such field',
    );
  });
});

describe('opening', () => {
  test('takes numbers and truth as Perl writes them', () => {
    const { opened, on } = openSessions();
    expect(on(opened(['00057', '1']))('sessionId')).toBe('00057');
    expect(on(opened(['00057', 1, 30]))('description', 'x')).toBe('x');
  });

  test('needs neither suite nor user where there is one of each', () => {
    const { sessions } = openSessions(smallSection({}, { users: ['ann'] }));
    const { handle } = sessions.call({ method: 'new', args: [] });
    expect(sessions.call({ method: 'currentUser', args: [], handle }).result).toBe('ann');
  });

  test.each([
    ['an unknown suite', { suite: 'Exmple', user: 'lake' }, 'No such suite: Exmple'],
    ['no user of several', { suite: 'Example' }, 'Missing argument: user'],
    ['an unknown user', { suite: 'Example', user: 'leak' }, 'No such user: leak'],
    ['a disabled user', { suite: 'Example', user: 'former' }, 'User is disabled'],
    ['one without run access', { suite: 'Example', user: 'reader' }, 'lacks run access'],
    [
      'no number of a session',
      { suite: 'Example', user: 'lake', args: ['x'] },
      'Not the number of a session',
    ],
    ['an unknown session', { suite: 'Example', user: 'lake', args: [9999] }, 'No such session: 9999'],
  ])('is refused for %s', (_what, given, refusal) => {
    const { sessions } = openSessions();
    expect(() => sessions.call({ method: 'new', args: [], ...given })).toThrow(refusal);
  });
});

describe('handles', () => {
  test('are the world, a number, and what chance gives from outside', () => {
    const { opened } = openSessions();
    expect([opened(), opened()]).toEqual(['main/1/end', 'main/2/end']);
  });

  test('of another world, of nobody and of a session let go are refused', () => {
    const { sessions, opened, on } = openSessions();
    const elsewhere = openSessions(demoSection(), 'other');
    expect(() => on(elsewhere.opened())('description')).toThrow('No such open session');
    expect(() => on('')('description')).toThrow('No such open session');
    const handle = opened();
    expect(sessions.call({ method: 'DESTROY', args: [], handle }).result).toBe(true);
    expect(() => on(handle)('description')).toThrow('No such open session');
    expect(sessions.call({ method: 'DESTROY', args: [], handle }).result).toBe(false);
  });

  test('do not pile up: the one that was not used for longest is forgotten', () => {
    const { opened, on } = openSessions();
    const first = opened();
    const second = opened();
    for (let made = 0; made < 998; made++) opened();
    expect(on(first)('description')).toBe('');
    opened();
    expect(on(first)('description')).toBe('');
    expect(() => on(second)('description')).toThrow('No such open session');
  });
});

test('a signature is written as the manual prints it', () => {
  expect(signatureText('fieldEntry', sessionSignatures.get('fieldEntry') ?? [])).toBe(
    'fieldEntry(tid, field [, as_text])',
  );
  expect(signatureText('numUntested', [])).toBe('numUntested()');
});
