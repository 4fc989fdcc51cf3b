import type { Column, ColumnKind } from '../columns/column.ts';
import { recordIdLabel } from '../columns/member-columns.ts';
import type { View } from '../rules/view.ts';
import { type EventScope, eventScopes, type TermMode, type Test, termModes } from './ast.ts';
import { isDay, isMoment, periodNamed, periodNames } from './calendar.ts';
import { currentUserTerm, peopleNamed } from './people.ts';
import { isObject, numberFrom, type TextEntry, type TextValue } from './query-text.ts';
import { longestPattern } from './wildcard.ts';

/** What is wrong with the restriction of one field, and what would be possible. */
export class FieldProblem extends Error {
  constructor(
    readonly text: string,
    readonly hint: string,
  ) {
    super(text);
  }
}

/** A test as the text gives it, with how it is turned and where it looks. */
export interface Term {
  readonly test: Test;
  readonly matches: boolean;
  readonly event: EventScope | undefined;
}

const plain = { matches: true, event: undefined } as const;
const listModes = ['any', 'all', 'exact'] as const;

/** The keys that a restriction of each kind of field knows, besides `<empty>`, `<matches>` and `<event>`. */
const keysOfKind: Readonly<Record<ColumnKind, readonly string[]>> = {
  text: termModes.map(bracketed),
  version: ['<from>', '<through>', ...listModes.map(bracketed)],
  integer: ['<numbers>', '<from>', '<through>'],
  decimal: ['<numbers>', '<from>', '<through>'],
  timespan: ['<numbers>', '<from>', '<through>'],
  boolean: ['<bool>'],
  date: ['<named>', '<from>', '<through>'],
  dateTime: ['<named>', '<from>', '<through>'],
  choice: listModes.map(bracketed),
  choices: listModes.map(bracketed),
  user: listModes.map(bracketed),
  users: listModes.map(bracketed),
  folders: [...listModes.map(bracketed), '<below>'],
};

function bracketed(word: string): string {
  return `<${word}>`;
}

/** Reads a value, or an object of keys, that is asked of a field. @throws FieldProblem */
export function readTerm(column: Column, value: TextValue, view: View): Term {
  if (!isObject(value)) return { test: bareTest(column, value, view), ...plain };
  const keys = keyed(value.entries);
  const matches = readFlag(keys.get('<matches>') ?? true, '<matches>');
  const event = readScope(column, keys.get('<event>'));
  keys.delete('<matches>');
  keys.delete('<event>');
  const known = [...keysOfKind[column.kind], '<empty>'];
  for (const key of keys.keys()) {
    if (known.includes(key)) continue;
    throw new FieldProblem(
      `does not know the key "${key}"`,
      `It takes ${known.join(', ')}, <matches> and <event>.`,
    );
  }
  const empty = keys.get('<empty>');
  if (empty !== undefined && keys.size === 1) {
    return { test: { is: 'empty' }, matches: readFlag(empty, '<empty>') === matches, event };
  }
  return { test: keyedTest(column, keys, view), matches, event };
}

/** The entries of an object by key in small letters: keys are case-insensitive. [documented] */
export function keyed(entries: readonly TextEntry[]): Map<string, TextValue> {
  const keys = new Map<string, TextValue>();
  for (const [key, value] of entries) {
    const name = key.toLowerCase();
    if (keys.has(name)) throw new FieldProblem(`has the key "${name}" twice`, 'Give each key once.');
    keys.set(name, value);
  }
  return keys;
}

function bareTest(column: Column, value: TextValue, view: View): Test {
  if (value === '') return { is: 'empty' };
  switch (column.kind) {
    case 'boolean':
      return { is: 'condition', value: readFlag(value, 'the field') };
    case 'integer':
    case 'decimal':
    case 'timespan':
      return { is: 'numbers', numbers: [readNumber(column, value)] };
    case 'date':
    case 'dateTime': {
      const text = readText(value);
      if (isDay(text)) return { is: 'dates', from: text, through: text };
      return { is: 'period', name: readPeriod(text) };
    }
    default: {
      const mode: TermMode = column.kind === 'text' ? 'exact' : 'any';
      return { is: 'terms', mode, terms: readTerms(column, value, view) };
    }
  }
}

function keyedTest(column: Column, keys: ReadonlyMap<string, TextValue>, view: View): Test {
  const [key, value] = [...keys][0] ?? [];
  if (key === undefined || value === undefined) {
    throw new FieldProblem(
      'has no value',
      `Give one of ${keysOfKind[column.kind].join(', ')}, or a value alone.`,
    );
  }
  if (key === '<from>' || key === '<through>') return rangeTest(column, keys);
  if (keys.size > 1) {
    throw new FieldProblem(
      `has "${[...keys.keys()].join('" and "')}" together`,
      'Only <from> and <through> go together.',
    );
  }
  switch (key) {
    case '<bool>':
      return { is: 'condition', value: readFlag(value, key) };
    case '<named>':
      return { is: 'period', name: readPeriod(readText(value)) };
    case '<numbers>': {
      const numbers = manyOf(value).map((each) => readNumber(column, each));
      return { is: 'numbers', numbers };
    }
    case '<below>':
      return { is: 'below', paths: readTerms(column, value, view) };
    case '<wildcard>': {
      const terms = readTerms(column, value, view);
      const isTooLong = terms.some((term) => term.length > longestPattern);
      if (!isTooLong) return { is: 'terms', mode: 'wildcard', terms };
      throw new FieldProblem(
        'has a pattern that is too long',
        `A pattern has at most ${longestPattern} characters.`,
      );
    }
    default: {
      const mode = termModes.find((known) => bracketed(known) === key) ?? 'any';
      return { is: 'terms', mode, terms: readTerms(column, value, view) };
    }
  }
}

function rangeTest(column: Column, keys: ReadonlyMap<string, TextValue>): Test {
  if ([...keys.keys()].some((key) => key !== '<from>' && key !== '<through>')) {
    throw new FieldProblem('has a range with something else', 'Only <from> and <through> go together.');
  }
  const ends = [keys.get('<from>'), keys.get('<through>')] as const;
  switch (column.kind) {
    case 'date':
    case 'dateTime': {
      const [from, through] = ends.map((end) => (end === undefined ? undefined : readDate(column, end)));
      return { is: 'dates', from, through };
    }
    case 'version': {
      const [from, through] = ends.map((end) => (end === undefined ? undefined : readText(end)));
      return { is: 'versions', from, through };
    }
    default: {
      const [from, through] = ends.map((end) => (end === undefined ? undefined : readNumber(column, end)));
      return { is: 'range', from, through };
    }
  }
}

function readScope(column: Column, value: TextValue | undefined): EventScope | undefined {
  if (value === undefined) return undefined;
  const scope = eventScopes.find((known) => typeof value === 'string' && known === value.toLowerCase());
  if (!scope)
    throw new FieldProblem('has an <event> that is unknown', `<event> is ${eventScopes.join(', ')}.`);
  if (!column.perEvent) {
    throw new FieldProblem(
      'takes no <event>',
      'It is a field of the item itself, not of its events. Leave <event> out.',
    );
  }
  return scope;
}

function readFlag(value: TextValue, what: string): boolean {
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw new FieldProblem(
    `takes true or false, not ${shown(value)}`,
    `Write true or false for ${what}, quoted or not.`,
  );
}

function readNumber({ kind, label }: Column, value: TextValue): number {
  const number = typeof value === 'string' ? numberFrom(value) : value;
  const isWhole = kind !== 'integer' || Number.isSafeInteger(number);
  if (typeof number === 'number' && isWhole) return number;
  const wanted = kind === 'integer' ? 'a whole number' : 'a number';
  const remark = label === recordIdLabel ? '' : ', <numbers> with a list, <from> and <through>';
  throw new FieldProblem(`takes ${wanted}, not ${shown(value)}`, `Write a number without quotes${remark}.`);
}

function readDate({ kind }: Column, value: TextValue): string {
  const text = typeof value === 'string' ? value : '';
  if (isDay(text) || (kind === 'dateTime' && isMoment(text))) return text;
  throw new FieldProblem(`takes a date, not ${shown(value)}`, 'Write dates as YYYY-MM-DD.');
}

function readPeriod(text: string): string {
  const name = periodNamed(text);
  if (name) return name;
  throw new FieldProblem(
    `takes a date or a period, not ${shown(text)}`,
    `Write a day as YYYY-MM-DD, or one of: ${periodNames.join(', ')}.`,
  );
}

function readText(value: TextValue): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new FieldProblem(
    `takes a text in quotes, not ${shown(value)}`,
    'For fields that are not set, write "" alone or {"<empty>": true}.',
  );
}

function manyOf(value: TextValue): readonly TextValue[] {
  const many = Array.isArray(value) ? (value as readonly TextValue[]) : [value];
  if (many.length > 0) return many;
  throw new FieldProblem('has an empty list', 'Give at least one value.');
}

/** Texts that are asked for; values of a list and people must exist. [inferred] */
function readTerms(column: Column, value: TextValue, view: View): readonly string[] {
  const terms = manyOf(value).map(readText);
  for (const term of terms) requireKnown(column, term, view);
  return terms;
}

function requireKnown(column: Column, term: string, view: View): void {
  switch (column.kind) {
    case 'choice':
    case 'choices': {
      const values = column.list?.values(view);
      if (!values || values.some((known) => known.toLowerCase() === term.toLowerCase())) return;
      throw new FieldProblem(`has no value ${shown(term)}`, `Values: ${values.join(', ') || 'none'}.`);
    }
    case 'user':
    case 'users':
      if (term.toLowerCase() === currentUserTerm || peopleNamed(view.project, term).length > 0) return;
      throw new FieldProblem(
        `names nobody by ${shown(term)}`,
        `Write a user as "Last, First Middle", as uid:<record ID>, or ${currentUserTerm}.`,
      );
    default:
  }
}

const longestShown = 60;

/** A value as a fault names it. */
function shown(value: TextValue): string {
  const text =
    typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? 'a list or object' : String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
