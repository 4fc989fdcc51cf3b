import { errors } from '../errors.ts';
import type { Catalogue, Named } from '../rules/catalogue.ts';
import { Field } from './field.ts';
import type { RunState } from './run-state.ts';
import { fieldSignatures, readArguments, sessionSignatures } from './signatures.ts';
import type { TestSession } from './test-session.ts';
import { TestSet } from './test-set.ts';
import type { TestReference } from './tests.ts';

/** A method called by a program that holds a session for longer than one call. */
export interface SessionCall {
  /** The manual's name. */
  readonly method: string;
  /**
   * In the manual's order. Null stands for what is left out; `{"$session": handle}`, `{"$field": name}` and
   * `{"$function": number}` for what JSON cannot hold.
   */
  readonly args: readonly unknown[];
  readonly handle?: string | undefined;
  /** Makes the call one of this field. */
  readonly field?: string | undefined;
}

/** A call of a function that the caller has: its text belongs where the mark is. */
export interface TextCall {
  readonly mark: string;
  /** Which of the functions among the arguments, from 0. */
  readonly function: number;
  readonly args: readonly unknown[];
}

/** What a method is called on. */
export interface Callee {
  readonly session?: TestSession;
  readonly field?: Field;
  /** Other sessions that are open. */
  readonly sessionOf?: (handle: string) => TestSession;
  /** Takes what the caller has to call itself. */
  readonly calls: TextCall[];
}

/** Calls a method of the session, or of the field that the call names. @throws ProductFault */
export function performed(call: SessionCall, callee: Callee): unknown {
  const field = callee.field ?? (call.field === undefined ? undefined : fieldOf(callee.session, call.field));
  const signatures = field ? fieldSignatures : sessionSignatures;
  const parameters = signatures.get(call.method);
  if (!parameters) throw errors.noMethod({ argument: 'method', value: call.method }, signatures.keys());
  const given = call.args.map((arg) => referred(arg, callee));
  const args = trimmed(readArguments(call.method, parameters, given));
  const target = (field ?? callee.session) as unknown as Record<string, (...args: unknown[]) => unknown>;
  const adapt = callee.session && adapters.get(call.method);
  return target[call.method]?.(...(adapt && callee.session ? adapt(args, callee.session) : args));
}

/** Where the object wants its arguments in another form than the manual's: sets, definitions, flags by name. */
const adapters = new Map<string, (args: readonly unknown[], state: RunState) => unknown[]>([
  ['refresh', ([path, ...rest], state) => [path === undefined ? path : setAt(state, String(path)), ...rest]],
  ['SQL_type', ([field]) => [(field as Field).definition]],
  ['SQL_value', ([field, value]) => [(field as Field).definition, value]],
  [
    'buildSelectorTable',
    ([selectors, ...flags]) => [
      selectors,
      named(['allowNonSelectable', 'showSpecials', 'skipResults', 'skipAssigned', 'showDynamic'], flags),
    ],
  ],
  [
    'fieldSelection',
    ([field, current, ...flags]) => [
      field,
      current,
      named(['allowNonSelectable', 'showSpecials', 'showLabels', 'showDynamic'], flags),
    ],
  ],
  [
    'generateMarkup',
    ([tid, template, showValues, showLabels, test, requirement], { suite }) => [
      tid,
      template,
      named(
        ['showValues', 'showLabels', 'test', 'requirement'],
        [showValues, showLabels, entryNamed(suite.tests, test), entryNamed(suite.requirements, requirement)],
      ),
    ],
  ],
]);

/** Values by their names, those that are there. */
function named(names: readonly string[], values: readonly unknown[]): Readonly<Record<string, unknown>> {
  const entries = names.map((name, at): [string, unknown] => [name, values[at]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The test case or requirement that a reference names. @throws ProductFault there is none */
function entryNamed<T extends Named>(catalogue: Catalogue<T>, reference: unknown): T | undefined {
  if (reference === undefined) return undefined;
  const { uuid, id } = reference as TestReference;
  const found = uuid === undefined ? catalogue.withPath(id ?? '') : catalogue.withUuid(uuid);
  if (!found) throw errors.noTest({ argument: 'generateMarkup', value: uuid ?? id ?? '' });
  return found;
}

function setAt({ suite }: RunState, path: string): TestSet {
  const set = TestSet.at(suite, path);
  if (!set) throw errors.noSet({ argument: 'refresh: setHandle', value: path });
  return set;
}

function fieldOf(session: TestSession | undefined, name: string): Field {
  const field = session?.field(name);
  if (!field) throw errors.noField({ argument: 'field', value: name }, session?.flist());
  return field;
}

/** What an argument refers to, where it refers to something. */
function referred(arg: unknown, { session, sessionOf, calls }: Callee): unknown {
  if (typeof arg !== 'object' || arg === null || Array.isArray(arg)) return arg;
  const [[kind, to] = [], ...more] = Object.entries(arg);
  if (more.length > 0) return arg;
  if (kind === '$session' && sessionOf) return sessionOf(String(to));
  if (kind === '$field') return fieldOf(session, String(to));
  if (kind === '$function' && typeof to === 'number') {
    return (...args: unknown[]) => {
      const mark = `\u0001call ${calls.length}\u0001`;
      calls.push({ mark, function: to, args });
      return mark;
    };
  }
  return arg;
}

/** A method tells how it is called by how many arguments there are. */
function trimmed(args: unknown[]): unknown[] {
  const last = args.findLastIndex((arg) => arg !== undefined);
  return args.slice(0, last + 1);
}

/** A result as JSON can hold it: undef is null, a field is its name, all fields are their names. */
export function shownResult(result: unknown): unknown {
  if (result === undefined) return null;
  if (result instanceof Field) return result.name;
  if (result instanceof Map) return [...result.keys()];
  return result;
}
