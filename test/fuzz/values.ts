import type { Chance } from '../../src/scenario/generate/chance.ts';
import type { SimpleName, TypeRef } from '../../src/soap/wsdl-model.ts';
import { wsdlModel } from '../support/soap-message.ts';
import { hostileText } from './mutate.ts';

/** What the state is known to hold, so that calls find something. */
const known: readonly string[] = [
  ...[
    'Defect',
    'Test Case',
    'Test Run',
    'Requirement',
    'Requirement Document',
    'Task',
    'User',
    'Customer',
    'Folder',
  ],
  ...[
    'Number',
    'Status',
    'Priority',
    'High',
    'Open',
    'All',
    'Sheet',
    'Book',
    'Shelf',
    'Fix',
    'Assign',
    'Comment',
  ],
  ...[
    'Lake, Veronica',
    'Bakker, Pieter',
    'Veronica',
    'Lake',
    'admin',
    'lake',
    'secret',
    'Project',
    'Related Items',
  ],
  ...[
    '/Public',
    '/Public/Plan',
    '/Public/Plan/Sprint',
    'Laptop',
    'Browser',
    'Chrome',
    'WysiWrite 5.1',
    'Call them',
  ],
  ...[
    'Functional Requirement',
    'Parent/Child',
    'TT00000001.log',
    "{'Number': 1}",
    "'Status' = 'Open'",
    'de-DE',
    '',
  ],
];
const numbers = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '-1',
  '127',
  '32767',
  '2147483647',
  '9223372036854775807',
  '1e3',
  ' 7 ',
];
const texts: Readonly<Record<Exclude<SimpleName, 'string'>, readonly string[]>> = {
  boolean: ['true', 'false', '1', '0', 'maybe'],
  byte: numbers,
  short: numbers,
  int: numbers,
  long: numbers,
  double: [...numbers, 'NaN', 'INF', '1e308', '0.1'],
  date: ['2026-03-02', '0001-01-01', '9999-12-31', '2024-02-29', '2026-02-30', ''],
  dateTime: [
    '2026-03-02T10:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59',
    '2026-01-01T25:00:00',
    '',
  ],
  base64Binary: ['', 'aGVsbG8=', ' aGVs bG8= ', '@@@', 'a'],
};

/** A value of a type, good or not so good, as `writeCall` takes it. */
export function anyValue(type: TypeRef, chance: Chance, depth = 0): unknown {
  const kind = chance.below(40);
  if (kind === 0) return null;
  if (kind === 1) return undefined;
  switch (type.kind) {
    case 'simple':
      if (chance.happens(0.1)) return hostileText(chance);
      return chance.of(type.name === 'string' ? known : texts[type.name]);
    case 'array': {
      const length = depth > 3 ? 0 : chance.below(chance.happens(0.05) ? 30 : 3);
      return Array.from({ length }, () => anyValue(type.item, chance, depth + 1));
    }
    case 'struct':
      return anyRecord(type.name, chance, depth);
  }
}

function anyRecord(declared: string, chance: Chance, depth: number): unknown {
  const actual = chance.of([declared, declared, ...(wsdlModel.structs.get(declared)?.subtypes ?? [])]);
  const fields = depth > 3 ? [] : (wsdlModel.structs.get(actual)?.fields ?? []);
  const often = chance.below(10) / 10;
  const given = fields.filter(() => chance.happens(often));
  const members = given.map((field) => [field.name, anyValue(field.type, chance, depth + 1)]);
  return { $type: actual, ...Object.fromEntries(members) };
}

/** A value with something in it replaced, at any depth. */
export function bent(type: TypeRef, value: unknown, chance: Chance): unknown {
  if (value === null || value === undefined || type.kind === 'simple' || chance.happens(0.1))
    return anyValue(type, chance);
  if (type.kind === 'array') {
    const items = [...(value as readonly unknown[])];
    const at = chance.below(items.length + 1);
    items[at] = at < items.length ? bent(type.item, items[at], chance) : anyValue(type.item, chance);
    return items;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const struct = wsdlModel.structs.get(typeof record.$type === 'string' ? record.$type : type.name);
  const fields = struct?.fields ?? [];
  if (fields.length === 0) return value;
  const field = chance.of(fields);
  return { ...record, [field.name]: bent(field.type, record[field.name], chance) };
}
