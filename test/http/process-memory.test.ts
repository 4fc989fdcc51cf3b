import { expect, test } from 'vitest';
import { stateShareOf, tooLargeMaxState, usualMaxState } from '../../src/http/process-memory.ts';
import { startTwin } from '../../src/index.ts';
import { KeptLog } from '../support/edge.ts';

const MB = 1024 * 1024;

test('the state takes half of what is left beside the program, of memory and of heap', () => {
  expect(stateShareOf({ all: 128 * MB, heap: 272 * MB })).toBe(16 * MB);
  expect(stateShareOf({ all: 24_000 * MB, heap: 4128 * MB })).toBe(2048 * MB);
  expect(stateShareOf({ all: 64 * MB, heap: 64 * MB })).toBe(4 * MB);
});

test('this process has some', () => {
  expect(usualMaxState()).toBeGreaterThan(4 * MB);
});

test('a bound that the process has not the memory for is told of, with what there is', () => {
  expect(tooLargeMaxState(32 * MB, 16 * MB)).toBeUndefined();
  expect(tooLargeMaxState(60 * MB, 16 * MB)).toContain(
    'may take 60.0 MB (setting maxState: --max-state, TWINTRACK_MAX_STATE), but this process has 32.0 MB',
  );
});

test('a twin that may take more than there is says so once, at the start', async () => {
  const log = new KeptLog();
  const twin = await startTwin({ log, settings: { maxState: 1e15 } });
  await twin.close();
  const told = log.lines.filter(({ message }) => message.startsWith('The states may take'));
  expect(told.map(({ level }) => level)).toEqual(['warn']);
});
