import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { controlRoutes } from '../../src/control/routes.ts';
import { table } from '../../src/world/table.ts';
import { startPages } from '../support/pages.ts';

let started: Awaited<ReturnType<typeof startPages>>;
beforeEach(async () => {
  started = await startPages();
});
afterEach(() => started.edge.listener.close());

async function ask(method: string, path: string, body?: string): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(started.url + path, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.status, json: await answer.json() };
}

const clock = (now: string, more: Record<string, unknown> = {}) => {
  const ms = Date.parse(now);
  return { mode: 'frozen', now, ms, offsetMs: ms - Date.parse('2026-05-05T05:05:05Z'), rate: 0, ...more };
};

test('health says that the twin runs', async () => {
  expect(await ask('GET', '/__admin/health')).toEqual({
    status: 200,
    json: { status: 'ok', name: 'twintrack', version: '1.2.3' },
  });
});

test('a reset goes back to the state and the clock of the scenario', async () => {
  const notes = table<{ id: number }>('notes', { key: ({ id }) => id });
  started.runner.call(
    { api: 'testtrack', name: 'note', input: {} },
    { run: (draft) => draft.table(notes, 'testtrack').put({ id: 1 }) },
  );
  await ask('POST', '/__admin/clock/advance', '{"by":"1h"}');
  expect(await ask('POST', '/__admin/reset')).toEqual({
    status: 200,
    json: { reset: true, clock: clock('2026-01-31T09:15:00.000Z'), since: 1 },
  });
  expect(started.runner.world.collection(notes, 'testtrack').size).toBe(0);
});

describe('the clock', () => {
  test('is shown', async () => {
    expect((await ask('GET', '/__admin/clock')).json).toEqual(clock('2026-01-31T09:15:00.000Z'));
  });

  test.each([
    ['{"by":"15m"}', '2026-01-31T09:30:00.000Z'],
    ['{"by":"1h30m"}', '2026-01-31T10:45:00.000Z'],
    ['{"ms":1}', '2026-01-31T09:15:00.001Z'],
    ['{"by":"0s"}', '2026-01-31T09:15:00.000Z'],
  ])('moves by %s', async (body, now) => {
    expect(await ask('POST', '/__admin/clock/advance', body)).toEqual({
      status: 200,
      json: { ...clock(now), happened: [] },
    });
  });

  test('moves in the real mode too', async () => {
    await ask('PUT', '/__admin/clock', '{"mode":"real"}');
    const { json } = await ask('POST', '/__admin/clock/advance', '{"by":"15m"}');
    expect(json).toMatchObject(clock('2026-05-05T05:20:05.000Z', { mode: 'real', rate: 1 }));
  });

  test.each([
    ['{"mode":"frozen","now":"2030-01-01T00:00:00Z"}', clock('2030-01-01T00:00:00.000Z')],
    ['{"mode":"frozen","now":"2030-01-01T01:00:00+02:00"}', clock('2029-12-31T23:00:00.000Z')],
    ['{"mode":"frozen","now":"2030-01-01"}', clock('2030-01-01T00:00:00.000Z')],
    ['{"mode":"frozen"}', clock('2026-01-31T09:15:00.000Z')],
    ['{"mode":"real"}', clock('2026-05-05T05:05:05.000Z', { mode: 'real', rate: 1 })],
    ['{"mode":"scaled","rate":60}', clock('2026-01-31T09:15:00.000Z', { mode: 'scaled', rate: 60 })],
  ])('is set by %s', async (body, expected) => {
    expect(await ask('PUT', '/__admin/clock', body)).toEqual({ status: 200, json: expected });
  });

  const example = 'Send for example {"mode":"frozen","now":"2026-01-31T09:15:00Z"}';
  test.each([
    ['', `A JSON body is expected. ${example}`],
    [
      '{"mode":"frozn"}',
      `mode: found "frozn", expected one of "real", "frozen", "offset", "scaled". Did you mean "frozen"? ${example}`,
    ],
    ['{}', `mode: is missing; expected one of "real", "frozen", "offset", "scaled". ${example}`],
    [
      '{"mode":"frozen","nwo":1}',
      `nwo: is no known key; known here: mode, now, rate, backwards. Did you mean "now"? ${example}`,
    ],
    [
      '{"mode":"frozen","now":"2026-02-30"}',
      `now: "2026-02-30" is not a moment; write it as 2026-01-31T09:15:00Z. ${example}`,
    ],
    [
      '{"mode":"frozen","now":"tomorrow"}',
      `now: "tomorrow" is not a moment; write it as 2026-01-31T09:15:00Z. ${example}`,
    ],
    ['{"mode":"real","rate":2}', `rate: a rate goes with mode "scaled" only. ${example}`],
    ['[]', `found a list of 0, expected a map. ${example}`],
  ])('is not set by %s, and the answer says how', async (body, error) => {
    expect(await ask('PUT', '/__admin/clock', body)).toEqual({
      status: 400,
      json: { code: 'TWIN_CONTROL_INVALID', error },
    });
    expect((await ask('GET', '/__admin/clock')).json).toEqual(clock('2026-01-31T09:15:00.000Z'));
  });

  test.each([
    ['{"by":15}', 'by: found 15, expected a text'],
    [
      '{"by":"15"}',
      'by: "15" is not a length of time. Write numbers with ms, s, m, h or d, such as 15m or 1h30m.',
    ],
    ['{"by":"15m","ms":1}', 'give either "by", such as "15m", or "ms", a number of milliseconds'],
    ['{}', 'give either "by", such as "15m", or "ms", a number of milliseconds'],
    ['{"ms":-1}', 'ms: found -1, expected at least 0'],
    [
      '{"by":"9000d"',
      'The body cannot be read as JSON (line 1, column 14): found the end, expected "," or "}".',
    ],
    [
      '{"by":"1m",\n"\\u0062y":"2m"}',
      'The body cannot be read as JSON (line 2, column 1, by): this key is in its map already; each may be given once.',
    ],
    ['{"by":"2922000d"}', 'The clock cannot go beyond the year 9999.'],
  ])('is not moved by %s', async (body, error) => {
    const answer = await ask('POST', '/__admin/clock/advance', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain(JSON.stringify(error).slice(1, -1));
    expect((await ask('GET', '/__admin/clock')).json).toEqual(clock('2026-01-31T09:15:00.000Z'));
  });
});

test('a body over 100 kB is refused', async () => {
  const answer = await ask('PUT', '/__admin/clock', ' '.repeat(200_000));
  expect(answer.status).toBe(413);
});

test('an unknown control path is answered with the nearest one', async () => {
  expect(await ask('GET', '/__admin/clok')).toEqual({
    status: 404,
    json: {
      code: 'TWIN_CONTROL_ROUTE_UNKNOWN',
      error:
        'There is no control route at this path. Did you mean GET /__admin/clock? GET /__admin describes all of them.',
    },
  });
});

test('a wrong method is answered with the right ones', async () => {
  const answer = await fetch(`${started.url}/__admin/clock`, { method: 'DELETE' });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS');
  expect(await answer.json()).toEqual({
    code: 'TWIN_CONTROL_METHOD_UNKNOWN',
    error: 'DELETE is not known here. Use GET, HEAD, PUT, OPTIONS.',
  });
});

test('a slip in an address with a name in it is found too', async () => {
  const { json } = await ask('POST', '/__admin/worlds/a-world-with-a-long-name/rest');
  expect(json).toMatchObject({
    code: 'TWIN_CONTROL_ROUTE_UNKNOWN',
    error: expect.stringContaining('Did you mean POST /__admin/worlds/a-world-with-a-long-name/reset?'),
  });
});

test('an address that cannot be decoded is told so as JSON', async () => {
  expect(await ask('GET', '/__admin/worlds/%zz')).toEqual({
    status: 400,
    json: { code: 'TWIN_CONTROL_INVALID', error: 'The address could not be read.' },
  });
});

test('a name after the ? that a route does not know is refused, not passed over', async () => {
  await ask('POST', '/__admin/clock/advance', '{"by":"1h"}');
  expect(await ask('POST', '/__admin/reset?world=checkout')).toEqual({
    status: 400,
    json: { code: 'TWIN_CONTROL_INVALID', error: 'world: is no known key.' },
  });
  expect((await ask('GET', '/__admin/clock')).json).toEqual(clock('2026-01-31T10:15:00.000Z'));
});

describe('every control path', () => {
  const paths = [...new Set(controlRoutes.map(({ path }) => path))];
  const methodsAt = (path: string) =>
    controlRoutes.filter((route) => route.path === path).map(({ method }) => String(method));

  test.each(paths)('%s says with OPTIONS what can be asked of it', async (path) => {
    const { status, headers } = await fetch(started.url + path, { method: 'OPTIONS' });
    expect(status).toBe(204);
    const allowed = methodsAt(path).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    expect(headers.get('allow')).toBe([...allowed, 'OPTIONS'].join(', '));
  });

  test.each(paths)('%s answers HEAD like GET, without the body', async (path) => {
    const get = await fetch(started.url + path);
    const head = await fetch(started.url + path, { method: 'HEAD' });
    expect(head.status).toBe(get.status);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(await head.text()).toBe('');
    expect(get.status === 405).toBe(!methodsAt(path).includes('GET'));
  });

  test.each(paths)('%s refuses other methods and changes nothing', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (methodsAt(path).includes(method)) continue;
      const answer = await fetch(started.url + path, { method });
      expect(`${method} ${answer.status}`).toBe(`${method} 405`);
      expect(await answer.json()).toEqual({
        code: 'TWIN_CONTROL_METHOD_UNKNOWN',
        error: expect.stringContaining(`${method} is not known here.`),
      });
    }
    expect((await ask('GET', '/__admin/clock')).json).toEqual(clock('2026-01-31T09:15:00.000Z'));
  });
});
