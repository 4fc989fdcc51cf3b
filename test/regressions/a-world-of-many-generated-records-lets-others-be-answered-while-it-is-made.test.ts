import { expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { jsonBody } from '../support/json-body.ts';
import { minimalScenario } from '../support/minimal.ts';

test('others are answered while a world of many generated records is made', async () => {
  await using twin = await startTwin({ scenario: minimalScenario });
  const users = [{ login: 'ann', password: '', first: 'Ann', last: 'Onym' }];
  const projects = [{ name: 'Large', users, generate: { defects: 30_000 } }];
  const body = { name: 'large', scenario: { twintrack: 1, testtrack: { projects } } };
  // Loads what control requests need.
  await fetch(`${twin.url}/__admin`);
  let made: number | undefined;
  const making = fetch(`${twin.url}/__admin/worlds`, { method: 'POST', ...jsonBody(body) });
  void making.then(({ status }) => {
    made = status;
  });
  let answered = 0;
  while (made === undefined) {
    await fetch(`${twin.rpcUrl}?command=none`).then((answer) => answer.text());
    answered += 1;
  }
  expect(made).toBe(200);
  // Work in one go lets in those that came before it.
  expect(answered).toBeGreaterThan(10);
});
