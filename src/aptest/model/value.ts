/** What a field or a variable holds: one text, or several for fields that take more than one. */
export type FieldValue = string | readonly string[];

/** Named values. Names come from outside, so they are only ever read with `own`. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** How many there are of each; a name that is absent stands for none. */
export type Tally = Readonly<Record<string, number>>;

/** Seconds since 1970-01-01T00:00:00Z, the product's way to write a point in time. */
export type Seconds = number;

/** The record's own member of that name; never one that every object inherits, such as `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A record with one own member set, whatever its name (also `__proto__`). */
export function withOwn<T>(
  record: Readonly<Record<string, T>>,
  name: string,
  value: T,
): Readonly<Record<string, T>> {
  return { ...record, [name]: value };
}

/** A record without one member. */
export function withoutOwn<T>(
  record: Readonly<Record<string, T>>,
  name: string,
): Readonly<Record<string, T>> {
  if (!Object.hasOwn(record, name)) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

/** Changes to a record; `undefined` takes an optional member away. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A record with changes. Members given as `undefined` are gone from the result. */
export function patched<T extends object>(record: T, patch: Patch<T>): T {
  const changed = { ...record, ...patch } as Record<string, unknown>;
  for (const name of Object.keys(patch)) {
    if (changed[name] === undefined) delete changed[name];
  }
  return changed as T;
}

/** A tally with `by` more (or less) under a name; a name that falls to none is dropped. */
export function tallied(tally: Tally, name: string, by: number): Tally {
  const count = (own(tally, name) ?? 0) + by;
  return count === 0 ? withoutOwn(tally, name) : withOwn(tally, name, count);
}

/** Counts texts. */
export function tallyOf(names: Iterable<string>): Tally {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** A value as one text; several are joined with a comma, as the product's lists are. */
export function asText(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : value.join(',');
}

/** A value as a list; an empty text is no value. */
export function asList(value: FieldValue | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** The entries of a comma separated list, blanks around them and empty ones dropped. */
export function commaList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
