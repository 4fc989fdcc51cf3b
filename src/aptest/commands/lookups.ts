import { withoutEntities } from '../../text/ascii-html.ts';
import { errors, type Sent } from '../errors.ts';
import { trimmedPath } from '../model/names.ts';
import type { TestCase } from '../model/test-case.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSession } from '../run/test-session.ts';
import { TestSet } from '../run/test-set.ts';
import type { SessionReference, TestArgument } from './argument.ts';

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

/** The index of the test a client means. */
export function testFor(session: TestSession, reference: TestArgument): number {
  const tid = indexFor(session, reference);
  if (tid === undefined) throw errors.noTestInSession(reference);
  return tid;
}

function indexFor(session: TestSession, reference: TestArgument): number | undefined {
  switch (reference.by) {
    case 'tid':
      return reference.tid < session.numtests() ? reference.tid : undefined;
    case 'uuid':
      return session.tcByUUID(reference.value);
    case 'id':
      // A client sends a line of an answer back; characters beyond ASCII were entities there.
      return session.tcById(reference.value) ?? session.tcById(withoutEntities(reference.value));
  }
}

/** The test case of the suite with a name or UUID; undefined when there is none. */
export function testNamed(
  suite: OpenSuite,
  sent: { readonly by: 'uuid' | 'name'; readonly value: string },
): TestCase | undefined {
  if (sent.by === 'uuid') return suite.tests.withUuid(sent.value);
  const { hasTestOutline } = suite.definition;
  return (
    suite.tests.withName(sent.value, hasTestOutline) ??
    suite.tests.withName(withoutEntities(sent.value), hasTestOutline)
  );
}

function* sessionNames(suite: OpenSuite): Iterable<string> {
  for (const { name, description } of suite.sessions.values()) yield name === '' ? description : name;
}

function* setPaths(suite: OpenSuite): Iterable<string> {
  for (const { path } of suite.sets.values()) yield path;
}
