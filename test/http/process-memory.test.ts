import { expect, test } from 'vitest';
import { stateShareOf, usualMaxState } from '../../src/http/process-memory.ts';

const MB = 1024 * 1024;

test('the state takes half of what is left beside the program, of memory and of heap', () => {
  expect(stateShareOf({ all: 128 * MB, heap: 272 * MB })).toBe(16 * MB);
  expect(stateShareOf({ all: 24_000 * MB, heap: 4128 * MB })).toBe(2048 * MB);
  expect(stateShareOf({ all: 64 * MB, heap: 64 * MB })).toBe(4 * MB);
});

test('this process has some', () => {
  expect(usualMaxState()).toBeGreaterThan(4 * MB);
});
