import type { Suite, VariableDefinition } from '../model/definitions.ts';
import { asText, type FieldValue, type FieldValues, own } from '../model/value.ts';

/** The value a variable has before it is set; undefined where its definition gives none. */
export function variableDefault(definition: VariableDefinition): FieldValue | undefined {
  const chosen = definition.values.filter(({ isDefault }) => isDefault).map(({ value }) => value);
  switch (definition.type) {
    case 'single':
      return chosen[0];
    case 'multiple':
      return chosen.length === 0 ? undefined : chosen;
    case 'text':
    case 'textbox':
      return definition.text === '' ? undefined : definition.text;
    case 'derived':
    case 'separator':
      return undefined;
  }
}

/** The variable of that name; a separator is no variable, it only parts the form. */
export function variableNamed(suite: Suite, name: string): VariableDefinition | undefined {
  return suite.variables.find((variable) => variable.name === name && variable.type !== 'separator');
}

/** Whether a variable has one or several of the values listed for it. */
export function isChoice({ type }: VariableDefinition): boolean {
  return type === 'single' || type === 'multiple';
}

/**
 * Values with every derived variable computed. A derived variable is a pattern with `<% name %>` for other
 * variables, the form that test texts use too (documented for texts, inferred here). Patterns may use other
 * derived variables; a circle gives an empty text.
 */
export function withDerived(suite: Suite, values: FieldValues): FieldValues {
  const derived = suite.variables.filter(({ type }) => type === 'derived');
  if (derived.length === 0) return values;
  const patterns = new Map(derived.map(({ name, text }) => [name, text]));
  const valueFor = (name: string, open: ReadonlySet<string>): string => {
    const pattern = patterns.get(name);
    if (pattern === undefined) return asText(own(values, name));
    if (open.has(name)) return '';
    return interpolated(pattern, (inner) => valueFor(inner, new Set([...open, name])));
  };
  const computed = derived.map(({ name }): [string, string] => [name, valueFor(name, new Set())]);
  return { ...values, ...Object.fromEntries(computed) };
}

/** Puts values in for `<% name %>`. */
export function interpolated(text: string, valueFor: (name: string) => string): string {
  return text.replace(/<%\s*([\w.-]{1,100})\s*%>/g, (_match, name: string) => valueFor(name));
}

/** What a new session or set starts with: the defaults of the suite, then the given values. */
export function startingVariables(suite: Suite, given: FieldValues): FieldValues {
  const defaults = suite.variables.flatMap((definition): [string, FieldValue][] => {
    const value = variableDefault(definition);
    return value === undefined ? [] : [[definition.name, value]];
  });
  return withDerived(suite, { ...Object.fromEntries(defaults), ...given });
}
