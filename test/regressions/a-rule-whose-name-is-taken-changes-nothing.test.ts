import { expect, test } from 'vitest';
import { FaultRules } from '../../src/fault-rules/fault-rules.ts';
import { ruleSchema } from '../../src/fault-rules/rule-schema.ts';
import { Runner } from '../../src/runner/runner.ts';
import { Clock } from '../../src/world/clock.ts';
import { World } from '../../src/world/world.ts';

test('a rule whose name is taken is refused, and the state stays the very same', () => {
  const runner = new Runner(new World('seed'), new Clock(() => 0));
  const rules = new FaultRules(runner);
  const rule = ruleSchema.parse({ name: 'busy', when: { operation: 'saveDefect' }, do: { fault: 22 } });
  expect(rules.add(rule)?.name).toBe('busy');
  const before = runner.world;
  expect(rules.add(rule)).toBeUndefined();
  expect(runner.world).toBe(before);
});
