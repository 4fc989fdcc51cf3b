import { indexOf, parseSession } from '../commands/argument.ts';
import { sessionFor } from '../commands/lookups.ts';
import { errors } from '../errors.ts';
import type { TestSession } from '../run/test-session.ts';
import { param } from './page.ts';
import type { SuitePageContext } from './page-context.ts';

/** The names that a session goes by in addresses; the first is what clients send (observed), the rest older links. */
const names = ['sessNum', 'sess', 'session', 'sessnum'];

/** The session that a page is about, to be read. @throws ProductFault when there is none */
export function sessionOfPage({ request, suite }: SuitePageContext): TestSession {
  const argument = names.find((name) => param(request, name) !== '') ?? 'sessNum';
  const session = sessionFor(suite, parseSession({ argument, value: param(request, argument) }));
  session.linkBase = `${request.folder}run/`;
  return session;
}

/** The test of it that the parameter `tid` is about. @throws ProductFault when there is none */
export function testOfPage({ request }: SuitePageContext, session: TestSession): number {
  const sent = { argument: 'tid', value: param(request, 'tid') };
  const tid = indexOf(sent);
  if (tid >= session.numtests()) throw errors.noTestInSession(sent);
  return tid;
}
