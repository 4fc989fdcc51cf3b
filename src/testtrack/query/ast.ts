/**
 * A query as the evaluator takes it: which fields, and what is asked of each. Made from text by `parseQuery`, written
 * back by `writeQuery`; reading what was written gives the same again.
 */
export type Query =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly op: 'not'; readonly part: Query }
  | { readonly op: 'field'; readonly field: string; readonly condition: Condition };

/** What one field has to fulfil. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly op: 'not'; readonly part: Condition }
  | {
      readonly op: 'test';
      readonly test: Test;
      /** False turns the test round. [documented: true where it is not given] */
      readonly matches: boolean;
      /** Of a field that events have: which events are looked at; the last where it is not given. [inferred] */
      readonly event: EventScope | undefined;
    };

/** [documented] */
export const eventScopes = ['first', 'last', 'all'] as const;
export type EventScope = (typeof eventScopes)[number];

/** How several texts or values of a list are to be found. [documented for the kinds; keys inferred] */
export const termModes = ['all', 'any', 'exact', 'wildcard'] as const;
export type TermMode = (typeof termModes)[number];

/** One question to one value. */
export type Test =
  /** A check box is set, or an attribute holds. */
  | { readonly is: 'condition'; readonly value: boolean }
  /** Nothing is set. [inferred] */
  | { readonly is: 'empty' }
  /** From the beginning of one day or moment through the end of another; either may be open. */
  | { readonly is: 'dates'; readonly from: string | undefined; readonly through: string | undefined }
  /** A period such as `This Week`. */
  | { readonly is: 'period'; readonly name: string }
  | { readonly is: 'numbers'; readonly numbers: readonly number[] }
  | { readonly is: 'range'; readonly from: number | undefined; readonly through: number | undefined }
  | { readonly is: 'versions'; readonly from: string | undefined; readonly through: string | undefined }
  /** Texts, values of a list, people, versions or folders. */
  | { readonly is: 'terms'; readonly mode: TermMode; readonly terms: readonly string[] }
  /** Folders with everything below them. [inferred] */
  | { readonly is: 'below'; readonly paths: readonly string[] };

/** At most so many fields in a query. [documented] */
export const maxRestrictions = 20;
/** At most so many operators around each other. [documented as levels of parentheses] */
export const maxLevels = 4;
