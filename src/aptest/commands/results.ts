import { documented, inferred, observed } from '../../evidence/evidence.ts';
import { errors } from '../errors.ts';
import { epoch, freeText, prefixed, required, session, testInSession, text } from './argument.ts';
import { type CommandResult, command, line } from './command.ts';
import { apply, ready } from './entries.ts';
import { mustBeUnlocked } from './locking.ts';
import { sessionFor } from './lookups.ts';
import { inExample, inProse } from './name-evidence.ts';
import { isSeveralEntries, severalEntries } from './several-entries.ts';

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
        'mark-up of the fragment; codes the suite lacks are refused (setting lenientResultCodes); several entries are all or nothing',
      ),
    ],
    run: (
      { suite, linkBase },
      { session: reference, test, result, executionData, ...rest },
    ): CommandResult => {
      const sent = { executionData: withoutFixed(executionData), ...rest };
      if (result && isSeveralEntries(result)) {
        const labels = severalEntries(result, sent);
        const found = sessionFor(suite, reference, 'write');
        found.linkBase = linkBase;
        const readied = labels.map(([label, entries]) => ({
          label,
          entries: entries.map((each) => ready(found, each)),
        }));
        mustBeUnlocked(found, reference);
        const written = readied.map(({ label, entries }): [string, string[]] => [
          label,
          entries.map((each) => apply(found, each)),
        ]);
        return { lines: written.flatMap(([, fragments]) => fragments), data: Object.fromEntries(written) };
      }
      if (!test) throw errors.missingOneOf(['tid', 'id', 'uuid']);
      const found = sessionFor(suite, reference, 'write');
      found.linkBase = linkBase;
      const entry = ready(found, { result, test, ...sent });
      mustBeUnlocked(found, reference);
      return line(apply(found, entry));
    },
  }),
];

/** `execdata_when` and `execdata_user` are arguments of their own, in any letter case. */
function withoutFixed<T>(fields: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const isFixed = (name: string): boolean => /^(?:when|user)$/i.test(name);
  return Object.keys(fields).some(isFixed)
    ? Object.fromEntries(Object.entries(fields).filter(([name]) => !isFixed(name)))
    : fields;
}
