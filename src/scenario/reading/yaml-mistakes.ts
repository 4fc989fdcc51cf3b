import { isCollection, isPair, isScalar, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import { lineAndColumn } from '../../input/json-text.ts';

/** What is wrong with the writing of a YAML text, for the author of a scenario. */
export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
  readonly remedy?: string;
}

type Mistake = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/** `key: value` on one line, perhaps as an entry of a list or the first of a map in braces. */
const KEY_AND_VALUE = /^(\s*(?:- +)*(?:\{ *)?)([\w$.-]+|"[^"]*"): +(\S.*)$/;

/**
 * Says what the YAML library found, where the mistake was made: it tells where it could not go on, which is often lines
 * further down, and in terms of the grammar.
 */
export function explainYaml(text: string, { code, message, pos }: Mistake): YamlMistake {
  const [offset] = pos;
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return unquoted(text, offset, 'a text with ": " in it stands in quotes') ?? { offset, message };
    case 'BAD_SCALAR_START':
      return (
        unquoted(
          text,
          offset,
          `a text that begins with ${text.slice(offset, offset + 1)} stands in quotes`,
        ) ?? {
          offset,
          message,
        }
      );
    case 'DUPLICATE_KEY':
      return doubled(text, offset);
    case 'TAB_AS_INDENT':
      return { offset, message: 'this is a tab; YAML is indented with spaces' };
    case 'MULTIPLE_DOCS':
      return {
        offset,
        message: 'a second document begins here; a scenario is one',
        remedy: 'Take the line "---" away.',
      };
    case 'TAG_RESOLVE_FAILED':
      return unquoted(text, offset, 'a text that begins with ! stands in quotes') ?? { offset, message };
    default:
      return (
        tabOn(text, offset) ??
        notClosed(text) ??
        badlyIndented(text, offset, code) ??
        other(text, offset, message)
      );
  }
}

/** What a value would be in quotes, when it stands on the line of its key. */
function unquoted(text: string, offset: number, message: string): YamlMistake | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  const [, before, key, rest] = KEY_AND_VALUE.exec(line) ?? [];
  if (before === undefined || key === undefined || rest === undefined) return undefined;
  const value = before.includes('{')
    ? rest.replace(/(,\s+\w+:.*)?\s*\}?\s*$/, '')
    : rest.replace(/\s+(#.*)?$/, '');
  return {
    offset: lineStart + line.length - rest.length,
    message,
    remedy: `Write ${key}: ${quoted(value)}`,
  };
}

function quoted(value: string): string {
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

function tabOn(text: string, offset: number): YamlMistake | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const tab = /^ *\t/.exec(text.slice(lineStart, lineStart + 200));
  if (!tab) return undefined;
  return { offset: lineStart + tab[0].length - 1, message: 'this is a tab; YAML is indented with spaces' };
}

/** The bracket or quote that was opened last of those that are never closed. */
function notClosed(text: string): YamlMistake | undefined {
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
  let found: YamlMistake | undefined;
  visit(document, {
    Node: (_key, node) => {
      found = openEnd(node) ?? found;
    },
  });
  return found;
}

function openEnd(node: Node): YamlMistake | undefined {
  const { srcToken: token } = node;
  if (isCollection(node) && token?.type === 'flow-collection') {
    const opener = token.start.source;
    const closer = opener === '[' ? ']' : '}';
    if (token.end.some(({ source }) => source === closer)) return undefined;
    const remedy = `Write "${closer}" behind its last entry.`;
    return { offset: token.offset, message: `this "${opener}" is not closed`, remedy };
  }
  if (token?.type !== 'double-quoted-scalar' && token?.type !== 'single-quoted-scalar') return undefined;
  const { source, offset } = token;
  const quote = source.slice(0, 1);
  if (source.length > 1 && source.endsWith(quote)) return undefined;
  return {
    offset,
    message: `the quote ${quote} that begins here is not closed`,
    remedy: 'Write it behind the text.',
  };
}

function badlyIndented(text: string, offset: number, code: Mistake['code']): YamlMistake | undefined {
  if (code !== 'BAD_INDENT' && !(code === 'MISSING_CHAR' && /^\s*[\w$-]+:/.test(lineFrom(text, offset))))
    return undefined;
  const at = offset + (/^[ \n]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const { column } = lineAndColumn(text, at);
  return {
    offset: at,
    message: `this stands at column ${column}, where nothing above began`,
    remedy: 'Keys of one map begin below each other, and so do the "-" of one list.',
  };
}

function other(text: string, offset: number, message: string): YamlMistake {
  const begin = /: ([*&]|["'])/.exec(lineOf(text, offset));
  const sign = begin?.[1];
  if (sign !== undefined && /at node end|scalar token/.test(message)) {
    const why = /["']/.test(sign)
      ? `the text in quotes ends before this; a text with ${sign} in it stands in other quotes`
      : `a text that begins with ${sign} stands in quotes`;
    const found = unquoted(text, offset, why);
    if (found) return /["']/.test(sign) ? { offset, message: why } : found;
  }
  if (/followed by map values|single line/.test(message))
    return { offset, message: 'this is a key without ":" behind it, or a text in the place of one' };
  return { offset, message };
}

function doubled(text: string, offset: number): YamlMistake {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
  let first = offset;
  let key = '';
  visit(document, {
    Map: (_key, map) => {
      const keys = map.items.flatMap((item) => (isPair(item) && isScalar(item.key) ? [item.key] : []));
      const second = keys.find(({ range }) => range?.[0] === offset);
      if (!second) return undefined;
      key = String(second.value);
      first = keys.find(({ value }) => value === second.value)?.range?.[0] ?? offset;
      return visit.BREAK;
    },
  });
  const { line } = lineAndColumn(text, first);
  return {
    offset,
    message: `the key "${key}" is in its map already, in line ${line}; each may be given once`,
  };
}

function lineOf(text: string, offset: number): string {
  return lineFrom(text, text.lastIndexOf('\n', offset - 1) + 1);
}

function lineFrom(text: string, offset: number): string {
  const from = /^\n/.test(text.slice(offset, offset + 1)) ? offset + 1 : offset;
  const end = text.indexOf('\n', from);
  return text.slice(from, end < 0 ? undefined : end);
}
