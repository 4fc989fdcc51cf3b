import { describe, expect, test } from 'vitest';
import { startTwin } from '../../../src/index.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { soapClient } from '../../support/soap-client.ts';

const start = '2026-03-02T09:00:00Z';
const withLogins = (logins: readonly object[], server: object = {}) => ({
  twintrack: 1,
  clock: { mode: 'frozen', now: start },
  testtrack: {
    server: { cookies: 'plain', ...server },
    projects: [
      {
        name: 'Project',
        users: [
          { login: 'username', password: 'password', last: 'Ser' },
          { login: 'colleague', password: 'colleague', last: 'League' },
        ],
        defects: [{ summary: 'First' }],
        logins,
      },
    ],
  },
});

describe('a login of the scenario', () => {
  test('is a session whose cookie is known, holds a licence and ends by itself', async () => {
    const scenario = withLogins([{ user: 'colleague', idleMinutes: 3 }], {
      soapLicences: 1,
      inactivityMinutes: 10,
    });
    await using twin = await startTwin({ scenario, checkInvariants: true });
    const tt = soapClient(twin.soapUrl);
    expect(twin.summary.logins).toEqual([{ project: 'Project', user: 'colleague', cookie: 1001 }]);
    const logOn = () => tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
    await expect(logOn()).rejects.toThrow();
    twin.clock.advance('7m');
    expect(Number(await logOn())).toBe(1002);
  });

  test('can be used by its cookie', async () => {
    await using twin = await startTwin({ scenario: withLogins([{ user: 'colleague' }]) });
    const defect = await soapClient(twin.soapUrl).getDefect({ cookie: 1001, defectNumber: 1 });
    expect(defect).toMatchObject({ summary: 'First' });
  });

  test.each([
    [{ user: 'nobody' }, '.user: there is no user "nobody" in "Project"'],
    [{ user: 'colleague', idleMinutes: 1000 }, ': the session is over'],
    [{ user: 'colleague', idleSince: '2026-03-02T09:00:01Z' }, ': the session was last used after'],
    [
      { user: 'colleague', idleSince: start, idleMinutes: 1 },
      ': a login has idleSince or idleMinutes, not both',
    ],
  ])('%j is refused', (login, message) => {
    const load = () => loadScenario(withLogins([login]), { now: 0, sections: productSections });
    expect(load).toThrow(`testtrack.projects[0].logins[0]${message}`);
  });
});
