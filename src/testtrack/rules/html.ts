import { createRequire } from 'node:module';
import type sanitizeHtml from 'sanitize-html';
import { once } from '../../memo/memory.ts';
import { escapeAsEntities, unescapeEntities } from '../../text/escapes.ts';
import { faults } from '../faults.ts';

type Sanitize = typeof sanitizeHtml;

const require = createRequire(import.meta.url);

/** Loading the library takes longer than the rest of a start, and most sessions never write HTML. */
const sanitizer = once('sanitize-html', () => require('sanitize-html') as Sanitize);

const color = /^(?:#[\da-f]{3,8}|[a-z]+|rgba?\([\d\s.,%]+\))$/i;
const words = /^[\w\s,'"-]+$/;
const lengths = /^[\w\s.%-]+$/;
const block = ['align', 'style'];
const cell = [...block, 'valign', 'width', 'height', 'colspan', 'rowspan', 'bgcolor'];

/** What a multi-line field of the product can show: text, lists, tables, links and pictures. [inferred: the exact list] */
const options: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'div', 'span', 'center', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'pre', 'blockquote'],
    ...[
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'strike',
      'del',
      'ins',
      'sub',
      'sup',
      'big',
      'small',
      'tt',
      'code',
    ],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'font', 'a', 'img'],
    ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    ...Object.fromEntries(['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li'].map((tag) => [tag, block])),
    span: ['style'],
    ul: ['type', 'style'],
    ol: ['type', 'start', 'style'],
    font: ['face', 'size', 'color'],
    a: ['href', 'title'],
    img: ['src', 'alt', 'title', 'width', 'height', 'border', 'align'],
    table: [...block, 'width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
    col: ['span', 'width'],
    tr: cell,
    th: cell,
    td: cell,
  },
  allowedStyles: {
    '*': {
      color: [color],
      'background-color': [color],
      'font-family': [words],
      'font-size': [lengths],
      'font-style': [words],
      'font-weight': [words],
      'text-align': [words],
      'text-decoration': [words],
      'text-indent': [lengths],
      'vertical-align': [words],
      margin: [lengths],
      'margin-left': [lengths],
      'margin-right': [lengths],
      'margin-top': [lengths],
      'margin-bottom': [lengths],
      width: [lengths],
      height: [lengths],
      border: [lengths],
    },
  },
  allowedSchemes: ['http', 'https', 'ftp', 'mailto', 'ttstudio'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  // Their content is no text. svg, math, xmp and textarea are named so that nothing within them is ever given on:
  // the parser of the library's version for Node 20 takes textarea and xmp within svg for raw text.
  nonTextTags: [
    ...[
      'script',
      'style',
      'title',
      'textarea',
      'option',
      'noscript',
      'noembed',
      'noframes',
      'iframe',
      'object',
    ],
    ...['applet', 'template', 'xmp', 'svg', 'math'],
  ],
  nestingLimit: 200,
};

/**
 * HTML without anything that could act: scripts, handlers and unknown elements are gone. What comes out is well
 * formed: names in lower case, values quoted, every `<`, `>` and `&` of the text escaped.
 *
 * @throws fault 23 for HTML with so many or so tangled tags that reading it would hold up others
 */
export function cleanHtml(html: string): string {
  requireTidy(html);
  return sanitizer()(html, options);
}

/** Whether a text holds tags, comments or entities, so that it means something else as HTML than as plain text. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?[a-z][^<>]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i.test(text);
}

/** Whether clean HTML holds more than paragraphs and line breaks: what its plain text cannot keep. [inferred] */
export function hasMarkup(clean: string): boolean {
  return /<(?!\/?p>|br \/>)/.test(clean);
}

/** Plain text as HTML that reads the same, with pictures behind it. */
export function htmlOf(text: string, imageNames: readonly string[]): string {
  const lines =
    text === ''
      ? ''
      : `<p>${text
          .split(/\r\n|\r|\n/)
          .map(escaped)
          .join('<br />')}</p>`;
  return lines + imageNames.map((name) => `<p><img src="${escaped(name)}" /></p>`).join('');
}

/** Clean HTML with the sources of its pictures renamed. */
export function withImageNames(clean: string, names: ReadonlyMap<string, string>): string {
  const known = new Map([...names].map(([from, to]) => [escaped(from), escaped(to)]));
  return clean.replace(
    /(<img\b[^>]*? src=")([^"]*)"/g,
    (_, before: string, source: string) => `${before}${known.get(source) ?? source}"`,
  );
}

const blocks =
  /^(?:p|div|center|h[1-6]|hr|pre|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr)$/;
const lineBreak = '\r\n';

/**
 * Clean HTML as plain text: the tags are gone, entities are characters, and CR LF stands between blocks.
 * [documented that the tags are stripped; the line breaks inferred]
 */
export function textOf(clean: string): string {
  const writer = new TextWriter();
  for (const [token, closing, name] of clean.matchAll(/<(\/?)([a-z\d]+)[^>]*>|[^<]+/g)) {
    if (name === undefined) writer.text(unescapeEntities(token));
    else writer.tag(name, closing !== '');
  }
  return writer.end();
}

/** Puts lines together from the texts and tags of clean HTML. */
class TextWriter {
  private lines = '';
  private line = '';
  private preformatted = 0;

  text(piece: string): void {
    if (this.preformatted > 0) this.line += piece.replace(/\r\n|\r|\n/g, lineBreak);
    else
      this.line +=
        this.line === '' || /\s$/.test(this.line) ? collapsed(piece).trimStart() : collapsed(piece);
  }

  tag(name: string, isEnd: boolean): void {
    if (name === 'br') this.endLine();
    else if (name === 'td' || name === 'th') this.cell(isEnd);
    else if (blocks.test(name)) this.block(name, isEnd);
  }

  end(): string {
    return (this.lines + this.line).trimEnd();
  }

  private cell(isEnd: boolean): void {
    if (isEnd && this.line !== '') this.line += '\t';
  }

  private block(name: string, isEnd: boolean): void {
    if (this.line.trimEnd() !== '') this.endLine();
    this.line = '';
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted + (isEnd ? -1 : 1));
  }

  private endLine(): void {
    this.lines += this.line.trimEnd() + lineBreak;
    this.line = '';
  }
}

const collapsed = (piece: string): string => piece.replace(/[ \t\r\n]+/g, ' ').replace(/\u00a0/g, ' ');

function escaped(text: string): string {
  return escapeAsEntities(text, /[&<>"]/g);
}

/** Looking for the start of each end tag that has none costs the parser a walk over everything still open. */
const maxWalks = 20_000_000;
/** Each element costs the library a walk over those it stands in; what is deeper than its own limit is not kept. */
const deepestOpen = 1_000;
/** Tags, attributes, declarations and entities: each costs about a microsecond, plain text next to nothing. */
const mostMarkup = 30_000;
const markup = new Set('<&=;');

const standalone = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
const cells = ['td', 'th'];
const terms = ['dt', 'dd'];
const sections = ['thead', 'tbody', 'tfoot'];
/** Elements that need no end tag: they end where one of them, or of those they may stand in, begins. */
const endedBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['p', ['p']],
  ['li', ['li']],
  ...terms.map((name) => [name, terms] as const),
  ...cells.map((name) => [name, cells] as const),
  ['tr', ['tr', ...cells]],
  ...sections.map((name) => [name, [...sections, 'tr', ...cells]] as const),
]);

function requireTidy(html: string): void {
  requireLittleMarkup(html);
  const elements = new OpenElements();
  for (const [, end, tag = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    const name = tag.toLowerCase();
    if (end) elements.end(name);
    else if (!standalone.test(name)) elements.begin(name);
  }
  const { depth, strayEnds } = elements;
  if (depth * strayEnds <= maxWalks) return;
  throw untidy(
    `It leaves ${depth} elements open and has ${strayEnds} end tags without a start; close what is opened.`,
  );
}

/** The elements that are open at a place of a text, as the library's parser counts them. */
class OpenElements {
  /** End tags that closed nothing. */
  strayEnds = 0;
  private readonly open: string[] = [];
  private readonly counts = new Map<string, number>();

  get depth(): number {
    return this.open.length;
  }

  /** @throws fault 23 for one that stands too deep */
  begin(name: string): void {
    const ended = endedBy.get(name) ?? [];
    while (ended.includes(this.open.at(-1) ?? '')) this.close();
    this.open.push(name);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (this.depth <= deepestOpen) return;
    throw untidy(`It nests elements more than ${deepestOpen} deep; close what is opened.`);
  }

  /** Closes an element and all within it. */
  end(name: string): void {
    if ((this.counts.get(name) ?? 0) === 0) this.strayEnds += 1;
    else while (this.close() !== name);
  }

  private close(): string {
    const name = this.open.pop() ?? '';
    this.counts.set(name, (this.counts.get(name) ?? 0) - 1);
    return name;
  }
}

function requireLittleMarkup(html: string): void {
  if (html.length <= mostMarkup) return;
  let count = 0;
  for (const character of html) if (markup.has(character)) count += 1;
  if (count <= mostMarkup) return;
  throw untidy(
    `It holds ${count} tags, attributes, style declarations and entities; at most ${mostMarkup} are read.`,
  );
}

const untidy = (hint: string) => faults.invalidData('a formatted text is not well formed', hint);
