import { describe, expect, test } from 'vitest';
import {
  cleanHtml,
  hasMarkup,
  htmlOf,
  looksLikeHtml,
  textOf,
  withImageNames,
} from '../../../src/testtrack/rules/html.ts';
import { faultOf } from '../../support/testtrack.ts';

describe('HTML that is stored', () => {
  test.each([
    '<p>Some <strong>text</strong> here</p>',
    '<p><em><strong>This</strong> is wysiwyg text.</em></p>',
    '<p>Some text and an image <img src="00000001.dat" /></p>',
    '<ul><li>one</li><li>two</li></ul>',
    '<p style="color:red;text-align:center">loud</p>',
    '<table border="1"><tbody><tr><td colspan="2">cell</td></tr></tbody></table>',
    '<a href="https://example.com/?a=1&amp;b=2">there</a>',
    '<a href="ttstudio://host:99/Project/dfct?recordID=1">a defect</a>',
    '<p>5 &lt; 6 &amp; 7 &gt; 6</p>',
    '<p>äöü € 🚀</p>',
  ])('stays as it is when it is clean: %s', (html) => {
    expect(cleanHtml(html)).toBe(html);
  });

  test.each([
    ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
    ['<p onclick="alert(1)">a</p>', '<p>a</p>'],
    ['<img src="x.png" onerror="alert(1)">', '<img src="x.png" />'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href=" jAvA\tscript:alert(1)">a</a>', '<a>a</a>'],
    ['<img src="javascript:alert(1)">', '<img />'],
    ['<p style="background:url(javascript:alert(1));color:red">a</p>', '<p style="color:red">a</p>'],
    ['<p style="width:expression(alert(1))">a</p>', '<p>a</p>'],
    ['<iframe src="https://example.com">in</iframe>out', 'out'],
    ['<object data="x">in</object><embed src="y">out', 'out'],
    ['<form action="x"><input name="y">text</form>', 'text'],
    ['<style>p { color: red }</style><p>a</p>', '<p>a</p>'],
    ['<svg onload="alert(1)"><script>alert(1)</script></svg>a', 'a'],
    ['<svg><textarea><img src=x onerror=alert(1)></textarea></svg>a', 'a'],
    ['<math><xmp><img src=x onerror=alert(1)></xmp></math>a', 'a'],
    ['<svg><style><img src=x onerror=alert(1)></style></svg>a', 'a'],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">', ''],
    ['<!-- secret --><p>a</p>', '<p>a</p>'],
    ['<p>a', '<p>a</p>'],
    ['<P ALIGN=center>a</P>', '<p align="center">a</p>'],
    ['<html><head><title>t</title></head><body><p>a</p></body></html>', '<p>a</p>'],
    ['<p>a</p><base href="https://example.com"><meta http-equiv="refresh" content="0">', '<p>a</p>'],
  ])('loses what could act: %s', (html, clean) => {
    expect(cleanHtml(html)).toBe(clean);
  });

  test('is read only once: cleaning clean HTML changes nothing', () => {
    const html = '<div><p STYLE="color: #ff0000">a&nbsp;b &copy; <b>c</p><td>d<img src="a b.png">';
    const clean = cleanHtml(html);
    expect(cleanHtml(clean)).toBe(clean);
  });

  test('may be nested deeply, but not so tangled that reading it takes minutes', () => {
    expect(textOf(cleanHtml(`${'<div>'.repeat(150)}a${'</div>'.repeat(150)}`))).toBe('a');
    expect(cleanHtml('<b>'.repeat(1_000))).toContain('<b>');
    const tangled = '<b>'.repeat(1_000) + '</i>'.repeat(25_000);
    expect(faultOf(() => cleanHtml(tangled))).toMatchObject({ code: 23 });
  });
});

describe('the plain text of HTML', () => {
  const plain = (html: string) => textOf(cleanHtml(html));

  test.each([
    ['<p>Some <strong>text</strong> here</p>', 'Some text here'],
    ['<p>one</p><p>two</p>', 'one\r\ntwo'],
    ['<p>one</p>\n  <p>two</p>\n', 'one\r\ntwo'],
    ['<p>one</p><p><br></p><p>two</p>', 'one\r\n\r\ntwo'],
    ['<p>one<br>two<br/>three</p>', 'one\r\ntwo\r\nthree'],
    ['one<br><br>two', 'one\r\n\r\ntwo'],
    ['text<p>one</p>text', 'text\r\none\r\ntext'],
    ['<div><p>one</p></div><div>two</div>', 'one\r\ntwo'],
    ['<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>', 'one\r\ntwo\r\nthree'],
    ['<table><tr><td>a</td>\n<td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a\tb\r\nc\td'],
    ['<h1>Title</h1>body', 'Title\r\nbody'],
    ['<p>a\n   b</p>', 'a b'],
    ['<b>a</b> <i>b</i>', 'a b'],
    ['<pre>a\n  b</pre>c', 'a\r\n  b\r\nc'],
    [
      '5 &lt; 6 &amp;&amp; 7 &gt; 6 &quot;q&quot; &apos;a&apos; &#65;&#x42; &copy;&nbsp;x',
      '5 < 6 && 7 > 6 "q" \'a\' AB © x',
    ],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['<p>a<img src="x.png">b</p>', 'ab'],
    ['<p></p>', ''],
  ])('%s', (html, text) => {
    expect(plain(html)).toBe(text);
  });
});

test.each([
  ['a < b and c > d', false],
  ['a<b', false],
  ['AT&T; R & D', true],
  ['R & D', false],
  ['<p>', true],
  ['</p>', true],
  ['a <b>bold</b> word', true],
  ['&amp;', true],
  ['&#233;', true],
  ['<!-- note -->', true],
  ['1 <2> 3', false],
])('%s: means something else as HTML? %s', (text, expected) => {
  expect(looksLikeHtml(text)).toBe(expected);
});

test('only markup beyond paragraphs and line breaks counts as formatting', () => {
  expect(hasMarkup('<p>one<br />two</p><p>three</p>')).toBe(false);
  for (const html of ['<b>a</b>', '<p align="center">a</p>', '<pre>a</pre>', '<ul><li>a</li></ul>']) {
    expect(hasMarkup(html), html).toBe(true);
  }
});

test('plain text as HTML reads the same again, whatever is in it', () => {
  for (const text of ['one\r\ntwo', '<b>not bold</b> & "so" on', '&amp;', 'a\r\n\r\nb']) {
    expect(textOf(cleanHtml(htmlOf(text, ['00000001.dat'])))).toBe(text);
  }
  expect(htmlOf('a\nb', ['x.dat'])).toBe('<p>a<br />b</p><p><img src="x.dat" /></p>');
  expect(htmlOf('', [])).toBe('');
});

test('pictures are renamed wherever they stand, and nothing else is', () => {
  const html = cleanHtml('<p>a.png <img width="5" src="a.png" alt="a.png"><img src="b &amp; c.png"></p>');
  const names = new Map([
    ['a.png', '1.dat'],
    ['b & c.png', '2.dat'],
  ]);
  expect(withImageNames(html, names)).toBe(
    '<p>a.png <img width="5" src="1.dat" alt="a.png" /><img src="2.dat" /></p>',
  );
});

describe('HTML that would take long to read', () => {
  test.each([
    ['elements that are never closed', '<b>'.repeat(1_001), 'more than 1000 deep'],
    ['elements in elements', `${'<b>'.repeat(1_001)}x${'</b>'.repeat(1_001)}`, 'more than 1000 deep'],
    ['items of different lists in each other', '<dd><li>'.repeat(501), 'more than 1000 deep'],
    ['tags without end', '<br>'.repeat(30_001), 'at most 30000 are read'],
    ['attributes without end', `<p ${'a="b" '.repeat(30_001)}>`, 'at most 30000 are read'],
    ['declarations without end', `<p style="${'color:red;'.repeat(30_001)}">`, 'at most 30000 are read'],
    ['entities without end', `<p>${'&amp;'.repeat(15_001)}`, 'at most 30000 are read'],
  ])('is refused: %s', (_, html, reason) => {
    expect(faultOf(() => cleanHtml(html)).hint).toContain(reason);
  });

  test('is read where end tags are left out as HTML allows', () => {
    const rows = '<tr><td>a<td>b'.repeat(2_000);
    expect(cleanHtml(`<table>${rows}</table>`)).toContain('<td>b</td></tr></table>');
    expect(cleanHtml('<p>a'.repeat(5_000))).toBe('<p>a</p>'.repeat(5_000));
    expect(cleanHtml(`<ul>${'<li>a'.repeat(5_000)}</ul>`)).toBe(`<ul>${'<li>a</li>'.repeat(5_000)}</ul>`);
  });
});
