import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { memories } from '../../src/memo/memory.ts';
import { consoleFiles } from '../../src/pages/bundle.ts';
import { startTwin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';

test('a twin that nobody looks at has put together nothing of the console', async () => {
  // Known from the first look at any page on, which is when the pages themselves are loaded.
  const files = () => memories().find(({ name }) => name === 'script and style of the console');
  files()?.clear();
  await using twin = await startTwin();
  await soapClient(twin.soapUrl).getDatabaseList({});
  expect(files()?.get(undefined as never)).toBeUndefined();
  await (await fetch(`${twin.url}/__console`)).text();
  expect(files()?.get(undefined as never)).toBeDefined();
});

test('the console takes less than 80 kB, compressed', async () => {
  const { script, style } = await consoleFiles();
  expect(gzipSync(script + style).length).toBeLessThan(80_000);
});
