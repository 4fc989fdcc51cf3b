import { expect, test } from 'vitest';
import { Clock, type ClockChoice } from '../../src/world/clock.ts';

const choices: readonly ClockChoice[] = [
  { mode: 'real' },
  { mode: 'real', now: 1000 },
  { mode: 'frozen', now: 1000 },
  { mode: 'offset', now: 1000 },
  { mode: 'scaled', now: 1000, rate: 2.5 },
];

test.each(choices)('a clock with %j goes on from what was saved as if it had never stopped', (choice) => {
  const host = { now: 50_000 };
  const clock = new Clock(() => host.now);
  clock.set(choice);
  host.now += 300;
  clock.advance(7);
  const saved = JSON.parse(JSON.stringify(clock.saved())) as ReturnType<Clock['saved']>;
  host.now += 10_000;
  const other = new Clock(() => host.now, { mode: 'frozen', now: 0 });
  other.restore(saved);
  expect(other.state()).toEqual(clock.state());
  expect(other.isHostTime).toBe(clock.isHostTime);
});

test('a reset of a restored clock goes back to how it began, not to what was restored', () => {
  const clock = new Clock(() => 5000, { mode: 'frozen', now: 1000 });
  clock.restore({ mode: 'scaled', rate: 3, host: 0, virtual: 0 });
  expect(clock.reset()).toMatchObject({ mode: 'frozen', now: 1000 });
});

test('a keeper of a clock is told of every change, and not of what it restores itself', () => {
  const clock = new Clock(() => 5000);
  let told = 0;
  clock.onChange(() => {
    told += 1;
  });
  clock.set({ mode: 'frozen', now: 1 });
  clock.advance(5);
  clock.reset();
  expect(told).toBe(3);
  clock.restore(clock.saved());
  clock.onChange(undefined);
  clock.advance(5);
  expect(told).toBe(3);
});
