import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Alike } from '../../../src/world/store/alike.ts';
import { decoded } from '../../../src/world/store/encoding.ts';

const noFile = (): never => {
  throw new Error('no file is named');
};

test('parts that are equal are one object, and those that differ in anything are not', () => {
  const alike = new Alike();
  const read = (json: string) => decoded(JSON.parse(json), noFile, alike) as Record<string, unknown>;
  const one = read(
    '{"id":1,"text":{"text":"","html":"~","images":[]},"to":[1,2],"none":{},"at":{"at":1,"by":-1}}',
  );
  const same = read(
    '{"id":2,"text":{"text":"","html":"~","images":[]},"to":[1,2],"none":{},"at":{"at":1,"by":-1}}',
  );
  for (const part of ['text', 'to', 'none', 'at']) expect(same[part]).toBe(one[part]);
  const other = read(
    '{"id":3,"text":{"text":"","images":[],"html":"~"},"to":[2,1],"none":[],"at":{"at":1,"by":"-1"}}',
  );
  for (const part of ['text', 'to', 'none', 'at']) expect(other[part]).not.toBe(one[part]);
  expect(read('{"id":1}')).not.toBe(read('{"id":1}'));
});

const part: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('', '~', 'a', '~d-0', 0, 1, true, null),
    fc.string({ maxLength: 60 }),
    fc.array(tie('part'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '0'), tie('part')),
  ),
})).part;

test('whatever is read with it is what is read without it', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ part, more: part })), (records) => {
      const alike = new Alike();
      const json = JSON.stringify(records);
      const fileOf = (sha256: string) => ({ sha256, size: 0, bytes: new Uint8Array() });
      const read = (shared?: Alike) => {
        try {
          return JSON.parse(json).map((record: unknown) => decoded(record, fileOf, shared));
        } catch (error) {
          return String(error);
        }
      };
      expect(read(alike)).toStrictEqual(read());
    }),
  );
});
