import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chapters, fieldMethods } from '../../scripts/testsession-methods.ts';
import { type ForkedWorld, startTwin, TestSession, type Twin } from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { programPath, runProgram } from './run-program.ts';
import { type SessionStep, sessionSteps } from './testsession-calls.ts';

const perl = fileURLToPath(new URL('../../perl', import.meta.url));
let twin: Twin;
let worlds: { typeScript: ForkedWorld; http: ForkedWorld; perl: ForkedWorld };
let given: Record<'typeScript' | 'http' | 'perl', readonly unknown[]>;

/** What the caller's own function makes of a value, in each language. */
const wrap = (field: string, value: string) => `[${field}=${value}]`;

beforeAll(async () => {
  twin = await startTwin({ checkInvariants: true });
  const fork = (name: string) => twin.fork({ name, listen: false, from: 'seed' });
  worlds = { typeScript: await fork('typescript'), http: await fork('http'), perl: await fork('perl') };
  for (const world of Object.values(worlds)) world.clock.set({ mode: 'frozen', now: '2026-03-02T09:00:00Z' });
  given = { typeScript: inTypeScript(), http: await overHttp(), perl: await inPerl() };
}, 120_000);
afterAll(() => twin.close());

function inTypeScript(): unknown[] {
  return worlds.typeScript.inSuite({ suite: 'Example', user: 'lake' }, (suite) => {
    const session = new TestSession(suite, 57, true);
    return sessionSteps.map(({ method, args, field, inTypeScript: own }) => {
      const callee: unknown = field === undefined ? session : session.field(field);
      const work = Reflect.get(callee as object, method) as (...args: unknown[]) => unknown;
      const result = work.apply(
        callee,
        (own ?? args).map((arg) => referred(session, arg)),
      );
      return plain(result instanceof TestSession.Field ? result.name : result);
    });
  });
}

function referred(session: TestSession, arg: unknown): unknown {
  if (typeof arg !== 'object' || arg === null) return arg;
  if ('$function' in arg) return wrap;
  return '$field' in arg ? session.field(String(arg.$field))?.definition : arg;
}

async function overHttp(): Promise<unknown[]> {
  const call = async (body: object) => {
    const answer = await fetch(`${worlds.http.url}/__admin/aptest/session`, {
      method: 'POST',
      ...jsonBody(body),
    });
    const text = await answer.text();
    expect(answer.status, `${JSON.stringify(body)} ${text}`).toBe(200);
    return JSON.parse(text) as {
      handle: string;
      result: unknown;
      calls?: { mark: string; args: string[] }[];
    };
  };
  const { handle } = await call({ method: 'new', args: [57, true], suite: 'Example', user: 'lake' });
  const results: unknown[] = [];
  for (const { method, args, field } of sessionSteps) {
    const { result, calls = [] } = await call({ method, args, field, handle });
    const filled = calls.reduce<unknown>(
      (text, { mark, args: [name = '', value = ''] }) => String(text).replace(mark, wrap(name, value)),
      result,
    );
    results.push(plain(filled));
  }
  return results;
}

async function inPerl(): Promise<unknown[]> {
  const lines = await runProgram(['/usr/bin/perl', '-I', perl, programPath('testsession_steps.pl')], {
    input: sessionSteps.map((each) => `${JSON.stringify(each)}\n`).join(''),
    env: { TWINTRACK_URL: worlds.perl.url, APTEST_USER: 'lake' },
  });
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => plain(JSON.parse(line)));
}

/** What list context makes of a result: a list of the manual is itself, a reference or one value is one member. */
function asPerlGives(result: unknown, list: unknown): unknown {
  return Array.isArray(result) && !(Array.isArray(list) && Array.isArray(list[0])) ? result : [result];
}

/** As Perl has it: truth is 1 or 0, and nothing is undef. */
function plain(value: unknown): unknown {
  const shown = JSON.stringify(value ?? null, (_key, each) =>
    typeof each === 'boolean' ? Number(each) : each,
  );
  return JSON.parse(shown);
}

const named = ({ method, field }: SessionStep) => (field === undefined ? method : `${field}->${method}`);

test.each(sessionSteps.map((each, at) => [named(each), at] as const))(
  '%s gives the same in all (step %i)',
  (_name, at) => {
    expect(given.http[at], 'over HTTP').toEqual(given.typeScript[at]);
    expect(given.perl[at], 'in Perl').toEqual(asPerlGives(given.typeScript[at], given.perl[at]));
  },
);

test('every method of both manuals is called', () => {
  const called = new Set(sessionSteps.filter(({ field }) => field === undefined).map(({ method }) => method));
  const calledOfFields = new Set(
    sessionSteps.flatMap(({ method, field }) => (field === undefined ? [] : [method])),
  );
  const wanted = chapters.flatMap(({ methods }) => methods.map(({ name, ours }) => ours ?? name));
  const missing = wanted.filter((name) => !['constructor', 'copy'].includes(name) && !called.has(name));
  const missingOfFields = fieldMethods
    .map(({ name, ours }) => ours ?? name)
    .filter((name) => name !== 'constructor' && !calledOfFields.has(name));
  // `new` begins each way; `copy` needs a second session and has tests of its own in all three.
  expect([...missing, ...missingOfFields]).toEqual([]);
});
