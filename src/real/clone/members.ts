import type { Long } from '../../testtrack/model/operation-types.generated.ts';

type NamesOf<W, V> = { [K in keyof W]-?: NonNullable<W[K]> extends V ? K : never }[keyof W] & string;

/**
 * The members of a wire type with what a record holds where a member was left out: a server of an older release, or
 * one whose groups hide a field, sends less than the contract of this package has.
 */
export function membersIn<W extends object>(wire: W) {
  const held = (name: string) => (wire as Readonly<Record<string, unknown>>)[name];
  return {
    text: (name: NamesOf<W, string>): string => (held(name) as string | undefined) ?? '',
    /** A day: a server of 2013 sends the moment at which it begins there. */
    day: (name: NamesOf<W, string>): string => ((held(name) as string | undefined) ?? '').slice(0, 10),
    flag: (name: NamesOf<W, boolean>, otherwise = false): boolean =>
      (held(name) as boolean | undefined) ?? otherwise,
    long: (name: NamesOf<W, Long>): Long => (held(name) as Long | undefined) ?? 0,
    /** A number that is small: record IDs, numbers of items, orders. */
    number: (name: NamesOf<W, Long>, otherwise = 0): number => Number(held(name) ?? otherwise),
    list: <I>(name: NamesOf<W, readonly I[]>): readonly I[] => (held(name) as readonly I[] | undefined) ?? [],
  };
}
