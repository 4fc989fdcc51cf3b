import type { FieldDefinition } from '../model/definitions.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import { selectorInputs } from '../rules/html-selectors.ts';
import { Field } from '../run/field.ts';
import { TestSession } from '../run/test-session.ts';
import { choiceField, labelled, scheduleFields, textField, variableField, withSeconds } from './forms.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, type PageRequest, param } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { argumentsFor, performCommand } from './perform.ts';

/**
 * `run/defineSet.mpl`: the form of a set. Its field names are those that createSet takes, as the rpc.mpl manual says
 * of them; sending it makes the set by the same command.
 */
export const defineSetPage: SuitePage = {
  show: (context, news) => {
    const { suite } = context;
    const body = `${newsNotice(news)}${form(context)}`;
    return htmlPage(context, { title: `Define a set in ${suite.name}`, body, suite: suite.name });
  },
  act: (context) => {
    const { lines, hint } = performCommand(
      context,
      'createSet',
      withSeconds(argumentsFor(context, 'createSet')),
    );
    return { done: `The set ${param(context.request, 'set')} has ${lines.join(' ')} tests.`, hint };
  },
};

function form({ request, suite }: SuitePageContext): string {
  const groups = suite.groups.sorted().map(({ path }) => ({ value: path }));
  const value = (name: string): string => param(request, name);
  const choice = (label: string, name: string, words: readonly string[]): string =>
    choiceField(
      label,
      { name, value: value(name) },
      words.map((word) => ({ value: word })),
    );
  const { fields, requirementFields, variables } = suite.definition;
  const users = new TestSession(suite).userList();
  return `<form method="post" action="${href(request, 'run/defineSet.mpl', { suite: suite.name })}">
<div class="fields">${textField('Set', 'set', value('set'))}
${choiceField('Group', { name: 'setGroup', value: value('setGroup'), none: '(root)' }, groups)}
${textField('Description', 'description', value('description'))}
${scheduleFields(value)}</div>
<h2>Test cases</h2>
<div class="fields">${selectorFields({ request, prefix: 'SCHEMA_', fields, users })}
${choice('Tests in the field ID are', 'testPickedBy', ['test', 'folder'])}</div>
<h2>Requirements</h2>
<div class="fields">${selectorFields({ request, prefix: 'REQ_', fields: requirementFields, users })}
${choice('Requirements in the field ID are', 'reqPickedBy', ['requirement', 'folder'])}</div>
<h2>Session variables</h2>
<div class="fields">${variables.map((variable) => variableField(variable, request.params.get(`VAR_${variable.name}`))).join('')}</div>
<p class="actions"><input type="submit" name="Define" value="Define"></p>
</form>`;
}

interface SelectorForm {
  readonly request: PageRequest;
  /** `SCHEMA_` or `REQ_`. */
  readonly prefix: string;
  readonly fields: readonly FieldDefinition[];
  readonly users: readonly string[];
}

/** The inputs to select by each field that can be selected by, with what was chosen before. */
function selectorFields({ request, prefix, fields, users }: SelectorForm): string {
  const selectors = sentSelectors(request, prefix, fields);
  return fields
    .filter(({ flags }) => flags.includes('selectable') && !flags.includes('hidden'))
    .map((each) => {
      const selector = Object.hasOwn(selectors, each.name) ? selectors[each.name] : undefined;
      const options = { prefix, showSpecials: true, showDynamic: true, users };
      const inputs = selectorInputs(each, selector ?? { values: [] }, options);
      return labelled(new Field(each).prompt(), prefix + each.name, `<span>${inputs}</span>`);
    })
    .join('');
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
