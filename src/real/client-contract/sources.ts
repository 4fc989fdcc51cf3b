import { readFileSync } from 'node:fs';
import { isRecord } from '../../input/is-record.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import { failureReason } from '../net/failure.ts';
import { RealServerError } from '../real-error.ts';
import type { Recording } from '../recording/recording-file.ts';
import type { SeenCall } from './derive.ts';
import { seenCommand } from './seen-command.ts';

/** The calls of a journal. Requests that never became a call say nothing of what a client relies on. */
export function* callsOfJournal(entries: Iterable<JournalEntry>): Generator<SeenCall> {
  for (const { api, operation, arguments: given, result, fault, mistake, refused } of entries) {
    if (operation === '' || refused !== undefined || mistake !== undefined) continue;
    const sent = isRecord(given) ? given : {};
    const refusal = fault && { kind: 'fault' as const, number: String(fault.code), text: fault.text };
    if (api === 'testtrack') {
      yield { api: 'TestTrack', operation, sent, outcome: refusal ?? { kind: 'result', result } };
      continue;
    }
    const form = Object.entries(sent).flatMap(([name, value]): [string, string][] =>
      (Array.isArray(value) ? value : [value]).map((each) => [name, String(each)]),
    );
    // A journal has both forms of an answer.
    const { lines, data } = isRecord(result) ? result : {};
    const isJson = form.some(([name, value]) => /^returnjson$/i.test(name) && value === '1');
    const outcome = refusal ?? { kind: 'result' as const, result: isJson ? data : lines };
    yield seenCommand({ command: operation, form, outcome });
  }
}

/** The calls of a recording. */
export function* callsOfRecording(recording: Recording): Generator<SeenCall> {
  for (const { call, outcome } of recording.exchanges()) {
    if (!call || !outcome || outcome.kind === 'unreadable') continue;
    if (call.api === 'ApTest') {
      const form = call.form.flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      const { command } = call;
      const seen = outcome.kind === 'fault' ? refusalOf(outcome.fault.code, outcome.fault.text) : outcome;
      yield seenCommand({ command, form, outcome: seen });
    } else {
      const { operation, parts: sent } = call;
      const seen =
        outcome.kind === 'fault' ? refusalOf(outcome.fault.detail ?? '', outcome.fault.text) : outcome;
      yield { api: 'TestTrack', operation, sent, outcome: seen };
    }
  }
}

const refusalOf = (number: string, text: string) => ({ kind: 'fault' as const, number, text });

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
    const { cause = error } = error as Error;
    throw refused(`gives no journal: ${failureReason(cause)}.`);
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
