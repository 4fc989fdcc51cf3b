import { expect, test } from 'vitest';
import { memories } from '../../src/memo/memory.ts';
import { startTwin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';

test('a twin that nobody looks at has put together nothing of the console', async () => {
  const files = memories().find(({ name }) => name === 'script and style of the console');
  files?.clear();
  await using twin = await startTwin();
  await soapClient(twin.soapUrl).getDatabaseList({});
  expect(files?.get(undefined as never)).toBeUndefined();
  await (await fetch(`${twin.url}/__console`)).text();
  expect(files?.get(undefined as never)).toBeDefined();
});
