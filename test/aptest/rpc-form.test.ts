import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argumentLimit, namesInLatin1, parseForm } from '../../src/aptest/rpc/form.ts';

const bytesAsText = (text: string) => Buffer.from(text).toString('latin1');
const parsed = (text: string) => [...(parseForm(bytesAsText(text)) ?? [])];

describe('arguments of a query or an urlencoded body', () => {
  test('keep their order and their doubles', () => {
    expect(parsed('b=1&a=2&b=3')).toEqual([
      ['b', ['1', '3']],
      ['a', ['2']],
    ]);
  });

  test('may be sloppy', () => {
    expect(parsed('&&a&b=&=c&d=x=y&e={"f":[1]}&')).toEqual([
      ['a', ['']],
      ['b', ['']],
      ['', ['c']],
      ['d', ['x=y']],
      ['e', ['{"f":[1]}']],
    ]);
    expect(parsed('')).toEqual([]);
  });

  test('decode plus, percent codes and UTF-8, and keep broken codes as they are', () => {
    expect(parsed('a+b=c%20d&e=%C3%BC%F0%9F%98%80&f=100%&g=%zz%41&h=%E4')).toEqual([
      ['a b', ['c d']],
      ['e', ['ü😀']],
      ['f', ['100%']],
      ['g', ['%zzA']],
      ['h', ['ä']],
    ]);
  });

  test('are Latin-1 where they are no UTF-8, raw or as codes, which is told by name', () => {
    const form = 'note=Gr\xfc\xdfe&%E4=1&ok=%C3%BC&raw=\xc3\xbc';
    expect([...(parseForm(form) ?? [])]).toEqual([
      ['note', ['Grüße']],
      ['ä', ['1']],
      ['ok', ['ü']],
      ['raw', ['ü']],
    ]);
    expect(namesInLatin1(form)).toEqual(['note', 'ä']);
    expect(namesInLatin1('a=1&b=%C3%BC')).toEqual([]);
  });

  test('are Latin-1 throughout where the sender says so', () => {
    expect(parseForm('note=%C3%BC', 'latin1')?.get('note')).toEqual(['Ã¼']);
  });

  test('with the names of every object are only names', () => {
    expect(parsed('__proto__[x]=1&constructor=2&a[]=3&a[]=4')).toEqual([
      ['__proto__[x]', ['1']],
      ['constructor', ['2']],
      ['a[]', ['3', '4']],
    ]);
  });

  test('are read up to a limit', () => {
    expect(parseForm('a=1&'.repeat(argumentLimit))?.get('a')).toHaveLength(argumentLimit);
    expect(parseForm('a=1&'.repeat(argumentLimit + 1))).toBeUndefined();
  });

  test('come out as they went in', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(pairs, (given) => {
        const form = new URLSearchParams(given).toString();
        if (/(?:%C2)?%ACe=/i.test(form)) return;
        const flat = parsed(form).flatMap(([name, values]) => values.map((value) => `${name}\0${value}`));
        expect(flat.sort()).toEqual(given.map(([name, value]) => `${name}\0${value}`).sort());
      }),
    );
  });
});

test('a form that came before to the letter gives the same arguments, which nobody can change', () => {
  const first = parseForm('command=getSuiteList&VAR_a=1&VAR_a=2');
  expect(parseForm('command=getSuiteList&VAR_a=1&VAR_a=2')).toBe(first);
  for (const values of first?.values() ?? []) expect(Object.isFrozen(values)).toBe(true);
  expect(parseForm('Command=getSuiteList&VAR_a=1&VAR_a=2')?.get('command')).toBeUndefined();
});
