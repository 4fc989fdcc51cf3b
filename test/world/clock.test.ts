import { expect, test } from 'vitest';
import { Clock } from '../../src/world/clock.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const minute = 60_000;

/** A host clock that a test moves. */
function host(at = start) {
  const state = { at };
  return { state, now: () => state.at };
}

test('a real clock shows the host’s time', () => {
  const { state, now } = host();
  const clock = new Clock(now);
  state.at += minute;
  expect(clock.state()).toEqual({ mode: 'real', now: start + minute, offsetMs: 0, rate: 1 });
});

test('a frozen clock stands until it is moved', () => {
  const { state, now } = host();
  const clock = new Clock(now, { mode: 'frozen', now: start });
  state.at += minute;
  expect(clock.now()).toBe(start);
  expect(clock.advance(15 * minute).now).toBe(start + 15 * minute);
});

test('a real clock that was moved goes on from there with the host', () => {
  const { state, now } = host();
  const clock = new Clock(now);
  clock.advance(15 * minute);
  state.at += 1000;
  expect(clock.now()).toBe(start + 15 * minute + 1000);
  expect(clock.state().offsetMs).toBe(15 * minute);
});

test('a scaled clock runs so many times as fast', () => {
  const { state, now } = host();
  const clock = new Clock(now);
  clock.set({ mode: 'scaled', rate: 60 });
  state.at += 1000;
  expect(clock.now()).toBe(start + minute);
});

test('changing the mode without a time goes on from what the clock shows; real returns to the host', () => {
  const { state, now } = host();
  const clock = new Clock(now);
  clock.advance(minute);
  clock.set({ mode: 'frozen' });
  state.at += 5 * minute;
  expect(clock.now()).toBe(start + minute);
  clock.set({ mode: 'offset' });
  state.at += minute;
  expect(clock.now()).toBe(start + 2 * minute);
  expect(clock.set({ mode: 'real' }).now).toBe(state.at);
});

test('a reset goes back to the start of the scenario, or to the host’s time where it named none', () => {
  const { state, now } = host();
  const frozen = new Clock(now, { mode: 'frozen', now: start });
  frozen.advance(minute);
  expect(frozen.reset().now).toBe(start);
  const real = new Clock(now);
  real.advance(minute);
  state.at += 7;
  expect(real.reset()).toEqual({ mode: 'real', now: state.at, offsetMs: 0, rate: 1 });
});

test('a clock that is set back shows the earlier time', () => {
  const { now } = host();
  const clock = new Clock(now, { mode: 'frozen', now: start });
  expect(clock.set({ mode: 'frozen', now: start - minute }).now).toBe(start - minute);
});
