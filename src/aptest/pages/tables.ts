import { escapeHtml } from '../../text/ascii-html.ts';
import type { ResultDefinition } from '../model/definitions.ts';

export interface DataTable<T> {
  /** What it is about: its caption. */
  readonly caption: string;
  readonly heads: readonly string[];
  readonly items: readonly T[];
  /** The cells of an item as HTML; the first one is the head of the row unless `headAt` says otherwise. */
  readonly row: (item: T, at: number) => readonly string[];
  readonly headAt?: number;
  /** Further attributes of the table, as HTML. */
  readonly attributes?: string;
}

/** Longer tables are cut, and say so: making a page must not hold others up. */
const mostRows = 1000;

/** A table of data. It scrolls by itself where the screen is narrow, also by the keyboard. */
export function dataTable<T>({
  caption,
  heads,
  items,
  row,
  headAt = 0,
  attributes = '',
}: DataTable<T>): string {
  const body = items.slice(0, mostRows).map((item, index) => {
    const shown = row(item, index).map((cell, at) =>
      at === headAt ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`,
    );
    return `<tr>${shown.join('')}</tr>`;
  });
  const head = heads.map((each) => `<th scope="col">${escapeHtml(each)}</th>`).join('');
  const rest = items.length - body.length;
  const table = `<table${attributes}><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  return scrolling(caption, table) + (rest === 0 ? '' : `<p>${rest} more are not shown.</p>`);
}

/** What is wider than the screen scrolls within itself. */
export function scrolling(label: string, content: string, classes = 'scrolls'): string {
  return `<div class="${classes}" role="region" aria-label="${escapeHtml(label)}" tabindex="0">${content}</div>`;
}

/** Names with what stands for them, as HTML. */
export function descriptionList(entries: readonly (readonly [string, string])[]): string {
  const items = entries.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${value}</dd></div>`);
  return `<dl>${items.join('')}</dl>`;
}

/** A result in the words and the colour of the suite; its code where the suite has no words for it. */
export function resultMark(results: readonly ResultDefinition[], code: string): string {
  const at = results.findIndex((each) => each.code === code);
  const words = results[at]?.description ?? code;
  return `<span class="result${at < 0 ? '' : ` result-${at}`}">${escapeHtml(words)}</span>`;
}
