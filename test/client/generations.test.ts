import { afterAll, expect, test } from 'vitest';
import { TestTrackClient } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';
import { people } from '../support/twin.ts';

const customFields = { Defect: [{ name: 'Promised on', type: 'date' }] };
const twin = await startTwin({
  checkInvariants: true,
  scenario: {
    twintrack: 1,
    testtrack: {
      server: { sdk: '2013', timeZone: 'America/New_York' },
      projects: [
        {
          name: 'Project',
          users: people.slice(0, 1),
          customFields,
          defects: [
            {
              number: 11,
              summary: 'Slow',
              enteredBy: 'admin',
              customFields: { 'Promised on': '2026-04-01' },
            },
          ],
        },
      ],
    },
  },
});
afterAll(() => twin.close());

test.each([
  ['the WSDL of this package', undefined],
  ['the WSDL of the server', twin.wsdlUrl],
])('a server of 2013 is read and written by %s', async (_, wsdlUrl) => {
  await using tt = await TestTrackClient.logOn({
    url: twin.url,
    project: 'Project',
    username: 'admin',
    password: 'secret',
    ...(wsdlUrl ? { wsdlUrl } : {}),
  });
  const shown = async () => (await tt.getDefect({ defectNumber: 11 })).customFieldList?.[0];
  const midnight = { $type: 'CDateField', value: '2026-04-01T00:00:00-04:00' };
  expect(await shown()).toMatchObject(midnight);
  await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
    defect.summary = `Slow by ${wsdlUrl}`;
  });
  expect(await shown()).toMatchObject(midnight);
  expect((await tt.getDefect({ defectNumber: 11 })).summary).toBe(`Slow by ${wsdlUrl}`);
});
