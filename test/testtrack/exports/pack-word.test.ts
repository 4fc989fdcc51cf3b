import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packWord } from '../../../src/testtrack/exports/pack-word.ts';
import { type Block, heading, type WordDocument } from '../../../src/testtrack/exports/word-document.ts';
import { wordParts, wordXml } from '../../support/word-file.ts';
import { zipEntries } from '../../support/zip-file.ts';

const madeAt = Date.parse('2026-03-02T15:04:07Z');
const made = (blocks: readonly Block[] = [], parts: Partial<WordDocument> = {}): WordDocument => ({
  title: 'Title',
  author: 'Somebody',
  madeAt,
  blocks,
  ...parts,
});
const packed = async (document: WordDocument) => ({ 'm-pFileData': await packWord(document) });

describe('a Word file', () => {
  test('has the parts that Word asks for', async () => {
    const names = zipEntries(await packWord(made())).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        '[Content_Types].xml',
        '_rels/.rels',
        'word/document.xml',
        'word/styles.xml',
        'docProps/core.xml',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('shows headings, texts, fields and tables in order', async () => {
    const blocks: Block[] = [
      heading(1, 'One'),
      { kind: 'text', text: 'first\r\nsecond' },
      { kind: 'fields', fields: [{ label: 'Priority', text: 'High' }] },
      heading(9, 'Deep'),
      {
        kind: 'table',
        columns: ['A', 'B'],
        rows: [
          ['1', '2\n3'],
          ['', '4'],
        ],
      },
    ];
    expect(wordParts(await packed(made(blocks)))).toEqual([
      { style: 'Title', text: 'Title' },
      { style: 'Heading1', text: 'One' },
      { style: '', text: 'first\nsecond' },
      { rows: [['Priority', 'High']] },
      { style: 'Heading6', text: 'Deep' },
      {
        rows: [
          ['A', 'B'],
          ['1', '2\n3'],
          ['', '4'],
        ],
      },
    ]);
  });

  test('repeats the head of a table on every page, and has no empty tables', async () => {
    const blocks: Block[] = [
      { kind: 'table', columns: ['A'], rows: [] },
      { kind: 'table', columns: [], rows: [[]] },
      { kind: 'fields', fields: [] },
    ];
    const file = await packed(made(blocks));
    expect(wordXml(file, 'word/document.xml').match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(wordParts(file).slice(1)).toEqual([{ rows: [['A']] }]);
  });

  test('says by whom and when it was made', async () => {
    const parts = { title: 'A < B & "C"', author: "O'Neill" };
    const core = wordXml(await packed(made([], parts)), 'docProps/core.xml');
    expect(core).toContain('<dc:title>A &lt; B &amp; "C"</dc:title><dc:creator>O\'Neill</dc:creator>');
    expect(core.match(/2026-03-02T15:04:07\.000Z/g)).toHaveLength(2);
  });

  test('has one date, which is no clock of the host', async () => {
    const dates = zipEntries(await packWord(made())).map(({ date }) => date);
    expect([...new Set(dates)]).toEqual(['2026-03-02 15:04:06']);
    const early = zipEntries(await packWord(made([], { madeAt: 0 })));
    expect(early[0]?.date).toBe('1980-01-01 00:00:00');
  });

  test('is given up when nobody waits for it any more: no further record is written', async () => {
    const left = new AbortController();
    let written = 0;
    const blocks = {
      *[Symbol.iterator]() {
        for (; written < 20_000; written += 1) {
          if (written === 2_000) left.abort();
          yield heading(1, `Record ${written} of very many`);
        }
      },
    };
    await expect(packWord({ ...made(), blocks }, left.signal)).rejects.toThrow(/abort/i);
    expect(written).toBeLessThan(4_000);
    await expect(packWord(made(), AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  test('of an equal document has the same bytes', async () => {
    const blocks: Block[] = [heading(1, 'One'), { kind: 'table', columns: ['A'], rows: [['1']] }];
    const first = await packWord(made(blocks));
    await packWord(made([heading(2, 'Something else')]));
    expect((await packWord(made(structuredClone(blocks)))).equals(first)).toBe(true);
  });

  test('carries any text, and replaces what XML cannot carry', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const file = await packed(
          made([{ kind: 'table', columns: values, rows: [] }], { title: values.join('') }),
        );
        const [, table] = wordParts(file).slice(-2);
        const shown = values.map((value) =>
          value
            .replace(/\r\n|\r/g, '\n')
            .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd'),
        );
        expect(table ?? wordParts(file).at(-1)).toEqual({ rows: [shown] });
      }),
      { numRuns: 25 },
    );
    const file = await packed(made([{ kind: 'text', text: 'a\0b\ud800c\uffffd\u{1f680}' }]));
    expect(wordParts(file).at(-1)).toEqual({ style: '', text: 'a\ufffdb\ufffdc\ufffdd\u{1f680}' });
  });
});
