import { errors } from '../errors.ts';
import { trimmedPath } from '../model/names.ts';
import type { SessionRecord } from '../model/run-head.ts';
import { asList, type FieldValues, own } from '../model/value.ts';
import { doubtOfList } from '../rules/doubtful-values.ts';
import { hasProgress, progressNames } from '../rules/progress.ts';
import { epochKind, ofKind } from '../rules/value-kinds.ts';
import { isChoice, variableNamed } from '../rules/variables.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { epoch, oneOf, prefixed, repeated, text, withSent } from './argument.ts';
import type { Values } from './command.ts';
import { inProse, ourProposal, sentByClient } from './name-evidence.ts';
import { type Remarks, tellOfDoubt } from './remarks.ts';

/** The seven filters that getSessionList and getSessionResults share. All that is given has to hold. */
export const sessionFilters = {
  date: text({
    names: ['date'],
    about: '"range", or a number of seconds: only sessions changed within that time before now',
    evidence: inProse,
  }),
  from: withSent(
    epoch({
      names: ['from', 'start', 'startDate', 'dateFrom', 'rangeStart'],
      about: 'with date=range: changed at or after this time; default the start of the epoch',
      evidence: ourProposal,
    }),
  ),
  to: withSent(
    epoch({
      names: ['to', 'end', 'endDate', 'dateTo', 'rangeEnd'],
      about: 'with date=range: changed at or before this time; default now',
      evidence: ourProposal,
    }),
  ),
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
  remarks: Remarks,
): readonly SessionRecord[] {
  const tests = [
    dateTest(suite, filters, remarks),
    setTest(suite, filters),
    variableTest(suite, filters.variables, remarks),
  ];
  const { locked, status } = filters;
  if (locked) tests.push((each) => (each.locked !== 0) === (locked === 'locked'));
  if (status) tests.push((each) => hasProgress(each, suite.definition.untestedCode, status));
  const wanted = tests.filter((test) => test !== undefined);
  const all = suite.sessions.sorted();
  return wanted.length === 0 ? all : all.filter((each) => wanted.every((test) => test(each)));
}

type SessionTest = (session: SessionRecord) => boolean;

/** Dates are compared with the time of the last change (inferred). */
function dateTest(
  suite: OpenSuite,
  { date, from, to }: Values<typeof sessionFilters>,
  remarks: Remarks,
): SessionTest | undefined {
  const isRange = date?.value.trim() === 'range';
  for (const { value, sent } of isRange ? [] : [from, to]) {
    if (sent && value !== undefined) remarks.ignored(sent, 'it counts with date=range only');
  }
  if (!date) return undefined;
  const { now } = suite;
  if (isRange) return ({ mtime }) => mtime >= (from.value ?? 0) && mtime <= (to.value ?? now);
  if (!/^\s*\d+\s*$/.test(date.value)) throw errors.malformed(date, '"range" or a number of seconds');
  const oldest = now - ofKind(epochKind, date);
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
function variableTest(
  { definition }: OpenSuite,
  variables: FieldValues,
  remarks: Remarks,
): SessionTest | undefined {
  const wanted = Object.entries(variables).flatMap(([name, value]) => {
    const argument = `VAR_${name}`;
    const variable = variableNamed(definition, name);
    if (!variable) {
      const known = definition.variables.filter(({ type }) => type !== 'separator').map((each) => each.name);
      throw errors.noVariable({ argument, value: name }, known);
    }
    const values = asList(value).filter((each) => each !== '');
    for (const each of isChoice(variable) ? values : []) {
      const doubt = doubtOfList(variable.values, each);
      if (doubt) tellOfDoubt(remarks, argument, doubt);
    }
    return values.length === 0 ? [] : [{ name, values }];
  });
  if (wanted.length === 0) return undefined;
  return (session) =>
    wanted.every(({ name, values }) =>
      asList(own(session.variables, name)).some((each) => values.includes(each)),
    );
}
