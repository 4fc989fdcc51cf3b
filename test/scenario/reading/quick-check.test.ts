import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadScenario } from '../../../src/scenario/load.ts';
import { readDocument } from '../../../src/scenario/reading/document.ts';
import { quickCheck, quickParse, unsure } from '../../../src/scenario/reading/quick-check.ts';
import { readSources } from '../../../src/scenario/reading/sources.ts';
import { scenarioSchema } from '../../../src/scenario/schema.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { ScenarioFolder } from '../../support/scenarios.ts';

const schema = scenarioSchema(productSections);
const quick = quickCheck(schema);
const examples = ['demo', 'minimal', 'lock-contention', 'scripted-faults'].map((name) => {
  const { data } = readSources(new URL(`../../../scenarios/${name}.yaml`, import.meta.url).pathname);
  return JSON.stringify(data);
});

/** What both say must be equal: the same value, or that there is something wrong. */
function expectSame(data: unknown): void {
  const { success, data: checked } = schema.safeParse(structuredClone(data));
  const answer = quick(data);
  if (answer !== unsure) expect({ success, checked }).toEqual({ success: true, checked: answer });
  else expect(success).toBe(false);
}

/** Every place in some data: the thing that holds it, and its key. */
function placesIn(data: unknown, places: [holder: Record<string, unknown>, key: string][] = []) {
  if (typeof data !== 'object' || data === null) return places;
  for (const [key, value] of Object.entries(data)) {
    places.push([data as Record<string, unknown>, key]);
    placesIn(value, places);
  }
  return places;
}

describe('a quick check says what zod says', () => {
  test('of the example scenarios', () => {
    for (const example of examples) {
      const data: unknown = JSON.parse(example);
      expect(quick(data)).not.toBe(unsure);
      expectSame(data);
    }
  });

  test('of examples with a value changed, taken away or added anywhere', () => {
    const value = fc.oneof(
      fc.constantFrom(0, -1, 1.5, 2 ** 53, '', 'High', 'pass', '2026-01-31', 'x'.repeat(300), true, null),
      fc.constantFrom([], {}, [1], ['a'], { amount: 1, unit: 'Hours' }, { html: '<b>x</b>' }, { text: 'x' }),
    );
    const what = fc.constantFrom('set', 'delete', 'add', 'copy');
    const changes = fc.array(fc.tuple(fc.nat(), what, value, fc.nat()), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...examples), changes, (example, wanted) => {
        const data: unknown = JSON.parse(example);
        for (const change of wanted) makeChange(data, change);
        expectSame(data);
      }),
      { numRuns: 300 },
    );
  });

  function makeChange(data: unknown, [at, what, value, from]: [number, string, unknown, number]): void {
    // The same value may come at several places: shared, one change would change the others, or lead into itself.
    const changed = structuredClone(value);
    const places = placesIn(data);
    const [holder, key] = places[at % places.length] ?? [{}, ''];
    const [origin, name] = places[from % places.length] ?? [{}, ''];
    if (what === 'set') holder[key] = changed;
    // What is right at one place and comes to another is the likeliest mistake of all.
    else if (what === 'copy') holder[Array.isArray(holder) ? key : name] = structuredClone(origin[name]);
    else if (Array.isArray(holder)) return;
    else if (what === 'add') holder.more = changed;
    else delete holder[key];
  }

  const recursive: z.ZodType = z.strictObject({
    name: z.string(),
    get children() {
      return z.array(recursive).optional();
    },
  });
  test.each<[string, z.ZodType, unknown[]]>([
    [
      'defaults',
      z.strictObject({ a: z.int().default(7), b: z.string() }),
      [{ b: 'x' }, { a: 1, b: 'x' }, { a: 1 }],
    ],
    [
      'a schema in itself',
      recursive,
      [
        { name: 'a', children: [{ name: 'b' }] },
        { name: 'a', children: [{}] },
      ],
    ],
    ['maps with keys of a form', z.record(z.string().regex(/^a/), z.number()), [{ ab: 1 }, { b: 1 }, []]],
    ['bounds', z.number().min(1).lt(5), [1, 5, 0, Number.NaN, '1']],
    ['lengths', z.array(z.string().min(2).max(3)).min(1), [['ab'], ['a'], ['abcd'], []]],
    [
      'what is left to zod',
      z.strictObject({ day: z.iso.date() }).refine(() => true),
      [{ day: '2026-01-31' }, { day: 'x' }],
    ],
    [
      'changed values',
      z.array(z.union([z.string(), z.number().transform(String)])),
      [['a', 1], [1, 2], [true]],
    ],
    ['unknown keys, also those of JavaScript', z.strictObject({}), [{}, { constructor: 1 }, { toString: 1 }]],
  ])('%s', (_, given, values) => {
    const check = quickCheck(given);
    for (const value of values) {
      const { success, data } = given.safeParse(value);
      expect(check(value)).toEqual(success ? data : unsure);
    }
  });

  test('and is unsure of a key that zod leaves out of a map', () => {
    const check = quickCheck(z.record(z.string(), z.number()));
    expect(check(JSON.parse('{ "a": 1, "constructor": 2 }'))).toEqual({ a: 1, constructor: 2 });
    expect(check(JSON.parse('{ "a": 1, "__proto__": 2 }'))).toBe(unsure);
  });

  test("and where it is unsure, what is wrong is zod's to say", () => {
    const given = z.strictObject({ a: z.int().default(7) });
    expect(quickParse(given, {})).toEqual({ success: true, data: { a: 7 } });
    expect(quickParse(given, { a: 'x' })).toEqual(given.safeParse({ a: 'x' }));
  });

  test('and leaves what it was given as it is', () => {
    const given = z.array(z.number().transform((value) => value + 1));
    const value = [1, 2];
    expect(quickCheck(given)(value)).toEqual([2, 3]);
    expect(value).toEqual([1, 2]);
  });
});

describe('a large scenario', () => {
  const many = (more: object = {}) =>
    JSON.stringify({
      twintrack: 1,
      testtrack: {
        projects: [
          {
            name: 'P',
            users: [{ login: 'ann', last: 'A' }],
            defects: Array.from({ length: 4000 }, (_, at) => ({
              summary: `A defect with a summary that is long enough to make the file a large one, ${at}`,
              createdAt: '2026-01-31T09:15:00Z',
              ...(at === 3999 ? more : {}),
            })),
          },
        ],
      },
    });
  const load = (text: string) => {
    const folder = new ScenarioFolder();
    try {
      return loadScenario(folder.write('large.json', text), { now: 0, sections: productSections }).world;
    } finally {
      folder.remove();
    }
  };

  test('becomes the same world as one that a program gives', () => {
    const data = readDocument('large.json', many()).data as object;
    const given = loadScenario(data, { now: 0, sections: productSections }).world;
    const scope = projectScope('P');
    expect(load(many()).collection(defects, scope).sorted()).toEqual(
      given.collection(defects, scope).sorted(),
    );
  });

  test('that a program gives is still its own to change', () => {
    const data = readDocument('large.json', many({ events: [{ name: 'Comment', notes: 'Seen.' }] })).data;
    const before = structuredClone(data);
    const { world } = loadScenario(data as object, { now: 0, sections: productSections });
    expect(data).toEqual(before);
    const first = (data as { testtrack: { projects: { defects: object[] }[] } }).testtrack.projects[0];
    if (first) Object.assign(first.defects[3999] ?? {}, { summary: 'Another' });
    expect(Object.isFrozen(first?.defects)).toBe(false);
    expect(JSON.stringify(world.collection(defects, projectScope('P')).sorted())).not.toContain('Another');
  });

  test('is told what is wrong with it in the usual words', () => {
    expect(() => load(many({ prioritty: 'High' }))).toThrow(
      /large\.json:1:\d+ {2}testtrack\.projects\[0\]\.defects\[3999\]\.prioritty: is no known key; .* Did you mean "priority"\?$/,
    );
  });
});
