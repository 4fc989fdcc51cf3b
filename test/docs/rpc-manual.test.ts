import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, root), 'utf8');
const page = text('docs/rpc-manual.md');

interface Held {
  readonly sentence: string;
  readonly file: string;
  readonly title: string;
}

/** The rows of the page, one for each test that is named in them. */
function rows(): Held[] {
  return page.split('\n').flatMap((line) => {
    const [, sentence = '', held = ''] = /^\| (.+) \| (\[.+) \|$/.exec(line) ?? [];
    return [...held.matchAll(/\[[\w-]+\]\(\.\.\/([\w./-]+)\): (.+?)(?=<br>|$)/g)].map(
      ([, file = '', title = '']) => ({ sentence, file, title }),
    );
  });
}

test('every sentence of the manual names tests, and they are there', () => {
  const lines = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| What the'));
  const named = rows();
  expect(new Set(named.map(({ sentence }) => sentence)).size).toBe(lines.length);
  expect(lines.length).toBeGreaterThan(70);
  const missing = named.filter(({ file, title }) => !text(file).includes(`'${title}'`));
  expect(missing).toEqual([]);
});
