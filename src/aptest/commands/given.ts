import { errors, type Sent } from '../errors.ts';
import { isSecretArgument } from './common-arguments.ts';
import { Remarks } from './remarks.ts';

/** What came under a prefix such as `VAR_`: the rest of the name, with its case, and the values in wire order. */
export type Prefixed = ReadonlyMap<string, readonly string[]>;

type ByName = ReadonlyMap<string, { readonly name: string; readonly values: readonly string[] }>;

/** A file part of a form: the name of the field, and the name of the file. */
export interface FilePart {
  readonly field: string;
  readonly name: string;
}

/** What belongs to the call beside its arguments. */
interface Beside {
  /** Told of everything that was not kept as it was sent. */
  readonly remarks?: Remarks | undefined;
  readonly fileParts?: readonly FilePart[] | undefined;
}

/**
 * The arguments of one call as they were sent, and which of them were read. Whether the product folds case is unknown;
 * the manual and working clients mix it, so fixed names are matched without case (inferred).
 */
export class Given {
  readonly remarks: Remarks;
  readonly fileParts: readonly FilePart[];
  private readonly byName: ByName;
  /** Names that were asked for and are there, in lower case. */
  private readonly read = new Set<string>();

  private constructor(
    readonly params: ReadonlyMap<string, readonly string[]>,
    byName: ByName,
    { remarks = new Remarks(), fileParts = [] }: Beside,
  ) {
    this.byName = byName;
    this.remarks = remarks;
    this.fileParts = fileParts;
  }

  static of(params: ReadonlyMap<string, readonly string[]>, beside: Beside = {}): Given {
    return new Given(params, byFoldedName(params), beside);
  }

  /** The same arguments for another call: nothing of them was read. */
  again(beside: Beside): Given {
    return new Given(this.params, this.byName, beside);
  }

  /** Whether a file part came under one of these names (in lower case). */
  cameAsFile(names: readonly string[]): boolean {
    return this.fileParts.some(({ field }) => names.includes(field.toLowerCase()));
  }

  /** What nobody asked for, with its values. */
  *unread(): Iterable<Sent> {
    // As a rule all of it was read.
    if (this.read.size === this.byName.size) return;
    for (const [argument, values] of this.params) {
      if (this.read.has(argument.toLowerCase())) continue;
      for (const value of values) yield { argument, value };
    }
  }

  /** Every value of an argument, in any of its spellings. `names` are in lower case. */
  all(names: readonly string[]): Sent[] {
    const sent: Sent[] = [];
    for (const key of names) {
      const found = this.byName.get(key);
      if (!found) continue;
      this.read.add(key);
      for (const value of found.values) sent.push(sentAs(key, found.name, value));
    }
    return sent;
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
      this.read.add(name);
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
      if (prefix === undefined) continue;
      const hasName = name.length > prefix.length;
      if (hasName || values.every((value) => value === '')) this.read.add(key);
      if (!hasName) continue;
      const rest = name.slice(prefix.length);
      found.set(rest, [...(found.get(rest) ?? []), ...values]);
    }
    return found;
  }

  /** Everything that was sent; values among it must not be shown. */
  *withSecrets(): Iterable<Sent> {
    for (const [argument, values] of this.params) {
      for (const value of values) yield { argument, value };
    }
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

function byFoldedName(params: ReadonlyMap<string, readonly string[]>): ByName {
  const byName = new Map<string, { name: string; values: readonly string[] }>();
  for (const [name, values] of params) {
    const key = name.toLowerCase();
    const found = byName.get(key);
    byName.set(key, found ? { name: found.name, values: [...found.values, ...values] } : { name, values });
  }
  return byName;
}

/** @param key the name in lower case @param argument as it was spelled */
function sentAs(key: string, argument: string, value: string): Sent {
  return isSecretArgument(key) ? { argument, value, isSecret: true } : { argument, value };
}
