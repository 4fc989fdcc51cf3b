import { escapeHtml } from '../../text/ascii-html.ts';
import { linesField, textField } from './forms.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, param } from './page.ts';
import type { SuitePage } from './page-context.ts';
import { argumentsFor, performCommand } from './perform.ts';
import { sessionOfPage, testOfPage } from './session-of-page.ts';

/** `run/attachFile.mpl?sessNum=&tid=`: the note of a test, and a file to attach to it, by attachFile. */
export const attachFilePage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const session = sessionOfPage(context);
    const tid = testOfPage(context, session);
    const sessNum = session.sessionId() ?? '';
    const address = { suite: suite.name, sessNum, tid: String(tid) };
    const form = `<form method="post" enctype="multipart/form-data" action="${href(request, 'run/attachFile.mpl', address)}">
<div class="fields"><div class="field"><label for="file">File</label><input type="file" id="file" name="file" required></div>
${textField('Name of the attachment (empty: that of the file)', 'fileName', param(request, 'fileName'))}
${linesField('Note', 'note', param(request, 'note'))}</div>
<p class="actions"><button type="submit" name="attach" value="1">Attach</button></p></form>`;
    const body = `${newsNotice(news)}<p>${escapeHtml(session.displayId(tid))}</p>
${session.locked() === 0 ? form : '<p>The session is locked.</p>'}
<h2>Note</h2>
${session.note(tid) || '<p>The note is empty.</p>'}
<p><a href="${href(request, 'run/runWholeSession.mpl', address)}">Back to the test</a></p>`;
    const title = `Attach a file to test ${tid} of session ${sessNum}`;
    return htmlPage(context, { title, body, suite: suite.name });
  },
  act: (context) => {
    const { request } = context;
    const fileName = param(request, 'fileName') || (request.file?.name ?? '');
    const { hint } = performCommand(context, 'attachFile', {
      ...argumentsFor(context, 'attachFile'),
      fileName,
    });
    return { done: `${fileName} is attached.`, hint };
  },
};
