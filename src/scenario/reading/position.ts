import { lineAndColumn } from '../../input/json-text.ts';

/** Where something stands; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line that it stands in, or as much around it as a person looks at. */
  readonly excerpt: string;
  /** The column that the excerpt begins at. */
  readonly excerptColumn: number;
}

/** A file of a program may be one line of many megabytes. */
const SHOWN_AROUND = 160;

/** The position of an offset in the text of a file. */
export function positionAt(file: string, text: string, offset: number): SourcePosition {
  const { line, column } = lineAndColumn(text, offset);
  const lineStart = offset - column + 1;
  const from = Math.max(lineStart, offset - SHOWN_AROUND);
  const lineEnd = text.indexOf('\n', offset);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, offset + SHOWN_AROUND);
  return { file, line, column, excerpt: text.slice(from, to), excerptColumn: from - lineStart + 1 };
}

/** Two lines, in the parts that a terminal shows in different colours. */
export interface CodeFrame {
  readonly gutter: string;
  readonly excerpt: string;
  /** What stands below the gutter. */
  readonly margin: string;
  readonly mark: string;
}

/**
 * The line that a position is in, with a mark below it:
 *
 *       9 |     - summary: Printer: it is on fire
 *         |                ^
 *
 * @param columns how wide it may be; of a longer line the part around the mark is shown
 */
export function codeFrame(
  { line, column, excerpt, excerptColumn }: SourcePosition,
  columns: number,
): CodeFrame {
  const gutter = `  ${line} | `;
  const room = Math.max(10, columns - gutter.length);
  // One sign for one: a tab would move the mark away, and an escape would colour the terminal.
  const text = excerpt.trimEnd().replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, ' ');
  const mark = column - excerptColumn;
  const from =
    text.length <= room && excerptColumn === 1
      ? 0
      : Math.max(0, Math.min(mark - Math.floor(room / 2), text.length - room));
  const isCutBefore = from > 0 || excerptColumn > 1;
  const isCutBehind = text.length - from > room;
  const shown = text.slice(from, from + room);
  const cut = (isCutBefore ? '…' : shown.slice(0, 1)) + shown.slice(1, isCutBehind ? -1 : undefined);
  const blank = ' '.repeat(gutter.length - 2);
  return {
    gutter,
    excerpt: `${cut}${isCutBehind ? '…' : ''}`,
    margin: `${blank}| `,
    mark: `${' '.repeat(mark - from)}^`,
  };
}
