import { escapeMarkup } from '../text/escapes.ts';
import { curlExample } from './curl-example.ts';
import type { JsonSchema } from './json-schema.ts';
import type { OpenApiDocument, OpenApiOperation, OpenApiResponse, Parameter, Reference } from './openapi.ts';
import { pageStyle } from './page-style.ts';
import { fieldRows, kindHtml } from './schema-rows.ts';

export { pagePolicy } from './page-style.ts';

/** An operation and where it is asked for. */
interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

const methods = ['get', 'put', 'post', 'delete'] as const;

/** The API description as a page for people: plain HTML without scripts and without anything from elsewhere. */
export function descriptionPage(document: OpenApiDocument): string {
  const { info, servers, tags, components } = document;
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Described[] => {
      const operation = item[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
  const sections = tags.map(({ name, description }) => {
    const own = all.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="group-${escapeMarkup(name)}">${escapeMarkup(name)}</h2>
<p>${prose(description)}</p>
${own.map((each) => operationHtml(document, each)).join('\n')}`;
  });
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `<section id="shape-${escapeMarkup(name)}">
<h3>${escapeMarkup(name)}</h3>
<p>${prose(schema.description ?? '')}</p>
${fieldsTable(schema, 'Field')}
</section>`,
  );
  const base = servers[0]?.url ?? '';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(info.title)}</title><style>${pageStyle}</style></head>
<body><main>
<h1>${escapeMarkup(info.title)} ${escapeMarkup(info.version)}</h1>
${info.description
  .split('\n\n')
  .map((paragraph) => `<p>${prose(paragraph)}</p>`)
  .join('\n')}
<p>${accessHtml(document)}</p>
<p>The same for programs: <a href="${escapeMarkup(`${base}/__admin/openapi.json`)}">OpenAPI 3.1</a>.
Every other address of this twin: <a href="${escapeMarkup(`${base}/`)}">the index</a>.</p>
<nav><table>
<thead><tr><th>Method</th><th>Address</th><th>What it does</th></tr></thead>
<tbody>
${all.map(contentsRow).join('\n')}
</tbody>
</table></nav>
${sections.join('\n')}
<h2 id="answers">Answers that routes share</h2>
${answersTable(generalAnswers(all, components.responses))}
<h2 id="shapes">Shapes</h2>
${shapes.join('\n')}
</main></body>
</html>
`;
}

function accessHtml({ security, components }: OpenApiDocument): string {
  const about = prose(components.securitySchemes.token?.description ?? '');
  return security.every((scheme) => 'token' in scheme)
    ? `<strong>This twin wants a token</strong>, as <code>Authorization: Bearer …</code>; the examples take it from the variable <code>TWINTRACK_ADMIN_TOKEN</code>. ${about}`
    : `This twin has no token: it answers clients of this machine. ${about}`;
}

function contentsRow({ method, path, operation }: Described): string {
  const { operationId, summary } = operation;
  return `<tr><td>${methodHtml(method)}</td><td><a href="#${escapeMarkup(operationId)}"><code>${escapeMarkup(path)}</code></a></td><td>${prose(summary)}</td></tr>`;
}

function methodHtml(method: string): string {
  return `<code class="method ${method.toLowerCase()}">${method}</code>`;
}

function operationHtml(document: OpenApiDocument, described: Described): string {
  const { method, path, operation } = described;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  return `<section id="${escapeMarkup(operationId)}">
<h3>${methodHtml(method)} <code>${escapeMarkup(path)}</code></h3>
<p>${prose(summary)}.${description === undefined ? '' : ` ${prose(description)}`}</p>
${parameters.length === 0 ? '' : `<h4>Parameters</h4>\n${parametersTable(parameters)}`}
${body === undefined ? '' : `<h4>Body${requestBody?.required ? '' : ', which may be left out'}</h4>\n${fieldsTable(body, 'Field')}`}
<h4>Example</h4>
<pre>${escapeMarkup(curlExample(document, described))}</pre>
<h4>Answers</h4>
${answersTable(Object.entries(responses).filter(isOwn))}
<p>${alsoHtml(responses)}</p>
</section>`;
}

/** Which answers a route gives besides its own. */
function alsoHtml(responses: OpenApiOperation['responses']): string {
  const others = Object.entries(responses).filter((each) => !isOwn(each));
  return `And <a href="#answers">as other routes do</a>: ${others.map(([status]) => `<code>${escapeMarkup(status)}</code>`).join(', ')}.`;
}

/** The answers that routes share, each with the status under which they give it. */
function generalAnswers(
  all: readonly Described[],
  shared: Readonly<Record<string, OpenApiResponse>>,
): (readonly [string, OpenApiResponse])[] {
  const statuses = new Map<string, string>();
  for (const { operation } of all) {
    for (const [status, answer] of Object.entries(operation.responses)) {
      if ('$ref' in answer) statuses.set(answer.$ref.slice(answer.$ref.lastIndexOf('/') + 1), status);
    }
  }
  return Object.entries(shared).map(([name, answer]) => [statuses.get(name) ?? name, answer]);
}

/** Answers that routes give alike stand on the page once. */
function isOwn(each: [string, OpenApiResponse | Reference]): each is [string, OpenApiResponse] {
  return !('$ref' in each[1]);
}

function parametersTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(({ name, in: place, schema, description = '', required = false }) => {
    const shown = `<code>${escapeMarkup(name)}</code> <span class="must">in the ${place}${required ? ', required' : ''}</span>`;
    return `<tr><td>${shown}</td><td class="kind">${kindHtml(schema)}</td><td>${prose(description)}</td></tr>`;
  });
  return table(['Name', 'Kind', 'Meaning'], rows);
}

function fieldsTable(schema: JsonSchema, title: string): string {
  const rows = fieldRows(schema).map(({ name, schema: member, isRequired }) => {
    const shown = `<code>${escapeMarkup(name)}</code>${isRequired ? ' <span class="must">required</span>' : ''}`;
    return `<tr><td>${shown}</td><td class="kind">${kindHtml(member)}</td><td>${prose(member.description ?? '')}</td></tr>`;
  });
  return rows.length === 0 ? '' : table([title, 'Kind', 'Meaning'], rows);
}

function answersTable(answers: readonly (readonly [string, OpenApiResponse])[]): string {
  const rows = answers.map(
    ([status, { description, content = {} }]) =>
      `<tr><td class="status"><code>${escapeMarkup(status)}</code></td><td class="when">${prose(description)}</td><td>${Object.entries(
        content,
      )
        .map(([media, { schema }]) => `${escapeMarkup(media)}: ${shapeHtml(schema)}`)
        .join('<br>')}</td></tr>`,
  );
  return table(['Status', 'When', 'Holds'], rows);
}

/** A kind of value; of an object without a name its members too. */
function shapeHtml(schema: JsonSchema): string {
  if (schema.type !== 'object' || !schema.properties) return kindHtml(schema);
  const members = Object.entries(schema.properties).map(
    ([name, member]) => `<code>${escapeMarkup(name)}</code> (${kindHtml(member)})`,
  );
  return members.join(', ');
}

function table(titles: readonly string[], rows: readonly string[]): string {
  const head = titles.map((title) => `<th>${title}</th>`).join('');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

/** A text of the document; what stands between backticks is code. */
function prose(text: string): string {
  return escapeMarkup(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}
