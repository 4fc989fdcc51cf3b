import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import { ProductFault } from '../../world/product-fault.ts';
import { parseSession } from '../commands/argument.ts';
import { sessionFor } from '../commands/lookups.ts';
import { shownName } from '../model/run-head.ts';
import { asText, type FieldValue, own } from '../model/value.ts';
import { isMultiple, isSettable } from '../rules/execution-fields.ts';
import { checkedResult } from '../run/checked-result.ts';
import { Field } from '../run/field.ts';
import type { TestSession } from '../run/test-session.ts';
import { complaint, href, htmlPage, type PageAnswer, type PageRequest, param } from './page.ts';
import { type PageContext, suiteOfPage } from './page-context.ts';

/** Tests on one page. */
const pageLength = 100;

/**
 * `run/runWholeSession.mpl`: the tests of a session with inputs for result, note and execution data, named
 * `results_<tid>` and `RUNDATA_<field>_<tid>`, and the button `Finish` (names observed in clients).
 */
export function runSessionPage(context: PageContext): PageAnswer {
  const { request } = context;
  const suite = suiteOfPage(context);
  if (!('definition' in suite)) return suite;
  let session: TestSession;
  try {
    const sent = { argument: 'sess', value: param(request, 'sess') || param(request, 'session') };
    session = sessionFor(suite, parseSession(sent), 'write');
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
    return htmlPage(request, { title: 'No such session', body: complaint(error.text), status: 404 });
  }
  session.linkBase = `${request.folder}run/`;
  const start = Math.floor(Number(param(request, 'start')) / pageLength) * pageLength || 0;
  if (request.method === 'GET') return form({ request, session, start }, '');
  if (session.locked() !== 0) return form({ request, session, start }, 'The session is locked.');
  try {
    const count = record(session, request);
    const done = `<p class="done">${count} ${count === 1 ? 'test was' : 'tests were'} changed.</p>`;
    return form({ request, session, start }, '', done);
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
    return { ...form({ request, session, start }, error.text), status: 422 };
  }
}

/** Writes what was entered. Everything is looked at before anything is written. @returns how many tests changed */
function record(session: TestSession, request: PageRequest): number {
  const entered = [...sentTids(request)]
    .filter((tid) => tid < session.numtests())
    .map((tid) => ({ tid, ...enteredFor(session, request, tid) }));
  for (const { tid, result, note, data } of entered) {
    if (Object.keys(data).length > 0) session.setRunData(tid, data);
    if (result !== undefined || note !== '') session.addNote(tid, { text: note, result });
  }
  return entered.filter(
    ({ result, note, data }) => result !== undefined || note !== '' || Object.keys(data).length > 0,
  ).length;
}

function sentTids(request: PageRequest): Set<number> {
  const tids = new Set<number>();
  for (const name of request.params.keys()) {
    const tid = /^(?:results|RUNDATA_\w+)_(\d{1,9})$/.exec(name)?.[1];
    if (tid !== undefined) tids.add(Number(tid));
  }
  return tids;
}

/** What differs from what is there: only that was entered. */
function enteredFor(session: TestSession, request: PageRequest, tid: number) {
  const now = session.testCase(tid) ?? {};
  const name = `results_${tid}`;
  const value = param(request, name);
  const code = value === '' ? undefined : checkedResult(session.suite, { argument: name, value });
  const data: [string, FieldValue][] = [];
  for (const field of session.suite.definition.executionFields.filter(isSettable)) {
    const sent = request.params.get(`RUNDATA_${field.name}_${tid}`);
    if (!sent) continue;
    const entered = isMultiple(field) ? sent.filter((each) => each !== '') : (sent[0] ?? '');
    if (asText(entered) !== asText(now[field.name])) data.push([field.name, entered]);
  }
  return {
    result: code === now.results ? undefined : code,
    note: param(request, `RUNDATA_note_${tid}`).trim(),
    data: Object.fromEntries(data),
  };
}

interface SessionView {
  readonly request: PageRequest;
  readonly session: TestSession;
  readonly start: number;
}

function form({ request, session, start }: SessionView, problem: string, done = ''): PageAnswer {
  const { suite, head } = session;
  const end = Math.min(start + pageLength, head.numtests);
  const rows: string[] = [];
  for (let tid = start; tid < end; tid++) rows.push(testRow(session, tid));
  const address = { suite: suite.name, sess: session.sessionId() ?? '' };
  const action = href(request, 'run/runWholeSession.mpl', { ...address, start: String(start) });
  const button =
    head.locked === 0 ? '<input type="submit" name="Finish" value="Finish">' : 'The session is locked.';
  const body = `${complaint(problem)}${done}<p>${escapeHtml(head.description)}</p>
${variables(session)}
${pageLinks({ request, session, start }, address)}
<form method="post" action="${action}">
<table class="tests">${rows.join('')}</table>
<p>${button}</p>
</form>`;
  return htmlPage(request, { title: `Session ${session.sessionId()}: ${shownName(head)}`, body });
}

/** The session variables, one below the other: a session has many, and a page is narrow. */
function variables({ suite, head }: TestSession): string {
  const rows = suite.definition.variables
    .filter(({ type }) => type !== 'separator')
    .map(({ name, prompt }) => {
      const value = htmlLines(asText(own(head.variables, name)));
      return `<tr><th>${escapeHtml(prompt ?? name)}</th><td>${value}</td></tr>`;
    });
  return `<table class="variables">${rows.join('')}</table>`;
}

function testRow(session: TestSession, tid: number): string {
  const fields = session.suite.definition.executionFields
    .filter((field) => isSettable(field) && !field.flags.includes('hidden'))
    .map(
      (field) =>
        `<p><label>${escapeHtml(new Field(field).prompt())} ${session.fieldEntryVar(tid, field.name)}</label></p>`,
    );
  return `<tr id="test_${tid}"><td>${tid}</td><td>${escapeHtml(session.displayId(tid))}${session.note(tid)}</td>
<td><p><label>Result ${session.fieldEntryVar(tid, 'results')}</label></p><p><label>Note ${session.fieldEntryVar(tid, 'note')}</label></p></td>
<td>${fields.join('')}</td></tr>`;
}

function pageLinks(
  { request, session, start }: SessionView,
  address: Readonly<Record<string, string>>,
): string {
  const count = Math.ceil(session.numtests() / pageLength);
  if (count < 2) return '';
  const links = Array.from({ length: count }, (_, at) => {
    const first = at * pageLength;
    if (first === start) return `<strong>${first}</strong>`;
    return `<a href="${href(request, 'run/runWholeSession.mpl', { ...address, start: String(first) })}">${first}</a>`;
  });
  return `<p>Tests from ${links.join(' ')}</p>`;
}
