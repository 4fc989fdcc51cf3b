type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The members that have a value: an absent member and one that is undefined are two things to a spread. */
export function withoutUndefined<T extends object>(values: T): Partial<WithoutUndefined<T>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    WithoutUndefined<T>
  >;
}
