import { type FieldValue, type FieldValues, own, withOwn } from '../model/value.ts';
import { startingVariables, variableDefault, variableNamed, withDerived } from '../rules/variables.ts';
import { checkedVariables } from './checked-variables.ts';
import type { RunState } from './run-state.ts';

// Session variables: values that say what a session was run against.

/** The value of a variable; set first when one is given. A default only fills what has no value yet. */
export function variable(
  state: RunState,
  name: string,
  value?: FieldValue,
  isDefault = false,
): FieldValue | undefined {
  const { definition } = state.suite;
  const present = own(state.head.variables, name);
  if (value === undefined) return present;
  checkedVariables(state.suite, { [name]: value });
  if (isDefault && present !== undefined) return present;
  state.change({ variables: withDerived(definition, withOwn(state.head.variables, name, value)) });
  return own(state.head.variables, name);
}

/**
 * Fills the variables: when asked with the defaults of the acting account, then of the suite (that the account's come
 * first is inferred). Without, and with none present, only the required ones come in (documented).
 *
 * @returns all variables of the session; undefined when defaults are asked for and the user has no account (documented)
 */
export function setVariables(state: RunState, useDefaults = false): FieldValues | undefined {
  const { definition, accounts, user } = state.suite;
  const present = state.head.variables;
  if (useDefaults) {
    const account = accounts.get(user);
    if (!account) return undefined;
    const own = Object.entries(account.variables).filter(([name]) => variableNamed(definition, name));
    state.change({ variables: startingVariables(definition, { ...Object.fromEntries(own), ...present }) });
  } else if (Object.keys(present).length === 0) {
    const required = definition.variables.filter(
      ({ isRequired, type }) => isRequired && type !== 'separator',
    );
    const values = required.map((each): [string, FieldValue] => [each.name, variableDefault(each) ?? '']);
    state.change({ variables: Object.fromEntries(values) });
  }
  return state.head.variables;
}

/** The session's own value, else the default; undefined without either or without such a variable. */
export function defaultVariable({ suite, head }: RunState, name: string): FieldValue | undefined {
  const definition = variableNamed(suite.definition, name);
  return definition && (own(head.variables, name) ?? variableDefault(definition));
}

/** Computes the derived variables anew (the manual names the method and says no more; inferred). */
export function calcVariables(state: RunState): FieldValues {
  state.put({ variables: withDerived(state.suite.definition, state.head.variables) });
  return state.head.variables;
}
