import type { z } from 'zod';
import { choiceHint, didYouMean, didYouMeanHint } from './did-you-mean.ts';
import { type PathStep, pathText } from './path.ts';
import { keysOf, schemasAt } from './schema-walk.ts';

/** One thing that is wrong with data that a person wrote. */
export interface DataProblem {
  readonly path: readonly PathStep[];
  /** The path as text; empty for the whole. */
  readonly where: string;
  /** Whether the key itself is wrong, not its value. */
  readonly isKey: boolean;
  /** Whether there is nothing where there must be something. */
  readonly isMissing: boolean;
  /** The path that was probably meant by a key that is none, as text. */
  readonly meant?: string | undefined;
  /** What was found and what was expected. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/**
 * Says in plain words what a schema found wrong: what was there, what was expected, which words are allowed, and
 * which of them was probably meant.
 *
 * @param data what was checked
 */
export function problemsOf(error: z.ZodError, schema: z.ZodType, data: unknown): DataProblem[] {
  return withoutEchoes(error.issues.flatMap((issue) => problemsOfIssue(issue, { schema, data, above: [] })));
}

/** A key that is missing because it was misspelt is one mistake: the misspelt key says what was meant. */
function withoutEchoes(problems: readonly DataProblem[]): DataProblem[] {
  const meant = new Set(problems.flatMap(({ meant: path }) => (path === undefined ? [] : [path])));
  return problems.filter(({ isMissing, where }) => !(isMissing && meant.has(where)));
}

/** The same as one text that ends like a sentence, for data without a file. */
export function problemsText(error: z.ZodError, schema: z.ZodType, data: unknown): string {
  const problems = problemsOf(error, schema, data).map(({ where, message }) =>
    where === '' ? message : `${where}: ${message}`,
  );
  const text = problems.join('; ');
  return /[.?]$/.test(text) ? text : `${text}.`;
}

interface Context {
  readonly schema: z.ZodType;
  readonly data: unknown;
  /** The path of the union or record that the issue is inside of. */
  readonly above: readonly PathStep[];
}

function problemsOfIssue(issue: Issue, context: Context): DataProblem[] {
  const path = [...context.above, ...issue.path.map(asStep)];
  const found = valueAt(context.data, path);
  const problem = (message: string, at = path, isKey = false): DataProblem => ({
    path: at,
    where: pathText(at),
    isKey,
    isMissing: found === undefined && !isKey,
    message,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKeyAt([...path, key], context.schema));
    case 'invalid_type':
      return [problem(own(issue, found) ?? typeMessage(found, issue.expected))];
    case 'invalid_value':
      return [problem(choiceMessage(found, issue.values))];
    case 'invalid_union': {
      const options =
        'options' in issue && Array.isArray(issue.options) ? (issue.options as unknown[]) : undefined;
      if (options) return [problem(choiceMessage(found, options))];
      return bestBranch(issue.errors, { ...context, above: path }, problem);
    }
    case 'invalid_key':
      return [
        problem(
          `is not usable as a key: ${issue.issues.map((inner) => inner.message).join('; ')}`,
          path,
          true,
        ),
      ];
    case 'invalid_element':
      return issue.issues.flatMap((inner) => problemsOfIssue(inner, { ...context, above: path }));
    case 'too_small':
      return [
        problem(
          own(issue, undefined) ??
            `${shownFound(found)}, expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`,
        ),
      ];
    case 'too_big':
      return [
        problem(
          `${shownFound(found)}, expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`,
        ),
      ];
    case 'invalid_format':
      return [
        problem(
          own(issue, found) ??
            `${shownFound(found)}, expected ${issue.format === 'regex' ? `a text that matches ${issue.pattern}` : `a text of the form "${issue.format}"`}`,
        ),
      ];
    case 'not_multiple_of':
      return [problem(`${shownFound(found)}, expected a multiple of ${issue.divisor}`)];
    default:
      return [problem(issue.message)];
  }
}

/** What is said of a key that the schema does not know: where it belongs, or which one was meant. */
function unknownKeyAt(path: readonly PathStep[], schema: z.ZodType): DataProblem {
  const map = path.slice(0, -1);
  const key = String(path.at(-1));
  const known = keysOf(schemasAt(schema, map));
  const below = placeBelow(key, known, (step) => keysOf(schemasAt(schema, [...map, step])));
  const near = below ?? didYouMean(key, known);
  return {
    path,
    where: pathText(path),
    isKey: true,
    isMissing: false,
    meant: near === undefined ? undefined : pathText([...map, near]),
    message:
      below === undefined ? unknownKey(key, known) : `is no key here; it belongs in the map "${below}"`,
  };
}

/**
 * Of the ways a value could have been written, the one that was most likely tried: the one whose complaints lie
 * deepest. When none fits even on the outside, all of them are named.
 */
function bestBranch(
  branches: readonly (readonly Issue[])[],
  context: Context,
  problem: (message: string) => DataProblem,
): DataProblem[] {
  const isOutside = (issues: readonly Issue[]) =>
    issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type');
  const inside = branches.filter((issues) => issues.length > 0 && !isOutside(issues));
  const [best] = inside.sort((a, b) => a.length - b.length);
  if (best) return best.flatMap((issue) => problemsOfIssue(issue, context));
  const expected = branches.flatMap((issues) =>
    issues.flatMap((issue) => (issue.code === 'invalid_type' ? [named(issue.expected)] : [])),
  );
  const found = valueAt(context.data, context.above);
  const wanted = [...new Set(expected)].join(' or ');
  return [
    problem(
      found === undefined ? `is missing; expected ${wanted}` : `${shownFound(found)}, expected ${wanted}`,
    ),
  ];
}

/** What a schema says itself in the place of the words of zod. */
function own({ message }: Issue, found: unknown): string | undefined {
  if (/^(Invalid|Too|Unrecognized)/.test(message)) return undefined;
  return found === undefined ? message : `${shownFound(found)}; ${message}`;
}

/** The key of a map that belongs here and has such a key itself, which then stands a level too high. */
function placeBelow(key: string, known: readonly string[], keysBelow: (step: string) => readonly string[]) {
  return didYouMean(key, known) === undefined
    ? known.find((step) => keysBelow(step).includes(key))
    : undefined;
}

function unknownKey(key: string, known: readonly string[]): string {
  const list = known.length === 0 ? '' : `; known here: ${known.join(', ')}`;
  return `is no known key${list}.${didYouMeanHint(key, known)}`.replace(/\.$/, '');
}

function typeMessage(found: unknown, expected: string): string {
  if (found === undefined) return `is missing; expected ${named(expected)}`;
  const remedy = typeRemedy(found, expected);
  const told = `${shownFound(found)}, expected ${named(expected)}`;
  return remedy === '' ? told : `${told}. ${remedy}`;
}

/** How what was found is written as what was expected, where that can be said. */
function typeRemedy(found: unknown, expected: string): string {
  const isText = typeof found === 'string';
  if (expected === 'string' && ['number', 'boolean'].includes(typeof found))
    return `In quotes it is one: "${found}".`;
  if (['number', 'int'].includes(expected) && isText && found.trim() !== '' && Number.isFinite(Number(found)))
    return `Without quotes it is one: ${found.trim()}.`;
  if (expected === 'boolean' && isText && /^(true|yes|on|y)$/i.test(found))
    return 'Write true, without quotes.';
  if (expected === 'boolean' && isText && /^(false|no|off|n)$/i.test(found))
    return 'Write false, without quotes.';
  if (expected === 'array' && isText) return `One entry is a list too: [${JSON.stringify(found)}].`;
  return '';
}

function choiceMessage(found: unknown, values: readonly unknown[]): string {
  const allowed = values.map(String);
  const list = values.map(shownChoice).join(', ');
  const expected = allowed.length === 1 ? list : `one of ${list}`;
  if (found === undefined) return `is missing; expected ${expected}`;
  if (typeof found === 'string' && allowed.includes(found))
    return `${shownFound(found)}, expected ${expected}. Take the quotes away.`;
  const near = typeof found === 'string' ? choiceHint(found, allowed) : '';
  return `${shownFound(found)}, expected ${expected}${near === '' ? '' : `.${near}`}`;
}

function shownChoice(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function shownFound(found: unknown): string {
  if (found === null) return 'is empty';
  if (Array.isArray(found)) return `found a list of ${found.length}`;
  if (typeof found === 'object' && found !== null) return 'found a map';
  const text = typeof found === 'string' ? JSON.stringify(found) : String(found);
  return `found ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['object', 'a map'],
  ['record', 'a map'],
  ['null', 'nothing'],
  ['undefined', 'nothing'],
  ['nonoptional', 'a value'],
]);

function named(expected: string): string {
  return typeNames.get(expected) ?? expected;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' entries' : '';
}

function asStep(step: PropertyKey): PathStep {
  return typeof step === 'symbol' ? String(step) : step;
}

function valueAt(data: unknown, path: readonly PathStep[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PathStep, unknown>)[step];
  }
  return value;
}
