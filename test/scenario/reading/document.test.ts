import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/scenario/reading/document.ts';

const yaml = `# a comment
twintrack: 1
clock:
  mode: frozen
list:
  - name: one
  - { name: two, tags: [a, "b"] }
`;
const json = `{
  "twintrack": 1,
  "list": [
    {"name": "one"}
  ]
}`;

describe('YAML', () => {
  const document = readDocument('a.yaml', yaml);

  test('is read', () => {
    expect(document.data).toEqual({
      twintrack: 1,
      clock: { mode: 'frozen' },
      list: [{ name: 'one' }, { name: 'two', tags: ['a', 'b'] }],
    });
  });

  test.each([
    [['clock', 'mode'], 'value', 4, 9],
    [['clock', 'mode'], 'key', 4, 3],
    [['list', 1, 'tags', 1], 'value', 7, 28],
    [['list', 0], 'value', 6, 5],
    [['list', 9, 'name'], 'key', 5, 1],
    [[], 'value', 2, 1],
  ] as const)('%j stands where it was written (%s)', (path, part, line, column) => {
    expect(document.positionOf(path, part)).toMatchObject({ file: 'a.yaml', line, column });
  });

  test('a date stays a text, and yes is no boolean', () => {
    expect(readDocument('a.yaml', 'a: 2026-01-31\nb: yes\nc: 0o17').data).toEqual({
      a: '2026-01-31',
      b: 'yes',
      c: 15,
    });
  });

  test('anchors, aliases and merges work', () => {
    const text = 'base: &b {x: 1}\nown: {<<: *b, y: 2}\nsame: *b\n';
    expect(readDocument('a.yaml', text).data).toEqual({
      base: { x: 1 },
      own: { x: 1, y: 2 },
      same: { x: 1 },
    });
  });

  test.each([
    ['a: [1', 'a.yaml:1:4: this "[" is not closed. Write "]" behind its last entry.'],
    [
      'a: 1\nb: 2\na: 3\n',
      'a.yaml:3:1: the key "a" is in its map already, in line 1; each may be given once',
    ],
    ['{"a": 1, "a": 2}', 'a.yaml:1:10: the key "a" is in its map already'],
    ['a: *nothing', 'a.yaml:1:4:'],
    ['a: 1\n---\nb: 2\n', 'a.yaml:2:1:'],
    ['a:\n\t- b\n', 'a.yaml:2:1:'],
  ])('a mistake is told with line and column: %j', (text, place) => {
    expect(() => readDocument('a.yaml', text)).toThrow(place);
  });

  test('an alias bomb is refused', () => {
    const levels = 'abcdefghij';
    const bomb = [...levels].map((name, at) =>
      at === 0
        ? 'a: &a [x,x,x,x,x,x,x,x,x]'
        : `${name}: &${name} [${Array(9)
            .fill(`*${levels[at - 1]}`)
            .join(',')}]`,
    );
    expect(() => readDocument('a.yaml', bomb.join('\n'))).toThrow(/the aliases/);
  });

  test('a quadratic alias bomb is refused', () => {
    const bomb = `a: &a [${'x,'.repeat(9000)}]\nb: [${'*a,'.repeat(9000)}]\n`;
    expect(() => readDocument('a.yaml', bomb)).toThrow(/the aliases/);
  });

  test('an alias of itself is refused', () => {
    expect(() => readDocument('a.yaml', 'a: &a [*a]')).toThrow(/a\.yaml/);
  });

  test('nesting of 10,000 levels is refused', () => {
    expect(() => readDocument('a.yaml', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toThrow(
      'nested deeper than 100 levels',
    );
  });
});

describe('JSON', () => {
  const document = readDocument('a.json', json);

  test('is read, and positions are found', () => {
    expect(document.data).toEqual({ twintrack: 1, list: [{ name: 'one' }] });
    expect(document.positionOf(['list', 0, 'name'], 'value')).toMatchObject({
      file: 'a.json',
      line: 4,
      column: 14,
    });
    expect(document.positionOf(['list', 0, 'name'], 'key')).toEqual({
      file: 'a.json',
      line: 4,
      column: 6,
      excerpt: '    {"name": "one"}',
      excerptColumn: 1,
    });
    expect(document.depthOf(['list', 1])).toBe(1);
  });

  test('a mistake is told with line and column', () => {
    expect(() => readDocument('a.json', '{\n  "a": 1,\n}')).toThrow(
      'a.json:3:1: found "}", expected a key in double quotes',
    );
  });

  test.each([
    ['{\n  "a": 1,\n  "a": 2\n}', 'a.json:3:3  a: this key is in its map already; each may be given once'],
    ['{"l": [{"b": 1, "\\u0062": 2}]}', 'a.json:1:17  l[0].b: this key is in its map already'],
  ])('a key that is given twice is refused: %j', (text, message) => {
    expect(() => readDocument('a.json', text)).toThrow(message);
  });

  test('in a file of another name it may be YAML that only looks like it', () => {
    expect(readDocument('a.yaml', '{a: 1, b: [x, y,],}').data).toEqual({ a: 1, b: ['x', 'y'] });
  });

  test('nesting of 100,000 levels is refused', () => {
    const text = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(() => readDocument('a.json', text)).toThrow('a.json:1:8  a[0][0]: nested deeper than 100 levels');
  });
});

describe('the key __proto__ is refused', () => {
  test.each([
    ['a.json', '{"a": [{"__proto__": {"x": 1}}]}', 'a.json:1:9  a[0].__proto__:'],
    ['a.json', '{"a": {"\\u005f_proto__": 1}}', 'a.json:1:8  a.__proto__:'],
    ['a.yaml', 'a:\n  __proto__: {x: 1}\n', 'a.yaml:2:3  a.__proto__:'],
  ])('in %s', (file, text, place) => {
    expect(() => readDocument(file, text)).toThrow(place);
  });
});
