import { expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { tinyScenario } from '../support/scenarios.ts';

test('a misspelt member of a record is named, with what was probably meant', async () => {
  await using twin = await startTwin({ scenario: tinyScenario });
  const warnings = (where: Record<string, unknown>) =>
    twin.rules.add({ when: { operation: 'saveDefect', where }, do: { fault: 22 } }).warnings;
  expect(warnings({ pDefect: { priorty: 'High' } })).toEqual([
    'It never acts: a CDefect has no "priorty". Did you mean "priority"?',
  ]);
  expect(warnings({ pDefect: { reportedbylist: [{ foundbi: 'Ser, Una' }] } })).toEqual([
    expect.stringMatching(/^It never acts: a \w+ has no "foundbi"/),
  ]);
  expect(
    warnings({ pdefect: { Priority: 'High', customFieldList: [{ $type: 'CStringField', value: 'x' }] } }),
  ).toEqual([]);
});
