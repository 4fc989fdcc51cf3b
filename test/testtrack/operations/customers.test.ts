import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const section = {
  users: [{ login: 'admin', password: 'secret', first: 'System', last: 'Administrator' }],
  customers: [
    { first: 'Carl', last: 'Custom', company: 'Wysi' },
    { login: 'portal', password: 'p', last: 'Portal', groups: ['Guests'] },
  ],
};
const carl = { firstName: 'Carl', lastName: 'Custom' };

describe('a customer', () => {
  test('lives as a user does, under part names of its own', () => {
    const harness = project(section);
    const { tt, cookie } = harness;
    const recordID = tt.addCustomer({ cookie, pCustomer: { lastname: 'New', betasite: true } });
    expect(tt.getCustomerByRecordID({ cookie, recordID })).toMatchObject({
      iscustomer: true,
      betasite: true,
    });
    const customer = tt.editCustomer({ cookie, lastName: 'New' });
    expect(refusalOf(harness, () => tt.editCustomerByRecordID({ cookie, recordID })).code).toBe(22);
    const pCustomer = { ...customer, company: 'Elsewhere' };
    expect(tt.saveCustomer({ cookie, lastName: 'New', pCustomer })).toBe(0);
    expect(tt.getCustomer({ cookie, lastName: 'New' }).company).toBe('Elsewhere');
    tt.editCustomerByRecordID({ cookie, recordID });
    expect(tt.cancelSaveCustomer({ cookie, recordID })).toBe(0);
    expect(tt.deleteCustomer({ cookie, lastName: 'New' })).toBe(0);
    expect(tt.deleteCustomerByRecordID({ cookie, recordID: 2 })).toBe(0);
    expect(faultOf(() => tt.getCustomer({ cookie, lastName: 'New' })).code).toBe(6);
  });

  test('is nobody that the operations for users find', () => {
    const harness = project(section);
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.getUser({ cookie, ...carl })).code).toBe(6);
    expect(refusalOf(harness, () => tt.deleteUserByRecordID({ cookie, recordID: 2 })).code).toBe(6);
    tt.editCustomer({ cookie, ...carl });
    expect(refusalOf(harness, () => tt.saveUser({ cookie, ...carl, pUser: { recordid: 2 } })).code).toBe(7);
    expect(refusalOf(harness, () => tt.cancelSaveUser({ cookie, recordID: 2 })).code).toBe(7);
  });

  test('does not log on, even with a login and a group', () => {
    const { logOn } = project(section);
    expect(faultOf(() => logOn('portal', 'p')).code).toBe(5);
  });

  test('shares logins with users, but not names', () => {
    const harness = project(section);
    const { tt, cookie } = harness;
    const add = (pCustomer: object) => () => tt.addCustomer({ cookie, pCustomer });
    expect(refusalOf(harness, add({ lastname: 'New', loginname: 'admin' })).code).toBe(86);
    expect(refusalOf(harness, add({ firstname: 'Carl', lastname: 'Custom' })).code).toBe(86);
    expect(add({ firstname: 'System', lastname: 'Administrator' })()).toBe(4);
    const addUser = () => tt.addUser({ cookie, pUser: { lastname: 'New', loginname: 'portal' } });
    expect(refusalOf(harness, addUser).code).toBe(86);
  });

  test('can stand in the user fields of a defect', () => {
    const { tt, cookie } = project({ ...section, defects: [{ summary: 'first' }] });
    const defect = tt.editDefect({ cookie, defectNumber: 1 });
    const reportedbylist = [{ ...defect.reportedbylist?.[0], foundby: 'Custom, Carl' }];
    tt.saveDefect({ cookie, pDefect: { ...defect, reportedbylist } });
    expect(tt.getDefect({ cookie, defectNumber: 1 }).reportedbylist?.[0]?.foundby).toBe('Custom, Carl');
  });

  test('is listed in the table of customers, users in theirs', () => {
    const { tt, cookie } = project(section);
    const rows = (tablename: string) =>
      tt
        .getRecordListForTable({ cookie, tablename, columnlist: [{ name: 'Last Name' }] })
        .records?.map(({ row }) => row?.[0]?.value);
    expect(rows('Customer')).toEqual(['Custom', 'Portal']);
    expect(rows('User')).toEqual(['Administrator']);
  });
});
