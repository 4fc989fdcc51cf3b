import { displayName, plainName } from '../model/names.ts';
import { asText, type FieldValue } from '../model/value.ts';
import type { OpenSuite } from './open-suite.ts';

/** What a test is found by: of a record, or of the execution data of a test in a session. */
interface NamedTest {
  readonly uuid?: FieldValue | undefined;
  readonly id?: FieldValue | undefined;
}

/**
 * What the suite calls a test: its path, or its outline number in auto-outline mode (documented). One that the suite no
 * longer has goes by the path it had.
 */
export function testName({ tests, definition }: OpenSuite, { uuid, id }: NamedTest): string {
  const path = asText(id);
  const test = tests.withUuid(asText(uuid)) ?? tests.withPath(path);
  return test ? tests.nameOf(test, definition.hasTestOutline) : plainName(path);
}

/** The same for people, with a blank after each slash. */
export function shownTestName(suite: OpenSuite, test: NamedTest): string {
  return displayName(testName(suite, test));
}

/** What the suite calls a requirement that a test is linked to, by UUID or path; the link itself if it leads nowhere. */
export function requirementName({ requirements, definition }: OpenSuite, link: string): string {
  const found = requirements.withUuid(link) ?? requirements.withPath(link);
  return found ? requirements.nameOf(found, definition.hasRequirementOutline) : link;
}
