import type { Instant } from '../../world/instant.ts';
import { invariant } from '../../world/invariant.ts';
import type { ColumnCatalogue } from '../columns/catalogue.ts';
import type { Column, ColumnKind, ColumnOf, ColumnValues, Row } from '../columns/column.ts';
import type { UserRef } from '../model/item-record.ts';
import type { View } from '../rules/view.ts';
import type { Condition, EventScope, Query, Test } from './ast.ts';
import { type DayRange, daysOfPeriod, momentRange } from './calendar.ts';
import { currentUserTerm, peopleNamed } from './people.ts';
import { holdsList, holdsOne, holdsText, holdsVersion } from './term-tests.ts';

/** Whether a record fulfils a query. */
export type Predicate = (record: Row) => boolean;

/** Who asks, when, and of which table. */
export interface QueryContext {
  readonly catalogue: ColumnCatalogue;
  readonly view: View;
  readonly now: Instant;
  /** Whom `<current user>` means. */
  readonly user: UserRef;
}

/** Compiles a query once per call: what does not depend on the record (periods, people, ranges) is settled here. */
export function compileQuery(query: Query, context: QueryContext): Predicate {
  switch (query.op) {
    case 'and':
      return every(query.parts.map((part) => compileQuery(part, context)));
    case 'or':
      return some(query.parts.map((part) => compileQuery(part, context)));
    case 'not':
      return not(compileQuery(query.part, context));
    case 'field': {
      const column = context.catalogue.field(query.field);
      invariant(column, 'a query names the fields of the table it was read for');
      return compileCondition(query.condition, column, context);
    }
  }
}

function compileCondition(condition: Condition, column: Column, context: QueryContext): Predicate {
  switch (condition.op) {
    case 'and':
      return every(condition.parts.map((part) => compileCondition(part, column, context)));
    case 'or':
      return some(joined(condition.parts).map((part) => compileCondition(part, column, context)));
    case 'not':
      return not(compileCondition(condition.part, column, context));
    case 'test': {
      const holds = compileTest(condition, column, context);
      return condition.matches ? holds : not(holds);
    }
  }
}

/** One of several values is asked for as one test, as in `['High', 'Low']`. */
function joined(parts: readonly Condition[]): readonly Condition[] {
  const terms = parts.flatMap((part) => (isPlainAny(part) ? part.test.terms : []));
  if (parts.length < 2 || !parts.every(isPlainAny)) return parts;
  return [{ op: 'test', test: { is: 'terms', mode: 'any', terms }, matches: true, event: undefined }];
}

type PlainAny = Extract<Condition, { op: 'test' }> & { readonly test: Extract<Test, { is: 'terms' }> };

function isPlainAny(part: Condition): part is PlainAny {
  if (part.op !== 'test' || !part.matches || part.event !== undefined) return false;
  return part.test.is === 'terms' && part.test.mode === 'any';
}

/** Always a fresh pair of small functions: a list of two, by far the most common, is not walked. */
function every(parts: readonly Predicate[]): Predicate {
  const [first, second, ...rest] = parts;
  if (!first) return () => true;
  if (!second) return first;
  const others = every([second, ...rest]);
  return (record) => first(record) && others(record);
}

function some(parts: readonly Predicate[]): Predicate {
  const [first, second, ...rest] = parts;
  if (!first) return () => false;
  if (!second) return first;
  const others = some([second, ...rest]);
  return (record) => first(record) || others(record);
}

function not(part: Predicate): Predicate {
  return (record) => !part(record);
}

function compileTest(
  { test, event }: Extract<Condition, { op: 'test' }>,
  column: Column,
  context: QueryContext,
): Predicate {
  const on: OnColumn = (of, holds) => onRecord(of, holds, { scope: event, view: context.view });
  switch (column.kind) {
    case 'text':
      return on(column, test.is === 'empty' ? isBlank : holdsText(termsOf(test)));
    case 'version':
      return on(column, test.is === 'empty' ? isBlank : holdsVersion(test));
    case 'choice':
      return on(column, test.is === 'empty' ? isBlank : holdsOne(termsOf(test), lowered));
    case 'choices':
      return on(column, test.is === 'empty' ? isNothing : holdsList(termsOf(test), lowered));
    case 'folders':
      return on(column, test.is === 'empty' ? isNothing : holdsFolders(test));
    case 'user':
      return on(column, test.is === 'empty' ? (ref) => ref === 0 : holdsOne(termsOf(test), people(context)));
    case 'users':
      return on(column, test.is === 'empty' ? isNothing : holdsList(termsOf(test), people(context)));
    default:
      return compileMeasure(test, column, { on, context });
  }
}

/** Applies a test to the values of a column. */
type OnColumn = <K extends ColumnKind>(
  of: ColumnOf<K>,
  holds: (value: ColumnValues[K]) => boolean,
) => Predicate;

type Measured = Extract<
  Column,
  { readonly kind: 'boolean' | 'integer' | 'decimal' | 'timespan' | 'date' | 'dateTime' }
>;

/** What is asked for a condition, a number or a period. */
function compileMeasure(
  test: Test,
  column: Measured,
  { on, context }: { readonly on: OnColumn; readonly context: QueryContext },
): Predicate {
  switch (column.kind) {
    case 'boolean': {
      // A check box that nobody set counts as empty.
      const wanted = test.is === 'condition' && test.value;
      return on(column, (value) => value === wanted);
    }
    case 'integer':
    case 'decimal':
      return on(column as ColumnOf<'integer' | 'decimal'>, holdsNumber(test));
    case 'timespan': {
      const holds = holdsNumber(test);
      return on(column, (span) => holds(span?.amount));
    }
    case 'date': {
      if (test.is === 'empty') return on(column, isBlank);
      const { from = '', through = '\uffff' } = daysOf(test, context);
      return on(column, (day) => day !== '' && day >= from && day <= through);
    }
    case 'dateTime': {
      if (test.is === 'empty') return on(column, (at) => at === undefined);
      const days = daysOf(test, context);
      const { from, before } = momentRange(days.from, days.through, context.view.project.server.timeZone);
      return on(column, (at) => at !== undefined && at >= from && at < before);
    }
  }
}

/** Applies a test to the value of a record, or to the values that its events give. */
function onRecord<K extends ColumnKind>(
  column: ColumnOf<K>,
  holds: (value: ColumnValues[K]) => boolean,
  { scope, view }: { readonly scope: EventScope | undefined; readonly view: View },
): Predicate {
  const { perEvent } = column;
  const ofRecord: Predicate = (record) => holds(column.value(record, view));
  // A record without such an event has the value of none, which a column gives by itself.
  if (!perEvent || scope === undefined || scope === 'last') return ofRecord;
  return (record) => {
    const events = perEvent.events(record);
    const [first] = events;
    if (!first) return ofRecord(record);
    if (scope === 'first') return holds(perEvent.value(first));
    return events.some((event) => holds(perEvent.value(event)));
  };
}

const isBlank = (value: string): boolean => value === '';
const isNothing = (values: readonly unknown[]): boolean => values.length === 0;
const lowered = (term: string): readonly string[] => [term.toLowerCase()];

function termsOf(test: Test): Extract<Test, { is: 'terms' }> {
  invariant(test.is === 'terms', 'fields of texts, lists and people are asked for terms');
  return test;
}

function people({ view, user }: QueryContext): (term: string) => readonly UserRef[] {
  return (term) => (term.toLowerCase() === currentUserTerm ? [user] : peopleNamed(view.project, term));
}

/** A folder is meant by its path, the first separator left out or not, or by its name alone. [inferred] */
function holdsFolders(test: Test): (paths: readonly string[]) => boolean {
  if (test.is === 'below') {
    const roots = test.paths.map((path) => `${asPath(path)}/`);
    return (paths) => paths.some((path) => roots.some((root) => `${path.toLowerCase()}/`.startsWith(root)));
  }
  const { mode, terms } = termsOf(test);
  const wanted = terms.map((term) => (term.includes('/') ? asPath(term) : `/${term.toLowerCase()}`));
  const means = (path: string, at: number) =>
    terms[at]?.includes('/') ? path === wanted[at] : path.endsWith(wanted[at] ?? path);
  return (paths) => {
    const lower = paths.map((path) => path.toLowerCase());
    const isWanted = (path: string) => wanted.some((_, at) => means(path, at));
    if (mode === 'any') return lower.some(isWanted);
    const hasAll = wanted.every((_, at) => lower.some((path) => means(path, at)));
    return hasAll && (mode === 'all' || lower.every(isWanted));
  };
}

function asPath(text: string): string {
  const path = text.toLowerCase().replace(/\/$/, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function holdsNumber(test: Test): (value: ColumnValues['integer' | 'decimal']) => boolean {
  switch (test.is) {
    case 'empty':
      return (value) => value === undefined;
    case 'numbers': {
      const wanted = new Set(test.numbers);
      return (value) => value !== undefined && wanted.has(Number(value));
    }
    default: {
      invariant(test.is === 'range', 'numbers are asked for numbers or ranges');
      const { from = Number.NEGATIVE_INFINITY, through = Number.POSITIVE_INFINITY } = test;
      return (value) => value !== undefined && value >= from && value <= through;
    }
  }
}

function daysOf(test: Test, { view, now }: QueryContext): DayRange {
  if (test.is === 'dates') return test;
  invariant(test.is === 'period', 'dates are asked for ranges or periods');
  const { timeZone, locale } = view.project.server;
  return daysOfPeriod(test.name, { now, zone: timeZone, locale });
}
