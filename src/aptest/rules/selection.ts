import type { FieldDefinition } from '../model/definitions.ts';
import { plainName } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import { asList, type FieldValue, own } from '../model/value.ts';
import type { PatternEngine } from './pattern.ts';

/** How selectors are read; the flags of a session (documented at selectTests). */
export interface SelectionRules {
  readonly engine: PatternEngine;
  /** Patterns and case sensitivity for menus too, `any` taken literally, user names widened to full names. */
  readonly searchAndReplace: boolean;
  /** Id selectors are plain texts. */
  readonly idsAsStrings: boolean;
  /** Id selectors name folders instead of tests. */
  readonly idsAreFolders: boolean;
  /** The full name of a user, for `searchAndReplace`. */
  readonly fullName: (user: string) => string;
  /** Values of a dynamic selector as they are now. */
  readonly refresh: (field: FieldDefinition, values: readonly string[]) => readonly string[];
}

/** Says whether a field's value satisfies a selector. */
export type Matcher = (value: FieldValue | undefined) => boolean;

/**
 * Compiles a selector. Values of one selector are alternatives; `any` (or no value at all) means no restriction.
 *
 * @returns undefined when the selector does not restrict anything
 */
export function compileSelector(
  field: FieldDefinition,
  selector: Selector,
  rules: SelectionRules,
): Matcher | undefined {
  const values = selector.isDynamic ? rules.refresh(field, selector.values) : selector.values;
  if (selector.values.length === 0) return undefined;
  if (!rules.searchAndReplace && values.some((value) => value.toLowerCase() === 'any')) return undefined;
  const type = field.type ?? 'text';
  if (type === 'id' && !rules.idsAsStrings) return idMatcher(values, rules.idsAreFolders);
  if (type === 'list' && !rules.searchAndReplace) return listMatcher(values);
  if (type === 'user' && !rules.searchAndReplace) return listMatcher(values);
  if (isRangeType(type) && !selector.isRE) return anyOf(values.map((value) => rangeMatcher(value)));
  return textMatcher(field, { ...selector, values }, rules);
}

/** Compiles a whole set of selectors into one test of a record's values. */
export function compileSelectors(
  selectors: Selectors,
  fields: readonly FieldDefinition[],
  rules: SelectionRules,
): { readonly field: string; readonly matches: Matcher }[] {
  return Object.entries(selectors).flatMap(([name, selector]) => {
    const field = fields.find((candidate) => candidate.name === name || candidate.synonym === name);
    const matches = field && compileSelector(field, selector, rules);
    return field && matches ? [{ field: field.name, matches }] : [];
  });
}

function anyOf(matchers: readonly Matcher[]): Matcher {
  return (value) => matchers.some((matches) => matches(value));
}

/** A choice from a list is compared whole and with its case. */
function listMatcher(values: readonly string[]): Matcher {
  const wanted = new Set(values);
  return (value) => {
    if (typeof value === 'string') return wanted.has(value);
    return asList(value).some((each) => wanted.has(each));
  };
}

/** Ids name tests, or with `idsAreFolders` whole folders; endings do not matter. */
function idMatcher(values: readonly string[], areFolders: boolean): Matcher {
  const wanted = new Set(values.map((value) => plainName(value.trim())));
  if (!areFolders) return (value) => wanted.has(plainName(String(value ?? '')));
  return (value) => {
    let path = plainName(String(value ?? ''));
    for (;;) {
      const slash = path.lastIndexOf('/');
      path = slash < 0 ? '' : path.slice(0, slash);
      if (wanted.has(path)) return true;
      if (path === '') return false;
    }
  };
}

/** Free text: found anywhere in the value, without case unless asked (inferred). */
function textMatcher(field: FieldDefinition, selector: Selector, rules: SelectionRules): Matcher {
  const isCaseSensitive = selector.isCS ?? false;
  const folded = (text: string): string => (isCaseSensitive ? text : text.toLowerCase());
  const tests = selector.values.map((value): ((text: string) => boolean) => {
    if (selector.isRE) return rules.engine(value, isCaseSensitive) ?? (() => false);
    const wanted = folded(value);
    return (text) => folded(text).includes(wanted);
  });
  const widened = (text: string): string =>
    field.type === 'user' && rules.searchAndReplace ? `${text} ${rules.fullName(text)}` : text;
  return (value) => {
    const texts = typeof value === 'string' ? [value] : asList(value);
    return texts.some((text) => tests.some((test) => test(widened(text))));
  };
}

/** Types that are searched by range: a value, `low..high`, or one of `<`, `<=`, `>`, `>=` and a value (inferred). */
export function isRangeType(type: FieldDefinition['type']): boolean {
  return type === 'number' || type === 'date' || type === 'datetime' || type === 'time';
}

function rangeMatcher(range: string): Matcher {
  const bounds = /^\s*(<=|>=|<|>)?\s*(.*?)\s*(?:\.\.\s*(.*?)\s*)?$/.exec(range);
  const [, operator, first = '', last] = bounds ?? [];
  const low = first === '' ? Number.NEGATIVE_INFINITY : measured(first);
  const high = last === undefined ? low : last === '' ? Number.POSITIVE_INFINITY : measured(last);
  return (value) =>
    asList(value).some((each) => {
      const number = measured(each);
      if (Number.isNaN(number)) return false;
      switch (operator) {
        case '<':
          return number < low;
        case '<=':
          return number <= low;
        case '>':
          return number > low;
        case '>=':
          return number >= low;
        default:
          return number >= low && number <= high;
      }
    });
}

/** A number, or a written date as seconds since the epoch. */
function measured(text: string): number {
  const number = Number(text);
  return Number.isNaN(number) ? Date.parse(text) / 1000 : number;
}

/** Joins the matchers: all of them have to hold, or any one of them with `orAmongFields`. */
export function satisfies(
  matchers: readonly { readonly field: string; readonly matches: Matcher }[],
  valueFor: (field: string) => FieldValue | undefined,
  orAmongFields: boolean,
): boolean {
  if (matchers.length === 0) return true;
  return orAmongFields
    ? matchers.some(({ field, matches }) => matches(valueFor(field)))
    : matchers.every(({ field, matches }) => matches(valueFor(field)));
}

/** A field's value in a record; `id` and `uuid` count as fields, with and without `atm_`. */
export function fieldOf(
  record: {
    readonly id: string;
    readonly uuid: string;
    readonly fields: Readonly<Record<string, FieldValue>>;
  },
  name: string,
): FieldValue | undefined {
  switch (name) {
    case 'atm_id':
    case 'id':
      return record.id;
    case 'atm_uuid':
    case 'uuid':
      return record.uuid;
    default:
      return own(record.fields, name);
  }
}

/** Whether a value is a whole selector, not only the values of one. */
export function isSelector(value: FieldValue | Selector): value is Selector {
  return typeof value === 'object' && !Array.isArray(value);
}
