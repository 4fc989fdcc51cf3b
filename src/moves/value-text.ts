/**
 * Values of a journal as JSON and back: what calls were given and gave is of more kinds than the records of a state. What
 * JSON has no word for is an object with the one member `~`, a list of the kind and what it takes to make it again.
 */
type Marked = readonly [kind: string, content?: unknown];

const MARK = '~';

/** Writes a value of a journal. What is made while it is sent is only named: nobody reads it twice. */
export function valueText(value: unknown): string {
  return JSON.stringify(written(value));
}

/** Reads what `valueText` wrote. @throws Error for what it did not write */
export function valueIn(text: string): unknown {
  return read(JSON.parse(text));
}

function written(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : marked('number', writtenNumber(value));
    case 'bigint':
      return marked('bigint', String(value));
    case 'object':
      return value === null ? null : writtenObject(value);
    case 'string':
    case 'boolean':
      return value;
    default:
      return marked('undefined');
  }
}

const marked = (...content: Marked) => ({ [MARK]: content });

/** JSON has none of these, and of two zeros it knows one. */
const writtenNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

function writtenObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (value instanceof Date) return marked('date', value.getTime());
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return marked('bytes', bytes.toString('base64'));
  }
  if (value instanceof Map) return marked('map', [...value].map(writtenPair));
  if (value instanceof Error) return marked('error', [value.name, value.message]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return marked('other', value.constructor.name);
  if (Object.hasOwn(value, MARK)) return marked('members', Object.entries(value).map(writtenPair));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, written(member)]));
}

const writtenPair = ([key, member]: readonly [unknown, unknown]) => [written(key), written(member)];

function read(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(read);
  const content = (value as Record<string, unknown>)[MARK];
  if (Array.isArray(content)) return readMarked(content as unknown as Marked);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(member)]));
}

const readers: Readonly<Record<string, (content: never) => unknown>> = {
  undefined: () => undefined,
  number: Number,
  bigint: BigInt,
  // JSON has null for the time of a date that is none.
  date: (time: number | null) => new Date(time ?? Number.NaN),
  bytes: (base64: string) => new Uint8Array(Buffer.from(base64, 'base64')),
  map: (pairs: unknown[]) => new Map(pairs.map(readPair)),
  members: (pairs: unknown[]) => Object.fromEntries(pairs.map(readPair)),
  error: ([name, message]: [string, string]) => Object.assign(new Error(message), { name }),
  // Only its kind is ever shown.
  other: (name: string) => Object.create({ constructor: { name } }),
};

function readMarked([kind, content]: Marked): unknown {
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (!reader) throw new Error(`"${kind.slice(0, 20)}" is no kind of value`);
  return reader(content as never);
}

const readPair = (pair: unknown): [string, unknown] => {
  const [key, member] = pair as [unknown, unknown];
  return [read(key) as string, read(member)];
};
