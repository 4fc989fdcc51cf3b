import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { fuzz } from './fuzz.ts';
import { SocketShare } from './socket-cases.ts';

const socket = await SocketShare.open();
afterAll(() => socket.close());

const corpus = new URL('corpus/', import.meta.url);
const foundSchema = z.strictObject({ seed: z.string(), only: z.int(), found: z.string() });
const found = readdirSync(corpus)
  .filter((name) => name.endsWith('.json'))
  .map((name) => foundSchema.parse(JSON.parse(readFileSync(new URL(name, corpus), 'utf8'))));

const findingsOf = async (seed: string, from: number, to: number) =>
  (await fuzz({ seed, from, to, socket })).findings;

test.each(found)('what the fuzzer found does not come back: $found', async ({ seed, only }) => {
  expect(await findingsOf(seed, only, only + 1)).toEqual([]);
});

test('random requests are answered as the WSDL says, or refused without a trace', async () => {
  expect(await findingsOf('every change', 0, 300)).toEqual([]);
});

test('a data folder that was damaged goes on with what was acknowledged, or says what to do', async () => {
  const { findings } = await fuzz({ seed: 'every change', from: 0, to: 60, kind: 'folder' });
  expect(findings).toEqual([]);
});

test('a case is the same when it is made alone', async () => {
  const together = await fuzz({ seed: 'alone', from: 0, to: 20 });
  const alone = await Promise.all(
    Array.from({ length: 20 }, (_, only) => fuzz({ seed: 'alone', from: only, to: only + 1 })),
  );
  const sent = (reports: readonly (typeof together)[]) =>
    reports.flatMap(({ tally }) => [...tally.values()]).reduce((sum, each) => sum + each.sent, 0);
  expect(sent(alone)).toBe(sent([together]));
});
