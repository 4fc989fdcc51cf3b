import { entryLine, type JournalEntry, shownEntry } from '../journal/entry.ts';
import { shortText } from '../text/plain-value.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';

/** What a report of a world shows. */
export interface ReportOptions {
  /** How many calls it shows, the latest ones; 20 by default. */
  readonly last?: number | undefined;
}

/** Arguments and answers of a call, each on one line of this length. */
const lineLength = 300;

/**
 * What a failed test should print: the latest calls with arguments, answers, faults, hints and
 * changes; what the last verification missed, with the nearest calls; and the rules that never acted. Secrets are
 * masked as in the journal.
 */
export function worldReport(world: HostedWorld, { last = 20 }: ReportOptions = {}): string {
  const { name, runner, journal, faultRules } = world;
  const entries = journal.entries();
  const shown = last === 0 ? [] : entries.slice(-last);
  const idle = faultRules.list().filter(({ hits }) => hits === 0);
  const lines = [
    heading(name, journal.recorded, shown.length),
    ...shown.flatMap((entry) => entryLines(shownEntry(entry, { name, state: runner.world }))),
    ...(journal.lastMiss === undefined ? [] : ['', journal.lastMiss]),
    ...(idle.length === 0 ? [] : ['', 'Rules that never acted:']),
    ...idle.flatMap(({ name: rule, explanation, calls, warnings }) => [
      `  ${rule} (met by ${calls} ${calls === 1 ? 'call' : 'calls'}): ${explanation}`,
      ...warnings.map((warning) => `      ${warning}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(name: string, count: number, shown: number): string {
  if (count === 0) return `World "${name}": nothing was called.`;
  const calls = count === 1 ? '1 call' : `${count} calls`;
  return `World "${name}": ${calls}${shown < count ? `, the last ${shown}` : ''}:`;
}

function entryLines(entry: JournalEntry): string[] {
  const { arguments: sent, result, fault, refused, mistake, changes = [], note } = entry;
  const parts: [string, string | undefined][] = [
    ['sent', sent === undefined ? undefined : shortText(sent, lineLength)],
    ['answered', result === undefined ? undefined : shortText(result, lineLength)],
    ['refused', refused && `HTTP ${refused.status}: ${refused.text}`],
    ['hint', fault?.hint ?? refused?.hint],
    ['mistake', mistake],
    ...changes.map((change): [string, string] => ['changed', change]),
    ['note', note],
  ];
  const told = parts.filter(([, text]) => text !== undefined && text !== '');
  return [`  ${entryLine(entry)}`, ...told.map(([what, text]) => `      ${what.padEnd(8)} ${text}`)];
}
