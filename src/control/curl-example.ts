import type { OpenApiDocument, OpenApiOperation } from './openapi.ts';

/** The variable in which an example expects the token. */
const tokenVariable = '$TWINTRACK_ADMIN_TOKEN';

/**
 * A line for a shell that calls an operation with the examples of its parts.
 *
 * @param path as in the document: `/__admin/worlds/{name}`
 */
export function curlExample(
  { servers, security }: OpenApiDocument,
  {
    method,
    path,
    operation,
  }: { readonly method: string; readonly path: string; readonly operation: OpenApiOperation },
): string {
  const { parameters = [], requestBody } = operation;
  const exampleOf = (place: 'path' | 'query') =>
    parameters.flatMap(({ in: where, name, example }) =>
      where === place && example !== undefined ? [[name, String(example)] as const] : [],
    );
  let address = (servers[0]?.url ?? '') + path;
  for (const [name, value] of exampleOf('path')) {
    address = address.replace(`{${name}}`, encodeURIComponent(value));
  }
  const query = new URLSearchParams(Object.fromEntries(exampleOf('query')));
  if (query.size > 0) address += `?${query}`;
  const body = requestBody?.content['application/json']?.example;
  const isToldByBody = body !== undefined && method === 'POST';
  return [
    'curl',
    ...(method === 'GET' || isToldByBody ? [] : ['-X', method]),
    quoted(address),
    ...(security.every((scheme) => 'token' in scheme)
      ? ['-H', `"Authorization: Bearer ${tokenVariable}"`]
      : []),
    ...(body === undefined
      ? []
      : ['-H', quoted('Content-Type: application/json'), '-d', quoted(JSON.stringify(body))]),
  ].join(' ');
}

/** A word that a POSIX shell takes as it is. */
function quoted(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
