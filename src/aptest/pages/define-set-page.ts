import { escapeHtml } from '../../text/ascii-html.ts';
import { ProductFault } from '../../world/product-fault.ts';
import { Given } from '../commands/given.ts';
import { commandNamed } from '../commands/index.ts';
import { runCommand } from '../commands/perform.ts';
import type { FieldDefinition, VariableDefinition } from '../model/definitions.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import { windowSeconds } from '../model/run-head.ts';
import { htmlInput, htmlSelect } from '../rules/html-input.ts';
import { selectorInputs } from '../rules/html-selectors.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSession } from '../run/test-session.ts';
import { complaint, href, htmlPage, type PageAnswer, type PageRequest, param } from './page.ts';
import { type PageContext, suiteOfPage } from './page-context.ts';

/**
 * `run/defineSet.mpl`: the form of a set. Its field names are those that createSet takes, as the rpc.mpl manual says
 * of them; sending it makes the set by the same command.
 */
export function defineSetPage(context: PageContext): PageAnswer {
  const suite = suiteOfPage(context);
  if (!('definition' in suite)) return suite;
  if (context.request.method === 'GET') return form(context.request, suite, '');
  const command = commandNamed('createSet');
  if (!command) return form(context.request, suite, 'Sets cannot be made here.');
  const { request, draft, now, account } = context;
  try {
    const answer = runCommand(command, Given.of(request.params), {
      draft,
      now,
      account,
      suiteName: suite.name,
      baseUrl: () => `${request.origin}${request.folder}run/`,
    });
    const again = href(request, 'run/defineSet.mpl', { suite: suite.name });
    const body = `<p class="done">The set ${escapeHtml(param(request, 'set'))} has ${escapeHtml(answer.lines.join(' '))} tests.</p>
<p><a href="${again}">Define another one</a></p>`;
    return htmlPage(request, { title: 'Set defined', body });
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
    return form(request, suite, error.text);
  }
}

function form(request: PageRequest, suite: OpenSuite, problem: string): PageAnswer {
  const groups = suite.groups.sorted().map(({ path }) => ({ value: path }));
  const session = new TestSession(suite);
  const value = (name: string): string => param(request, name);
  const text = (name: string): string => htmlInput({ name, flags: [] }, { name, value: value(name) });
  const choice = (name: string, words: readonly string[]): string =>
    htmlSelect({ name, value: value(name) }, [
      { value: '', description: '' },
      ...words.map((word) => ({ value: word })),
    ]);
  const windows = windowSeconds.map(String);
  const rows: [string, string][] = [
    ['Set', text('set')],
    [
      'Group',
      htmlSelect({ name: 'setGroup', value: value('setGroup') }, [
        { value: '', description: '(root)' },
        ...groups,
      ]),
    ],
    ['Description', text('description')],
    ['Planned start (seconds since the epoch)', text('startdateplanned')],
    ['Planned end (seconds since the epoch)', text('enddateplanned')],
    ['On-time window of the start (seconds)', choice('startdatewindow', windows)],
    ['On-time window of the end (seconds)', choice('enddatewindow', windows)],
  ];
  const body = `${complaint(problem)}<form method="post" action="${href(request, 'run/defineSet.mpl', { suite: suite.name })}">
<table>${rows.map(row).join('')}</table>
<h2>Test cases</h2>
<p>Tests in the field ID are ${choice('testPickedBy', ['test', 'folder'])}</p>
${session.buildSelectorTable(sentSelectors(request, 'SCHEMA_', suite.definition.fields), { showSpecials: true, showDynamic: true, skipResults: true, skipAssigned: true })}
<h2>Requirements</h2>
<p>Requirements in the field ID are ${choice('reqPickedBy', ['requirement', 'folder'])}</p>
${requirementTable(request, suite.definition.requirementFields)}
<h2>Session variables</h2>
<table>${suite.definition.variables.map((variable) => variableRow(request, variable)).join('')}</table>
<p><input type="submit" name="Define" value="Define"></p>
</form>`;
  return htmlPage(request, {
    title: `Define a set in ${suite.name}`,
    body,
    status: problem === '' ? 200 : 422,
  });
}

function row([label, input]: [string, string]): string {
  return `<tr><th>${escapeHtml(label)}</th><td>${input}</td></tr>`;
}

/** What was chosen before, so that a form that is shown again keeps it. */
function sentSelectors(request: PageRequest, prefix: string, fields: readonly FieldDefinition[]): Selectors {
  const sent = fields.flatMap(({ name }): [string, Selector][] => {
    const values = request.params.get(prefix + name)?.filter((value) => value !== '');
    if (!values || values.length === 0) return [];
    const isSet = (flag: string): boolean => param(request, `${prefix}${name}_${flag}`) === '1';
    return [[name, { values, isCS: isSet('isCS'), isRE: isSet('isRE') }]];
  });
  return Object.fromEntries(sent);
}

function requirementTable(request: PageRequest, fields: readonly FieldDefinition[]): string {
  const sent = sentSelectors(request, 'REQ_', fields);
  const options = { prefix: 'REQ_', showSpecials: true, showDynamic: true, users: [] };
  const rows = fields
    .filter(({ flags }) => flags.includes('selectable') && !flags.includes('hidden'))
    .map((field): [string, string] => [
      field.prompt ?? field.label ?? field.name,
      selectorInputs(
        field,
        (Object.hasOwn(sent, field.name) ? sent[field.name] : undefined) ?? { values: [] },
        options,
      ),
    ]);
  return `<table>${rows.map(row).join('')}</table>`;
}

function variableRow(request: PageRequest, variable: VariableDefinition): string {
  const name = `VAR_${variable.name}`;
  const label = variable.prompt ?? variable.name;
  const defaults = variable.values.filter(({ isDefault }) => isDefault).map(({ value }) => value);
  const value = request.params.get(name) ?? (variable.text === '' ? defaults : [variable.text]);
  switch (variable.type) {
    case 'separator':
      return `<tr><th colspan="2">${escapeHtml(label)}</th></tr>`;
    case 'derived':
      return row([label, '(computed)']);
    case 'single':
      return row([label, htmlSelect({ name, value }, [{ value: '', description: '' }, ...variable.values])]);
    case 'multiple':
      return row([label, htmlSelect({ name, value }, variable.values, { isMultiple: true, size: 4 })]);
    case 'text':
      return row([label, htmlInput({ name, flags: [] }, { name, value })]);
    case 'textbox':
      return row([label, htmlInput({ name, type: 'textarea', flags: [] }, { name, value })]);
  }
}
