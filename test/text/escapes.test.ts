import { expect, test } from 'vitest';
import { escapeHtml } from '../../src/text/ascii-html.ts';
import { escapeAsEntities, escapeMarkup, unescapeEntities } from '../../src/text/escapes.ts';
import { escapeAttribute } from '../../src/text/xml-text.ts';

const signs = `&<>"'`;

test.each([
  ['entities, where asked for', escapeAsEntities(signs, /[&<]/g), `&amp;&lt;>"'`],
  ['numbers of characters', escapeMarkup(signs), '&#38;&#60;&#62;&#34;&#39;'],
  ['ASCII HTML', escapeHtml(`${signs}é\n`), '&amp;&lt;&gt;&quot;&#39;&#233;&#10;'],
  ['a value of an attribute of XML', escapeAttribute(signs), `&amp;&lt;&gt;&quot;'`],
])('signs of mark-up are written as %s', (_, written, expected) => {
  expect(written).toBe(expected);
});

test('entities are turned back once, and unknown ones stay', () => {
  expect(unescapeEntities('&amp;lt; &lt;&gt;&quot; &eacute; &#39;')).toBe(`&lt; <>" &eacute; &#39;`);
});
