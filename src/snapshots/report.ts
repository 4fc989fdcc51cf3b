import { atOnce, type Steps } from '../answers/steps.ts';
import { plainValue, shortText } from '../text/plain-value.ts';
import { hidden, isSecretName } from '../text/secrets.ts';
import type { Change } from '../world/draft.ts';
import type { Key } from '../world/table.ts';
import type { World } from '../world/world.ts';
import { differing, type FieldDifference, fieldsOf } from './difference.ts';
import { type Place, shownKey, tableLabel, userName } from './labels.ts';

/** One thing that is different in two states, as data. */
export interface Difference {
  /** The table, with the scope before the slash: `testtrack:Project/defects`. */
  readonly path: string;
  readonly key: Key;
  /** What a human calls the record: `defect 12`. */
  readonly record: string;
  readonly kind: 'added' | 'deleted' | 'changed';
  /** Of a changed record. */
  readonly field?: string;
  /** Absent where there was nothing, or is nothing any more. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What is different in two states. */
export interface DifferenceReport {
  readonly from: string;
  readonly to: string;
  readonly isSame: boolean;
  /** A line for each difference: `defect 12: state Open to Fixed`. Bookkeeping such as who modified it is left out. */
  readonly report: readonly string[];
  readonly differences: readonly Difference[];
  /** Records that differ beyond the limit. */
  readonly leftOut: number;
}

/** A state and how it is called. */
export interface NamedState {
  readonly name: string;
  readonly world: World;
}

/** Only the first of so many records that differ are shown. */
const mostRecords = 1000;

/** Compares two states. Passwords, cookies and tokens are never shown; that they changed is. */
export function differenceReport(from: NamedState, to: NamedState, limit?: number): DifferenceReport {
  return atOnce(reportingDifference(from, to, limit));
}

/** The same in steps, for states of any size. */
export function* reportingDifference(
  from: NamedState,
  to: NamedState,
  limit = mostRecords,
): Steps<DifferenceReport> {
  const report: string[] = [];
  const differences: Difference[] = [];
  const { first, count } = yield* differing(from.world, to.world, limit);
  for (const change of first) {
    yield;
    // What is gone is called what it was called before.
    const told = tellChange(change, change.after === undefined ? from.world : to.world);
    report.push(...told.lines);
    differences.push(...told.differences);
  }
  return {
    from: from.name,
    to: to.name,
    isSame: count === 0,
    report,
    differences,
    leftOut: count - first.length,
  };
}

/** A change in words and as data. @param world where the names are looked up */
export function tellChange(
  change: Change,
  world: World,
): { readonly lines: string[]; readonly differences: Difference[] } {
  const { path, before, after } = change;
  const place: Place = { world, scope: path.slice(0, path.lastIndexOf('/')) };
  const label = tableLabel(path);
  const record = after ?? before;
  const fields = typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : {};
  const name = `${label.name(fields, place)}${whereabouts(place)}`;
  const head = { path, key: shownKey(change), record: name };
  if (before === undefined) {
    const line = `${name} ${label.added?.(fields) ?? 'added'}`;
    return { lines: [line], differences: [{ ...head, kind: 'added', after: plainValue(after) }] };
  }
  if (after === undefined) {
    const line = `${name} ${label.removed ?? 'deleted'}`;
    return { lines: [line], differences: [{ ...head, kind: 'deleted', before: plainValue(before) }] };
  }
  const found = fieldsOf(change);
  const telling = found.filter(({ field }) => !bookkeeping.has(field));
  return {
    lines: (telling.length > 0 ? telling : found).map((each) => `${name}: ${fieldLine(each, place)}`),
    differences: found.map((each) => ({
      ...head,
      kind: 'changed',
      field: each.field,
      ...shownSide('before', each),
      ...shownSide('after', each),
    })),
  };
}

/** They change with every save, so they say something only where nothing else does. */
const bookkeeping: ReadonlySet<string> = new Set(['modified.at', 'modified.by', 'mtime']);

/** The project or suite, where there are several of them. */
function whereabouts({ world, scope }: Place): string {
  const at = scope.indexOf(':');
  if (at < 0) return '';
  const kind = scope.slice(0, at);
  const table = kind === 'testtrack' ? 'projects' : 'suites';
  const count = world.collections.get(`${kind}/${table}`)?.size ?? 0;
  return count > 1 ? ` in "${scope.slice(at + 1)}"` : '';
}

function shownSide(side: 'before' | 'after', difference: FieldDifference): Partial<Difference> {
  const value = difference[side];
  if (value === undefined) return {};
  return { [side]: isSecretField(difference.field) ? hidden : plainValue(value) };
}

function isSecretField(field: string): boolean {
  return field.split(/[.[\]]/).some(isSecretName);
}

function fieldLine({ field, before, after }: FieldDifference, place: Place): string {
  const isEntry = field.endsWith(']');
  if (isEntry && before === undefined) return `${field} added${nameOfEntry(after)}`;
  if (isEntry && after === undefined) return `${field} removed${nameOfEntry(before)}`;
  if (isSecretField(field)) return `${field} changed`;
  return `${field} ${shownValue(field, before, place)} to ${shownValue(field, after, place)}`;
}

function nameOfEntry(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const { name, text, fileName } = entry as Record<string, unknown>;
  const called = [name, fileName, text].find((each) => typeof each === 'string' && each !== '');
  return called === undefined ? '' : ` (${shortText(called)})`;
}

const userFields = /(?:^|\.)(?:assignedTo|user|userId|enteredBy|foundBy|by|overrideUser)$/;
const timeFields = /(?:^|\.)(?:at|until|\w+At)$/;
/** ApTest counts seconds. */
const secondsFields = /^(?:ctime|mtime|when|(?:start|end)date(?:planned|actual))$/;

function shownValue(field: string, value: unknown, place: Place): string {
  if (value === undefined) return 'none';
  if (value === '') return '(empty)';
  const users = userFields.test(field) ? shownUsers(value, place) : undefined;
  if (users !== undefined) return users;
  if (typeof value === 'number' && timeFields.test(field)) return isoTime(value);
  if (typeof value === 'number' && secondsFields.test(field)) return isoTime(value * 1000);
  if (typeof value === 'string' && value.length <= 60 && !/[\r\n]/.test(value)) return value;
  return shortText(plainValue(value));
}

/** Record IDs as the names of users; undefined for anything else. */
function shownUsers(value: unknown, place: Place): string | undefined {
  if (typeof value === 'number') return userName(value, place);
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'number')) return undefined;
  return value.length === 0 ? 'nobody' : value.map((each) => userName(each, place)).join(', ');
}

function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
