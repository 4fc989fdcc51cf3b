import type { FieldDefinition } from '../model/definitions.ts';
import type { TestCase } from '../model/test-case.ts';
import { asText } from '../model/value.ts';
import { fieldOf } from './selection.ts';

/** One thing to do in a test, and what should come of it. */
export interface TestStep {
  readonly step: string;
  readonly expected: string;
}

/**
 * The fields that hold the steps of a test case. That the product shows each test with a table of them is observed in a
 * client; how the schema holds them is not known, so this is inferred: the fields of type `table`, else `steps` and
 * `expected`.
 */
export function stepFields(fields: readonly FieldDefinition[]): readonly FieldDefinition[] {
  const tables = fields.filter(({ type }) => type === 'table');
  return tables.length > 0 ? tables : fields.filter(({ name }) => name === 'steps' || name === 'expected');
}

/**
 * The steps of a test case. In a table each line is a step, with a bar before what is expected; in the two fields the
 * lines go together by their number.
 */
export function stepsOf(fields: readonly FieldDefinition[], test: TestCase): TestStep[] {
  const holders = stepFields(fields);
  const lines = (wanted: string): string[] =>
    holders.flatMap(({ name }) => (name === wanted ? asText(fieldOf(test, name)).split(/\r\n|\r|\n/) : []));
  const steps = holders.some(({ type }) => type === 'table')
    ? holders.flatMap(({ name }) => lines(name)).map(parted)
    : paired(lines('steps'), lines('expected'));
  return steps.filter(({ step, expected }) => step !== '' || expected !== '');
}

function parted(line: string): TestStep {
  const [step = '', ...expected] = line.split('|').map((part) => part.trim());
  return { step, expected: expected.join(' | ') };
}

function paired(steps: readonly string[], expected: readonly string[]): TestStep[] {
  const length = Math.max(steps.length, expected.length);
  return Array.from({ length }, (_, at) => ({
    step: (steps[at] ?? '').trim(),
    expected: (expected[at] ?? '').trim(),
  }));
}
