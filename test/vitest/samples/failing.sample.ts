import { expect } from 'vitest';
import { twinTest } from '../../../src/vitest/index.ts';
import { jsonBody } from '../../support/json-body.ts';
import { tinyScenario } from '../../support/scenarios.ts';
import { soapClient } from '../../support/soap-client.ts';

/** Tests that are meant to fail. twin-test.test.ts runs them and reads what vitest says. */
const test = twinTest({
  scenario: {
    ...tinyScenario,
    testtrack: {
      projects: [
        {
          name: 'Tiny',
          users: [{ login: 'keeper', password: 'pa55word', last: 'Keeper', groups: ['Administrators'] }],
          defects: [{ summary: 'First' }],
        },
      ],
    },
  },
  lastCalls: 2,
});

async function readDefect(soapUrl: string, defectNumber: number): Promise<void> {
  const tt = soapClient(soapUrl);
  const cookie = await tt.DatabaseLogon({ dbname: 'Tiny', username: 'keeper', password: 'pa55word' });
  await tt.getDefect({ cookie: Number(cookie), defectNumber, summary: '', bDownloadAttachments: false });
}

test('an expectation fails', async ({ world }) => {
  world.rules.add({ name: 'fifth', when: { operation: 'getDefect', call: 5 }, do: { fault: 22 } });
  await fetch(`${world.rpcUrl}?rpctoken=open&username=ann&command=getSuiteList`);
  await readDefect(world.soapUrl, 77).catch(() => {});
  expect('Open').toBe('Fixed');
});

test('a call was not made', async ({ world }) => {
  await readDefect(world.soapUrl, 1);
  world.journal.verify({ calls: [{ operation: 'getDefect', where: { defectNumber: 2 } }] });
});

test('a verification over HTTP fails', async ({ world }) => {
  await readDefect(world.soapUrl, 1);
  const asked = { calls: [{ operation: 'getDefect', where: { defectNumber: 3 } }] };
  const answer = await fetch(`${world.url}/__admin/journal/verify`, {
    method: 'POST',
    ...jsonBody(asked),
  });
  expect(answer.status).toBe(200);
});

let tries = 0;
test('the second try passes', { retry: 1 }, async ({ world }) => {
  tries += 1;
  await readDefect(world.soapUrl, 1);
  expect(tries).toBe(2);
});

test('the world is not asked for', () => expect(1).toBe(2));
