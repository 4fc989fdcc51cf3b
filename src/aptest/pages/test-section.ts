import { escapeHtml } from '../../text/ascii-html.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { asText } from '../model/value.ts';
import { isSettable } from '../rules/execution-fields.ts';
import { bugLinkFor } from '../run/bug-link.ts';
import { Field } from '../run/field.ts';
import type { TestSession } from '../run/test-session.ts';
import { labelled } from './forms.ts';
import { href } from './page.ts';
import type { SuitePageContext } from './page-context.ts';
import { descriptionList, resultMark } from './tables.ts';
import { testCaseBody, testTitle } from './test-case.ts';

/** One test of a session: what it says, what was recorded, and inputs for more unless the session is locked. */
export function testSection(context: SuitePageContext, session: TestSession, tid: number): string {
  const { suite } = context;
  const attributes = session.testCase(tid) ?? {};
  const id = asText(attributes.id);
  const test = suite.tests.withUuid(asText(attributes.uuid));
  const body = test
    ? testCaseBody(suite, test, (name) => asText(session.defaultVariable(name)))
    : '<p>The test case is gone from the suite.</p><table class="TYPE_tc_table"></table>';
  const recorded = session.locked() === 0 ? inputs(context, session, tid) : values(session, tid);
  return `<section class="test" id="test_${tid}" aria-labelledby="name_${tid}">
<h2 id="name_${tid}">${tid} ${testTitle(context, id)}</h2>
<p>${resultMark(suite.definition.results, asText(attributes.results))}</p>
${body}
<div class="notes">${session.note(tid)}</div>
${recorded}
${problemLink(bugLinkFor(session, tid, attributes))}
</section>`;
}

/** The integration link to the bug-tracking system (documented); there is none unless the setting `bugLink` gives it. */
function problemLink(address: string): string {
  return address === ''
    ? ''
    : `<p><a href="${escapeHtml(address)}" rel="noreferrer">Report a problem</a></p>`;
}

function shownFields(session: TestSession): FieldDefinition[] {
  return session.suite.definition.executionFields.filter(
    (each) => isSettable(each) && !each.flags.includes('hidden'),
  );
}

function inputs({ request, suite }: SuitePageContext, session: TestSession, tid: number): string {
  const input = (label: string, name: string, form: string): string =>
    labelled(label, form, session.fieldEntryVar(tid, name) ?? '');
  const attach = href(request, 'run/attachFile.mpl', {
    suite: suite.name,
    sessNum: session.sessionId() ?? '',
    tid: String(tid),
  });
  const fields = shownFields(session).map((each) =>
    input(new Field(each).prompt(), each.name, `RUNDATA_${each.name}_${tid}`),
  );
  return `<div class="fields" role="group" aria-labelledby="name_${tid}">${input('Result', 'results', `results_${tid}`)}
${input('Note', 'note', `RUNDATA_note_${tid}`)}
${fields.join('')}</div>
<p><a href="${attach}">Attach a file<span class="skip"> to test ${tid}</span></a></p>`;
}

function values(session: TestSession, tid: number): string {
  return descriptionList(
    shownFields(session)
      .map((each): [string, string] => [new Field(each).label(), session.fieldEntry(tid, each.name) ?? ''])
      .filter(([, value]) => value !== ''),
  );
}
