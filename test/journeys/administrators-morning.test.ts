import { expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith(
  [
    {
      name: 'Project',
      groups: [
        {
          name: 'Support',
          commands: ['View Defects', 'Add Defects', 'Edit Defects'],
          fields: { Defect: { Priority: 'readOnly', Workaround: 'hidden' } },
        },
      ],
      users: [{ login: 'admin', password: 'secret', first: 'Ada', last: 'Minister' }],
      customers: [{ first: 'Pieter', last: 'Bakker', company: 'Bakker Books' }],
      defects: [{ summary: 'Pages are empty', priority: 'High', workaround: 'Print twice' }],
    },
    { name: 'Archive', users: [{ login: 'admin', password: 'secret', last: 'Minister' }] },
  ],
  { licences: [{ name: 'Issues', for: 'TestTrack Pro', total: 2 }] },
);

test('an administrator takes in a new colleague, makes her known everywhere, and sees her off', async () => {
  const admin = await logOn();

  // Ines joins. Without a licence and a group she cannot begin.
  const pUser = { firstname: 'Ines', lastname: 'Novak', loginname: 'ines', password: 'first-day' };
  const recordID = await tt.addUser({ cookie: admin, pUser });
  expect((await faultOf(logOn('ines', 'first-day'))).detail).toBe('5');
  const ines = { firstName: 'Ines', middleInitials: '', lastName: 'Novak' };
  const added = await tt.editUser({ cookie: admin, ...ines });
  const employed = { ...added, usergroupnamelist: ['Support'], userLicense: 'Issues', emailtype: 'Internet' };
  await tt.saveUser({ cookie: admin, ...ines, pUser: employed });

  // She works: what her group may not change stays, what it may not see is not there.
  const hers = await logOn('ines', 'first-day');
  const defect = await tt.editDefect({ cookie: hers, defectNumber: 1 });
  expect(defect).not.toHaveProperty('workaround');
  const pDefect = { ...defect, priority: 'Low', reference: 'CALL-17', enteredby: 'Novak, Ines' };
  await tt.saveDefect({ cookie: hers, pDefect });
  expect(await tt.getDefect({ cookie: admin, defectNumber: 1 })).toMatchObject({
    priority: 'High',
    reference: 'CALL-17',
    enteredby: 'Novak, Ines',
    workaround: 'Print twice',
  });
  expect((await faultOf(tt.deleteDefect({ cookie: hers, defectNumber: 1 }))).detail).toBe('5');
  expect((await faultOf(tt.getUserLicenseList({ cookie: hers }))).detail).toBe('135');
  const [issues] = await tt.getUserLicenseList({ cookie: admin });
  expect(issues).toEqual({ name: 'Issues', numberUsed: 2, numberTotal: 2 });
  await tt.DatabaseLogoff({ cookie: hers });

  // She is needed in the archive too: promoted here, brought in there.
  const promotion = { localUser: 'Novak, Ines', loginname: 'inovak', password: 'everywhere' };
  await tt.promoteUser({ cookie: admin, ...promotion });
  expect(await tt.getGlobalUserList({ cookie: admin })).toEqual([
    { loginname: 'inovak', name: 'Novak, Ines' },
  ]);
  await tt.DatabaseLogoff({ cookie: admin });
  const archivist = await logOn('admin', 'secret', 'Archive');
  await tt.addGlobalUser({ cookie: archivist, pUser: { loginname: 'inovak', name: 'Novak, Ines' } });
  const there = await tt.editUser({ cookie: archivist, ...ines });
  await tt.saveUser({ cookie: archivist, ...ines, pUser: { ...there, usergroupname: 'Guests' } });
  const inArchive = await logOn('inovak', 'everywhere', 'Archive');
  expect((await tt.getUserForCurrentSession({ cookie: inArchive })).isglobal).toBe(true);
  await tt.DatabaseLogoff({ cookie: inArchive });

  // She marries: one change is enough for both projects.
  const before = await tt.editUser({ cookie: archivist, ...ines });
  await tt.saveUser({ cookie: archivist, ...ines, pUser: { ...before, lastname: 'Bakker' } });
  await tt.DatabaseLogoff({ cookie: archivist });
  const again = await logOn();
  expect((await tt.getDefect({ cookie: again, defectNumber: 1 })).enteredby).toBe('Bakker, Ines');

  // The customer is a Bakker as well; nobody mixes them up.
  const pieter = { firstName: 'Pieter', middleInitials: '', lastName: 'Bakker' };
  expect((await tt.getCustomer({ cookie: again, ...pieter })).company).toBe('Bakker Books');
  expect((await faultOf(tt.getUser({ cookie: again, ...pieter }))).detail).toBe('6');

  // She leaves: her session goes on until it ends, the next logon is refused.
  const last = await logOn('inovak', 'everywhere');
  const leaving = await tt.editUserByRecordID({ cookie: again, recordID });
  const name = { firstName: 'Ines', middleInitials: '', lastName: 'Bakker' };
  await tt.saveUser({ cookie: again, ...name, pUser: { ...leaving, isactive: false } });
  expect((await tt.getDefect({ cookie: last, defectNumber: 1 })).summary).toBe('Pages are empty');
  expect((await faultOf(logOn('inovak', 'everywhere'))).detail).toBe('108');
  twin.clock.advance('50m');
  await tt.getTableList({ cookie: again });
  twin.clock.advance('20m');
  expect((await faultOf(tt.getDefect({ cookie: last, defectNumber: 1 }))).text).toBe('Session Dropped.');
  expect((await tt.getUserLicenseList({ cookie: again }))[0]?.numberUsed).toBe(1);
});
