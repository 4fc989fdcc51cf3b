import { DAY_SECONDS } from '../../world/instant.ts';
import type { FieldDefinition, VariableDefinition } from '../model/definitions.ts';
import type { FieldValue } from '../model/value.ts';
import { isMultiple, isSettable } from '../rules/execution-fields.ts';
import { withDerived } from '../rules/variables.ts';
import { setRunData } from './attributes.ts';
import { userList } from './people.ts';
import type { RunState } from './run-state.ts';
import { path } from './storage.ts';

const words = 'amber bridge candle delta ember forest granite harbour island juniper'.split(' ');

/**
 * Fills with sample data: all settable fields of a test, or without a test the session variables. The same world gives
 * the same samples.
 */
export function populate(state: RunState, tid?: number): void {
  const { definition } = state.suite;
  if (tid === undefined) {
    const samples = definition.variables
      .filter(({ type }) => type !== 'derived' && type !== 'separator')
      .map((variable) => [variable.name, sampleVariable(state, variable)]);
    state.change({ variables: withDerived(definition, Object.fromEntries(samples)) });
    return;
  }
  const fields = definition.executionFields.filter(isSettable);
  setRunData(
    state,
    tid,
    Object.fromEntries(
      fields.map((field) => [field.name, sampleValue(state, field, `${tid}/${field.name}`)]),
    ),
  );
}

function sampleValue(state: RunState, field: FieldDefinition, purpose: string): FieldValue {
  const pick = (among: readonly string[]): string => among[chance(state, purpose, among.length)] ?? '';
  switch (field.type) {
    case 'list': {
      const chosen = pick((field.values ?? []).map(({ value }) => value));
      return isMultiple(field) ? [chosen].filter((each) => each !== '') : chosen;
    }
    case 'user':
      return pick(userList(state));
    case 'number':
    case 'time':
      return String(chance(state, purpose, 1000));
    case 'date':
    case 'datetime':
      return String(state.suite.now - chance(state, purpose, 30) * DAY_SECONDS);
    case 'textarea':
      return `${sampleWords(state, purpose, 12)}.\n${sampleWords(state, `${purpose}/2`, 9)}.`;
    case 'table':
      return [1, 2, 3].map((row) => sampleWords(state, `${purpose}/${row}`, 3)).join('\n');
    default:
      return sampleWords(state, purpose, 3);
  }
}

function sampleVariable(state: RunState, variable: VariableDefinition): FieldValue {
  const values = variable.values.map(({ value }) => value);
  const chosen = values[chance(state, variable.name, values.length)];
  if (variable.type === 'multiple') return chosen === undefined ? [] : [chosen];
  return chosen ?? sampleWords(state, variable.name, variable.type === 'textbox' ? 8 : 2);
}

function sampleWords(state: RunState, purpose: string, count: number): string {
  return Array.from(
    { length: count },
    (_, at) => words[chance(state, `${purpose}/${at}`, words.length)],
  ).join(' ');
}

/** A number that looks like chance, and is the same for the same world, session and purpose. */
function chance(state: RunState, purpose: string, below: number): number {
  return state.suite.chance(`sample/${path(state)}/${purpose}`).readUInt32BE(0) % Math.max(1, below);
}
