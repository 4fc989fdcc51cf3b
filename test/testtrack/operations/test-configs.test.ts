import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const withConfigs = () =>
  project({
    testConfigs: [{ name: 'Laptop', osName: 'Debian', ramSize: '16 GB' }, { name: 'Tablet' }],
    defects: [{ summary: 'It burns', reportedBy: [{ description: 'hot', testConfig: 'Laptop' }] }],
  });

describe('a test configuration', () => {
  test('is added, found by name and by record ID, and gives its record ID', () => {
    const { tt, cookie } = withConfigs();
    const pTestConfig = {
      systemname: 'Phone',
      osname: 'Android',
      hascdrom: false,
      hasmultiplemonitors: true,
    };
    const recordID = tt.addTestConfig({ cookie, pTestConfig });
    const added = { recordid: recordID, ...pTestConfig, cputype: '' };
    expect(tt.getTestConfig({ cookie, name: 'Phone' })).toMatchObject(added);
    expect(tt.getTestConfigByRecordID({ cookie, recordID })).toMatchObject(added);
  });

  test('is edited under a lock, and members that are not sent stay as they are', () => {
    const { tt, cookie, logOn } = withConfigs();
    const recordid = tt.editTestConfig({ cookie, name: 'Laptop' }).recordid ?? 0;
    expect(faultOf(() => tt.editTestConfigByRecordID({ cookie: logOn(), recordID: recordid })).code).toBe(22);
    tt.saveTestConfig({ cookie, pTestConfig: { recordid, systemname: 'Laptop', ramsize: '32 GB' } });
    expect(tt.getTestConfig({ cookie, name: 'Laptop' })).toMatchObject({
      osname: 'Debian',
      ramsize: '32 GB',
    });
    tt.editTestConfigByRecordID({ cookie, recordID: recordid });
    tt.cancelSaveTestConfig({ cookie, recordID: recordid });
    expect(faultOf(() => tt.cancelSaveTestConfig({ cookie, recordID: recordid })).code).toBe(7);
  });

  test('has a name of its own', () => {
    const its = withConfigs();
    const { tt, cookie } = its;
    const added = refusalOf(its, () => tt.addTestConfig({ cookie, pTestConfig: { systemname: 'Laptop' } }));
    const nameless = refusalOf(its, () => tt.addTestConfig({ cookie, pTestConfig: { osname: 'x' } }));
    tt.editTestConfig({ cookie, name: 'Tablet' });
    const renamed = refusalOf(its, () =>
      tt.saveTestConfig({ cookie, pTestConfig: { recordid: 2, systemname: 'Laptop' } }),
    );
    expect([added.code, nameless.code, renamed.code]).toEqual([86, 23, 86]);
  });

  test('shows whole in the defects that name it, as it is now', () => {
    const { tt, cookie } = withConfigs();
    const shown = () => tt.getDefect({ cookie, defectNumber: 1 }).reportedbylist?.[0]?.standardtestconfig;
    expect(shown()).toMatchObject({ systemname: 'Laptop', osname: 'Debian' });
    const recordid = tt.editTestConfig({ cookie, name: 'Laptop' }).recordid ?? 0;
    tt.saveTestConfig({ cookie, pTestConfig: { recordid, osname: 'Fedora' } });
    expect(shown()?.osname).toBe('Fedora');
  });

  test('is deleted by name or record ID, not while somebody edits it; defects then name none', () => {
    const its = withConfigs();
    const { tt, cookie } = its;
    tt.editTestConfig({ cookie, name: 'Laptop' });
    expect(refusalOf(its, () => tt.deleteTestConfig({ cookie, name: 'Laptop' })).code).toBe(22);
    tt.cancelSaveTestConfig({ cookie, recordID: 1 });
    tt.deleteTestConfig({ cookie, name: 'Laptop' });
    tt.deleteTestConfigByRecordID({ cookie, recordID: 2 });
    expect(faultOf(() => tt.getTestConfig({ cookie, name: 'Laptop' })).code).toBe(6);
    expect(faultOf(() => tt.getTestConfigByRecordID({ cookie, recordID: 2 })).code).toBe(6);
    const [report] = tt.getDefect({ cookie, defectNumber: 1 }).reportedbylist ?? [];
    expect(report?.standardtestconfig).toBeUndefined();
  });
});
