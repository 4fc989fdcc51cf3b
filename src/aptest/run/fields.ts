import type { FieldDefinition } from '../model/definitions.ts';
import { executionField, isMultiple, isSettable } from '../rules/execution-fields.ts';
import { Field } from './field.ts';
import type { RunState } from './run-state.ts';

// What the suite defines for the execution of tests.

const names = ({ suite }: RunState, isWanted: (field: FieldDefinition) => boolean = () => true): string[] =>
  suite.definition.executionFields.filter(isWanted).map(({ name }) => name);

/** One execution field, or all of them by name; undefined when there is no such field. */
export function field(state: RunState, name?: string): Field | ReadonlyMap<string, Field> | undefined {
  if (name !== undefined) return named(state, name);
  return new Map(state.suite.definition.executionFields.map((each) => [each.name, new Field(each)]));
}

function named({ suite }: RunState, name: string): Field | undefined {
  const found = executionField(suite.definition, name);
  return found && new Field(found);
}

/** Names of all execution fields. */
export const flist = (state: RunState): string[] => names(state);

/** The same by label, without regard to case. */
export function sortedFlist({ suite }: RunState): string[] {
  return suite.definition.executionFields
    .map((each) => ({ name: each.name, key: new Field(each).label().toLowerCase() }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ name }) => name);
}

/** Names in the order they are shown in. */
export const fieldOrder = flist;

/** Names of the fields that show; with synonyms when asked. */
export function visibleList({ suite }: RunState, withSynonyms = false): string[] {
  return suite.definition.executionFields
    .filter(({ flags }) => !flags.includes('hidden'))
    .flatMap(({ name, synonym }) => (withSynonyms && synonym !== undefined ? [name, synonym] : [name]));
}

/** Names of the fields a user may set (the manual names the method and says no more; inferred). */
export const settableList = (state: RunState): string[] => names(state, isSettable);

/** Names of the lists that take several values. */
export const multiLists = (state: RunState): string[] => names(state, isMultiple);

/** The type of a field; empty when there is none. */
export const typeOf = (state: RunState, name: string): string => named(state, name)?.type() ?? '';

/** The size of a field, or its rows and columns; empty when there is none. */
export const sizeOf = (state: RunState, name: string): number | readonly [number, number] | '' =>
  named(state, name)?.size() ?? '';

/** Starting values of the execution fields (the manual names the method and says no more; inferred). */
export function runDataDefaults({ suite }: RunState): Readonly<Record<string, string>> {
  const defaults = suite.definition.executionFields.map((each) => [each.name, each.default]);
  return Object.fromEntries(defaults.filter(([, value]) => value !== undefined));
}
