import { describe, expect, test } from 'vitest';
import type { CUser } from '../../../src/testtrack/model/operation-types.generated.ts';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const section = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    {
      login: 'lake',
      password: 'water',
      first: 'Veronica',
      middle: 'B',
      last: 'Lake',
      groups: ['Developers'],
    },
    {
      login: 'twice',
      first: 'Anna',
      last: 'Twice',
      groups: ['Developers', 'Guests'],
      email: 'anna@example.com',
    },
    { login: 'twice2', first: 'Anna', last: 'Twice', groups: [] },
  ],
  customers: [{ first: 'Veronica', middle: 'B', last: 'Lake', company: 'Wysi' }],
  testConfigs: [{ name: 'Office laptop' }],
};

const lake = { firstName: 'Veronica', middleInitials: 'B', lastName: 'Lake' };

function people(more: object = {}) {
  const harness = project({ ...section, ...more });
  const { tt, cookie } = harness;
  const add = (pUser: CUser) => tt.addUser({ cookie, pUser });
  const byId = (recordID: number | bigint) => tt.getUserByRecordID({ cookie, recordID });
  const save = (recordID: number | bigint, changes: Partial<CUser>, name: object = {}) => {
    const user = tt.editUserByRecordID({ cookie, recordID });
    const { firstname: firstName, middleinitials: middleInitials, lastname: lastName } = user;
    const old = {
      firstName: firstName ?? '',
      middleInitials: middleInitials ?? '',
      lastName: lastName ?? '',
    };
    return tt.saveUser({ cookie, ...old, ...name, pUser: { ...user, ...changes } });
  };
  return { ...harness, add, byId, save };
}

describe('a user', () => {
  test('is found by first name, middle initials and last name together', () => {
    const { tt, cookie } = people();
    expect(tt.getUser({ cookie, ...lake })).toMatchObject({ recordid: 2, loginname: 'lake' });
  });

  test.each([
    ['without the middle initials', { ...lake, middleInitials: '' }],
    ['with the middle initials in the first name', { firstName: 'Veronica B', lastName: 'Lake' }],
    ['in another case', { ...lake, lastName: 'LAKE' }],
    ['with nothing', {}],
  ])('is not found %s', (_, name) => {
    const { tt, cookie } = people();
    expect(faultOf(() => tt.getUser({ cookie, ...name })).code).toBe(6);
  });

  test('that shares a name with another is refused with 74 by name and found by record ID', () => {
    const { tt, cookie, byId } = people();
    const anna = { firstName: 'Anna', lastName: 'Twice' };
    for (const call of [tt.getUser, tt.editUser, tt.deleteUser]) {
      expect(faultOf(() => call({ cookie, ...anna })).code).toBe(74);
    }
    expect(byId(4).loginname).toBe('twice2');
  });

  test('is not a customer of the same name, and record IDs of customers find no user', () => {
    const { tt, cookie } = people();
    expect(tt.getUser({ cookie, ...lake }).iscustomer).toBe(false);
    expect(tt.getCustomer({ cookie, ...lake })).toMatchObject({ recordid: 5, iscustomer: true });
    expect(faultOf(() => tt.getUserByRecordID({ cookie, recordID: 5 })).code).toBe(6);
    expect(faultOf(() => tt.getCustomerByRecordID({ cookie, recordID: 2 })).code).toBe(6);
  });

  test('shows everything but the password', () => {
    const { byId, add } = people();
    const sent: CUser = {
      firstname: 'Grace',
      middleinitials: 'M',
      lastname: 'Hooper',
      usergroupnamelist: ['Developers', 'Guests'],
      company: 'Wysi',
      division: 'North',
      department: 'Quality',
      emailtype: 'Other',
      emailaddress: 'grace@example.com',
      isactive: false,
      userLicense: 'Pro Floating',
      userLicenseTCM: 'TCM Floating',
      userLicenseRM: 'RM Floating',
      password: 'hush',
      loginname: 'hooper',
      phoneone: { numbertype: 'Work', phonenumber: '1' },
      phonetwo: { numbertype: 'Home', phonenumber: '2' },
      notes: 'Away\r\non Fridays',
      betasite: true,
      address: 'Main Street 1',
      testconfig: { systemname: 'Office laptop' },
    };
    const { password: _never, testconfig: _config, ...shown } = sent;
    const id = add(sent);
    expect(byId(id)).toMatchObject({
      ...shown,
      recordid: id,
      usergroupname: 'Developers',
      iscustomer: false,
      isglobal: false,
      isactiveglobal: false,
      testconfig: { recordid: 1, systemname: 'Office laptop' },
    });
    expect(byId(id)).not.toHaveProperty('password');
  });

  test('needs nothing but a last name, and is active and local then', () => {
    const { byId, add } = people();
    expect(byId(add({ lastname: 'Ibarra' }))).toMatchObject({
      firstname: '',
      loginname: '',
      usergroupname: '',
      usergroupnamelist: [],
      emailtype: 'Internet',
      isactive: true,
      isglobal: false,
    });
  });

  test('cannot be made a customer or a global user by saying so', () => {
    const { byId, add } = people();
    const id = add({ lastname: 'Ibarra', iscustomer: true, isglobal: true, isactiveglobal: true });
    expect(byId(id)).toMatchObject({ iscustomer: false, isglobal: false, isactiveglobal: false });
  });

  test('that was deleted is gone, and the number is not given again', () => {
    const { tt, cookie, add } = people();
    const id = add({ lastname: 'Ibarra' });
    expect(tt.deleteUser({ cookie, lastName: 'Ibarra' })).toBe(0);
    expect(faultOf(() => tt.getUserByRecordID({ cookie, recordID: id })).code).toBe(6);
    expect(Number(add({ lastname: 'Ibarra' }))).toBe(Number(id) + 1);
    expect(tt.deleteUserByRecordID({ cookie, recordID: Number(id) + 1 })).toBe(0);
  });

  test('that was deleted loses every session and its edits', () => {
    const { tt, cookie, logOn } = people();
    const theirs = logOn('lake', 'water');
    tt.deleteUser({ cookie, ...lake });
    expect(faultOf(() => tt.getTableList({ cookie: theirs })).text).toBe('Session Dropped.');
    expect(faultOf(() => logOn('lake', 'water')).code).toBe(5);
  });
});

describe('adding a user', () => {
  test.each<[string, CUser, number]>([
    ['without a last name', { firstname: 'Nemo' }, 23],
    ['with a login that is taken', { lastname: 'New', loginname: 'lake' }, 86],
    ['with a login that is taken in another case', { lastname: 'New', loginname: 'LAKE' }, 86],
    ['with the name of another and nothing to tell them apart', { firstname: 'Nora', lastname: 'Twin' }, 86],
    ['with a group that does not exist', { lastname: 'New', usergroupname: 'Wizards' }, 23],
    ['with one such group in the list', { lastname: 'New', usergroupnamelist: ['Guests', 'Wizards'] }, 23],
    ['with an unknown e-mail type', { lastname: 'New', emailtype: 'Telex' }, 23],
    ['with an unknown test configuration', { lastname: 'New', testconfig: { systemname: 'Abacus' } }, 23],
  ])('%s is refused', (_, pUser, code) => {
    const harness = people({ customers: [] });
    harness.add({ firstname: 'Nora', lastname: 'Twin' });
    expect(refusalOf(harness, () => harness.add(pUser)).code).toBe(code);
  });

  test('without a user is refused with 2', () => {
    const harness = people();
    expect(refusalOf(harness, () => harness.tt.addUser({ cookie: harness.cookie })).code).toBe(2);
  });

  test('whose name another has is allowed when login or e-mail address tell them apart', () => {
    const { add } = people();
    const name = { firstname: 'Nora', lastname: 'Twin' };
    add(name);
    expect(add({ ...name, loginname: 'nora' })).toBe(7);
    expect(add({ ...name, emailaddress: 'nora@example.com' })).toBe(8);
  });

  test('lets that user log on at once', () => {
    const { add, logOn } = people();
    add({ lastname: 'Ibarra', loginname: 'ibarra', password: 'b', usergroupname: 'Developers' });
    expect(logOn('ibarra', 'b')).toBeGreaterThan(0);
  });

  test('without a group lets nobody log on', () => {
    const { add, logOn } = people();
    add({ lastname: 'Ibarra', loginname: 'ibarra', password: 'b' });
    expect(faultOf(() => logOn('ibarra', 'b')).code).toBe(5);
  });
});

describe('saving a user', () => {
  test('finds the user by the name before the edit', () => {
    const { tt, cookie, byId } = people();
    tt.editUser({ cookie, ...lake });
    const renamed = { firstname: 'Vera', middleinitials: '', lastname: 'Meer' };
    expect(tt.saveUser({ cookie, ...lake, pUser: renamed })).toBe(0);
    expect(byId(2)).toMatchObject({ ...renamed, loginname: 'lake' });
    expect(tt.getUser({ cookie, firstName: 'Vera', lastName: 'Meer' }).recordid).toBe(2);
  });

  test('takes the new name as well, as long as the record ID comes along', () => {
    const { tt, cookie, byId } = people();
    const user = { ...tt.editUser({ cookie, ...lake }), middleinitials: 'M' };
    expect(tt.saveUser({ cookie, ...lake, middleInitials: 'M', pUser: user })).toBe(0);
    expect(byId(2).middleinitials).toBe('M');
  });

  test('tells namesakes apart by the record ID', () => {
    const { save, byId } = people();
    save(4, { notes: 'the second' });
    expect([byId(3).notes, byId(4).notes]).toEqual(['', 'the second']);
  });

  test('of namesakes without a record ID is refused with 74', () => {
    const harness = people();
    const { tt, cookie } = harness;
    const anna = { firstName: 'Anna', lastName: 'Twice' };
    tt.editUserByRecordID({ cookie, recordID: 4 });
    expect(refusalOf(harness, () => tt.saveUser({ cookie, ...anna, pUser: { notes: 'x' } })).code).toBe(74);
  });

  test.each<[string, object, CUser | undefined, number]>([
    ['a name that nobody has, before or after', { lastName: 'Nobody' }, { recordid: 2, notes: 'x' }, 7],
    ['the name of a user who is not being edited', { firstName: 'System', lastName: 'Administrator' }, {}, 7],
    ['no user', lake, undefined, 2],
    ['the login of another user', lake, { loginname: 'Twice' }, 86],
    ['a group that does not exist', lake, { usergroupnamelist: ['Wizards'] }, 23],
    ['an empty last name', lake, { lastname: '' }, 23],
    ['an unknown e-mail type', lake, { emailtype: 'Telex' }, 23],
  ])('with %s is refused, and the edit stays open', (_, name, pUser, code) => {
    const harness = people();
    const { tt, cookie } = harness;
    tt.editUser({ cookie, ...lake });
    expect(refusalOf(harness, () => tt.saveUser({ cookie, ...name, pUser })).code).toBe(code);
    expect(tt.cancelSaveUser({ cookie, recordID: 2 })).toBe(0);
  });

  test('needs the edit of the same session, once', () => {
    const harness = people();
    const { tt, cookie, logOn } = harness;
    const save = (by: typeof cookie) => tt.saveUser({ cookie: by, ...lake, pUser: { notes: 'x' } });
    expect(refusalOf(harness, () => save(cookie)).code).toBe(7);
    tt.editUser({ cookie, ...lake });
    const other = logOn();
    expect(refusalOf(harness, () => save(other)).code).toBe(7);
    expect(refusalOf(harness, () => tt.editUser({ cookie: other, ...lake })).code).toBe(22);
    expect(refusalOf(harness, () => tt.deleteUser({ cookie: other, ...lake })).code).toBe(22);
    expect(save(cookie)).toBe(0);
    expect(refusalOf(harness, () => save(cookie)).code).toBe(7);
  });

  test('of an inactive user bars the next logon with 108, the next activation lifts that', () => {
    const { save, logOn } = people();
    save(2, { isactive: false });
    expect(faultOf(() => logOn('lake', 'water')).code).toBe(108);
    save(2, { isactive: true });
    expect(logOn('lake', 'water')).toBeGreaterThan(0);
  });

  test('changes the password without ever showing it', () => {
    const { save, logOn } = people();
    save(2, { password: 'new' });
    expect(faultOf(() => logOn('lake', 'water')).code).toBe(5);
    expect(logOn('lake', 'new')).toBeGreaterThan(0);
  });

  test('shows to every session, and renames the user in the fields of other records', () => {
    const { save, tt, logOn } = people({ defects: [{ summary: 'first', enteredBy: 'lake' }] });
    const other = logOn();
    expect(tt.getDefect({ cookie: other, defectNumber: 1 }).enteredby).toBe('Lake, Veronica B');
    save(2, { lastname: 'Meer' });
    expect(tt.getDefect({ cookie: other, defectNumber: 1 }).enteredby).toBe('Meer, Veronica B');
  });
});

describe('the groups of a user', () => {
  test('show all in the list, and one of them alone', () => {
    const { byId } = people();
    expect(byId(3)).toMatchObject({
      usergroupname: 'Developers',
      usergroupnamelist: ['Developers', 'Guests'],
    });
  });

  test('are what the single name says when it is saved alone', () => {
    const { tt, cookie, byId } = people();
    tt.editUserByRecordID({ cookie, recordID: 3 });
    const pUser = { recordid: 3, usergroupname: 'Guests' };
    tt.saveUser({ cookie, firstName: 'Anna', lastName: 'Twice', pUser });
    expect(byId(3).usergroupnamelist).toEqual(['Guests']);
  });

  test('are what the list says when both are saved', () => {
    const { save, byId } = people();
    save(3, { usergroupname: 'Administrators', usergroupnamelist: ['Guests', 'Testers', 'Guests'] });
    expect(byId(3).usergroupnamelist).toEqual(['Guests', 'Testers']);
  });

  test('are left to the single name by an empty list', () => {
    const { save, byId } = people();
    save(3, { usergroupname: 'Testers', usergroupnamelist: [] });
    expect(byId(3).usergroupnamelist).toEqual(['Testers']);
    save(3, { usergroupname: '', usergroupnamelist: [] });
    expect(byId(3).usergroupnamelist).toEqual([]);
  });
});

describe('commands', () => {
  const section = {
    groups: [
      { name: 'Readers', commands: ['View Users', 'View Customers'] },
      { name: 'Editors', commands: ['View Users', 'Edit Users'] },
      { name: 'Blind', commands: 'all', hiddenTables: ['User', 'Customer', 'Task'] },
    ],
    users: [
      { login: 'admin', password: 'secret', last: 'Admin', company: 'Wysi' },
      { login: 'reader', password: 'r', last: 'Reader', groups: ['Readers'] },
      { login: 'editor', password: 'e', last: 'Editor', groups: ['Editors'] },
      { login: 'blind', password: 'b', last: 'Blind', groups: ['Blind'] },
    ],
  };

  test('are asked for by name for each operation', () => {
    const harness = project(section);
    const { tt, logOn } = harness;
    const cookie = logOn('reader', 'r');
    const named = { cookie, lastName: 'Admin' };
    expect(tt.getUser(named).recordid).toBe(1);
    expect(refusalOf(harness, () => tt.editUser(named)).hint).toContain('"Edit Users"');
    expect(refusalOf(harness, () => tt.editUserByRecordID({ cookie, recordID: 1 })).code).toBe(5);
    expect(refusalOf(harness, () => tt.saveUser(named)).code).toBe(5);
    expect(refusalOf(harness, () => tt.cancelSaveUser({ cookie, recordID: 1 })).code).toBe(5);
    expect(refusalOf(harness, () => tt.deleteUser(named)).hint).toContain('"Delete Users"');
    expect(refusalOf(harness, () => tt.addUser({ cookie })).hint).toContain('"Add Users"');
    expect(refusalOf(harness, () => tt.addCustomer({ cookie })).hint).toContain('"Add Customers"');
    expect(refusalOf(harness, () => tt.getTask({ cookie })).hint).toContain('"View Tasks"');
  });

  test('come before the record is looked for, and hidden tables before commands', () => {
    const { tt, logOn } = project(section);
    const cookie = logOn('blind', 'b');
    for (const call of [tt.getUser, tt.deleteUser, tt.getCustomer, tt.getTask]) {
      const fault = faultOf(() => call({ cookie }));
      expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('hidden')]);
    }
  });

  test('of their own open login, company, groups and activity of other people', () => {
    const { tt, logOn } = project(section);
    const cookie = logOn('editor', 'e');
    const admin = tt.editUser({ cookie, lastName: 'Admin' });
    expect(admin).not.toHaveProperty('loginname');
    expect(admin).not.toHaveProperty('company');
    const pUser = { ...admin, loginname: 'me', password: 'mine', isactive: false, usergroupname: 'Editors' };
    tt.saveUser({ cookie, lastName: 'Admin', pUser });
    expect(tt.getUser({ cookie: logOn(), lastName: 'Admin' })).toMatchObject({
      loginname: 'admin',
      company: 'Wysi',
      isactive: true,
      usergroupnamelist: ['Administrators'],
    });
  });

  test('hide nothing of oneself', () => {
    const { tt, logOn } = project(section);
    expect(tt.getUserForCurrentSession({ cookie: logOn('reader', 'r') }).loginname).toBe('reader');
  });
});
