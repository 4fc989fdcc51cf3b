import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, EventScope, Query, Test } from '../../../src/testtrack/query/ast.ts';
import { maxLevels } from '../../../src/testtrack/query/ast.ts';
import { parseQuery } from '../../../src/testtrack/query/parse-query.ts';
import { compileQuery } from '../../../src/testtrack/query/predicate.ts';
import { writeQuery } from '../../../src/testtrack/query/write-query.ts';
import {
  blankRecord,
  folders,
  kinds,
  owners,
  type SampleRecord,
  sampleCatalogue,
  sampleView,
} from './sample-fields.ts';

const view = sampleView();
const now = Date.parse('2026-03-02T15:00:00Z');
const zoneHours = 5;

const word = fc.constantFrom('a', 'b', 'ab', 'A', 'ba b', "it's", '"', '\\', 'ü', '\n');
const version = fc.constantFrom('1', '1.2', '1.10', '2', '2.0');
const day = fc.constantFrom(
  '2026-01-31',
  '2026-02-28',
  '2026-03-01',
  '2026-03-02',
  '2026-03-03',
  '2026-03-08',
);
const period = fc.constantFrom('Today', 'Yesterday', 'This Week', 'Last Month', 'This Year');
const number = fc.integer({ min: -3, max: 3 });
const owner = fc.constantFrom(...Object.values(owners));

const listed = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 3 });
const range = <T, K extends string>(is: K, end: fc.Arbitrary<T>) =>
  fc
    .record({ from: fc.option(end, { nil: undefined }), through: fc.option(end, { nil: undefined }) })
    .filter(({ from, through }) => from !== undefined || through !== undefined)
    .map((ends) => ({ is, ...ends }) as const);
const terms = (value: fc.Arbitrary<string>, ...modes: ('any' | 'all' | 'exact')[]) =>
  fc.record({ is: fc.constant('terms' as const), mode: fc.constantFrom(...modes), terms: listed(value) });
const empty = fc.constant({ is: 'empty' } as const);
const numbers = fc.record({ is: fc.constant('numbers' as const), numbers: listed(number) });
const dates = fc.oneof(
  range('dates', day),
  fc.record({ is: fc.constant('period' as const), name: period }),
  empty,
);
const listTerms = (value: fc.Arbitrary<string>) => fc.oneof(terms(value, 'any', 'all', 'exact'), empty);

const testsOf: Readonly<Record<string, fc.Arbitrary<Test>>> = {
  Title: fc.oneof(terms(word, 'any', 'all', 'exact'), empty),
  Version: fc.oneof(terms(version, 'any', 'all', 'exact'), range('versions', version), empty),
  Count: fc.oneof(numbers, range('range', number), empty),
  Cost: fc.oneof(numbers, range('range', number), empty),
  Open: fc.record({ is: fc.constant('condition' as const), value: fc.boolean() }),
  Day: dates,
  Moment: dates,
  Kind: listTerms(fc.constantFrom(...kinds)),
  Kinds: listTerms(fc.constantFrom(...kinds)),
  Owner: listTerms(owner),
  Owners: listTerms(owner),
  Folders: fc.oneof(
    listTerms(fc.constantFrom(...folders)),
    fc.record({ is: fc.constant('below' as const), paths: listed(fc.constantFrom(...folders)) }),
  ),
  Words: fc.oneof(terms(word, 'any', 'all', 'exact'), empty),
};

function condition(field: string, levels: number): fc.Arbitrary<Condition> {
  const event: fc.Arbitrary<EventScope | undefined> =
    field === 'Words' ? fc.constantFrom(undefined, 'first', 'last', 'all') : fc.constant(undefined);
  const test: fc.Arbitrary<Condition> = fc.record({
    op: fc.constant('test' as const),
    test: testsOf[field] ?? fc.constant({ is: 'empty' } as const),
    matches: fc.boolean(),
    event,
  });
  if (levels === 0) return test;
  const deeper = condition(field, levels - 1);
  const parts = fc.array(deeper, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 4, arbitrary: test },
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), parts }),
    fc.record({ op: fc.constant('not' as const), part: deeper }),
  );
}

/** A query that uses each of these fields once, and no more levels than are left. */
function queryOver(fields: readonly string[], levels: number): fc.Arbitrary<Query> {
  const [only = 'Count', ...others] = fields;
  const single = condition(only, Math.min(levels, 2)).map(
    (asked): Query => ({ op: 'field', field: only, condition: asked }),
  );
  if (levels === 0) return single;
  if (others.length === 0) {
    return fc.oneof(
      { weight: 3, arbitrary: single },
      queryOver(fields, levels - 1).map((part): Query => ({ op: 'not', part })),
    );
  }
  const half = Math.ceil(fields.length / 2);
  const parts = fc.tuple(
    queryOver(fields.slice(0, half), levels - 1),
    queryOver(fields.slice(half), levels - 1),
  );
  return fc.record({ op: fc.constantFrom('and' as const, 'or' as const), parts });
}

const query = fc
  .tuple(
    fc.shuffledSubarray(Object.keys(testsOf), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 2, max: maxLevels }),
  )
  .chain(([fields, levels]) => queryOver(fields, levels));

const record: fc.Arbitrary<SampleRecord> = fc.record({
  recordId: fc.constant(blankRecord.recordId),
  Title: fc.oneof(
    fc.constant(''),
    fc.array(word).map((words) => words.join(' ')),
  ),
  Version: fc.oneof(fc.constant(''), version),
  Count: fc.option(number, { nil: undefined }),
  Cost: fc.option(number, { nil: undefined }),
  Open: fc.boolean(),
  Day: fc.oneof(fc.constant(''), day),
  Moment: fc.option(
    fc
      .tuple(day, fc.constantFrom('00:00:00', '04:59:59', '05:00:00', '23:59:59'))
      .map(([on, at]) => Date.parse(`${on}T${at}Z`)),
    { nil: undefined },
  ),
  Kind: fc.constantFrom('', ...kinds),
  Kinds: fc.uniqueArray(fc.constantFrom(...kinds)),
  Owner: fc.constantFrom(0, 1, 2, 9),
  Owners: fc.uniqueArray(fc.constantFrom(1, 2, 9)),
  Folders: fc.uniqueArray(fc.constantFrom(...folders)),
  Words: fc.array(word, { maxLength: 3 }),
});

/** What a query means, said once more and as plainly as can be. */
function holds(asked: Query, of: SampleRecord): boolean {
  switch (asked.op) {
    case 'and':
      return asked.parts.every((part) => holds(part, of));
    case 'or':
      return asked.parts.some((part) => holds(part, of));
    case 'not':
      return !holds(asked.part, of);
    case 'field':
      return fulfils(asked.condition, asked.field as keyof SampleRecord, of);
  }
}

function fulfils(asked: Condition, field: keyof SampleRecord, of: SampleRecord): boolean {
  switch (asked.op) {
    case 'and':
      return asked.parts.every((part) => fulfils(part, field, of));
    case 'or':
      return asked.parts.some((part) => fulfils(part, field, of));
    case 'not':
      return !fulfils(asked.part, field, of);
    case 'test':
      return tested(asked, field, of);
  }
}

function tested(
  asked: Extract<Condition, { op: 'test' }>,
  field: keyof SampleRecord,
  of: SampleRecord,
): boolean {
  const value = of[field];
  const { event, test: question, matches } = asked;
  if (field !== 'Words') return answer(question, field, value) === matches;
  const all = of.Words.length === 0 ? [''] : of.Words;
  const looked = event === 'all' ? all : event === 'first' ? all.slice(0, 1) : all.slice(-1);
  return looked.some((said) => answer(question, field, said)) === matches;
}

function answer(question: Test, field: keyof SampleRecord, value: unknown): boolean {
  const many = Array.isArray(value)
    ? value
    : value === '' || value === undefined || value === 0
      ? []
      : [value];
  switch (question.is) {
    case 'empty':
      return field === 'Count' || field === 'Cost' ? value === undefined : many.length === 0;
    case 'condition':
      return value === question.value;
    case 'numbers':
      return question.numbers.includes(value as number);
    case 'range':
      return value !== undefined && between(value as number, question.from, question.through);
    case 'dates':
      return many.length > 0 && between(dayOf(value), question.from, question.through);
    case 'period': {
      const spans: Readonly<Record<string, readonly [string, string]>> = {
        Today: ['2026-03-02', '2026-03-02'],
        Yesterday: ['2026-03-01', '2026-03-01'],
        'This Week': ['2026-03-01', '2026-03-07'],
        'Last Month': ['2026-02-01', '2026-02-28'],
        'This Year': ['2026-01-01', '2026-12-31'],
      };
      const [from, through] = spans[question.name] ?? [];
      return many.length > 0 && between(dayOf(value), from, through);
    }
    case 'versions':
      return many.length > 0 && between(rank(value), rank(question.from), rank(question.through));
    case 'below':
      return (value as string[]).some((path) =>
        question.paths.some((root) => `${path}/`.startsWith(`${root}/`)),
      );
    case 'terms':
      return termsHold(question, field, value as string, many);
  }
}

function termsHold(
  { mode, terms: wanted }: Extract<Test, { is: 'terms' }>,
  field: keyof SampleRecord,
  text: string,
  many: readonly unknown[],
): boolean {
  if (field === 'Title' || field === 'Words') {
    const found = wanted.map((term) => text.toLowerCase().includes(term.toLowerCase()));
    return mode === 'any' ? found.includes(true) : !found.includes(false);
  }
  const names = many.map((each) => (typeof each === 'number' ? (owners[each as 1 | 2] ?? `#${each}`) : each));
  if (mode === 'any') return names.some((name) => wanted.includes(name as string));
  const hasAll = wanted.every((term) => names.includes(term));
  return mode === 'all' ? hasAll : hasAll && names.every((name) => wanted.includes(name as string));
}

function between<T extends string | number>(
  value: T | undefined,
  from: T | undefined,
  through: T | undefined,
): boolean {
  return (
    value !== undefined &&
    (from === undefined || value >= from) &&
    (through === undefined || value <= through)
  );
}

/** New York is five hours behind, before the clocks change on 8 March. */
function dayOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const hours = (value as number) >= Date.parse('2026-03-08T07:00:00Z') ? zoneHours - 1 : zoneHours;
  return new Date((value as number) - hours * 3_600_000).toISOString().slice(0, 10);
}

function rank(of: unknown): number | undefined {
  return of === undefined ? undefined : ['1', '1.2', '1.10', '2', '2.0'].indexOf(of as string);
}

describe('a query', () => {
  test('that is written is read as the same', () => {
    fc.assert(
      fc.property(query, (asked) => {
        expect(parseQuery(writeQuery(asked), { catalogue: sampleCatalogue, view })).toEqual(asked);
      }),
      { numRuns: 400 },
    );
  });

  test('lets through what it means', () => {
    fc.assert(
      fc.property(query, fc.array(record, { minLength: 1, maxLength: 20 }), (asked, records) => {
        const fits = compileQuery(asked, { catalogue: sampleCatalogue, view, now, user: 1 });
        expect(records.map(fits)).toEqual(records.map((each) => holds(asked, each)));
      }),
      { numRuns: 1_000 },
    );
  });
});
