import { expect, test } from 'vitest';
import { RuleIndex } from '../../src/fault-rules/rule-index.ts';
import type { RuleRecord } from '../../src/fault-rules/tables.ts';

const rule = (order: number, when: object, action: object = { delay: 1 }, from?: number): RuleRecord =>
  ({
    name: `rule ${order}`,
    order,
    rule: { when, do: action },
    givenAt: 100,
    ...(from === undefined ? {} : { from }),
  }) as unknown as RuleRecord;
const call = (name: string) => ({ api: 'testtrack', name, input: {} }) as const;
const orders = (records: readonly RuleRecord[]) => records.map(({ order }) => order);

test('a call looks only at rules about its operation and at those about any', () => {
  const index = new RuleIndex([
    rule(3, { operation: 'getDefect' }),
    rule(1, { operation: 'GETDEFECT' }),
    rule(2, {}),
    rule(4, { operation: 'addDefect' }),
    rule(5, { user: 'lake' }),
  ]);
  expect(orders(index.about(call('getDefect')))).toEqual([1, 2, 3, 5]);
  expect(orders(index.about(call('addDefect')))).toEqual([2, 4, 5]);
  expect(orders(index.about(call('getTask')))).toEqual([2, 5]);
  expect(orders(index.ordered)).toEqual([1, 2, 3, 4, 5]);
});

test('events stand by their moments, without those whose moment had passed', () => {
  const drop = { dropSession: { user: 'lake' } };
  const index = new RuleIndex([
    rule(1, { at: 'x' }, drop, 300),
    rule(2, { at: 'x' }, drop, 200),
    rule(3, { at: 'x' }, drop, 50),
    rule(4, { at: 'x' }, drop, 200),
  ]);
  expect(orders(index.events)).toEqual([2, 4, 1]);
  expect(orders(index.about(call('getDefect')))).toEqual([]);
});
