import { expect, test } from 'vitest';
import { atOnce, inTurns, type Steps } from '../../src/answers/steps.ts';

function* counting(to: number, seen: (step: number) => void = () => {}): Steps<number> {
  for (let step = 1; step <= to; step++) {
    seen(step);
    yield;
  }
  return to;
}

test('long work gives the same at once and in turns', async () => {
  expect(atOnce(counting(100))).toBe(100);
  expect(await inTurns(counting(100))).toBe(100);
});

test('others have their turn while long work goes on', async () => {
  let isOthersTurn = false;
  let steps = 0;
  setImmediate(() => {
    isOthersTurn = true;
  });
  await inTurns(
    (function* (): Steps<void> {
      while (!isOthersTurn) {
        steps += 1;
        yield;
      }
    })(),
  );
  expect(steps).toBeGreaterThan(0);
});

test('what a step throws is what the work throws', async () => {
  const failing = () =>
    counting(3, (step) => {
      if (step === 2) throw new Error('broken');
    });
  expect(() => atOnce(failing())).toThrow('broken');
  await expect(inTurns(failing())).rejects.toThrow('broken');
});
