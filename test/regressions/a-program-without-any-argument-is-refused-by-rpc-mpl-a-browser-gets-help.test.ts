import { expect, test } from 'vitest';
import { people, twinWith } from '../support/twin.ts';

const { twin } = await twinWith([{ name: 'Project', users: [people[0]] }]);
const ask = async (init: RequestInit = {}) => (await fetch(twin.rpcUrl, init)).text();

test('a program that sends no argument at all is refused by rpc.mpl, whatever the method', async () => {
  for (const method of ['GET', 'POST']) {
    expect(await ask({ method })).toMatch(/^1\n.*rpctoken/);
  }
});

test('a browser gets the page that explains the commands', async () => {
  const page = await ask({ headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  expect(page).toContain('<title>rpc.mpl</title>');
});
