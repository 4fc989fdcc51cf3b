import { expect, test } from 'vitest';
import { packWord } from '../../src/testtrack/exports/pack-word.ts';
import { type Block, heading } from '../../src/testtrack/exports/word-document.ts';
import { turnsDuring } from '../support/turns.ts';

test.each(['sections', 'rows'])('a long Word document of %s is written in many turns', async (form) => {
  const fields = Array.from({ length: 10 }, (_, at) => ({ label: `Field ${at}`, text: 'some words' }));
  const sections = function* (): Generator<Block> {
    for (let at = 0; at < 300; at += 1) {
      yield heading(1, `Defect ${at}`);
      yield { kind: 'fields', fields };
    }
  };
  const rows = Array.from({ length: 300 }, () => fields.map(({ text }) => text));
  const table: Block = { kind: 'table', columns: fields.map(({ label }) => label), rows };
  const blocks = form === 'rows' ? [table] : sections();
  const turns = await turnsDuring(() => packWord({ title: 'Long', author: 'A', madeAt: 0, blocks }));
  const fewest = 300 / 50;
  expect(turns).toBeGreaterThan(fewest);
});
