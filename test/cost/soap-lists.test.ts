/**
 * Every list that a client can send by the contract, short and four times as long. The lists come from the WSDL, so a
 * new one is held to this as well.
 */
import { describe, expect, test } from 'vitest';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import type { SimpleName, TypeRef, WsdlField } from '../../src/soap/wsdl-model.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { growth, mostGrowth } from '../support/cpu-time.ts';
import {
  everyKind,
  everyKindGlobals,
  type SessionOperationName,
  sessionCalls,
} from '../support/session-calls.ts';
import { writeCall, wsdlModel } from '../support/soap-message.ts';
import { codec } from '../support/soap-requests.ts';
import { testTrack } from '../support/testtrack.ts';

const { tt, runner } = testTrack({
  globalUsers: everyKindGlobals,
  projects: [{ name: 'Project', ...everyKind }],
});
const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
const loggedOn = runner.world;

/** The short list; the long one has four times as many items, fewer than the 1,000 events that one call may enter. */
const short = 200;

type Value = Readonly<Record<string, unknown>>;

/** A list somewhere in the parts of a call, and how to make a value with so many items there. */
interface ListPlace {
  readonly path: string;
  readonly with: (items: (item: unknown, type: TypeRef) => unknown[]) => unknown;
}

/** How deep lists and records within records are gone through. */
const deepest = 4;

/** The lists in a value of a type; those that a good value leaves out as well. */
function* listsIn(path: string, type: TypeRef, good: unknown, depth = 0): Generator<ListPlace> {
  if (depth > deepest || type.kind === 'simple') return;
  if (type.kind === 'struct') {
    const record = (good ?? {}) as Value;
    const actual = typeof record.$type === 'string' ? record.$type : type.name;
    for (const place of listsInFields(path, wsdlModel.structs.get(actual)?.fields ?? [], record, depth)) {
      yield place;
    }
    return;
  }
  const [first = sample(type.item, 0)]: readonly unknown[] = Array.isArray(good) ? good : [];
  yield { path, with: (items) => items(first, type.item) };
  for (const inner of listsIn(`${path}[0]`, type.item, first, depth + 1)) {
    yield { path: inner.path, with: (items) => [inner.with(items)] };
  }
}

function* listsInFields(path: string, fields: readonly WsdlField[], record: Value, depth: number) {
  for (const { name, type } of fields) {
    for (const { path: inner, with: make } of listsIn(`${path}.${name}`, type, record[name], depth + 1)) {
      yield {
        path: inner,
        with: (items: Parameters<typeof make>[0]) => ({ ...record, [name]: make(items) }),
      };
    }
  }
}

const samples: Readonly<Record<SimpleName, (at: number) => unknown>> = {
  string: (at) => `text ${at}`,
  boolean: () => true,
  byte: (at) => at % 100,
  short: (at) => at,
  int: (at) => at,
  long: (at) => at,
  double: (at) => at,
  date: () => '2026-03-02',
  dateTime: () => '2026-03-02T10:00:00Z',
  base64Binary: (at) => Buffer.from(`bytes ${at}`),
};

/** What a new item must say to be taken, where a text of no meaning is refused. */
const needed: Readonly<Record<string, Value>> = {
  CEvent: {
    name: 'Comment',
    date: '2026-03-02T10:00:00-05:00',
    user: '',
    overrideuser: '',
    parenteventid: 0,
    resultingstate: '',
  },
  CFileAttachment: { 'm-strType': '', 'm-strArchiveName': '', 'm-strScriptState': '' },
  CTestVariant: { name: 'Browser', type: 'Included' },
  CTestVariantValue: { value: 'Safari' },
  CField: { $type: 'CStringField', name: 'Ticket', value: 'a text' },
};

/** A value of a type, different for each place in a list; lists in it are left out. */
function sample(type: TypeRef, at: number): unknown {
  if (type.kind === 'simple') return samples[type.name](at);
  if (type.kind === 'array') return undefined;
  const fields = wsdlModel.structs.get(type.name)?.fields ?? [];
  const members = fields.flatMap(({ name, type: inner }) =>
    inner.kind === 'simple' ? [[name, sample(inner, at)]] : [],
  );
  return { ...Object.fromEntries(members), ...needed[type.name], ...idsOfNew(Object.fromEntries(members)) };
}

/** An id is that of a record that is there: a list with an unknown one ends at its first item. */
function idsOfNew(item: Value): Value {
  return Object.fromEntries(['recordid', 'm-recordid'].filter((id) => id in item).map((id) => [id, 0]));
}

const asNew = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && !Buffer.isBuffer(item)
    ? { ...item, ...idsOfNew(item as Value) }
    : item;

/** How a list gets long: the same item again and again, or a different one each time. */
const kinds = {
  'the same item': (count: number) => (item: unknown) => Array.from({ length: count }, () => asNew(item)),
  'different items': (count: number) => (item: unknown, type: TypeRef) =>
    Array.from({ length: count }, (_, at) =>
      type.kind === 'simple'
        ? sample(type, at)
        : {
            ...(item as Value),
            ...named(item as Value, at),
            ...needed[type.name],
            ...idsOfNew(item as Value),
          },
    ),
};

/** Its texts end in a number; a subtype stays what it is. */
function named(item: Value, at: number): Value {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      typeof value === 'string' && /name|summary|comments|value$/i.test(name)
        ? [[name, `${value} ${at}`]]
        : [],
    ),
  );
}

/** Reads a call, makes it and writes its answer; a refusal is an answer as well. */
function answer(name: SessionOperationName, xml: string): void {
  try {
    const { input } = codec.readRequest(xml);
    codec.writeAnswer(name, (tt[name] as (input: Value) => unknown)(input));
  } catch (error) {
    if (!(error instanceof ProductFault || error instanceof SoapFault)) throw error;
  }
}

function goodParts(name: SessionOperationName): Value {
  runner.restore(loggedOn);
  return { ...sessionCalls[name](tt, cookie), cookie };
}

const places = (Object.keys(sessionCalls) as SessionOperationName[]).flatMap((name) => {
  const fields = wsdlModel.operations.get(name)?.input ?? [];
  return [...listsInFields(name, fields, goodParts(name), 0)].map(({ path, with: make }) => ({
    name,
    path,
    make,
  }));
});

describe('four times as many items in a list cost about four times as much', () => {
  test('in every list of the contract', () => {
    expect(places.length).toBeGreaterThan(100);
  });

  describe.each(Object.entries(kinds))('%s', (_, itemsOf) => {
    test.each(places)('$path', ({ name, make }) => {
      const found = growth(short, (count) => {
        goodParts(name);
        const xml = writeCall(name, make(itemsOf(count)) as Value);
        return () => answer(name, xml);
      });
      expect(found).toBeLessThanOrEqual(mostGrowth);
    });
  });
});
