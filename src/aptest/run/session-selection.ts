import { seededBytes } from '../../world/chance.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { uuidKey } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import type { Requirement, TestCase } from '../model/test-case.ts';
import { asList, type FieldValue, withOwn } from '../model/value.ts';
import { refreshedValues } from '../rules/dynamic-values.ts';
import { executionField } from '../rules/execution-fields.ts';
import {
  compileSelector,
  compileSelectors,
  fieldOf,
  type SelectionRules,
  satisfies,
} from '../rules/selection.ts';
import { describedSelector } from '../rules/selector-description.ts';
import { SessionTests } from './session-tests.ts';

/** Which tests belong to a session: selectors on the test schema, on requirements and on execution fields. */
export abstract class SessionSelection extends SessionTests {
  /** All schema selectors; or one of them, set first when values are given. */
  selector(): Selectors;
  selector(field: string, values?: FieldValue, flags?: Omit<Selector, 'values'>): Selector | undefined;
  selector(
    field?: string,
    values?: FieldValue,
    flags: Omit<Selector, 'values'> = {},
  ): Selectors | Selector | undefined {
    if (field === undefined) return this.head.selectors;
    if (values !== undefined) {
      this.change({ selectors: withOwn(this.head.selectors, field, { ...flags, values: asList(values) }) });
    }
    return this.head.selectors[field];
  }

  /** The same for execution fields. A whole selector given as the value is kept as it is. */
  runSelector(): Selectors;
  runSelector(
    field: string,
    value?: FieldValue | Selector,
    isCS?: boolean,
    isRE?: boolean,
  ): Selector | undefined;
  runSelector(
    field?: string,
    value?: FieldValue | Selector,
    isCS = false,
    isRE = false,
  ): Selectors | Selector | undefined {
    if (field === undefined) return this.head.runSelectors;
    if (value !== undefined) {
      const selector = isSelector(value) ? value : { values: asList(value), isCS, isRE };
      this.change({ runSelectors: withOwn(this.head.runSelectors, field, selector) });
    }
    return this.head.runSelectors[field];
  }

  /** The same for attributes of agents; the manual prints it as a second `selector`. Kept, and used by nothing. */
  agentSelector(): Selectors;
  agentSelector(attribute: string, values?: FieldValue): Selector | undefined;
  agentSelector(attribute?: string, values?: FieldValue): Selectors | Selector | undefined {
    if (attribute === undefined) return this.head.agentSelectors;
    if (values !== undefined) {
      const selector = { values: asList(values) };
      this.change({ agentSelectors: withOwn(this.head.agentSelectors, attribute, selector) });
    }
    return this.head.agentSelectors[attribute];
  }

  /** OR between fields instead of AND. */
  orAmongFields(state?: boolean): boolean {
    return this.accessor('orAmongFields', state);
  }

  /** Patterns and case on menus too, `any` as a plain value, user names widened to full names. */
  searchAndReplace(state?: boolean): boolean {
    return this.accessor('searchAndReplace', state);
  }

  /** Id selectors as plain texts. */
  idsAsStrings(state?: boolean): boolean {
    return this.accessor('idsAsStrings', state);
  }

  /**
   * Chooses the tests by the selectors and takes them in.
   *
   * @param useCache accepted as documented; the twin needs no cache
   * @param ids only these tests may be chosen
   * @param isSorted by the sort keys, else by the suite's order; false: an order that looks like chance
   * @returns how many tests were chosen
   */
  selectTests(useCache = true, ids?: readonly string[], isSorted = true): number {
    void useCache;
    const among = ids?.flatMap((id) => this.suite.tests.withPath(id) ?? this.suite.tests.withUuid(id) ?? []);
    const chosen = this.matchingTests(among);
    this.replaceTests(isSorted ? chosen : this.shuffled(chosen));
    if (isSorted && this.sortKeys().length > 0) this.arrange();
    return chosen.length;
  }

  /** How many tests the selectors choose; all when there is no selector. */
  countTests(useCache = false): number {
    void useCache;
    return this.matchingTests().length;
  }

  /** Whether a value satisfies a selector; the field's type is that of the schema field, if one is named. */
  stringMatch(value: FieldValue, selector: Selector, field = ''): boolean {
    const matches = compileSelector(
      this.fieldNamed(field) ?? { name: field, flags: [] },
      selector,
      this.rules(),
    );
    return matches ? matches(value) : true;
  }

  /** A selector in words. Dynamic ones are read anew first unless told not to. */
  selDesc(field: string, selector: Selector, updateDynamic = true): string {
    const definition = this.fieldNamed(field) ?? { name: field, flags: [] };
    const values =
      updateDynamic && selector.isDynamic
        ? this.rules().refresh(definition, selector.values)
        : selector.values;
    return describedSelector(definition, { ...selector, values });
  }

  /** Names of the fields that show and may be selected by. */
  selectableList(menuOnly = false, prefix = ''): string[] {
    return this.suite.definition.fields
      .filter(({ flags }) => flags.includes('selectable') && !flags.includes('hidden'))
      .filter(({ type }) => !menuOnly || type === 'list' || type === 'user')
      .map(({ name }) => prefix + name);
  }

  /**
   * Takes the tests that the parent set chooses now: new ones come in unless they are disabled, those that are not
   * chosen any more are disabled. One with results stays unless `destroyResults` is true (documented).
   *
   * @param wanted the tests of the parent set
   * @returns undefined when the session may not be refreshed, else the new number of tests
   */
  protected refreshWith(wanted: readonly TestCase[], destroyResults: boolean): number | undefined {
    if (!this.refreshable()) return undefined;
    const keys = new Set(wanted.map(({ uuid }) => uuidKey(uuid)));
    for (let tid = this.store.list().uuids.length - 1; tid >= 0; tid--) {
      const run = this.runAt(tid);
      if (!run || keys.has(uuidKey(run.uuid))) continue;
      const hasResult = run.result !== this.suite.definition.untestedCode;
      if (!hasResult || destroyResults) this.disableTest(tid);
    }
    const { disabled } = this.head;
    this.insertTests(
      this.head.numtests,
      wanted.filter(({ uuid }) => !Object.hasOwn(disabled, uuidKey(uuid))),
    );
    return this.head.numtests;
  }

  /** The tests that all selectors choose, in the suite's order, disabled ones left out. */
  matchingTests(among: readonly TestCase[] = this.suite.tests.ordered): TestCase[] {
    const { head, suite } = this;
    const rules = this.rules();
    const schema = compileSelectors(head.selectors, suite.definition.fields, rules);
    const execution = compileSelectors(head.runSelectors, suite.definition.executionFields, rules);
    const isLinked = this.requirementMatcher();
    const hasDisabled = Object.keys(head.disabled).length > 0;
    return among.filter((test) => {
      if (hasDisabled && Object.hasOwn(head.disabled, uuidKey(test.uuid))) return false;
      if (isLinked && !isLinked(test)) return false;
      if (schema.length > 0 && !satisfies(schema, (field) => fieldOf(test, field), head.orAmongFields))
        return false;
      if (execution.length === 0) return true;
      const attributes = this.attributes(this.runOf(test.uuid), test.id);
      return satisfies(execution, (field) => attributes[field], head.orAmongFields);
    });
  }

  private fieldNamed(name: string): FieldDefinition | undefined {
    const { fields } = this.suite.definition;
    return fields.find((field) => field.name === name) ?? executionField(this.suite.definition, name);
  }

  private rules(idsAreFolders = this.head.testPickedBy === 'folder'): SelectionRules {
    return {
      engine: this.suite.patterns,
      searchAndReplace: this.head.searchAndReplace,
      idsAsStrings: this.head.idsAsStrings,
      idsAreFolders,
      fullName: (user) => this.suite.accounts.get(user)?.fullname ?? '',
      refresh: (_field, values) => refreshedValues(values, { user: this.suite.user, now: this.suite.now }),
    };
  }

  /** Tests that are linked to a requirement the selectors choose; undefined when they do not restrict. */
  private requirementMatcher(): ((test: TestCase) => boolean) | undefined {
    const { head, suite } = this;
    const rules = this.rules(head.reqPickedBy === 'folder');
    const matchers = compileSelectors(head.requirementSelectors, suite.definition.requirementFields, rules);
    if (matchers.length === 0) return undefined;
    const chosen = suite.requirements.ordered.filter((requirement) =>
      satisfies(matchers, (field) => fieldOf(requirement, field), head.orAmongFields),
    );
    const linked = linkedTests(chosen, (name) => suite.tests.withUuid(name) ?? suite.tests.withPath(name));
    const names = new Set(chosen.flatMap(({ uuid, id }) => [uuidKey(uuid), uuidKey(id)]));
    return (test) =>
      linked.has(uuidKey(test.uuid)) ||
      asList(fieldOf(test, 'atm_reqlink')).some((link) => names.has(uuidKey(link)));
  }

  /** An order that looks like chance, and is the same for the same world, session and tests. */
  private shuffled(tests: readonly TestCase[]): TestCase[] {
    return tests
      .map((test) => ({
        test,
        rank: seededBytes(this.suite.draft.seed, `order/${this.store.owner}/${test.uuid}`).toString('hex'),
      }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .map(({ test }) => test);
  }
}

/** The tests that requirements name in their field `atm_tests`. */
function linkedTests(
  chosen: readonly Requirement[],
  find: (name: string) => TestCase | undefined,
): ReadonlySet<string> {
  return new Set(
    chosen
      .flatMap((requirement) => asList(fieldOf(requirement, 'atm_tests')))
      .flatMap((name) => {
        const test = find(name);
        return test ? [uuidKey(test.uuid)] : [];
      }),
  );
}

function isSelector(value: FieldValue | Selector): value is Selector {
  return typeof value === 'object' && !Array.isArray(value);
}
