import { withoutEntities } from '../../text/ascii-html.ts';
import { errors, type Sent } from '../errors.ts';
import { trimmedPath } from '../model/names.ts';
import type { TestCase } from '../model/test-case.ts';
import { countKind } from '../rules/value-kinds.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSession } from '../run/test-session.ts';
import { TestSet } from '../run/test-set.ts';
import type { MeantTest, MeantTests, SessionReference, TestArgument, TestChoice } from './argument.ts';
import type { Remarks } from './remarks.ts';

/** What a command wants to do with what it looks up. Writing to what is locked is refused (inferred). */
export type Purpose = 'read' | 'write';

/**
 * The session a client means. A value that is no number is a session's name; of several with one name it is the
 * newest (inferred).
 */
export function sessionFor(
  suite: OpenSuite,
  reference: SessionReference,
  purpose: Purpose = 'read',
): TestSession {
  const named = reference.value === '' ? [] : suite.sessions.findBy('name', reference.value);
  const number = reference.number ?? named.at(-1)?.number;
  if (number === undefined || !suite.sessions.get(number))
    throw errors.noSession(reference, sessionNames(suite));
  return new TestSession(suite, number, purpose === 'write');
}

/** The set a client means, by its full path. */
export function setFor(suite: OpenSuite, sent: Sent, purpose: Purpose = 'read'): TestSet {
  const path = [trimmedPath(sent.value), trimmedPath(withoutEntities(sent.value))].find((each) =>
    suite.sets.get(each),
  );
  if (path === undefined) throw errors.noSet(sent, setPaths(suite));
  return new TestSet(suite, path, purpose === 'write');
}

/** The index of the test a client means. What other arguments say of it counts only as far as it agrees. */
export function testFor(session: TestSession, { chosen, others }: TestChoice, remarks: Remarks): number {
  const tid = indexFor(session, chosen);
  if (tid === undefined) throw errors.noTestInSession(chosen);
  for (const other of others) {
    if (indexFor(session, other) === tid) continue;
    remarks.ignored(other, `${chosen.argument} names another test, and counts before it`);
  }
  return tid;
}

function indexFor(session: TestSession, { by, value }: TestArgument): number | undefined {
  switch (by) {
    case 'tid': {
      const tid = countKind.read(value);
      return tid !== undefined && tid < session.numtests() ? tid : undefined;
    }
    case 'uuid':
      return session.tcByUUID(value);
    case 'id':
      return indexOfPath(session, value);
    case 'name': {
      const test = testMeant(session.suite, { by, value });
      return (test && session.tcByUUID(test.uuid)) ?? indexOfPath(session, value);
    }
  }
}

/** A client sends a line of an answer back; characters beyond ASCII were entities there. */
function indexOfPath(session: TestSession, path: string): number | undefined {
  return session.tcById(path) ?? session.tcById(withoutEntities(path));
}

/** The test case of the suite with a name: its path, or outline number in auto-outline mode. */
export function testNamed({ tests, definition }: OpenSuite, name: string): TestCase | undefined {
  const { hasTestOutline } = definition;
  return tests.withName(name, hasTestOutline) ?? tests.withName(withoutEntities(name), hasTestOutline);
}

/** The test case a client means by UUID, or by a name that may be a UUID as well (documented). */
export function testMeant(
  suite: OpenSuite,
  { by, value }: Pick<MeantTest, 'by' | 'value'>,
): TestCase | undefined {
  return (by === 'name' ? testNamed(suite, value) : undefined) ?? suite.tests.withUuid(value);
}

/** Tells of names that came beside UUIDs and mean other tests. */
export function tellOfOthers(suite: OpenSuite, { tests, others }: MeantTests, remarks: Remarks): void {
  const meant = new Set(tests.map((each) => testMeant(suite, each)));
  for (const other of others) {
    const test = testMeant(suite, other);
    if (!test || !meant.has(test)) {
      remarks.ignored(other, 'uuid names another test, and counts before it');
    }
  }
}

function* sessionNames(suite: OpenSuite): Iterable<string> {
  for (const { name, description } of suite.sessions.values()) yield name === '' ? description : name;
}

function* setPaths(suite: OpenSuite): Iterable<string> {
  for (const { path } of suite.sets.values()) yield path;
}
