import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, testTrack } from '../../support/testtrack.ts';

const people = [
  { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
  { login: 'local', password: 'l', first: 'Lena', last: 'Local', email: 'lena@example.com', company: 'Here' },
  { login: 'shared', isGlobal: true, last: 'Shared', groups: ['Developers'] },
  { login: 'clerk', password: 'c', last: 'Clerk', groups: ['Clerks'] },
];
const clerks = { name: 'Clerks', commands: ['View Users', 'Add Users', 'Edit Users', 'Edit Customers'] };

function licenceServer() {
  const harness = testTrack({
    globalUsers: [
      { login: 'shared', password: 's', first: 'Sam', last: 'Shared', company: 'Wysi' },
      { login: 'ghost', password: 'g', first: 'Gustav', last: 'Host', email: 'host@example.com' },
      { login: 'idle', last: 'Idle', isActive: false },
      { login: 'namesake', first: 'Gustav', last: 'Host' },
      { login: 'client', last: 'Client', isCustomer: true },
    ],
    projects: [
      {
        name: 'Project',
        groups: [clerks],
        users: people,
        customers: [{ first: 'Carla', last: 'Customer' }],
      },
      {
        name: 'Other',
        users: [
          { login: 'admin', password: 'secret', last: 'Administrator' },
          { login: 'shared', isGlobal: true, last: 'Shared' },
          { login: 'taken', last: 'Taken' },
        ],
      },
    ],
  });
  const { tt } = harness;
  const logOn = (username = 'admin', password = 'secret', dbname = 'Project') =>
    tt.DatabaseLogon({ dbname, username, password });
  const cookie = logOn();
  const local = (recordID = 2) => tt.getUserByRecordID({ cookie, recordID });
  return { ...harness, logOn, cookie, local };
}

describe('the lists of the licence server', () => {
  test('name its users, and apart from them its customers', () => {
    const { tt, cookie } = licenceServer();
    expect(tt.getGlobalUserList({ cookie })).toEqual([
      { loginname: 'shared', name: 'Shared, Sam' },
      { loginname: 'ghost', name: 'Host, Gustav' },
      { loginname: 'idle', name: 'Idle' },
      { loginname: 'namesake', name: 'Host, Gustav' },
    ]);
    expect(tt.getGlobalCustomerList({ cookie })).toEqual([{ loginname: 'client', name: 'Client' }]);
  });

  test('are refused with 135 and its own text to those who do not administer it', () => {
    const harness = licenceServer();
    const { tt } = harness;
    const cookie = harness.logOn('clerk', 'c');
    for (const call of [
      tt.getGlobalUserList,
      tt.getGlobalCustomerList,
      tt.getUserLicenseList,
      tt.promoteUser,
      tt.promoteCustomer,
    ]) {
      const fault = faultOf(() => call({ cookie }));
      if (call === tt.getGlobalUserList) {
        expect(fault.text).toBe(
          'You do not have sufficient License Server security clearance to perform this function.',
        );
      }
      expect(fault.code).toBe(135);
    }
  });
});

describe('promoting a user', () => {
  const promote = { localUser: 'Local, Lena', loginname: 'lena', password: 'new' };

  test('makes a new global user with the login and password given', () => {
    const { tt, cookie, logOn, local } = licenceServer();
    expect(tt.promoteUser({ cookie, ...promote })).toBe(0);
    expect(local()).toMatchObject({
      isglobal: true,
      isactiveglobal: true,
      loginname: 'lena',
      emailaddress: 'lena@example.com',
    });
    expect(tt.getGlobalUserList({ cookie }).at(-1)).toEqual({ loginname: 'lena', name: 'Local, Lena' });
    expect(logOn('lena', 'new')).toBeGreaterThan(0);
    expect(faultOf(() => logOn('local', 'l')).code).toBe(5);
  });

  test('as a global user replaces what the project knew by what the licence server knows', () => {
    const { tt, cookie, logOn, local } = licenceServer();
    tt.promoteUser({ cookie, localUser: 'uid:2', globalUser: 'Idle', loginname: 'ignored' });
    expect(local()).toMatchObject({
      recordid: 2,
      isglobal: true,
      isactive: true,
      isactiveglobal: false,
      loginname: 'idle',
      firstname: '',
      lastname: 'Idle',
      emailaddress: '',
      company: '',
      usergroupnamelist: ['Administrators'],
    });
    expect(faultOf(() => logOn('idle', '')).code).toBe(108);
  });

  test('keeps the login that the user has, too', () => {
    const { tt, cookie, local } = licenceServer();
    tt.promoteUser({ cookie, ...promote, loginname: 'local' });
    expect(local().loginname).toBe('local');
  });

  test.each([
    ['somebody whom the project does not have', { localUser: 'Nobody' }, 6],
    ['a customer', { localUser: 'Customer, Carla' }, 6],
    ['a name in the other format', { localUser: 'Lena Local' }, 6],
    ['somebody who is global already', { localUser: 'Shared, Sam' }, 11],
    ['without a login', { loginname: '' }, 2],
    ['with a login of the licence server', { loginname: 'GHOST' }, 86],
    ['with a login of another user in the project', { loginname: 'clerk' }, 86],
    ['as a global user who does not exist', { globalUser: 'Nobody' }, 6],
    ['as a global customer', { globalUser: 'Client' }, 6],
    ['as one of two global users of one name', { globalUser: 'Host, Gustav' }, 74],
    ['as a global user whom the project has', { globalUser: 'Shared, Sam' }, 86],
  ])('%s is refused', (_, parts, code) => {
    const harness = licenceServer();
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.promoteUser({ cookie, ...promote, ...parts })).code).toBe(code);
  });

  test('is refused with 22 while somebody edits the user', () => {
    const harness = licenceServer();
    const { tt, cookie, logOn } = harness;
    tt.editUserByRecordID({ cookie: logOn(), recordID: 2 });
    expect(refusalOf(harness, () => tt.promoteUser({ cookie, ...promote })).code).toBe(22);
  });

  test('works for customers alike', () => {
    const { tt, cookie } = licenceServer();
    const parts = { localCustomer: 'Customer, Carla', loginname: 'carla', password: '' };
    expect(tt.promoteCustomer({ cookie, ...parts })).toBe(0);
    expect(tt.getGlobalCustomerList({ cookie }).at(-1)?.loginname).toBe('carla');
    const customer = tt.getCustomer({ cookie, firstName: 'Carla', lastName: 'Customer' });
    expect(customer).toMatchObject({ isglobal: true, iscustomer: true });
    expect(tt.addGlobalCustomer({ cookie, pUser: { loginname: 'client' } })).toBe(0);
    expect(tt.getCustomer({ cookie, lastName: 'Client' }).loginname).toBe('client');
  });
});

describe('bringing a global user into the project', () => {
  test('copies who it is and gives no groups, so that the user cannot log on yet', () => {
    const { tt, cookie, logOn } = licenceServer();
    const pUser = { loginname: 'ghost', name: 'Host, Gustav' };
    expect(tt.addGlobalUser({ cookie, pUser })).toBe(0);
    expect(tt.getUser({ cookie, firstName: 'Gustav', lastName: 'Host' })).toMatchObject({
      isglobal: true,
      loginname: 'ghost',
      emailaddress: 'host@example.com',
      usergroupnamelist: [],
    });
    expect(faultOf(() => logOn('ghost', 'g')).code).toBe(5);
  });

  test('does nothing when the user is there by login and name, and still says 0', () => {
    const { tt, cookie, runner } = licenceServer();
    const before = runner.world.collections;
    expect(tt.addGlobalUser({ cookie, pUser: { loginname: 'shared', name: 'Shared, Sam' } })).toBe(0);
    expect(tt.addGlobalUser({ cookie, pUser: { name: 'Shared, Sam' } })).toBe(0);
    expect(runner.world.collections.get('testtrack:Project/users')).toBe(
      before.get('testtrack:Project/users'),
    );
  });

  test('does nothing when a local user has the same login and name', () => {
    const { tt, cookie } = licenceServer();
    tt.addUser({ cookie, pUser: { firstname: 'Gustav', lastname: 'Host', loginname: 'ghost' } });
    expect(tt.addGlobalUser({ cookie, pUser: { loginname: 'ghost' } })).toBe(0);
    expect(tt.getUser({ cookie, firstName: 'Gustav', lastName: 'Host' }).isglobal).toBe(false);
  });

  test.each([
    ['nobody', undefined, 2],
    ['an empty user', {}, 2],
    ['an unknown login', { loginname: 'nobody' }, 6],
    ['a login with the name of another', { loginname: 'ghost', name: 'Idle' }, 6],
    ['a name that two have', { name: 'Host, Gustav' }, 74],
    ['a customer', { loginname: 'client' }, 6],
  ])('is refused for %s', (_, pUser, code) => {
    const harness = licenceServer();
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.addGlobalUser({ cookie, pUser })).code).toBe(code);
  });

  test('is refused with 86 when a local user of another name has the login', () => {
    const harness = licenceServer();
    const { tt, cookie } = harness;
    tt.addUser({ cookie, pUser: { lastname: 'Else', loginname: 'ghost' } });
    const add = () => tt.addGlobalUser({ cookie, pUser: { loginname: 'ghost' } });
    expect(refusalOf(harness, add).code).toBe(86);
  });

  test('needs the command to add users, not the licence server’s permission', () => {
    const { tt, logOn } = licenceServer();
    const cookie = logOn('clerk', 'c');
    expect(tt.addGlobalUser({ cookie, pUser: { loginname: 'ghost' } })).toBe(0);
    expect(faultOf(() => tt.addGlobalCustomer({ cookie, pUser: { loginname: 'client' } })).code).toBe(5);
  });
});

describe('changing a global user', () => {
  const edited = () => {
    const harness = licenceServer();
    const { tt, cookie } = harness;
    const user = tt.editUserByRecordID({ cookie, recordID: 3 });
    const save = (changes: object) =>
      tt.saveUser({ cookie, firstName: 'Sam', lastName: 'Shared', pUser: { ...user, ...changes } });
    return { ...harness, save };
  };

  test('changes the licence server and every project that has this user, but nothing of their own', () => {
    const { tt, cookie, logOn, save } = edited();
    save({ lastname: 'Changed', password: 'new', notes: 'here only', usergroupname: 'Guests' });
    expect(tt.getGlobalUserList({ cookie })[0]?.name).toBe('Changed, Sam');
    const other = logOn('admin', 'secret', 'Other');
    expect(tt.getUserByRecordID({ cookie: other, recordID: 2 })).toMatchObject({
      lastname: 'Changed',
      notes: '',
      usergroupnamelist: ['Administrators'],
    });
    expect(logOn('shared', 'new', 'Other')).toBeGreaterThan(0);
  });

  test('cannot take the login away', () => {
    const harness = edited();
    expect(refusalOf(harness, () => harness.save({ loginname: '' })).code).toBe(23);
  });

  test.each([
    ['on the licence server', 'ghost'],
    ['in another project that has this user', 'taken'],
  ])('to a login that is taken %s is refused with 86', (_, loginname) => {
    const harness = edited();
    expect(refusalOf(harness, () => harness.save({ loginname })).code).toBe(86);
  });
});
