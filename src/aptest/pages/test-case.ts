import { escapeHtml } from '../../text/ascii-html.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import type { TestCase } from '../model/test-case.ts';
import { asList, type FieldValue } from '../model/value.ts';
import { fieldOf } from '../rules/selection.ts';
import { stepFields, stepsOf } from '../rules/test-steps.ts';
import { interpolated } from '../rules/variables.ts';
import { Field } from '../run/field.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { requirementName, shownTestName } from '../run/test-names.ts';
import { href } from './page.ts';
import type { SuitePageContext } from './page-context.ts';
import { descriptionList, scrolling } from './tables.ts';

/** The name of a test, leading to its page. @param id its full path */
export function testTitle({ request, suite }: SuitePageContext, id: string): string {
  const dir = id.slice(0, Math.max(0, id.lastIndexOf('/')));
  const address = href(request, 'browse/viewTestCase.mpl', { suite: suite.name, tc: id, dir });
  return `<a href="${address}">${escapeHtml(shownTestName(suite, { id }))}</a>`;
}

/** How the text of a test is filled: by the variables of a session; left as it is without one. */
export type Filling = (name: string) => string;

/** A field's value; the requirements that a test is linked to by what the suite calls them. */
function shownValue(suite: OpenSuite, test: TestCase, { name }: FieldDefinition): FieldValue | undefined {
  const value = fieldOf(test, name);
  return name === 'atm_reqlink' ? asList(value).map((link) => requirementName(suite, link)) : value;
}

/**
 * What a test case says: its fields, and the table of its steps with what is expected. Clients count the tables by
 * their class, so each test has exactly one (observed in a client).
 */
export function testCaseBody(suite: OpenSuite, test: TestCase, filling?: Filling): string {
  const filled = (text: string): string => (filling ? interpolated(text, filling) : text);
  const { fields } = suite.definition;
  const inSteps = stepFields(fields);
  const shown = fields
    .filter((field) => !field.flags.includes('hidden') && !inSteps.includes(field))
    .map((definition): [string, string] => {
      const field = new Field(definition);
      return [field.label(), filled(field.asHtml(shownValue(suite, test, definition)))];
    })
    .filter(([, value]) => value !== '');
  const rows = stepsOf(fields, test).map(
    ({ step, expected }, at) =>
      `<tr><td>${at + 1}</td><td>${escapeHtml(filled(step))}</td><td>${escapeHtml(filled(expected))}</td></tr>`,
  );
  const none = '<tr><td colspan="3">No steps are written down.</td></tr>';
  const name = `Steps of ${shownTestName(suite, test)}`;
  return `${descriptionList(shown)}
${scrolling(
  name,
  `<table class="TYPE_tc_table"><thead><tr class="header"><th scope="col">#</th><th scope="col">Step</th><th scope="col">Expected result</th></tr></thead>
<tbody>${rows.join('\n') || none}</tbody></table>`,
)}`;
}
