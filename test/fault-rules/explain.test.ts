import { expect, test } from 'vitest';
import { explain } from '../../src/fault-rules/explain.ts';
import { corruptionOf, insteadOf } from '../../src/fault-rules/intervention.ts';
import { type Action, ruleSchema } from '../../src/fault-rules/rule-schema.ts';

/** One of each action; the type makes an action without a sample a compile error. */
const samples: { readonly [Name in keyof Action]-?: unknown } = {
  fault: 22,
  dropSession: 'caller',
  lock: { number: 1, by: 'lake' },
  delay: '1s',
  cut: 'before',
  truncate: 10,
  malformed: true,
  status: 503,
  busy: true,
  licenceGone: 'soap',
};

/** What changes the state or only waits, and therefore puts nothing in the place of the answer. */
const withoutAnswer = ['dropSession', 'lock', 'delay'];

const rules = Object.entries(samples).map(([name, sample]) => ({
  name,
  rule: ruleSchema.parse({ do: { [name]: sample } }),
}));

test('every action is explained in words of its own', () => {
  const explained = rules.map(({ rule }) => explain({ rule }));
  expect(new Set(explained).size).toBe(rules.length);
});

test.each(rules.filter(({ name }) => !withoutAnswer.includes(name)))(
  'the action $name changes what the client gets',
  ({ name, rule }) => {
    const call = { api: 'testtrack', name: 'getDefect', input: {} } as const;
    expect(insteadOf({ name, rule }, call) ?? corruptionOf(rule.do)).toBeDefined();
  },
);
