import { describe, expect, test } from 'vitest';
import { startTwin } from '../../../src/index.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { faultOf, soapClient } from '../../support/soap-client.ts';

const withLocks = (locks: readonly object[]) => ({
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' },
  testtrack: {
    projects: [
      {
        name: 'Project',
        users: [
          { login: 'username', password: 'password', last: 'Ser' },
          { login: 'colleague', last: 'League' },
        ],
        defects: [{ summary: 'First', number: 12 }],
        testCases: [{ summary: 'Case', number: 7, recordId: 70 }],
        folders: [{ name: 'Here' }],
        locks,
      },
    ],
  },
});
const load = (locks: readonly object[]) =>
  loadScenario(withLocks(locks), { now: 0, sections: productSections });

describe('a lock of the scenario', () => {
  test('is held by another user until its time is over, on items of any kind', async () => {
    const locks = [
      { number: 12, by: 'colleague', minutes: 5 },
      { table: 'Test Case', number: 7, by: 'colleague' },
    ];
    await using twin = await startTwin({ scenario: withLocks(locks), checkInvariants: true });
    const tt = soapClient(twin.soapUrl);
    const cookie = Number(
      await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' }),
    );
    const edits = [
      () => tt.editDefect({ cookie, defectNumber: 12 }),
      () => tt.editTestCase({ cookie, testCaseNumber: 7 }),
    ] as const;
    for (const edit of edits) expect((await faultOf(edit())).detail).toBe('22');
    twin.clock.advance('5m');
    await edits[0]();
    expect((await faultOf(edits[1]())).detail).toBe('22');
    twin.clock.advance('10m');
    await edits[1]();
  });

  test.each([
    [
      { number: 99, by: 'colleague' },
      'locks[0].number: the lock names no record. Give it the number or recordId of a defect',
    ],
    [{ recordId: 99, by: 'colleague' }, 'locks[0].recordId: the lock names no record'],
    [{ by: 'colleague' }, 'locks[0]: the lock names no record'],
    // The number of a defect is none of a test case.
    [
      { table: 'Test Case', number: 12, by: 'colleague' },
      'Give it the number or recordId of a record of Test Case above',
    ],
    [{ table: 'Folder', number: 1, by: 'colleague' }, 'Give it the recordId of a record of Folder above'],
    [{ number: 12, by: 'nobody' }, 'locks[0].by: there is no user "nobody" in "Project"'],
  ])('%j is refused', (lock, message) => {
    expect(() => load([lock])).toThrow(message);
  });

  test('on a record that has one already is refused', () => {
    const locks = ['username', 'colleague'].map((by) => ({ number: 12, by }));
    expect(() => load(locks)).toThrow(
      'testtrack.projects[0].locks[1]: there are two of the locks on Defect 1.',
    );
    expect(load([{ table: 'Folder', recordId: 1, by: 'colleague' }]).world.collections.size).toBeGreaterThan(
      0,
    );
  });
});
