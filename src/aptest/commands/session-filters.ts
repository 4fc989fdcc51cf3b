import { errors } from '../errors.ts';
import { trimmedPath } from '../model/names.ts';
import type { SessionRecord } from '../model/run-head.ts';
import { asList, type FieldValues, own } from '../model/value.ts';
import { hasProgress, progressNames } from '../rules/progress.ts';
import { variableNamed } from '../rules/variables.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { epoch, epochOf, oneOf, prefixed, repeated, text } from './argument.ts';
import type { Values } from './command.ts';
import { inProse, ourProposal, sentByClient } from './name-evidence.ts';

/** The seven filters that getSessionList and getSessionResults share. All that is given has to hold. */
export const sessionFilters = {
  date: text({
    names: ['date'],
    about: '"range", or a number of seconds: only sessions changed within that time before now',
    evidence: inProse,
  }),
  from: epoch({
    names: ['from', 'start', 'startDate', 'dateFrom', 'rangeStart'],
    about: 'with date=range: changed at or after this time; default the start of the epoch',
    evidence: ourProposal,
  }),
  to: epoch({
    names: ['to', 'end', 'endDate', 'dateTo', 'rangeEnd'],
    about: 'with date=range: changed at or before this time; default now',
    evidence: ourProposal,
  }),
  locked: oneOf(
    { names: ['locked', 'lock', 'lockStatus'], about: 'only sessions in that state', evidence: ourProposal },
    ['locked', 'unlocked'],
  ),
  status: oneOf(
    {
      names: ['status', 'type', 'state', 'progress'],
      about: 'only sessions that are so far',
      evidence: ourProposal,
    },
    progressNames,
  ),
  sets: repeated({ names: ['sets'], about: 'only sessions of these sets', evidence: inProse }),
  variables: prefixed({
    names: ['VAR_'],
    about: 'only sessions in which the variable has one of these values',
    evidence: sentByClient,
  }),
};

/** The sessions that pass the filters, by number. */
export function filteredSessions(
  suite: OpenSuite,
  filters: Values<typeof sessionFilters>,
): readonly SessionRecord[] {
  const tests = [dateTest(suite, filters), setTest(suite, filters), variableTest(suite, filters.variables)];
  const { locked, status } = filters;
  if (locked) tests.push((each) => (each.locked !== 0) === (locked === 'locked'));
  if (status) tests.push((each) => hasProgress(each, suite.definition.untestedCode, status));
  const wanted = tests.filter((test) => test !== undefined);
  const all = suite.sessions.sorted();
  return wanted.length === 0 ? all : all.filter((each) => wanted.every((test) => test(each)));
}

type SessionTest = (session: SessionRecord) => boolean;

/** Dates are compared with the time of the last change (inferred). */
function dateTest(suite: OpenSuite, filters: Values<typeof sessionFilters>): SessionTest | undefined {
  const { date, from = 0, to = suite.now } = filters;
  if (!date) return undefined;
  if (date.value.trim() === 'range') return ({ mtime }) => mtime >= from && mtime <= to;
  if (!/^\s*\d+\s*$/.test(date.value)) throw errors.malformed(date, '"range" or a number of seconds');
  const oldest = suite.now - epochOf(date);
  return ({ mtime }) => mtime >= oldest;
}

function setTest(suite: OpenSuite, { sets }: Values<typeof sessionFilters>): SessionTest | undefined {
  if (sets.length === 0) return undefined;
  const paths = new Set(
    sets.map((sent) => {
      const path = trimmedPath(sent.value);
      if (!suite.sets.get(path))
        throw errors.noSet(
          sent,
          suite.sets.sorted().map((each) => each.path),
        );
      return path;
    }),
  );
  return ({ testset }) => paths.has(testset);
}

/** A variable filter without a value does not restrict: an untouched field of the web form sends one. */
function variableTest(suite: OpenSuite, variables: FieldValues): SessionTest | undefined {
  const wanted = Object.entries(variables).flatMap(([name, value]) => {
    if (!variableNamed(suite.definition, name)) {
      throw errors.noVariable({ argument: `VAR_${name}`, value: name });
    }
    const values = asList(value).filter((each) => each !== '');
    return values.length === 0 ? [] : [{ name, values }];
  });
  if (wanted.length === 0) return undefined;
  return (session) =>
    wanted.every(({ name, values }) =>
      asList(own(session.variables, name)).some((each) => values.includes(each)),
    );
}
