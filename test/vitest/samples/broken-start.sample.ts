import { twinTest } from '../../../src/vitest/index.ts';

const test = twinTest({ scenario: 'nowhere.yaml' });

test('there is no twin', ({ world }) => {
  world.reset();
});
