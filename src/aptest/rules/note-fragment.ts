import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import type { Attachment, NoteEntry } from '../model/test-run.ts';
import { asText, type FieldValues, type Seconds } from '../model/value.ts';

/**
 * One entry of a note as an HTML fragment on one line, in ASCII. That it holds time, user, kind and text is
 * documented, its exact mark-up is not (inferred). The link to an attachment stands at the end of the text
 * (documented).
 */
export function noteFragment(entry: NoteEntry, linkBase: string): string {
  const kind = entry.result ?? 'note';
  const { when, user } = entry;
  return fragment({ when, user, kind, html: noteBody(entry, linkBase) });
}

/**
 * A change of execution data alone, in the form of an entry. It stands in no history, and the words say so, because
 * its reader would look for it there (inferred).
 */
export function changeFragment(change: { when: Seconds; user: string; data: FieldValues }): string {
  const changes = Object.entries(change.data).map(([name, value]) => `${name}: ${asText(value)}`);
  const text = changes.length === 0 ? 'nothing was changed' : changes.join('; ');
  return fragment({ ...change, kind: 'execution data', html: htmlLines(`${text} (in no history)`) });
}

interface Fragment {
  readonly when: Seconds;
  readonly user: string;
  readonly kind: string;
  /** The text, as HTML. */
  readonly html: string;
}

function fragment({ when, user, kind, html }: Fragment): string {
  const parts = [
    `<span class="when">${writtenTime(when)}</span>`,
    `<span class="user">${escapeHtml(user)}</span>`,
    `<span class="result">${escapeHtml(kind)}</span>`,
    `<span class="text">${html}</span>`,
  ];
  return `<div class="note">${parts.join(' ')}</div>`;
}

/** The text of an entry as HTML, with the link to its attachment. */
export function noteBody(entry: NoteEntry, linkBase: string): string {
  const text = htmlLines(entry.text);
  if (!entry.attachment) return text;
  const address = attachmentAddress(entry.attachment, linkBase);
  const link = `<a href="${escapeHtml(address)}">${escapeHtml(entry.attachment.name)}</a>`;
  return text === '' ? link : `${text} ${link}`;
}

/** Where an attachment can be fetched. */
export function attachmentAddress({ id }: Attachment, linkBase: string): string {
  return `${linkBase}attachment/${id}`;
}

/** `2009-02-01 00:00:00`, in UTC so that the same state reads the same everywhere (inferred). */
export function writtenTime(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) return String(seconds);
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
