import { errors } from '../errors.ts';
import { asList, type FieldValue, type FieldValues } from '../model/value.ts';
import { isChoice, variableNamed } from '../rules/variables.ts';
import type { OpenSuite } from './open-suite.ts';

/**
 * Variable values from outside, checked against the definitions: the name has to be known; a choice has to be one
 * of the listed; a derived variable is computed and cannot be set. Empty values mean "not set".
 */
export function checkedVariables(suite: OpenSuite, given: FieldValues): FieldValues {
  const checked: [string, FieldValue][] = [];
  for (const [name, value] of Object.entries(given)) {
    const argument = `VAR_${name}`;
    const definition = variableNamed(suite.definition, name);
    if (!definition || definition.type === 'derived') {
      const known = suite.definition.variables.map((variable) => variable.name);
      throw errors.noVariable({ argument, value: name }, known);
    }
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
