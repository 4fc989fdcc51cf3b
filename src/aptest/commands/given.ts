import { errors, type Sent } from '../errors.ts';
import { isSecretArgument } from './common-arguments.ts';

/** What came under a prefix such as `VAR_`: the rest of the name, with its case, and the values in wire order. */
export type Prefixed = ReadonlyMap<string, readonly string[]>;

/**
 * The arguments of one call as they were sent. Whether the product folds case is unknown; the manual and working
 * clients mix it, so fixed names are matched without case (inferred).
 */
export class Given {
  private readonly byName = new Map<string, { name: string; values: readonly string[] }>();

  constructor(readonly params: ReadonlyMap<string, readonly string[]>) {
    for (const [name, values] of params) {
      const key = name.toLowerCase();
      const found = this.byName.get(key);
      this.byName.set(
        key,
        found ? { name: found.name, values: [...found.values, ...values] } : { name, values },
      );
    }
  }

  /** Every value of an argument, in any of its spellings. `names` are in lower case. */
  all(names: readonly string[]): Sent[] {
    return names.flatMap((key) => {
      const found = this.byName.get(key);
      return found ? found.values.map((value) => sentAs(key, found.name, value)) : [];
    });
  }

  /**
   * The only value of an argument; undefined when it was not sent.
   *
   * @throws ProductFault when it was sent twice; the same value in two spellings counts once
   */
  one(names: readonly string[]): Sent | undefined {
    const [name] = names;
    if (names.length === 1 && name !== undefined) {
      const found = this.byName.get(name);
      if (!found) return undefined;
      const [value = '', second] = found.values;
      const sent = sentAs(name, found.name, value);
      if (second !== undefined) throw errors.doubled(sent, second);
      return sent;
    }
    const [first, ...others] = this.all(names);
    const other = others.find(
      ({ argument, value }) => argument === first?.argument || value !== first?.value,
    );
    if (first && other) throw errors.doubled(first, other.value);
    return first;
  }

  /** Everything under a prefix (any of its spellings, in lower case). An empty rest of the name is left out. */
  prefixed(prefixes: readonly string[]): Prefixed {
    const found = new Map<string, readonly string[]>();
    for (const [name, values] of this.params) {
      const key = name.toLowerCase();
      const prefix = prefixes.find((candidate) => key.startsWith(candidate));
      if (prefix === undefined || name.length === prefix.length) continue;
      const rest = name.slice(prefix.length);
      found.set(rest, [...(found.get(rest) ?? []), ...values]);
    }
    return found;
  }

  /** The names as they were sent. */
  names(): Iterable<string> {
    return this.params.keys();
  }

  /** The arguments for the journal: plain values, secret ones left out. */
  forJournal(): Readonly<Record<string, string | readonly string[]>> {
    const shown: [string, string | readonly string[]][] = [];
    for (const [name, values] of this.params) {
      const [only] = values;
      if (isSecretArgument(name.toLowerCase())) continue;
      shown.push([name, values.length === 1 && only !== undefined ? only : values]);
    }
    return Object.fromEntries(shown);
  }
}

/** @param key the name in lower case @param argument as it was spelled */
function sentAs(key: string, argument: string, value: string): Sent {
  return isSecretArgument(key) ? { argument, value, isSecret: true } : { argument, value };
}
