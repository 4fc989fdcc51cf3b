import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, testTrack } from '../../support/testtrack.ts';

const licences = [
  { name: 'Pro Floating', for: 'TestTrack Pro', total: 2 },
  { name: 'Pro Named', for: 'TestTrack Pro', kind: 'named', total: 1 },
  { name: 'TCM Floating', for: 'TestTrack TCM', total: 1 },
  { name: 'Pro Expired', for: 'TestTrack Pro', total: 0 },
  { name: 'Suite Floating', for: 'TestTrack Suite', total: 1 },
  { name: 'RM Reviewer', for: 'TestTrack RM Reviewer', total: 5 },
];
const users = [
  { login: 'admin', password: '', last: 'Admin', licences: { pro: 'Pro Named' } },
  { login: 'both', password: '', last: 'Both', licences: { pro: 'Pro Floating', tcm: 'TCM Floating' } },
  { login: 'usual', password: '', last: 'Usual' },
  { login: 'suite', password: '', last: 'Suite', licences: { suite: 'Suite Floating' } },
  { login: 'bare', password: '', last: 'Bare', licences: {} },
  { login: 'expired', password: '', last: 'Expired', licences: { pro: 'Pro Expired' } },
  { login: 'review', password: '', last: 'Review', licences: { rmReviewer: 'RM Reviewer' } },
];
const pro = 'TestTrack Pro';
const tcm = 'TestTrack TCM';
const rm = 'TestTrack RM';

function licensed(server: object = {}) {
  const harness = testTrack({
    server: { licences, inactivityMinutes: 30, ...server },
    projects: [{ name: 'Project', users }],
  });
  const { tt } = harness;
  const logOn = (username: string, ...options: string[]) =>
    tt.ProjectLogon({
      pProj: { database: { name: 'Project' }, options: options.map((name) => ({ name })) },
      username,
    });
  const used = () => {
    const list = tt.getUserLicenseList({ cookie: logOn('admin') });
    return Object.fromEntries(list.map(({ name, numberUsed }) => [name, numberUsed]));
  };
  return { ...harness, logOn, used };
}

describe('a logon', () => {
  test('takes a floating licence for each area it opens, until the logoff', () => {
    const { tt, logOn, used } = licensed();
    const cookie = logOn('both', pro, tcm);
    logOn('usual', pro);
    expect(used()).toMatchObject({ 'Pro Floating': 2, 'TCM Floating': 1 });
    tt.DatabaseLogoff({ cookie });
    expect(used()).toMatchObject({ 'Pro Floating': 1, 'TCM Floating': 0 });
  });

  test('with none left is refused with 13, and takes nothing', () => {
    const harness = licensed();
    const { logOn } = harness;
    logOn('both', tcm);
    const fault = refusalOf(harness, () => logOn('usual', pro, tcm));
    expect([fault.code, fault.hint]).toEqual([13, expect.stringContaining('TCM Floating')]);
    expect(harness.used()).toMatchObject({ 'Pro Floating': 0, 'TCM Floating': 1 });
  });

  test('counts each session, also those of one user', () => {
    const { logOn } = licensed();
    logOn('both', pro);
    logOn('both', pro);
    expect(faultOf(() => logOn('usual', pro)).code).toBe(13);
  });

  test('finds the licences of sessions that were idle for too long, also after refusals', () => {
    const { logOn, clock, used } = licensed();
    logOn('both', tcm);
    clock.advance(30 * 60_000 - 1);
    expect(faultOf(() => logOn('usual', tcm)).code).toBe(13);
    expect(faultOf(() => logOn('usual', tcm)).code).toBe(13);
    clock.advance(1);
    expect(logOn('usual', tcm)).toBeGreaterThan(0);
    clock.advance(30 * 60_000);
    expect(used()).toMatchObject({ 'TCM Floating': 0 });
  });

  test('finds nothing of a session that is being used', () => {
    const { tt, logOn, clock } = licensed();
    const cookie = logOn('both', tcm);
    clock.advance(20 * 60_000);
    tt.getTableList({ cookie });
    clock.advance(20 * 60_000);
    expect(faultOf(() => logOn('usual', tcm)).code).toBe(13);
    clock.advance(10 * 60_000);
    expect(logOn('usual', tcm)).toBeGreaterThan(0);
  });

  test('finds the licences of idle sessions after the clock was set back, too', () => {
    const { tt, logOn, clock } = licensed();
    const cookie = logOn('both', tcm);
    clock.advance(20 * 60_000);
    expect(faultOf(() => logOn('usual', tcm)).code).toBe(13);
    clock.advance(-60 * 60_000);
    tt.getTableList({ cookie });
    clock.advance(30 * 60_000);
    expect(logOn('usual', tcm)).toBeGreaterThan(0);
  });

  test('with a named licence takes none from anybody', () => {
    const { logOn, used } = licensed();
    logOn('admin');
    logOn('admin');
    expect(used()).toMatchObject({ 'Pro Named': 1, 'Pro Floating': 0 });
  });

  test('with a suite licence opens every area for one of it', () => {
    const { tt, logOn, used } = licensed();
    const cookie = logOn('suite', pro, tcm, rm);
    expect(used()).toMatchObject({ 'Suite Floating': 1, 'Pro Floating': 0, 'TCM Floating': 0 });
    tt.DatabaseLogoff({ cookie });
  });

  test('without a licence for an area is refused with 140, with one that is not there with 19', () => {
    const harness = licensed();
    const { logOn } = harness;
    expect(refusalOf(harness, () => logOn('bare', pro)).code).toBe(140);
    expect(refusalOf(harness, () => logOn('bare')).code).toBe(140);
    expect(refusalOf(harness, () => logOn('both', pro, rm)).code).toBe(140);
    expect(refusalOf(harness, () => logOn('expired', pro)).code).toBe(19);
    // A reviewer's licence is for the web client only.
    expect(refusalOf(harness, () => logOn('review', rm)).code).toBe(140);
  });

  test('that names no areas opens those the user has licences for', () => {
    const { tt, logOn } = licensed();
    const cookie = logOn('both');
    expect(tt.getColumnsForTable({ cookie, tablename: 'Test Case' }).length).toBeGreaterThan(0);
    const fault = faultOf(() => tt.getColumnsForTable({ cookie, tablename: 'Requirement' }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('did not open "TestTrack RM"')]);
    tt.DatabaseLogoff({ cookie });
    const byName = tt.DatabaseLogon({ dbname: 'Project', username: 'usual' });
    expect(faultOf(() => tt.getRequirement({ cookie: byName })).code).toBe(5);
  });

  test('needs no licence for an area that the scenario has none for', () => {
    const only = [{ name: 'TCM Floating', for: 'TestTrack TCM', total: 0 }];
    const harness = testTrack({
      server: { licences: only },
      projects: [{ name: 'Project', users: [{ login: 'admin', last: 'Admin' }] }],
    });
    const logOn = (...names: string[]) =>
      harness.tt.ProjectLogon({
        pProj: { database: { name: 'Project' }, options: names.map((name) => ({ name })) },
        username: 'admin',
      });
    expect(logOn(pro, rm)).toBeGreaterThan(0);
    expect(faultOf(() => logOn(tcm)).code).toBe(19);
  });

  test('needs a SOAP licence besides', () => {
    const { logOn } = licensed({ soapLicences: 1 });
    logOn('both', pro);
    expect(faultOf(() => logOn('usual', pro)).code).toBe(72);
    expect(faultOf(() => logOn('bare', pro)).code).toBe(140);
  });

  test('of a user who is logged on is refused with 8 where the scenario says so', () => {
    const harness = licensed({ oneSessionPerUser: true });
    const { tt, logOn, clock } = harness;
    const cookie = logOn('both', pro);
    expect(refusalOf(harness, () => logOn('both', tcm)).code).toBe(8);
    expect(logOn('usual', pro)).toBeGreaterThan(0);
    tt.DatabaseLogoff({ cookie });
    logOn('both', pro);
    clock.advance(30 * 60_000);
    expect(logOn('both', pro)).toBeGreaterThan(0);
  });
});

describe('the list of licences', () => {
  test('tells for each licence how many are used and how many there are', () => {
    const { tt, logOn } = licensed();
    logOn('both', pro);
    expect(tt.getUserLicenseList({ cookie: logOn('admin') })).toEqual([
      { name: 'Pro Floating', numberUsed: 1, numberTotal: 2 },
      { name: 'Pro Named', numberUsed: 1, numberTotal: 1 },
      { name: 'TCM Floating', numberUsed: 0, numberTotal: 1 },
      { name: 'Pro Expired', numberUsed: 0, numberTotal: 0 },
      { name: 'Suite Floating', numberUsed: 0, numberTotal: 1 },
      { name: 'RM Reviewer', numberUsed: 0, numberTotal: 5 },
    ]);
  });

  test('is empty where the scenario has no licences', () => {
    const { tt } = testTrack({ projects: [{ name: 'Project', users: [{ login: 'admin', last: 'Admin' }] }] });
    const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
    expect(tt.getUserLicenseList({ cookie })).toEqual([]);
  });
});

describe('assigning licences', () => {
  const assigned = (changes: object) => {
    const harness = licensed();
    const { tt, logOn } = harness;
    const cookie = logOn('admin');
    const user = tt.editUser({ cookie, lastName: 'Both' });
    const save = () => tt.saveUser({ cookie, lastName: 'Both', pUser: { ...user, ...changes } });
    const shown = () => {
      const saved = tt.getUser({ cookie, lastName: 'Both' });
      const { userLicense, userLicenseTCM, userLicenseRM, userLicenseRMReviewer, userLicenseSuite } = saved;
      return [userLicense, userLicenseTCM, userLicenseRM, userLicenseRMReviewer, userLicenseSuite];
    };
    return { ...harness, save, shown };
  };

  test('lets the user open what they are for', () => {
    const { tt, logOn } = licensed();
    const pUser = { lastname: 'New', loginname: 'new', userLicense: 'Pro Floating', usergroupname: 'Guests' };
    tt.addUser({ cookie: logOn('admin'), pUser });
    expect(logOn('new', pro)).toBeGreaterThan(0);
    expect(faultOf(() => logOn('new', tcm)).code).toBe(140);
  });

  test('of a suite takes the others away, of an area the suite', () => {
    const suite = assigned({ userLicenseSuite: 'Suite Floating' });
    expect(suite.save()).toBe(0);
    expect(suite.shown()).toEqual(['', '', '', '', 'Suite Floating']);
    const { tt, logOn } = suite;
    const cookie = logOn('admin');
    tt.editUser({ cookie, lastName: 'Both' });
    tt.saveUser({ cookie, lastName: 'Both', pUser: { userLicense: 'Pro Floating' } });
    expect(suite.shown()).toEqual(['Pro Floating', '', '', '', '']);
  });

  test('changes nothing when the same ones come back', () => {
    const { save, shown } = assigned({});
    save();
    expect(shown()).toEqual(['Pro Floating', 'TCM Floating', '', '', '']);
  });

  test.each([
    ['that is not there', { userLicense: 'Pro Golden' }, 19],
    ['that is for another area', { userLicenseTCM: 'Pro Floating' }, 19],
    ['of which all named ones are assigned', { userLicense: 'Pro Named' }, 21],
  ])('%s is refused', (_, changes, code) => {
    const harness = assigned(changes);
    expect(refusalOf(harness, harness.save).code).toBe(code);
  });
});
