import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import { asText, own } from '../model/value.ts';
import { writtenTime } from '../rules/note-fragment.ts';
import type { TestSession } from '../run/test-session.ts';
import type { TestSet } from '../run/test-set.ts';
import { descriptionList } from './tables.ts';

/** What a set or a session is: everything of its head that has a value. */
export function runDetails(run: TestSession | TestSet): string {
  const { head, suite } = run;
  const time = (seconds: number | undefined): string => (seconds === undefined ? '' : writtenTime(seconds));
  const window = (seconds: number | undefined): string =>
    seconds === undefined ? '' : `within ${seconds / 3600} hours`;
  const entries: [string, string][] = [
    ['Description', head.description],
    ['Summary', head.summary],
    ['Lock', ['unlocked', 'locked', 'super-locked'][head.locked] ?? ''],
    ['Last changed by', head.user],
    ['Assigned to', run.assignedto()],
    ['Created (UTC)', time(head.ctime)],
    ['Changed (UTC)', time(run.mtime())],
    ['Planned start (UTC)', `${time(head.startdateplanned)} ${window(head.startdatewindow)}`.trim()],
    ['Planned end (UTC)', `${time(head.enddateplanned)} ${window(head.enddatewindow)}`.trim()],
    ['Actual start (UTC)', time(head.startdateactual)],
    ['Actual end (UTC)', time(head.enddateactual)],
  ];
  const variables = suite.definition.variables
    .filter(({ type }) => type !== 'separator')
    .map(({ name, prompt }): [string, string] => [prompt ?? name, asText(own(head.variables, name))]);
  return descriptionList(
    [...entries, ...variables]
      .filter(([, value]) => value !== '')
      .map(([name, value]): [string, string] => [
        name,
        value.includes('\n') ? htmlLines(value) : escapeHtml(value),
      ]),
  );
}
