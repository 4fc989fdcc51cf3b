import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OpenSuite } from '../../src/aptest/run/open-suite.ts';
import { TestSession } from '../../src/aptest/run/test-session.ts';
import { Draft } from '../../src/world/draft.ts';
import { type RpcTwin, smallSection, startRpc, startSeconds } from '../support/aptest.ts';

const suite = {
  executionFields: [{ name: 'buildnumber' }, { name: 'severity', type: 'list', values: ['minor', 'major'] }],
};

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection(suite));
});
afterEach(() => twin.close());

const record = async (args: Record<string, string | string[]>) =>
  twin.call({ command: 'result', sess: '1', ...args });

function session(): TestSession {
  const open = OpenSuite.named(new Draft(twin.runner.world), 'Small', { now: 0, user: 'ann' });
  if (!open) throw new Error('the suite is there');
  return new TestSession(open, 1);
}

const status = async () => (await twin.call({ command: 'getSessionStatus', sessNum: '1' })).lines[0];

describe('result', () => {
  test('records a test execution and answers one line of HTML', async () => {
    const reply = await record({ tid: '0', result: 'pass', note: 'Well\ndone' });
    expect(reply.body).toBe(
      '0\n<div class="note"><span class="when">2009-02-01 00:00:00</span> <span class="user">ann</span> ' +
        '<span class="result">pass</span> <span class="text">Well<br>done</span></div>\n',
    );
    expect(await status()).toBe('numtests=3;pass=1;untested=2;fail=0');
    expect((await twin.call({ command: 'getTestCaseResult', sessNum: '1', name: 'A/One' })).lines).toEqual([
      'pass',
    ]);
  });

  test('without a result is a note and leaves the counts alone', async () => {
    const reply = await record({ id: 'A.dir/One.bts', note: 'Fixed' });
    expect(reply.lines[0]).toContain('<span class="result">note</span> <span class="text">Fixed</span>');
    expect(await status()).toBe('numtests=3;pass=0;untested=3;fail=0');
    expect(session().notesOfTest(0)).toHaveLength(1);
    expect(session().lastTest()).toBeUndefined();
  });

  test('keeps execution data that is not sent again', async () => {
    await record({ tid: '1', EXECDATA_prid: '42', EXECDATA_buildnumber: '100' });
    await record({ tid: '1', result: 'fail', EXECDATA_atm_prid: '43' });
    await record({ tid: '1', note: 'again', EXECDATA_: '', EXECDATA_timeclock: '60' });
    expect(session().testCase(1)).toMatchObject({
      results: 'fail',
      atm_prid: '43',
      buildnumber: '100',
      exectimeclock: '60',
    });
  });

  test('a change of execution data alone adds no entry to the note', async () => {
    const reply = await record({ tid: '1', EXECDATA_prid: '42', note: '' });
    expect(reply.code).toBe('0');
    expect(session().notesOfTest(1)).toEqual([]);
  });

  test('finds the test by uuid, id or tid, in this order', async () => {
    const [, , third] = session().testUUIDList();
    await record({ uuid: (third ?? '').toLowerCase(), id: 'A/Two', tid: '0', result: 'pass' });
    await record({ id: 'A/Two', tid: '0', result: 'fail' });
    expect(
      session()
        .testCase()
        .map((each) => each.results),
    ).toEqual(['untested', 'fail', 'pass']);
  });

  test('takes time and author from execdata_when and execdata_user', async () => {
    const reply = await record({
      tid: '0',
      result: 'pass',
      execdata_when: '1000000000',
      execdata_user: 'bob',
    });
    expect(reply.lines[0]).toContain('2001-09-09 01:46:40</span> <span class="user">bob<');
    expect(session().testCase(0)).toMatchObject({ when: '1000000000', user: 'bob' });
    expect(session().user()).toBe('ann');
    expect(session().mtime()).toBe(startSeconds);
  });

  test('sets the actual dates with the first result and with the one that leaves nothing untested', async () => {
    await record({ tid: '0', result: 'pass', execdata_when: '100' });
    expect(session().startdateactual()).toBe(100);
    expect(session().enddateactual()).toBeUndefined();
    await record({ tid: '1', result: 'fail', execdata_when: '200' });
    await record({ tid: '2', result: 'fail', execdata_when: '300' });
    await record({ tid: '2', result: 'pass', execdata_when: '400' });
    expect(session().startdateactual()).toBe(100);
    expect(session().enddateactual()).toBe(300);
    expect(session().lastTest()).toBe(2);
    expect(session().numUntested()).toBe(0);
  });

  test('escapes everything in the fragment and stays one line of ASCII', async () => {
    const reply = await record({ tid: '0', note: '<script>alert("ü")</script>\r\n&\u0000\u2028😀' });
    expect(reply.lines).toHaveLength(1);
    expect(reply.lines[0]).toContain(
      '&lt;script&gt;alert(&quot;&#252;&quot;)&lt;/script&gt;<br>&amp;&#0;&#8232;&#128512;',
    );
  });
});

describe('a wrong result changes nothing and names argument and value', () => {
  const refusals: [Record<string, string | string[]>, string][] = [
    [{ sess: '9', tid: '0', result: 'pass' }, 'No such session: 9 (argument sess)'],
    [{ sess: '', tid: '0' }, 'Missing argument: sessNum'],
    [{ result: 'pass' }, 'Missing argument: one of tid, id, uuid'],
    [{ tid: '3', result: 'pass' }, 'No such test in the session: 3 (argument tid)'],
    [{ tid: '-1', result: 'pass' }, 'Not a test index from 0: -1 (argument tid)'],
    [{ tid: 'x', result: 'pass' }, 'Not a test index from 0: x (argument tid)'],
    [{ id: 'A/Nine', result: 'pass' }, 'No such test in the session: A/Nine (argument id)'],
    [{ uuid: 'nope', result: 'pass' }, 'No such test in the session: nope (argument uuid)'],
    [{ tid: '0', result: 'passed' }, 'No such result code: passed (argument result)'],
    [
      { tid: '0', result: 'pass', execdata_when: 'now' },
      'Not a date in seconds since the epoch: now (argument execdata_when)',
    ],
    [{ tid: '0', result: 'pass', execdata_user: 'eve' }, 'No such user: eve (argument execdata_user)'],
    [{ tid: '0', result: 'pass', execdata_user: 'gone' }, 'User is disabled: gone (argument execdata_user)'],
    [{ tid: ['0', '1'], result: 'pass' }, 'Argument given more than once: tid (values 0, 1)'],
  ];
  test.each(refusals)('%j', async (args, message) => {
    const world = twin.runner.world;
    expect((await record(args)).body).toBe(`1\n${message}\n`);
    expect(twin.runner.world).toBe(world);
  });

  test('a locked session takes no result', async () => {
    const locked = await startRpc(smallSection({ sessions: [{ set: 'all', locked: true }] }));
    expect((await locked.call({ command: 'result', sess: '1', tid: '0', result: 'pass' })).lines).toEqual([
      'Session is locked: 1 (argument sess)',
    ]);
    await locked.close();
  });

  test('codes beyond the suite are taken with lenientResultCodes', async () => {
    const lenient = await startRpc(smallSection({}, { settings: { lenientResultCodes: true } }));
    expect((await lenient.call({ command: 'result', sess: '1', tid: '0', result: '__proto__' })).code).toBe(
      '0',
    );
    expect((await lenient.call({ command: 'getSessionStatus', sessNum: '1' })).lines).toEqual([
      'numtests=3;pass=0;untested=2;fail=0;__proto__=1',
    ]);
    await lenient.close();
  });

  test('unknown fields are ignored, and refused with strictFields', async () => {
    expect((await record({ tid: '0', EXECDATA_nothing: 'x', EXECDATA_results: 'pass' })).code).toBe('0');
    expect(session().testCase(0)).not.toHaveProperty('nothing');
    expect(session().result(0)).toBe('untested');
    const strict = await startRpc(smallSection(suite, { settings: { strictFields: true } }));
    const send = { command: 'result', sess: '1', tid: '0' };
    expect((await strict.call({ ...send, EXECDATA_nothing: 'x' })).lines).toEqual([
      'No such field: nothing (argument EXECDATA_nothing)',
    ]);
    expect((await strict.call({ ...send, EXECDATA_severity: 'huge' })).lines).toEqual([
      'Not one of minor, major: huge (argument EXECDATA_severity)',
    ]);
    await strict.close();
  });
});
