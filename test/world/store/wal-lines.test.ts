import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, crc32 } from '../../../src/world/store/checksum.ts';
import { checkedHead, checkedRecord, readWalLines, walLine } from '../../../src/world/store/wal-lines.ts';

const file = 'data/wal-000001.jsonl';

function read(bytes: Buffer): { values: unknown[]; end: number; message: string | undefined } {
  const values: unknown[] = [];
  const { end, damage } = readWalLines({ file, bytes }, (value) => values.push(value));
  return { values, end, message: damage?.message };
}

const written = [{ n: 1, text: 'ä€😀' }, { n: 2 }, { n: 3, text: 'line\nbreak' }];
const lines = written.map((value) => Buffer.from(walLine(JSON.stringify(value))));
const whole = Buffer.concat(lines);

test('a line says how long it is and carries a checksum', () => {
  expect(walLine('{"n":1}')).toBe('7:de5e0b5f:{"n":1}\n'.replace('de5e0b5f', checksum('{"n":1}')));
});

test('what is written is read again', () => {
  expect(read(whole)).toEqual({ values: written, end: whole.length, message: undefined });
  expect(read(Buffer.alloc(0))).toEqual({ values: [], end: 0, message: undefined });
});

test('of a write-ahead log that is cut anywhere, every record before the cut is read, and nothing else', () => {
  for (let cut = 0; cut <= whole.length; cut++) {
    const { values, end, message } = read(whole.subarray(0, cut));
    let count = 0;
    let size = 0;
    while (count < lines.length && size + (lines[count]?.length ?? 0) <= cut) {
      size += lines[count]?.length ?? 0;
      count += 1;
    }
    expect({ values, end }).toEqual({ values: written.slice(0, count), end: size });
    expect(message === undefined).toBe(size === cut);
  }
});

test('a byte that changed anywhere is noticed: no record behind it is read, and none that was not written', () => {
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ flip;
      const { values, end, message } = read(changed);
      expect(end).toBeLessThanOrEqual(at);
      expect(values).toEqual(written.slice(0, values.length));
      expect(message).toContain(`${file} is damaged at byte ${end}: `);
    }),
  );
});

test('a place that was never written, as a crash of the machine can leave it, ends the write-ahead log', () => {
  const { values, message } = read(Buffer.concat([whole, Buffer.alloc(4096)]));
  expect(values).toEqual(written);
  expect(message).toBe(`${file} is damaged at byte ${whole.length}: the last line is cut off`);
});

describe('a record', () => {
  test('has to be the next one', () => {
    expect(() => checkedRecord({ n: 5 }, 4)).toThrow('record 4 is due, but this is 5');
    expect(() => checkedRecord(null, 4)).toThrow('record 4 is due, but this is undefined');
  });

  test('has to hold records of the state', () => {
    expect(() => checkedRecord({ n: 1, entries: [['a/b', 1]] }, 1)).toThrow('this is no record of the state');
    expect(() => checkedRecord({ n: 1, entries: [['a/b', null]] }, 1)).toThrow();
    const entries = [
      ['a/b', { id: 1 }],
      ['a/b', null, 2],
    ];
    expect(checkedRecord({ n: 1, entries }, 1).entries).toEqual(entries);
  });
});

test('the first line of a write-ahead log says which one it is', () => {
  expect(checkedHead({ wal: 2, version: 1, after: 7 })).toEqual({ wal: 2, version: 1, after: 7 });
  expect(() => checkedHead({ n: 1 })).toThrow('this is no first line of a write-ahead log');
});

test('checksums are the same with and without the one that Node has', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32(bytes).toString(16).padStart(8, '0')).toBe(checksum(bytes));
    }),
  );
  expect(checksum('123456789')).toBe('cbf43926');
});
