import type { Steps } from '../answers/steps.ts';
import { isFileContent } from '../text/plain-value.ts';
import { compareKeys } from '../world/collection.ts';
import type { Change } from '../world/draft.ts';
import { comparing } from '../world/step-between.ts';
import type { World } from '../world/world.ts';

/** One field of a record that is not the same in two states. */
export interface FieldDifference {
  /** Its way into the record: `state`, `description.text`, `events[31].notes`. */
  readonly field: string;
  /** Undefined where there was none, or is none any more. */
  readonly before: unknown;
  readonly after: unknown;
}

/** The first records that do not say the same in two states, and how many there are. */
export interface Differing {
  /** In the order of their tables and keys. */
  readonly first: readonly Change[];
  readonly count: number;
}

/**
 * Looks, in steps, for the records that do not say the same in two states. Records of two loaded scenarios are never the
 * same object, but may say the same.
 *
 * @param most so many are given
 */
export function* differing(from: World, to: World, most = Number.POSITIVE_INFINITY): Steps<Differing> {
  let first: Change[] = [];
  let count = 0;
  const inOrder = () => first.sort((a, b) => compareKeys(a.path, b.path) || compareKeys(a.key, b.key));
  for (const change of comparing(from, to)) {
    yield;
    if (!change || !saysOther(change)) continue;
    count += 1;
    // There may be a million, and those that are shown are not to wait for all of them to be sorted.
    if (first.push(change) > 2 * most) first = inOrder().slice(0, most);
  }
  return { first: inOrder().slice(0, most), count };
}

function saysOther({ before, after }: Change): boolean {
  return before === undefined || after === undefined || !isSame(before, after);
}

/** What is different within a record that both states have. */
export function fieldsOf({ before, after }: Pick<Change, 'before' | 'after'>): FieldDifference[] {
  const found: FieldDifference[] = [];
  compare({ field: '', before, after }, found);
  return found;
}

function compare(pair: FieldDifference, found: FieldDifference[]): void {
  const { before, after } = pair;
  if (Object.is(before, after)) return;
  const [old, now] = [membersOf(before), membersOf(after)];
  if (!old || !now || old.isList !== now.isList) {
    if (!isSameLeaf(before, after)) found.push(pair);
    return;
  }
  for (const name of new Set([...old.members.keys(), ...now.members.keys()])) {
    const field = old.isList ? `${pair.field}[${name}]` : pair.field === '' ? name : `${pair.field}.${name}`;
    compare({ field, before: old.members.get(name), after: now.members.get(name) }, found);
  }
}

interface Members {
  readonly isList: boolean;
  readonly members: ReadonlyMap<string, unknown>;
}

/** What a value is compared by, member by member; undefined for one that is compared as a whole. */
function membersOf(value: unknown): Members | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  if (Array.isArray(value)) {
    const ids = value.map(idOf);
    if (value.length > 0 && ids.includes(undefined)) return undefined;
    const members = new Map(value.map((each, at) => [ids[at] ?? '', each]));
    return members.size === value.length ? { isList: true, members } : undefined;
  }
  if (value instanceof Date || isFileContent(value)) return undefined;
  return { isList: false, members: new Map(Object.entries(value)) };
}

/** What tells the entries of a list apart, so that one that was put in front does not make all others new. */
function idOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { recordId, linkedItemId, number, name } = entry as Record<string, unknown>;
  const id = recordId ?? linkedItemId ?? number ?? name;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}

function isSameLeaf(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((each, at) => isSame(each, after[at]));
  }
  if (isFileContent(before) && isFileContent(after)) return before.sha256 === after.sha256;
  if (before instanceof Date && after instanceof Date) return before.getTime() === after.getTime();
  if (before instanceof Uint8Array && after instanceof Uint8Array) return Buffer.compare(before, after) === 0;
  return false;
}

function isSame(before: unknown, after: unknown): boolean {
  const found: FieldDifference[] = [];
  compare({ field: '', before, after }, found);
  return found.length === 0;
}
