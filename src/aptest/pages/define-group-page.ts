import { choiceField, linesField, textField } from './forms.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, pagePath, param } from './page.ts';
import type { SuitePage } from './page-context.ts';
import { argumentsFor, onwards, performCommand } from './perform.ts';

/** `run/defineGroup.mpl`: makes a group of sets, by createGroup. */
export const defineGroupPage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const groups = suite.groups.sorted().map(({ path }) => ({ value: path }));
    const body = `${newsNotice(news)}<form method="post" action="${href(request, 'run/defineGroup.mpl', { suite: suite.name })}">
<div class="fields">${textField('Group', 'name', param(request, 'name'))}
${choiceField('In the group', { name: 'setGroup', value: param(request, 'setGroup'), none: '(root)' }, groups)}
${linesField('Description', 'description', param(request, 'description'))}</div>
<p class="actions"><input type="submit" name="Define" value="Define"></p>
</form>`;
    return htmlPage(context, { title: `Define a group in ${suite.name}`, body, suite: suite.name });
  },
  act: (context) => {
    const { hint } = performCommand(context, 'createGroup', argumentsFor(context, 'createGroup'));
    const done = `The group ${param(context.request, 'name')} is made.`;
    return onwards(context, pagePath('index.mpl', { suite: context.suite.name }), { done, hint });
  },
};
