import { describe, expect, test } from 'vitest';
import { ruleSchema } from '../../src/fault-rules/rule-schema.ts';
import { problemsOf } from '../../src/input/issues.ts';

function problems(rule: unknown): string[] {
  const checked = ruleSchema.safeParse(rule);
  if (checked.success) return [];
  return problemsOf(checked.error, ruleSchema, rule).map(({ where, message }) => `${where}: ${message}`);
}
const fault = { fault: 16 };

describe('a rule that makes no sense is refused with the reason', () => {
  test.each([
    [{}, 'do: is missing; expected a map'],
    [{ do: {} }, 'do: a rule does exactly one thing: fault, dropSession,'],
    [
      { do: { fault: 16, busy: true } },
      'do.busy: a rule does exactly one thing, and this one does fault and busy',
    ],
    [{ do: { fualt: 16 } }, 'do.fualt: is no known key; known here: fault, '],
    [{ do: { fualt: 16 } }, 'Did you mean "fault"?'],
    [
      { do: { fault: 999 } },
      'do.fault: no text is known for fault 999; give it a "text", or one of 1, 2, 5,',
    ],
    [{ do: { fault: {} } }, 'do.fault: a fault has a "number", a "text" or both'],
    [{ do: fault, when: { opration: 'getDefect' } }, 'Did you mean "operation"?'],
    [{ do: fault, when: { at: 'tomorrow' } }, 'when.at: "tomorrow" is no time; write a moment as'],
    [{ do: fault, when: { at: '+10' } }, 'when.at: "10" is not a length of time.'],
    [{ do: fault, when: { call: 0 } }, 'when.call: found 0, expected at least 1'],
    [{ do: fault, when: { call: 1, every: 2 } }, 'when: give either "call", for the Nth call, or "every"'],
    [{ do: fault, when: { api: 'aptst' } }, 'Did you mean "aptest"?'],
    [{ do: fault, when: { where: { run: () => 1 } } }, 'when.where: holds something that is neither text'],
    [{ do: fault, times: 0 }, 'times: found 0, expected at least 1'],
    [{ do: fault, probability: 2 }, 'probability: found 2, expected at most 1'],
    [{ do: fault, name: 'a/b' }, 'name: found "a/b"; a name holds no slash'],
    [{ do: { delay: '11m' } }, 'do.delay: "11m" is too long; a delay is at most 10m of real time'],
    [{ do: { delay: '5' } }, 'do.delay: "5" is not a length of time.'],
    [{ do: { truncate: -1 } }, 'do.truncate: found -1, expected at least 0'],
    [{ do: { status: 99 } }, 'do.status: found 99, expected at least 200'],
    [{ do: { lock: { number: 1 } } }, 'do.lock.by: is missing; expected a text'],
    [{ do: { lock: { number: 1, by: 'a', table: 'Defcet' } } }, 'Did you mean "Defect"?'],
    [
      { do: { dropSession: 'caller' }, when: { at: '+1m' } },
      'do.dropSession: at a moment there is no caller',
    ],
  ])('%j', (rule, message) => {
    expect(problems(rule).join('\n')).toContain(message);
  });
});

test('short forms of a rule become the long ones', () => {
  expect(ruleSchema.parse({ do: { fault: 6 } })).toEqual({ when: {}, do: { fault: { number: 6 } } });
  expect(ruleSchema.parse({ do: { status: 503 } }).do).toEqual({ status: { status: 503 } });
  expect(ruleSchema.parse({ when: { at: '+1h30m' }, do: { delay: '2s' } })).toEqual({
    when: { at: { after: 5_400_000 } },
    do: { delay: 2000 },
  });
});
