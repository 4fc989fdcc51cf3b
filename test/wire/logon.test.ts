import { describe, expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith(
  [
    { name: 'Project', users: people, groups: [noSoap] },
    {
      name: 'Other',
      options: ['TestTrack Pro'],
      users: [{ login: 'admin', password: 'secret', last: 'Admin' }],
    },
    { name: 'Empty' },
  ],
  { soapLicences: 3, inactivityMinutes: 30 },
);
const logOnTo = (name: string, parts: object = {}) =>
  tt.ProjectLogon({ pProj: { database: { name } }, username: 'admin', password: 'secret', ...parts });

describe('finding a project', () => {
  test('getDatabaseList names every project without a logon', async () => {
    expect(await tt.getDatabaseList()).toEqual([{ name: 'Empty' }, { name: 'Other' }, { name: 'Project' }]);
  });

  test('getProjectList names the projects this user may open, with their options', async () => {
    const list = await tt.getProjectList({ username: 'admin', password: 'secret' });
    expect(list).toEqual([
      { database: { name: 'Other' }, options: [{ name: 'TestTrack Pro' }], servernumber: 0 },
      {
        database: { name: 'Project' },
        options: [{ name: 'TestTrack Pro' }, { name: 'TestTrack TCM' }, { name: 'TestTrack RM' }],
        servernumber: 0,
      },
    ]);
    expect(await tt.getProjectList({ username: 'lake', password: 'water' })).toHaveLength(1);
  });

  test('getProjectList refuses wrong credentials', async () => {
    const fault = await faultOf(tt.getProjectList({ username: 'admin', password: 'wrong' }));
    expect(fault.detail).toBe('5');
  });

  test('getProjectDataOptionList names the three areas', async () => {
    expect(await tt.getProjectDataOptionList()).toEqual([
      { name: 'TestTrack Pro' },
      { name: 'TestTrack TCM' },
      { name: 'TestTrack RM' },
    ]);
  });
});

describe('a logon', () => {
  test('takes the very object that getProjectList gave', async () => {
    const [, project] = await tt.getProjectList({ username: 'admin', password: 'secret' });
    const cookie = await tt.ProjectLogon({ pProj: project, username: 'admin', password: 'secret' });
    expect(cookie).toBeGreaterThan(0);
    expect((await tt.getUserForCurrentSession({ cookie })).lastname).toBe('Administrator');
  });

  test('ignores the case of the user name but not that of the password', async () => {
    expect(await logOnTo('Project', { username: 'ADMIN' })).toBeGreaterThan(0);
    expect((await faultOf(logOnTo('Project', { password: 'SECRET' }))).detail).toBe('5');
  });

  test.each([
    ['an unknown project', () => logOnTo('Nope'), '1'],
    ['no project', () => tt.ProjectLogon({ username: 'admin', password: 'secret' }), '2'],
    ['an unknown user', () => logOnTo('Project', { username: 'nobody' }), '5'],
    ['a wrong password', () => logOnTo('Project', { password: 'wrong' }), '5'],
    [
      'a user whose groups may not use SOAP',
      () => logOnTo('Project', { username: 'desk', password: 'desk' }),
      '5',
    ],
    ['an inactive user', () => logOnTo('Project', { username: 'gone', password: 'gone' }), '108'],
    [
      'an option that the project does not have',
      () => logOnTo('Other', { pProj: { database: { name: 'Other' }, options: [{ name: 'TestTrack RM' }] } }),
      '11',
    ],
    [
      'a server that is not registered',
      () => logOnTo('Project', { pProj: { database: { name: 'Project' }, servernumber: 7 } }),
      '9',
    ],
  ])('with %s is refused', async (_, call, detail) => {
    const fault = await faultOf(call());
    expect(fault.outcome.status).toBe(500);
    expect([fault.code, fault.detail]).toEqual(['Server', detail]);
    expect(fault.outcome.headers.get('x-twintrack-hint')).toBeTruthy();
  });

  test('tells in the hint whether the user or the password was wrong, and never a password', async () => {
    const wrong = await faultOf(logOnTo('Project', { password: 'hush-hush' }));
    expect(wrong.outcome.headers.get('x-twintrack-hint')).toContain('the password is another one');
    expect(JSON.stringify([...wrong.outcome.headers]) + wrong.outcome.body).not.toContain('hush-hush');
    const unknown = await faultOf(logOnTo('Project', { username: 'nobody' }));
    expect(unknown.outcome.headers.get('x-twintrack-hint')).toContain('no such user');
  });

  test('opens only the areas that its options name; without options all of the project', async () => {
    const cookie = await logOnTo('Project', {
      pProj: { database: { name: 'Project' }, options: [{ name: 'TestTrack RM' }] },
    });
    const fault = await faultOf(tt.getDefect({ cookie, defectNumber: 1 }));
    expect(fault.detail).toBe('5');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('did not open "TestTrack Pro"');
  });

  test('takes a SOAP licence; with none left it is refused with 72 until somebody logs off', async () => {
    const first = await logOn();
    await logOn();
    await logOn();
    expect((await faultOf(logOn())).detail).toBe('72');
    await tt.DatabaseLogoff({ cookie: first });
    expect(await logOn()).toBeGreaterThan(0);
  });

  test('finds the licences of idle sessions free again', async () => {
    await logOn();
    await logOn();
    await logOn();
    twin.clock.advance('30m');
    expect(await logOn()).toBeGreaterThan(0);
  });

  test('gives cookies that fit a signed 32-bit number and do not follow one another', async () => {
    const cookies = [await logOn(), await logOn(), await logOn()];
    for (const cookie of cookies) expect(cookie > 0 && cookie < 2 ** 31).toBe(true);
    expect(new Set(cookies).size).toBe(3);
    expect(Math.abs((cookies[1] ?? 0) - (cookies[0] ?? 0))).toBeGreaterThan(1);
  });
});

describe('a session', () => {
  test('ends with the logoff: after it every operation says Session Dropped. with 17', async () => {
    const cookie = await logOn();
    expect(await tt.DatabaseLogoff({ cookie })).toBe(0);
    const fault = await faultOf(tt.getTableList({ cookie }));
    expect([fault.text, fault.detail]).toEqual(['Session Dropped.', '17']);
    expect((await faultOf(tt.DatabaseLogoff({ cookie }))).detail).toBe('17');
  });

  test.each([
    ['zero', 0],
    ['negative', -1],
    ['never given out', 12345],
    ['beyond 2^53', 2n ** 60n],
    ['the largest long', 2n ** 63n - 1n],
  ])('is not opened by a cookie that is %s', async (_, cookie) => {
    expect((await faultOf(tt.getTableList({ cookie }))).text).toBe('Session Dropped.');
  });

  test('is not opened by a call without a cookie', async () => {
    expect((await faultOf(tt.getTableList())).detail).toBe('17');
  });

  test('ends after the idle time to the millisecond, and every call starts that time again', async () => {
    const cookie = await logOn();
    twin.clock.advance(30 * 60_000 - 1);
    await tt.getTableList({ cookie });
    twin.clock.advance(30 * 60_000 - 1);
    await tt.getTableList({ cookie });
    twin.clock.advance(30 * 60_000);
    const fault = await faultOf(tt.getTableList({ cookie }));
    expect([fault.text, fault.detail]).toEqual(['Session Dropped.', '17']);
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('idle for 30 minutes');
  });

  test('is kept alive by a call that is refused, too', async () => {
    const cookie = await logOn();
    twin.clock.advance('29m');
    expect((await faultOf(tt.getDefect({ cookie, defectNumber: 77 }))).detail).toBe('6');
    twin.clock.advance('29m');
    expect(await tt.getTableList({ cookie })).toHaveLength(13);
  });

  test('of one project does not see another project', async () => {
    const cookie = await logOnTo('Other');
    expect((await tt.getUserForCurrentSession({ cookie })).lastname).toBe('Admin');
  });
});

test('plain cookies, where the scenario asks for them, count up from 1001', async () => {
  const plain = await twinWith([{ name: 'Project', users: people, groups: [noSoap] }], { cookies: 'plain' });
  expect([await plain.logOn(), await plain.logOn()]).toEqual([1001, 1002]);
});
