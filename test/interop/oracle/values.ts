import type { SimpleName, StructType, TypeRef, WsdlField, WsdlModel } from '../../../src/soap/wsdl-model.ts';

/** Texts that need care, dealt out one after another so that every member gets another one. */
const texts = [
  'plain',
  '  blanks around  ',
  'Grüße, 東京, 😀',
  'one\r\ntwo\n\tthree\r',
  '<b>&amp; "quoted" \'single\'</b> ]]>',
  '',
  '12',
  '<![CDATA[no]]> <!-- no -->',
];

const samples: Readonly<Record<Exclude<SimpleName, 'string'>, readonly unknown[]>> = {
  boolean: [true, false],
  byte: [47, -128, 127],
  short: [1, -32_768, 32_767],
  int: [1, -2_147_483_648, 2_147_483_647],
  long: [1, 9_007_199_254_740_993n, -(2n ** 63n), 2n ** 63n - 1n],
  double: [1.5, -0.125, 1e21, 5e-324, Number.POSITIVE_INFINITY],
  date: ['2026-02-28', '1999-12-31'],
  dateTime: ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00-05:00', '1999-12-31T12:00:00+05:30'],
  base64Binary: [Buffer.from('Straße'), Buffer.from([0, 255, 128, 13, 10])],
};

/** How much of a record is filled. */
export type Filling = 'everything' | 'required';

/** Deals values out, always the same for the same questions. */
export class ValueMaker {
  #dealt = 0;

  constructor(private readonly model: WsdlModel) {}

  /** @param levels how many records may nest: some types hold themselves */
  value(type: TypeRef, filling: Filling, levels = 3): unknown {
    switch (type.kind) {
      case 'simple':
        return this.#deal(type.name === 'string' ? texts : samples[type.name]);
      case 'array':
        return this.#items(type.item, filling, levels);
      case 'struct':
        return this.#record(this.#struct(type.name), filling, levels);
    }
  }

  /** One item of each class that a list can hold. */
  #items(item: TypeRef, filling: Filling, levels: number): unknown[] {
    if (levels === 0 || filling === 'required') return [];
    if (item.kind !== 'struct') return [this.value(item, filling, levels), this.value(item, filling, levels)];
    const struct = this.#struct(item.name);
    const kinds = struct.subtypes.length > 0 ? struct.subtypes : [struct.name];
    return kinds.map((kind) => {
      const record = this.#record(this.#struct(kind), filling, levels - 1);
      return kind === struct.name ? record : { $type: kind, ...record };
    });
  }

  #record(struct: StructType, filling: Filling, levels: number): Record<string, unknown> {
    const fields = struct.fields.filter((field) => isWanted(field, filling, levels));
    return Object.fromEntries(fields.map(({ name, type }) => [name, this.value(type, filling, levels - 1)]));
  }

  #struct(name: string): StructType {
    const struct = this.model.structs.get(name);
    if (!struct) throw new Error(`the WSDL has no type ${name}`);
    return struct;
  }

  #deal<T>(from: readonly T[]): T | undefined {
    this.#dealt += 1;
    return from[this.#dealt % from.length];
  }
}

function isWanted({ optional, type }: WsdlField, filling: Filling, levels: number): boolean {
  if (!optional) return true;
  return filling === 'everything' && (type.kind === 'simple' || levels > 0);
}
