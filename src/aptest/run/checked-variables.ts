import { errors, type Sent } from '../errors.ts';
import type { VariableDefinition } from '../model/definitions.ts';
import { asList, type FieldValue, type FieldValues } from '../model/value.ts';
import { isChoice, variableNamed } from '../rules/variables.ts';
import type { OpenSuite } from './open-suite.ts';

/** The variable that an argument sets. @throws ProductFault there is none of that name, or it is computed */
function settable({ definition }: OpenSuite, sent: Sent): VariableDefinition {
  const found = variableNamed(definition, sent.value);
  if (found?.type === 'derived') throw errors.derivedVariable(sent);
  if (found) return found;
  const known = definition.variables.filter(({ type }) => !['derived', 'separator'].includes(type));
  throw errors.noVariable(
    sent,
    known.map(({ name }) => name),
  );
}

/**
 * Variable values from outside, checked against the definitions: the name has to be known; a choice has to be one
 * of the listed; a derived variable is computed and cannot be set. Empty values mean "not set".
 */
export function checkedVariables(suite: OpenSuite, given: FieldValues): FieldValues {
  const checked: [string, FieldValue][] = [];
  for (const [name, value] of Object.entries(given)) {
    const argument = `VAR_${name}`;
    const definition = settable(suite, { argument, value: name });
    const values = asList(value).filter((each) => each !== '');
    const stranger =
      isChoice(definition) &&
      values.find((each) => !definition.values.some((listed) => listed.value === each));
    if (stranger) {
      const choices = definition.values.map((listed) => listed.value).join(', ');
      throw errors.malformed({ argument, value: stranger }, `one of ${choices}`);
    }
    const [first = '', second] = values;
    if (second !== undefined && definition.type !== 'multiple')
      throw errors.doubled({ argument, value: first }, second);
    if (values.length > 0) checked.push([name, definition.type === 'multiple' ? values : first]);
  }
  return Object.fromEntries(checked);
}
