import type { Api, Call } from '../runner/call.ts';
import { type Difference, tellChange } from '../snapshots/report.ts';
import { plainValue } from '../text/plain-value.ts';
import { hidden, secretsIn, withoutSecrets } from '../text/secrets.ts';
import type { World } from '../world/world.ts';
import type { Recorded, RecordedCall } from './journal.ts';

/** An entry of the journal as it is shown: plain data without passwords, cookies and tokens. */
export interface JournalEntry {
  readonly id: number;
  readonly world: string;
  readonly api: Api;
  /** Empty for a request that could not be read. */
  readonly operation: string;
  readonly user?: string;
  readonly project?: string;
  readonly suite?: string;
  /** In the time of the world. */
  readonly at: string;
  /** By the host's clock. */
  readonly realAt: string;
  /** Of the call itself, without reading and writing its bytes. */
  readonly durationMs?: number;
  readonly arguments?: unknown;
  readonly result?: unknown;
  readonly fault?: { readonly code: number; readonly text: string; readonly hint: string };
  /** What broke inside Twintrack; the log has more. */
  readonly mistake?: string;
  /** Why the request never became a call. */
  readonly refused?: { readonly status: number; readonly text: string; readonly hint: string };
  /** What it changed, in words and as data. */
  readonly changes?: readonly string[];
  readonly differences?: readonly Difference[];
  /** The trace that it is part of, and the span that made it, by the W3C's header `traceparent`. */
  readonly traceId?: string;
  readonly spanId?: string;
  /** What else is to be said of it, such as what fault rules did to it. */
  readonly note?: string;
}

/** Where an entry belongs, and what its changes are named by. */
export interface EntryContext {
  /** Of the world. */
  readonly name: string;
  /** The state in which names are looked up. */
  readonly state: World;
}

/** Their answer is a cookie. */
const logons: ReadonlySet<string> = new Set(['ProjectLogon', 'DatabaseLogon']);

/** Puts an entry into words and plain data. */
export function shownEntry(entry: Recorded, { name, state }: EntryContext): JournalEntry {
  const when = {
    at: new Date(entry.at).toISOString(),
    realAt: new Date(entry.realAt).toISOString(),
  };
  if (entry.kind === 'refusal') {
    const { api, ...refused } = entry.refusal;
    return { id: entry.id, world: name, api, operation: '', ...when, refused };
  }
  const { call, caller, durationMs, fault, mistake, changes } = entry;
  const told = changes.map((change) => tellChange(change, state));
  return {
    id: entry.id,
    world: name,
    api: call.api,
    operation: call.name,
    ...caller,
    ...when,
    durationMs: Math.round(durationMs * 1000) / 1000,
    arguments: plainValue(call.input),
    ...shownResult(entry),
    ...(fault === undefined ? {} : { fault }),
    ...(mistake === undefined ? {} : { mistake: shownMistake(mistake, call) }),
    changes: told.flatMap(({ lines }) => lines),
    differences: told.flatMap(({ differences }) => differences),
    ...(entry.traceId === undefined ? {} : { traceId: entry.traceId, spanId: entry.spanId ?? '' }),
    ...shownNote(entry),
  };
}

function shownNote({ isCut, ruleNote }: RecordedCall) {
  const notes = [
    ...(isCut ? ['Arguments, answer and changes were too large to be kept (setting journalBytes).'] : []),
    ...(ruleNote === undefined ? [] : [ruleNote]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(' ') };
}

function shownResult({ call, result }: RecordedCall): Pick<JournalEntry, 'result'> {
  if (result === undefined) return {};
  return { result: logons.has(call.name) ? hidden : plainValue(result) };
}

/** Nobody marked the secrets in what broke, so those that the call sent are looked for. */
function shownMistake(mistake: unknown, { input }: Call): string {
  return withoutSecrets(mistake instanceof Error ? mistake.message : String(mistake), secretsIn(input));
}

/** An entry as one line of a report: `#12 saveDefect by administrator at 2026-03-02T15:00:00.000Z`. */
export function entryLine({ id, operation, user, at, fault }: JournalEntry): string {
  const who = user === undefined ? '' : ` by ${user}`;
  const refused = fault === undefined ? '' : `, refused with ${fault.code}: ${fault.text}`;
  return `#${id} ${operation || '(a request that could not be read)'}${who} at ${at}${refused}`;
}
