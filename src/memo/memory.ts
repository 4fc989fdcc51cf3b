import { RecentCache } from './recent-cache.ts';

/**
 * What a process remembers beside its worlds, in one place. Whatever stands here could be worked out again: clearing
 * all of it changes how long something takes, never what comes out. `docs/decisions/` says what each one is worth.
 */
export interface Memory<K, V> {
  /** Unique; what the list and the measurements call it. */
  readonly name: string;
  /** What keeps it from growing: the life of its keys, or at most so much. */
  readonly bound: 'while its key lives' | 'one value' | number;
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  /** Forgets everything. */
  clear(): void;
}

/** The only state at module level, by name. */
const all = new Map<string, Memory<never, unknown>>();

function registered<K, V>(memory: Memory<K, V>): Memory<K, V> {
  if (all.has(memory.name)) throw new Error(`there are two memories named "${memory.name}"`);
  all.set(memory.name, memory);
  return memory;
}

/** Every memory of the modules that are loaded. */
export function memories(): readonly Memory<never, unknown>[] {
  return [...all.values()];
}

/** Forgets everything that could be worked out again. */
export function clearMemories(): void {
  for (const memory of all.values()) memory.clear();
}

/** Remembers something about an object as long as the object lives. Only about objects that do not change. */
export function memoryBeside<K extends object, V>(name: string): Memory<K, V> {
  let known = new WeakMap<K, V>();
  return registered<K, V>({
    name,
    bound: 'while its key lives',
    get: (key) => known.get(key),
    set: (key, value) => {
      known.set(key, value);
    },
    clear: () => {
      known = new WeakMap();
    },
  });
}

/**
 * Remembers something about what was used lately.
 *
 * @param bound how many, or how much if they are weighed; at most twice that is held
 * @param weigh see `RecentCache`
 */
export function memoryOfRecent<K, V>(
  name: string,
  bound: number,
  weigh?: (value: V) => number,
): Memory<K, V> {
  let recent = new RecentCache<K, V>(bound, weigh);
  return registered<K, V>({
    name,
    bound,
    get: (key) => recent.get(key),
    set: (key, value) => recent.set(key, value),
    clear: () => {
      recent = new RecentCache(bound, weigh);
    },
  });
}

/**
 * A function of an object that works each answer out once, as long as the object lives.
 *
 * @param make pure; undefined is no answer that could be remembered
 */
export function memo<K extends object, V>(name: string, make: (key: K) => V): (key: K) => V {
  return from(memoryBeside<K, V>(name), make);
}

/** The same for keys that are no objects, within a bound. */
export function memoOfRecent<K, V>(name: string, bound: number, make: (key: K) => V): (key: K) => V {
  return from(memoryOfRecent<K, V>(name, bound), make);
}

function from<K, V>(memory: Memory<K, V>, make: (key: K) => V): (key: K) => V {
  return (key) => {
    const known = memory.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    memory.set(key, made);
    return made;
  };
}

/** A value that is made when it is first asked for: a library that takes long to load, a file of the package. */
export function once<V>(name: string, make: () => V): () => V {
  let made: V | undefined;
  const memory = registered<undefined, V>({
    name,
    bound: 'one value',
    get: () => made,
    set: (_, value) => {
      made = value;
    },
    clear: () => {
      made = undefined;
    },
  });
  const get = from(memory, make);
  return () => get(undefined);
}

/**
 * What is known of an object and stands nowhere else: the maker of the object says it. No memory, because it cannot be
 * worked out again, so it is not cleared; it ends with the object.
 */
export function mark<K extends object, V>(): Pick<WeakMap<K, V>, 'get' | 'set'> {
  return new WeakMap<K, V>();
}
