import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import type { NoteEntry } from '../model/test-run.ts';

/**
 * One entry of a note as an HTML fragment on one line, in ASCII. That it holds time, user, kind and text is
 * documented, its exact mark-up is not (inferred). The link to an attachment stands at the end of the text
 * (documented).
 */
export function noteFragment(entry: NoteEntry, linkBase: string): string {
  const kind = entry.result ?? 'note';
  const parts = [
    `<span class="when">${writtenTime(entry.when)}</span>`,
    `<span class="user">${escapeHtml(entry.user)}</span>`,
    `<span class="result">${escapeHtml(kind)}</span>`,
    `<span class="text">${noteBody(entry, linkBase)}</span>`,
  ];
  return `<div class="note">${parts.join(' ')}</div>`;
}

/** The text of an entry as HTML, with the link to its attachment. */
export function noteBody(entry: NoteEntry, linkBase: string): string {
  const text = htmlLines(entry.text);
  if (!entry.attachment) return text;
  const { id, name } = entry.attachment;
  const link = `<a href="${escapeHtml(linkBase)}attachment/${escapeHtml(id)}">${escapeHtml(name)}</a>`;
  return text === '' ? link : `${text} ${link}`;
}

/** `2009-02-01 00:00:00`, in UTC so that the same state reads the same everywhere (inferred). */
export function writtenTime(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) return String(seconds);
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
