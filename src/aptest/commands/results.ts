import { documented, inferred, observed } from '../../evidence/evidence.ts';
import { errors, type Sent } from '../errors.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import {
  epoch,
  freeText,
  prefixed,
  required,
  type SessionReference,
  session,
  testInSession,
  text,
} from './argument.ts';
import { type CommandContext, type CommandResult, command, line } from './command.ts';
import { apply, isRecorded, ready, type TestEntry } from './entries.ts';
import { mustBeUnlocked } from './locking.ts';
import { sessionFor } from './lookups.ts';
import { inExample, inProse } from './name-evidence.ts';
import { type EntryDefaults, isSeveralEntries, severalEntries, tellOfTimeless } from './several-entries.ts';

/** Recording results. */
export const resultCommands = [
  command({
    name: 'result',
    summary: 'Records a result, a note or execution data for a test of a session; several at once as JSON.',
    needs: 'run',
    arguments: {
      session: required(session()),
      test: testInSession(),
      note: freeText({ names: ['note'], about: 'text of the note', evidence: inExample }),
      result: text({
        names: ['result'],
        about: 'result code, or several entries as JSON; without it the entry is a note',
        evidence: inExample,
      }),
      executionData: prefixed({
        names: ['EXECDATA_'],
        about: 'execution fields; those not sent keep their values',
        evidence: inExample,
      }),
      when: epoch({ names: ['execdata_when'], about: 'time of the entry; default now', evidence: inProse }),
      user: text({
        names: ['execdata_user'],
        about: 'author of the entry; default username',
        evidence: inProse,
      }),
    },
    answer: 'an HTML fragment that describes the entry, on one line; for several entries one line each',
    evidence: [
      documented('arguments, defaults, kept execution data, HTML fragment, the JSON form'),
      observed('one line; empty note= and EXECDATA_= are sent and ignored'),
      inferred(
        'mark-up of the fragment; codes the suite lacks are refused (setting lenientResultCodes); several entries are all or nothing; in JSON the entry of the note as data beside the fragment',
      ),
    ],
    run: (caller, { session: reference, test, result, executionData, ...rest }): CommandResult => {
      const { suite, linkBase, remarks } = caller;
      const sent = { executionData: withoutFixed(executionData), ...rest };
      if (result && isSeveral(suite, result)) {
        for (const each of test ? [test.chosen, ...test.others] : []) {
          remarks.ignored(each, `the entries of ${result.argument} name their own tests`);
        }
        return recordSeveral(caller, reference, severalEntries(result, sent, remarks));
      }
      if (!test) throw errors.missingOneOf(['tid', 'id', 'uuid']);
      if (!isRecorded({ result, note: sent.note })) tellOfTimeless(timeAndAuthor(sent), remarks);
      const found = sessionFor(suite, reference, 'write');
      found.linkBase = linkBase;
      const entry = ready(found, { result, test, ...sent }, remarks);
      mustBeUnlocked(found, reference);
      const { fragment, note } = apply(found, entry);
      return { ...line(fragment), notes: note === null ? [] : [note] };
    },
  }),
];

/** The form with several entries; a suite may have a result code that looks like it, or take any. */
function isSeveral({ definition }: OpenSuite, result: Sent): boolean {
  return isSeveralEntries(result) && !definition.results.some(({ code }) => code === result.value.trim());
}

/** Records several entries: all of them or none (inferred). */
function recordSeveral(
  { suite, linkBase, remarks }: CommandContext,
  reference: SessionReference,
  labels: readonly (readonly [string, readonly TestEntry[]])[],
): CommandResult {
  const found = sessionFor(suite, reference, 'write');
  found.linkBase = linkBase;
  const readied = labels.map(([label, entries]) => ({
    label,
    entries: entries.map((each) => ready(found, each, remarks)),
  }));
  mustBeUnlocked(found, reference);
  const written = readied.map(({ label, entries }) => ({
    label,
    entries: entries.map((each) => apply(found, each)),
  }));
  const byLabel = <T>(shown: (entry: (typeof written)[number]['entries'][number]) => T) =>
    new Map(written.map(({ label, entries }) => [label, entries.map(shown)]));
  return {
    lines: written.flatMap(({ entries }) => entries.map(({ fragment }) => fragment)),
    data: byLabel(({ fragment }) => fragment),
    notes: byLabel(({ note }) => note),
  };
}

function timeAndAuthor({ when, user }: EntryDefaults): (Sent | undefined)[] {
  return [when === undefined ? undefined : { argument: 'execdata_when', value: String(when) }, user];
}

/** `execdata_when` and `execdata_user` are arguments of their own, in any letter case. */
function withoutFixed<T>(fields: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const isFixed = (name: string): boolean => /^(?:when|user)$/i.test(name);
  return Object.keys(fields).some(isFixed)
    ? Object.fromEntries(Object.entries(fields).filter(([name]) => !isFixed(name)))
    : fields;
}
