import { asText } from '../model/value.ts';
import { bugLink } from '../rules/bug-link.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { testName } from './test-names.ts';
import type { TestSession } from './test-session.ts';

/**
 * The link to the bug-tracking system for a test; empty where the setting `bugLink` gives none. Its parameters are
 * `suite`, `session`, `tid`, `name`, and every execution field by its name, such as `uuid`, `id` and `results`.
 */
export function bugLinkFor(session: TestSession, tid: number, attributes: TestAttributes): string {
  const { suite } = session;
  const template = suite.settings.bugLink;
  if (template === '') return '';
  const fields = Object.entries(attributes).map(([name, value]) => [name, asText(value)]);
  return bugLink(template, {
    ...Object.fromEntries(fields),
    suite: suite.name,
    session: session.sessionId() ?? '',
    tid: String(tid),
    name: testName(suite, attributes),
  });
}
