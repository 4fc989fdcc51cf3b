import type { Selector, Selectors } from '../model/run-head.ts';
import type { FieldValue, FieldValues } from '../model/value.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { accessors } from './accessors.ts';
import * as attributes from './attributes.ts';
import type { Field } from './field.ts';
import * as fields from './fields.ts';
import * as markup from './markup.ts';
import * as people from './people.ts';
import * as results from './results.ts';
import { type MethodsOf, RunState } from './run-state.ts';
import * as samples from './samples.ts';
import type { SelectorFlags } from './selection.ts';
import * as selection from './selection.ts';
import * as sqlMirror from './sql-mirror.ts';
import * as storage from './storage.ts';
import * as tests from './tests.ts';
import * as variables from './variables.ts';

/** Every function of a session or set, by the name of its method; the first parameter of each is the state. */
const methods = {
  ...accessors,
  ...people,
  ...tests,
  ...attributes,
  ...selection,
  ...results,
  ...fields,
  ...variables,
  ...markup,
  ...storage,
  ...samples,
  ...sqlMirror,
};

/** What gives all without a name, and one of them with it. */
interface ByName<All, One, Rest extends readonly unknown[] = []> {
  (): All;
  (name: string, ...rest: Rest): One | undefined;
}

/** The methods whose answer is of another type when they are called without a name. */
interface MethodsByName {
  readonly selector: ByName<Selectors, Selector, [values?: FieldValue, flags?: SelectorFlags]>;
  readonly runSelector: ByName<
    Selectors,
    Selector,
    [value?: FieldValue | Selector, isCS?: boolean, isRE?: boolean]
  >;
  readonly agentSelector: ByName<Selectors, Selector, [values?: FieldValue]>;
  readonly dbdata: ByName<FieldValues, FieldValue, [value?: FieldValue]>;
  readonly field: ByName<ReadonlyMap<string, Field>, Field>;
  readonly testCase: {
    (): readonly TestAttributes[];
    (tid: number, attributes?: TestAttributes): TestAttributes | undefined;
  };
}

type Methods = Omit<MethodsOf<typeof methods>, keyof MethodsByName> & MethodsByName;

/**
 * The state with every function above as its method: `tests.deleteTest(state, 3)` is `session.deleteTest(3)`. What
 * TestSession and TestSet have in common.
 */
export const RunWithMethods = class extends RunState {} as unknown as new (
  ...args: ConstructorParameters<typeof RunState>
) => RunState & Methods;

for (const [name, work] of Object.entries(methods)) {
  const ofState = work as (state: RunState, ...rest: never[]) => unknown;
  Object.defineProperty(RunWithMethods.prototype, name, {
    value(this: RunState, ...rest: never[]) {
      return ofState(this, ...rest);
    },
  });
}
