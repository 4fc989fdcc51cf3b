import type { FieldDefinition } from '../model/definitions.ts';
import { uuidKey } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import type { TestCase } from '../model/test-case.ts';
import { asList, type FieldValue, withOwn } from '../model/value.ts';
import { refreshedValues } from '../rules/dynamic-values.ts';
import { executionField } from '../rules/execution-fields.ts';
import {
  compileSelector,
  compileSelectors,
  fieldOf,
  isSelector,
  type SelectionRules,
  satisfies,
} from '../rules/selection.ts';
import { describedSelector } from '../rules/selector-description.ts';
import { attributesOf } from '../rules/test-attributes.ts';
import type { RunState } from './run-state.ts';

// Which tests belong to a session: selectors on the test schema, on requirements and on execution fields.

/** How the values of a selector are taken. */
export type SelectorFlags = Omit<Selector, 'values'>;

/** All schema selectors; or one of them, set first when values are given. */
export function selector(
  state: RunState,
  field?: string,
  values?: FieldValue,
  flags: SelectorFlags = {},
): Selectors | Selector | undefined {
  const set = values === undefined ? values : { ...flags, ...valuesOf(values) };
  return oneOrAll(state, 'selectors', { name: field, set });
}

/** The same for execution fields. A whole selector given as the value is kept as it is. */
export function runSelector(
  state: RunState,
  field?: string,
  value?: FieldValue | Selector,
  isCS = false,
  isRE = false,
): Selectors | Selector | undefined {
  const isWhole = value === undefined || isSelector(value);
  const set = isWhole ? value : { ...valuesOf(value), isCS, isRE };
  return oneOrAll(state, 'runSelectors', { name: field, set });
}

/** The same for attributes of agents; the manual prints it as a second `selector`. Kept, and used by nothing. */
export function agentSelector(
  state: RunState,
  attribute?: string,
  values?: FieldValue,
): Selectors | Selector | undefined {
  const set = values === undefined ? values : valuesOf(values);
  return oneOrAll(state, 'agentSelectors', { name: attribute, set });
}

function oneOrAll(
  state: RunState,
  kind: 'selectors' | 'runSelectors' | 'agentSelectors',
  { name, set }: { readonly name: string | undefined; readonly set: Selector | undefined },
): Selectors | Selector | undefined {
  if (name === undefined) return state.head[kind];
  if (set) state.change({ [kind]: withOwn(state.head[kind], name, set) });
  return state.head[kind][name];
}

const valuesOf = (values: FieldValue): Selector => ({ values: asList(values) });

/** How many tests the selectors choose; all when there is no selector. */
export function countTests(state: RunState, useCache = false): number {
  void useCache;
  return matchingTests(state).length;
}

/** Whether a value satisfies a selector; the field's type is that of the schema field, if one is named. */
export function stringMatch(state: RunState, value: FieldValue, selector: Selector, field = ''): boolean {
  const matches = compileSelector(fieldNamed(state, field), selector, rulesOf(state));
  return matches ? matches(value) : true;
}

/** A selector in words. Dynamic ones are read anew first unless told not to. */
export function selDesc(state: RunState, field: string, selector: Selector, updateDynamic = true): string {
  const definition = fieldNamed(state, field);
  const isFresh = updateDynamic && selector.isDynamic;
  const values = isFresh ? rulesOf(state).refresh(definition, selector.values) : selector.values;
  return describedSelector(definition, { ...selector, values });
}

/** Names of the fields that show and may be selected by. */
export function selectableList({ suite }: RunState, menuOnly = false, prefix = ''): string[] {
  return suite.definition.fields
    .filter(({ flags }) => flags.includes('selectable') && !flags.includes('hidden'))
    .filter(({ type }) => !menuOnly || type === 'list' || type === 'user')
    .map(({ name }) => prefix + name);
}

/** The tests that all selectors choose, in the suite's order, disabled ones left out. */
export function matchingTests(
  state: RunState,
  among: readonly TestCase[] = state.suite.tests.ordered,
): TestCase[] {
  const { head, suite } = state;
  const rules = rulesOf(state);
  const schema = compileSelectors(head.selectors, suite.definition.fields, rules);
  const execution = compileSelectors(head.runSelectors, suite.definition.executionFields, rules);
  const isLinked = requirementMatcher(state);
  const hasDisabled = Object.keys(head.disabled).length > 0;
  return among.filter((test) => {
    if (hasDisabled && Object.hasOwn(head.disabled, uuidKey(test.uuid))) return false;
    if (isLinked && !isLinked(test)) return false;
    if (schema.length > 0 && !satisfies(schema, (field) => fieldOf(test, field), head.orAmongFields))
      return false;
    if (execution.length === 0) return true;
    const attributes = attributesOf(state.runOf(test.uuid), test.id);
    return satisfies(execution, (field) => attributes[field], head.orAmongFields);
  });
}

/** The field of the test schema or of execution with that name, else a plain text field. */
function fieldNamed({ suite }: RunState, name: string): FieldDefinition {
  const { fields } = suite.definition;
  return (
    fields.find((field) => field.name === name) ??
    executionField(suite.definition, name) ?? { name, flags: [] }
  );
}

function rulesOf({ suite, head }: RunState, idsAreFolders = head.testPickedBy === 'folder'): SelectionRules {
  return {
    engine: suite.patterns,
    searchAndReplace: head.searchAndReplace,
    idsAsStrings: head.idsAsStrings,
    idsAreFolders,
    fullName: (user) => suite.accounts.get(user)?.fullname ?? '',
    refresh: (_field, values) => refreshedValues(values, { user: suite.user, now: suite.now }),
  };
}

/** Tests that are linked to a requirement the selectors choose; undefined when they do not restrict. */
function requirementMatcher(state: RunState): ((test: TestCase) => boolean) | undefined {
  const { head, suite } = state;
  const rules = rulesOf(state, head.reqPickedBy === 'folder');
  const matchers = compileSelectors(head.requirementSelectors, suite.definition.requirementFields, rules);
  if (matchers.length === 0) return undefined;
  const chosen = suite.requirements.ordered.filter((requirement) =>
    satisfies(matchers, (field) => fieldOf(requirement, field), head.orAmongFields),
  );
  const linked = new Set(
    chosen
      .flatMap((requirement) => asList(fieldOf(requirement, 'atm_tests')))
      .flatMap((name) => suite.tests.withUuid(name) ?? suite.tests.withPath(name) ?? [])
      .map(({ uuid }) => uuidKey(uuid)),
  );
  const names = new Set(chosen.flatMap(({ uuid, id }) => [uuidKey(uuid), uuidKey(id)]));
  return (test) =>
    linked.has(uuidKey(test.uuid)) ||
    asList(fieldOf(test, 'atm_reqlink')).some((link) => names.has(uuidKey(link)));
}
