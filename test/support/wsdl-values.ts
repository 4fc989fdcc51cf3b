/** Arbitrary values of any type of the WSDL, for property tests. */
import fc from 'fast-check';
import type { SimpleName, TypeRef, WsdlModel } from '../../src/soap/wsdl-model.ts';

interface Options {
  readonly model: WsdlModel;
  /** The real server refuses an empty base64 element in a request. */
  readonly allowsEmptyBinary: boolean;
}

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

const day = fc
  .record({
    year: fc.integer({ min: 1, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map((date) => `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`);

const time = fc
  .record({
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
  })
  .map(({ hour, minute, second }) => `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`);

const zone = fc.constantFrom('', 'Z', '-05:00', '+14:00', '+05:30');

/** Every character XML can carry, with those that need care over-represented, and whole awkward pieces. */
export const xmlText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ']]>',
        '<',
        '>',
        '&',
        '&amp;',
        '"',
        "'",
        '\r\n',
        '\r',
        '\n',
        '\t',
        ' ',
        'ä',
        'ß',
        '€',
        '😀',
        '\ue00d',
        '\u0085',
        '\u2028',
        '<!--',
        '<![CDATA[',
      ),
      fc
        .string({ unit: 'binary', maxLength: 5 })
        .map((text) => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

const simple: Readonly<Record<Exclude<SimpleName, 'base64Binary'>, fc.Arbitrary<unknown>>> = {
  string: xmlText,
  boolean: fc.boolean(),
  byte: fc.integer({ min: -128, max: 127 }),
  short: fc.integer({ min: -32_768, max: 32_767 }),
  int: fc.integer(),
  long: fc.oneof(fc.maxSafeInteger(), fc.bigInt(LONG_MIN, LONG_MAX).map(exact)),
  double: fc.oneof(
    fc.double(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
  ),
  date: day,
  dateTime: fc
    .tuple(day, time, fc.constantFrom('', '.5', '.123'), zone)
    .map(([d, t, f, z]) => `${d}T${t}${f}${z}`),
};

/** @param levels how many structs may nest; recursive types end there */
export function valuesOf(type: TypeRef, options: Options, levels = 4): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'simple':
      return type.name === 'base64Binary' ? binary(options) : simple[type.name];
    case 'array':
      return fc.array(valuesOf(type.item, options, levels - 1), { maxLength: levels > 1 ? 3 : 0 });
    case 'struct': {
      const subtypes = options.model.structs.get(type.name)?.subtypes ?? [];
      return fc
        .constantFrom(type.name, ...subtypes)
        .chain((actual) =>
          membersOf(actual, options, levels).map((value) =>
            actual === type.name ? value : { $type: actual, ...value },
          ),
        );
    }
  }
}

function membersOf(struct: string, options: Options, levels: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = options.model.structs.get(struct)?.fields ?? [];
  const usable = fields.filter((field) => field.type.kind === 'simple' || levels > 0);
  const members = usable.map((field): [string, fc.Arbitrary<unknown>] => [
    field.name,
    valuesOf(field.type, options, levels - 1),
  ]);
  return fc.record(Object.fromEntries(members), { requiredKeys: [], noNullPrototype: true });
}

function binary({ allowsEmptyBinary }: Options): fc.Arbitrary<Buffer> {
  return fc
    .uint8Array({ minLength: allowsEmptyBinary ? 0 : 1, maxLength: 40 })
    .map((bytes) => Buffer.from(bytes));
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
