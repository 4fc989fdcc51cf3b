import { factsOf } from '../../evidence/evidence.ts';
import { escapeHtml } from '../../text/ascii-html.ts';
import type { AnyCommand } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import type { RpcResponse } from './answer.ts';

/** The page that rpc.mpl shows in a browser when there is no argument at all: every command, from its declaration. */
export function helpPage(): RpcResponse {
  return { contentType: 'text/html; charset=us-ascii', body: page() };
}

const page = (): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="us-ascii"><title>rpc.mpl</title></head><body>
<h1>rpc.mpl</h1>
<p>Each call names a command, by GET or POST. These arguments go with every one of them:</p>
<dl>
<dt><code>rpctoken</code></dt><dd>the token of the installation</dd>
<dt><code>username</code></dt><dd>the user in whose name the command is executed</dd>
<dt><code>suite</code></dt><dd>the suite to operate on; <code>getSuiteList</code> may leave it out</dd>
<dt><code>command</code></dt><dd>one of the ${commands.length} commands below, in any letter case</dd>
<dt><code>returnJSON</code></dt><dd>1: the answer is JSON with <code>result</code> and <code>data</code></dd>
</dl>
<p>The first line of an answer is 0 for success or 1 for a refusal, which the second line explains.</p>
${commands.map(commandSection).join('\n')}
</body></html>
`;

function commandSection(command: AnyCommand): string {
  const spelled = command.aliases?.length ? ` (also ${command.aliases.join(', ')})` : '';
  const rows = Object.values(command.arguments).map((argument) => {
    const cells = [
      `<code>${argument.names.map(escapeHtml).join('</code>, <code>')}</code>`,
      argument.isRequired ? 'required' : 'optional',
      escapeHtml(argument.type),
      escapeHtml(argument.about),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const table = rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
  const evidence = factsOf(command.evidence)
    .map(({ kind, about }) => `<li>${kind}: ${escapeHtml(about)}</li>`)
    .join('');
  return `<h2 id="${command.name}">${command.name}${escapeHtml(spelled)}</h2>
<p>${escapeHtml(command.summary)} Answer: ${escapeHtml(command.answer)}.</p>
${table}<ul>${evidence}</ul>`;
}
