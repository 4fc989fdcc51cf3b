import pc from 'picocolors';
import { type PathStep, pathText } from '../../input/path.ts';
import { codeFrame, type SourcePosition } from './position.ts';

/** Longer reports are not read. */
export const mostShown = 20;

/** One thing in a report. */
export interface ReportLine {
  /** Missing when the scenario has no text, or the whole file is meant. */
  readonly position?: SourcePosition | undefined;
  /** Used where there is no position. */
  readonly file: string;
  readonly path: readonly PathStep[];
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** What is wrong with a scenario. */
export interface Report {
  /** At most `mostShown`. */
  readonly lines: readonly ReportLine[];
  /** How many there are with those that are not shown. */
  readonly count: number;
  /** Whether a program gave the scenario as data, so that it knows what stands in it. */
  readonly isInline?: boolean | undefined;
}

/** A line for each problem: place, reason and remedy. */
export function plainReport({ lines, count }: Report): string {
  return joined(lines.map(reportLine), count);
}

/** How a report looks on a terminal. */
export interface ReportStyle {
  /** Its width, if known. */
  readonly columns?: number | undefined;
  readonly isColoured?: boolean;
}

/** The same for a terminal: the line of the file stands below each, with a mark. */
export function framedReport({ lines, count }: Report, style: ReportStyle = {}): string {
  const { columns = 100, isColoured = false } = style;
  const { dim, red } = pc.createColors(isColoured);
  const framed = (position: SourcePosition) => {
    const { gutter, excerpt, margin, mark } = codeFrame(position, columns);
    return `\n${dim(gutter)}${excerpt}\n${dim(margin)}${red(mark)}`;
  };
  return joined(
    lines.map((line) => reportLine(line) + (line.position ? framed(line.position) : '')),
    count,
  );
}

/**
 * The same for a person who controls a twin but may not read its files: where it is wrong, and nothing of
 * what stands there.
 */
export function positionsOnly(report: Report): string {
  if (report.isInline) return plainReport(report);
  const places = report.lines.map(({ position, file }) => (position ? positionText(position) : file));
  return `The scenario is wrong at ${joined([...new Set(places)], report.count, ', ')}. Why stands in the log of the twin, and \`twintrack lint\` says it; what stands in a file is not shown here.`;
}

function joined(shown: readonly string[], count: number, separator = '\n'): string {
  return (count > mostShown ? [...shown, `… and ${count - mostShown} more problems`] : shown).join(separator);
}

/** One thing as a line: file, line and column, the path to it, what is wrong and how to mend it. */
export function reportLine({ position, file, path, message, remedy }: ReportLine): string {
  const place = position ? positionText(position) : file;
  const where = path.length === 0 ? '' : `  ${pathText(path)}:`;
  return `${place}${where === '' ? ':' : where} ${message}${remedy ? `${/[.?]$/.test(message) ? '' : '.'} ${remedy}` : ''}`;
}

function positionText({ file, line, column }: SourcePosition): string {
  return `${file}:${line}:${column}`;
}
