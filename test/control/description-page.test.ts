import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { curlExample } from '../../src/control/curl-example.ts';
import { descriptionPage } from '../../src/control/description-page.ts';
import { type OpenApiDocument, openApiDocument, usualReach } from '../../src/control/openapi.ts';
import { controlRoutes, routeGroups } from '../../src/control/routes.ts';
import { startTwin } from '../../src/twin.ts';
import { operationsOf } from '../support/api-description.ts';
import { tinyScenario } from '../support/scenarios.ts';

const adminToken = 'open sesame';
const twin = await startTwin({ scenario: tinyScenario, adminToken });
afterAll(() => twin.close());
const headers = { authorization: `Bearer ${adminToken}` };
const answer = await fetch(`${twin.url}/__admin`, { headers });
const page = await answer.text();

describe('the page', () => {
  test('is HTML that needs nothing from elsewhere and may do nothing', () => {
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).not.toMatch(/<(?:script|link|img|iframe|form)\b|\bon\w+=|@import|url\(/i);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  test('describes every route, with each parameter and field, and an example', () => {
    const document = openApiDocument(routeGroups, {
      version: '1.2.3',
      reached: { origin: twin.url, prefix: '', isTokenRequired: true },
    });
    for (const { id } of controlRoutes) expect(page).toContain(`<section id="${id}">`);
    for (const { operation } of operationsOf(document)) {
      const fields = operation.requestBody?.content['application/json']?.schema.properties ?? {};
      for (const name of [...(operation.parameters ?? []).map((each) => each.name), ...Object.keys(fields)])
        expect(page).toContain(`<code>${name}</code>`);
    }
    for (const name of ['when.call', 'do.status.body', 'calls[].where']) expect(page).toContain(name);
  });

  test('has a place for every link within it', () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(50);
    for (const id of links) expect(page).toContain(`id="${id}"`);
  });

  test('shows no markup of a name that a client chose', () => {
    const reached = { ...usualReach, prefix: '/w/<script>alert(1)</script>' };
    const shown = descriptionPage(openApiDocument(routeGroups, { version: '<b>', reached }));
    expect(shown).not.toMatch(/<script|<b>/);
  });

  test('describes a world at the address of that world', async () => {
    await fetch(`${twin.url}/__admin/worlds`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"name":"one"}',
    });
    const text = await (await fetch(`${twin.url}/w/one/__admin`, { headers })).text();
    expect(text).toContain(`${twin.url}/w/one/__admin/clock/advance`);
  });
});

/** What a shell hands to curl for each line. */
function wordsOf(lines: readonly string[]): string[][] {
  const script = ['curl() { for word; do printf "%s\\n" "$word"; done; echo; }', ...lines].join('\n');
  const out = execFileSync('sh', ['-c', script], {
    env: { TWINTRACK_ADMIN_TOKEN: adminToken },
    encoding: 'utf8',
  });
  return out
    .trimEnd()
    .split('\n\n')
    .map((words) => words.split('\n'));
}

/** Does what curl would do with the options that the examples use. */
function fetchLikeCurl(words: readonly string[]): Promise<Response> {
  const after = (option: string) => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
  const [body] = after('-d');
  const [method = body === undefined ? 'GET' : 'POST'] = after('-X');
  const [url = ''] = words.filter((word) => word.startsWith('http'));
  const sent = after('-H').map((line): [string, string] => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
  return fetch(url, { method, headers: sent, ...(body === undefined ? {} : { body }) });
}

describe('an example', () => {
  test('of any route does what it shows when it is pasted into a shell', async () => {
    const document = (await (
      await fetch(`${twin.url}/__admin/openapi.json`, { headers })
    ).json()) as OpenApiDocument;
    const operations = operationsOf(document);
    const statuses = new Map<string, number>();
    for (const [at, words] of wordsOf(operations.map((each) => curlExample(document, each))).entries()) {
      const { status } = await fetchLikeCurl(words);
      statuses.set(operations[at]?.operation.operationId ?? '', status);
    }
    expect(statuses.size).toBe(controlRoutes.length);
    // Some name a rule, snapshot, world or call that is not there at that moment, and say so.
    for (const [id, status] of statuses) expect([200, 404, 409], id).toContain(status);
    for (const id of [
      'setClock',
      'advanceClock',
      'addRule',
      'makeWorld',
      'takeSnapshot',
      'readJournal',
      'compareStates',
    ])
      expect(`${id} ${statuses.get(id)}`).toBe(`${id} 200`);
  });

  test('quotes what a shell would read otherwise', () => {
    const document = openApiDocument(routeGroups, { version: '1', reached: usualReach });
    const [rule] = operationsOf(document).filter(({ operation }) => operation.operationId === 'addRule');
    if (!rule) throw new Error('there is no such route');
    const body = { content: { 'application/json': { schema: {}, example: { name: "it's $HOME" } } } };
    const operation = { ...rule.operation, requestBody: { required: true, ...body } };
    expect(wordsOf([curlExample(document, { ...rule, operation })])[0]?.at(-1)).toBe(`{"name":"it's $HOME"}`);
  });
});
