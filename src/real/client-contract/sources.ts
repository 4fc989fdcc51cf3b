import { readFileSync } from 'node:fs';
import { isRecord } from '../../input/is-record.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import { RealServerError } from '../real-error.ts';
import type { Recording } from '../recording/recording-file.ts';
import type { SeenCall } from './derive.ts';

/** The calls of a journal. Requests that never became a call say nothing of what a client relies on. */
export function* callsOfJournal(entries: Iterable<JournalEntry>): Generator<SeenCall> {
  for (const { api, operation, arguments: sent, result, fault, mistake, refused } of entries) {
    if (operation === '' || refused !== undefined || mistake !== undefined) continue;
    yield {
      api: api === 'testtrack' ? 'TestTrack' : 'ApTest',
      operation,
      sent: isRecord(sent) ? sent : {},
      outcome: fault
        ? { kind: 'fault', number: String(fault.code), text: fault.text }
        : { kind: 'result', result },
    };
  }
}

/** The calls of a recording. */
export function* callsOfRecording(recording: Recording): Generator<SeenCall> {
  for (const { call, outcome } of recording.exchanges()) {
    if (!call || !outcome || outcome.kind === 'unreadable') continue;
    const [operation, sent] =
      call.api === 'TestTrack'
        ? [call.operation, call.parts]
        : [
            call.command,
            Object.fromEntries(call.form.filter(([name]) => !/^(?:command|cmd|returnJSON)$/i.test(name))),
          ];
    const number =
      outcome.kind === 'fault'
        ? call.api === 'ApTest'
          ? outcome.fault.code
          : (outcome.fault.detail ?? '')
        : '';
    yield {
      api: call.api,
      operation,
      sent,
      outcome: outcome.kind === 'fault' ? { kind: 'fault', number, text: outcome.fault.text } : outcome,
    };
  }
}

/**
 * The entries of a journal: of a running twin, or of a file that holds what its journal answered.
 *
 * @throws RealServerError
 */
export async function journalAt(place: string): Promise<readonly JournalEntry[]> {
  const isAddress = /^https?:/i.test(place);
  const refused = (why: string) => new RealServerError('TWIN_REAL_FILE', `--journal: ${place} ${why}`);
  let text: string;
  try {
    text = isAddress ? await fetched(place) : readFileSync(place, 'utf8');
  } catch (error) {
    throw refused(`gives no journal (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refused('is no JSON.');
  }
  const entries = isRecord(data) ? data.entries : data;
  if (!Array.isArray(entries)) throw refused('has no entries of a journal.');
  return entries as readonly JournalEntry[];
}

async function fetched(url: string): Promise<string> {
  const { origin, pathname } = new URL(url);
  const world = /^\/w\/[^/]+/.exec(pathname)?.[0] ?? '';
  const answer = await fetch(`${origin}${world}/__admin/journal?limit=999999999`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.text();
}
