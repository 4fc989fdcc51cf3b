import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith(
  [
    {
      name: 'Project',
      users: people,
      customers: [{ first: 'Carl', last: 'Custom' }],
      groups: [noSoap],
      testConfigs: [{ name: 'Laptop', osName: 'Debian' }],
    },
  ],
  {
    licences: [
      { name: 'Pro Floating', for: 'TestTrack Pro', total: 3 },
      { name: 'TCM Named', for: 'TestTrack TCM', kind: 'named', total: 1 },
    ],
  },
  { globalUsers: [{ login: 'global', password: 'g', first: 'Gloria', last: 'User' }] },
);
const lake = { firstName: 'Veronica', middleInitials: 'B', lastName: 'Lake' };

describe('a user on the wire', () => {
  test('travels with groups, phones, test configuration and licences, and comes back the same', async () => {
    const cookie = await logOn();
    const pUser = {
      firstname: 'Łucja',
      middleinitials: '',
      lastname: 'O’Neil & <Söhne>',
      usergroupnamelist: ['Developers', 'Guests'],
      emailtype: 'Other',
      emailaddress: 'l@example.com',
      isactive: true,
      userLicense: 'Pro Floating',
      loginname: 'łucja',
      phoneone: { numbertype: 'Work', phonenumber: '+48 22 555 01 42' },
      notes: 'First line\r\n  second line',
      betasite: true,
      address: 'ul. Długa 1\r\nWarszawa',
      testconfig: { systemname: 'Laptop' },
    };
    const recordID = await tt.addUser({ cookie, pUser: { ...pUser, password: 'tajne-hasło' } });
    expect(await tt.getUserByRecordID({ cookie, recordID })).toMatchObject({
      ...pUser,
      recordid: recordID,
      usergroupname: 'Developers',
      testconfig: { systemname: 'Laptop', osname: 'Debian' },
    });
    expect(await logOn('łucja', 'tajne-hasło')).toBeGreaterThan(0);
  });

  test('never shows a password, in answers, faults or hints', async () => {
    const cookie = await logOn();
    const bodies = [
      await soapCall(twin.soapUrl, 'getUser', { cookie, ...lake }),
      await soapCall(twin.soapUrl, 'editUser', { cookie, ...lake }),
      await soapCall(twin.soapUrl, 'getUserForCurrentSession', { cookie }),
      await soapCall(twin.soapUrl, 'addUser', { cookie, pUser: { password: 'water', loginname: 'lake' } }),
    ];
    for (const { body, headers } of bodies) {
      expect(body + [...headers].join()).not.toMatch(/water|secret|<password/);
    }
  });

  test('that is sent as nil keeps what it has', async () => {
    const cookie = await logOn();
    await tt.editUser({ cookie, ...lake });
    const pUser = { recordid: 2, notes: 'new', loginname: null, usergroupname: null, phoneone: null };
    const { fault } = await soapCall(twin.soapUrl, 'saveUser', { cookie, ...lake, pUser });
    expect(fault).toBeUndefined();
    expect(await tt.getUserByRecordID({ cookie, recordID: 2 })).toMatchObject({
      notes: 'new',
      loginname: 'lake',
      usergroupnamelist: ['Developers'],
    });
  });

  test.each([
    ['getUser', { recordID: 1 }, '6'],
    ['getUserByRecordID', { recordID: 2n ** 62n }, '6'],
    ['getUserByRecordID', { recordID: -1 }, '6'],
    ['getUserByRecordID', {}, '6'],
    ['addUser', { pUser: {} }, '23'],
    ['addUser', {}, '2'],
    ['saveUser', { ...lake, pUser: { recordid: 2 } }, '7'],
    ['cancelSaveUser', { recordID: 2 }, '7'],
    ['deleteUser', { lastName: 'Nobody' }, '6'],
    ['getCustomer', lake, '6'],
    ['promoteUser', { localUser: 'Nobody' }, '6'],
    ['promoteUser', { localUser: 'Lake, Veronica B' }, '2'],
    ['promoteCustomer', { localCustomer: 'Lake, Veronica B' }, '6'],
    ['addGlobalUser', {}, '2'],
  ])('%s with %o is refused with %s', async (operation, parts, detail) => {
    const { status, fault } = await soapCall(twin.soapUrl, operation, { cookie: await logOn(), ...parts });
    expect([status, fault?.code, fault?.detail]).toEqual([500, 'Server', detail]);
  });

  test('whose isactive is no boolean is refused by the codec, before any rule', async () => {
    const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><t:addUser xmlns:t="urn:testtrack-interface"><cookie>${await logOn()}</cookie><pUser><lastname>New</lastname><isactive>maybe</isactive></pUser></t:addUser></e:Body></e:Envelope>`;
    const { fault } = await soapCall(twin.soapUrl, 'addUser', {}, { body });
    expect(fault?.code).toBe('Client');
  });
});

describe('the licence server on the wire', () => {
  test('lists its users and licences to who administers it', async () => {
    const cookie = await logOn();
    expect(await tt.getGlobalUserList({ cookie })).toEqual([{ loginname: 'global', name: 'User, Gloria' }]);
    expect(await tt.getGlobalCustomerList({ cookie })).toEqual([]);
    expect(await tt.getUserLicenseList({ cookie })).toEqual([
      { name: 'Pro Floating', numberUsed: 1, numberTotal: 3 },
      { name: 'TCM Named', numberUsed: 0, numberTotal: 1 },
    ]);
  });

  test('tells others the very sentence that clients look for', async () => {
    const cookie = await logOn('lake', 'water');
    const fault = await faultOf(tt.getGlobalUserList({ cookie }));
    expect([fault.text, fault.detail]).toEqual([
      'You do not have sufficient License Server security clearance to perform this function.',
      '135',
    ]);
  });

  test('gives out floating licences until they are used up, and takes back those of idle sessions', async () => {
    await logOn();
    await logOn();
    await logOn();
    const fault = await faultOf(logOn());
    expect([fault.text, fault.detail]).toEqual([expect.stringContaining('concurrent users'), '13']);
    twin.clock.advance('61m');
    expect(await logOn()).toBeGreaterThan(0);
  });
});

test('a task takes the way over the wire as well', async () => {
  const cookie = await logOn();
  const pTask = { summary: 'Call back', description: 'Two\r\nlines', datedue: '2026-04-01', priority: 'Low' };
  const recordID = await tt.addTask({ cookie, pTask });
  expect(await tt.getTask({ cookie, summary: 'Call back' })).toMatchObject({ ...pTask, recordid: recordID });
  const task = await tt.editTask({ cookie, summary: 'Call back' });
  await tt.saveTask({ cookie, pTask: { ...task, status: 'Done' } });
  expect((await tt.getTaskByRecordID({ cookie, recordID })).status).toBe('Done');
  expect((await faultOf(tt.addTask({ cookie, pTask: { summary: 'x', status: 'Later' } }))).detail).toBe('23');
  expect(await tt.deleteTask({ cookie, summary: 'Call back' })).toBe(0);
});
