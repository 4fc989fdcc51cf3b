import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { codeOf, type OwnError, ownErrors } from '../../src/errors/own-errors.ts';
import { ListenError, QuantityError, startTwin } from '../../src/index.ts';

const source = path.resolve(fileURLToPath(import.meta.url), '../../../src');
const texts = new Map(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(path.join(source, file), 'utf8')]),
);

/** What is caught where it is thrown from, or carries the code of a product. */
const withoutCode: Readonly<Record<string, string>> = {
  ProductFault: 'has the number of the product',
  SoapFault: 'has the fault code of SOAP',
  TestTrackError: 'the base of what the client throws',
  TestTrackApiError: 'has the fault code and number that the server sent',
  ApTestError: 'the base of what the client throws',
  ApTestApiError: 'has the return code that the server sent',
  FieldProblem: 'becomes a fault of the product',
  QuerySyntaxError: 'becomes a fault of the product',
  JsonProblem: 'ends a search in a text',
  ConsoleError: 'is shown by the page in the browser, with what the twin answered',
};

interface ErrorClass {
  readonly name: string;
  readonly base: string;
  readonly hasCode: boolean;
}

function errorClasses(): ErrorClass[] {
  const classes: ErrorClass[] = [];
  for (const [file, text] of texts) {
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    parsed.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const base = node.heritageClauses?.flatMap(({ types }) => types)[0]?.expression.getText(parsed) ?? '';
      const hasCode = node.members.some((member) => member.name?.getText(parsed) === 'code');
      classes.push({ name: node.name.text, base, hasCode });
    });
  }
  const named = new Map(classes.map((each) => [each.name, each]));
  const isError = (name: string): boolean =>
    /^(Type|Range)?Error$/.test(name) || (named.has(name) && isError(named.get(name)?.base ?? ''));
  const inheritsCode = ({ base, hasCode }: ErrorClass): boolean => {
    const above = named.get(base);
    return hasCode || (above !== undefined && inheritsCode(above));
  };
  return classes
    .filter(({ base }) => isError(base))
    .map((each) => ({ ...each, hasCode: inheritsCode(each) }));
}

test('every exception of ours has a code', () => {
  const classes = errorClasses();
  expect(classes.length).toBeGreaterThan(25);
  const bare = classes.filter(({ name, hasCode }) => !hasCode && !(name in withoutCode));
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('every code of the catalogue is given to something, and says what it means and what to do', () => {
  const used = [...texts]
    .filter(([file]) => !file.startsWith('errors'))
    .map(([, text]) => text)
    .join('\n');
  for (const [code, { meaning, remedy }] of Object.entries<OwnError>(ownErrors)) {
    const isComposed = /^TWIN_(WORLD|SNAPSHOT|RULE|MOVE)_(UNKNOWN|TAKEN|REFUSED)$/.test(code);
    if (code !== 'TWIN_INTERNAL' && !isComposed) expect(used).toContain(`'${code}'`);
    expect(meaning).toMatch(/\.$/);
    expect(remedy).toMatch(/[.?]$/);
  }
});

test('a mistake of ours has the code of one', () => {
  expect(codeOf(new TypeError('x is undefined'))).toBe('TWIN_INTERNAL');
  expect(codeOf(Object.assign(new Error('no room'), { code: 'ENOSPC' }))).toBe('TWIN_INTERNAL');
  expect(codeOf(Object.assign(new Error(), { code: 'toString' }))).toBe('TWIN_INTERNAL');
});

describe('the library throws exceptions with codes', () => {
  test.each([
    ['a port that is no port', { host: '' }, 'TWIN_LISTEN_FAILED'],
    ['a setting', { settings: { maxBody: 'huge' } }, 'TWIN_SETTINGS_INVALID'],
    ['a scenario', { scenario: { twintrack: 99 } }, 'TWIN_SCENARIO_INVALID'],
  ])('%s', async (_, options, code) => {
    await expect(startTwin(options)).rejects.toMatchObject({ code });
  });

  test('a class says its code without being thrown by a twin', () => {
    expect(new ListenError('x').code).toBe('TWIN_LISTEN_FAILED');
    expect(new QuantityError('x').code).toBe('TWIN_QUANTITY_INVALID');
  });
});

describe('a control answer that refuses has a code beside its sentence', async () => {
  const twin = await startTwin();
  afterAll(() => twin.close());
  const ask = async (where: string, init: RequestInit = {}) => {
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await fetch(new URL(where, twin.url), { ...init, headers });
    const { code, error } = (await response.json()) as { code: unknown; error: unknown };
    expect(error).toEqual(expect.any(String));
    return [response.status, code];
  };

  test.each([
    ['/__admin/nothing', {}, 404, 'TWIN_CONTROL_ROUTE_UNKNOWN'],
    ['/__admin/clock', { method: 'DELETE' }, 405, 'TWIN_CONTROL_METHOD_UNKNOWN'],
    ['/__admin/clock', { method: 'PUT', body: '{' }, 400, 'TWIN_CONTROL_INVALID'],
    ['/__admin/clock', { headers: { origin: 'http://elsewhere.example' } }, 403, 'TWIN_CONTROL_FORBIDDEN'],
    ['/w/none/__admin/clock', {}, 404, 'TWIN_WORLD_UNKNOWN'],
    ['/__admin/worlds/none', { method: 'DELETE' }, 404, 'TWIN_WORLD_UNKNOWN'],
    ['/__admin/snapshots/none/restore', { method: 'POST' }, 404, 'TWIN_SNAPSHOT_UNKNOWN'],
    ['/__admin/rules', { method: 'POST', body: '{}' }, 400, 'TWIN_CONTROL_INVALID'],
    [
      '/__admin/journal/verify',
      { method: 'POST', body: '{"calls":[{"operation":"getDefct"}]}' },
      400,
      'TWIN_JOURNAL_OPERATION_UNKNOWN',
    ],
    [
      '/__admin/journal/verify',
      { method: 'POST', body: '{"calls":[{"operation":"getDefect"}]}' },
      409,
      'TWIN_JOURNAL_MISMATCH',
    ],
  ])('%s', async (where, init, status, code) => {
    expect(await ask(where, init)).toEqual([status, code]);
  });
});
