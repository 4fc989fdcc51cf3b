import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { openApiDocument, usualReach } from '../../src/control/openapi.ts';
import { controlRoutes, routeGroups } from '../../src/control/routes.ts';
import { checkOf, operationsOf } from '../support/api-description.ts';

const document = openApiDocument(routeGroups, { version: '1.2.3', reached: usualReach });
const operations = operationsOf(document);

/** Everything that a JSON value holds, with its keys. */
function* members(value: unknown): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield [key, member];
    yield* members(member);
  }
}

describe('the document', () => {
  test.each([
    ['of a twin without a token', usualReach],
    ['of a world with a token', { origin: 'https://tt.example', prefix: '/w/a', isTokenRequired: true }],
  ])('%s is valid OpenAPI 3.1', async (_, reached) => {
    const made = openApiDocument(routeGroups, { version: '1.2.3', reached });
    const checked = await new Validator().validate(JSON.parse(JSON.stringify(made)));
    expect(checked).toEqual({ valid: true });
  });

  test('holds every route once, under a name of its own', () => {
    const shown = operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect(shown.sort()).toEqual(controlRoutes.map(({ method, path }) => `${method} ${path}`).sort());
    const ids = controlRoutes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('refers to nothing that is not in it', () => {
    const refs = [...members(document)].filter(([key]) => key === '$ref').map(([, ref]) => String(ref));
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) {
      const found = ref
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(found, ref).toBeDefined();
    }
  });

  test('names every part of a path as a parameter, and nothing else', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(inPath);
    }
  });

  test('says of every parameter and every field of a body what it means', () => {
    for (const { operation } of operations) {
      for (const { name, description } of operation.parameters ?? [])
        expect(description, `${operation.operationId} ${name}`).not.toBe('');
      const body = operation.requestBody?.content['application/json']?.schema;
      const wordless = Object.entries(body?.properties ?? {}).filter(([, { description }]) => !description);
      expect(wordless, operation.operationId).toEqual([]);
    }
  });

  test('gives examples that fit what it says, and that the routes take', () => {
    for (const { operation } of operations) {
      const body = operation.requestBody?.content['application/json'];
      if (!body) continue;
      expect(checkOf(document, body.schema).safeParse(body.example).success, operation.operationId).toBe(
        true,
      );
    }
    for (const { id, input, query, example } of controlRoutes) {
      expect(input?.safeParse(example?.body).success ?? true, id).toBe(true);
      expect(query?.safeParse(example?.query).success ?? true, id).toBe(true);
    }
  });

  test('names the address by which it was asked for, and every world', () => {
    const reached = { origin: 'http://tt.example:81', prefix: '/w/checkout', isTokenRequired: false };
    const { servers } = openApiDocument(routeGroups, { version: '1.2.3', reached });
    expect(servers.map(({ url }) => url)).toEqual([
      'http://tt.example:81/w/checkout',
      'http://tt.example:81/w/{world}',
    ]);
    for (const { path } of operations)
      expect(document.paths[path]?.parameters).toEqual([{ $ref: '#/components/parameters/World' }]);
    expect(document.components.parameters.World?.name).toBe('x-twintrack-world');
  });

  test('asks for a token where the twin does', () => {
    expect(document.security).toEqual([{}, { token: [] }]);
    const reached = { ...usualReach, isTokenRequired: true };
    expect(openApiDocument(routeGroups, { version: '1.2.3', reached }).security).toEqual([{ token: [] }]);
    expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' });
  });
});
