import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type TwinOptions } from '../../src/index.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { SeveralTwins } from '../support/several-twins.ts';
import { soapClient } from '../support/soap-client.ts';

const token = 'of-the-test';
const logon = { dbname: 'Tiny', username: 'administrator', password: '' };
const options: TwinOptions = { scenario: tinyScenario, worldsOnDemand: true };

describe('a move is refused, in a sentence and with nothing changed,', () => {
  let several: SeveralTwins;
  beforeAll(async () => {
    several = await SeveralTwins.start([options, { ...options, settings: { maxWorlds: 3 } }]);
    for (const name of ['a', 'b', 'there']) await several.twin(0).fork({ name, listen: false });
    await several.twin(1).fork({ name: 'there', listen: false });
  });
  afterAll(() => several.close());

  const refusal = async (body: object) => {
    const { status, json } = await several.admin(0, 'POST /moves', body);
    return [status, json.code, json.error];
  };
  const wish = (world: string) => ({ world, to: several.url(1), from: several.url(0) });

  test('to the twin itself, by its name or by another one', async () => {
    expect(await refusal({ ...wish('a'), to: several.url(0) })).toEqual([
      400,
      'TWIN_MOVE_REFUSED',
      `The world "a" cannot be moved from ${several.url(0)} to itself. Name another twin.`,
    ]);
    const other = several.url(0).replace('127.0.0.1', 'localhost');
    expect(await refusal({ ...wish('a'), to: several.url(0), from: other })).toEqual([
      409,
      'TWIN_MOVE_TAKEN',
      `The twin at ${several.url(0)} refuses: It is the twin itself, so the world "a" is there already.`,
    ]);
  });

  test('of the main world, of one that is not there, and of one named as no path may be', async () => {
    expect(await refusal(wish('main'))).toEqual([
      400,
      'TWIN_MOVE_REFUSED',
      expect.stringContaining('The main world'),
    ]);
    for (const name of ['nowhere', '../a', ''])
      expect(await refusal(wish(name))).toEqual([
        404,
        'TWIN_MOVE_UNKNOWN',
        expect.stringContaining(`There is no world "${name}" here`),
      ]);
  });

  test('to a twin that has a world of this name, or is full', async () => {
    expect(await refusal(wish('there'))).toEqual([
      409,
      'TWIN_MOVE_TAKEN',
      `The twin at ${several.url(1)} refuses: There is a world "there" already; drop it first or take another name.`,
    ]);
    await several.twin(1).fork({ name: 'third', listen: false });
    expect(await refusal(wish('a'))).toEqual([
      409,
      'TWIN_MOVE_TAKEN',
      `The twin at ${several.url(1)} refuses: There are 3 worlds already; drop some first (setting maxWorlds).`,
    ]);
    await several.admin(1, 'DELETE /worlds/third');
    expect((await several.admin(0, 'GET /moves')).json).toEqual({ isDraining: false, moves: [] });
    expect((await several.admin(1, 'GET /moves')).json).toEqual({ isDraining: false, moves: [] });
  });

  test('to a twin that is none of the peers, or no address', async () => {
    expect(await refusal({ ...wish('b'), to: 'http://169.254.169.254' })).toEqual([
      404,
      'TWIN_MOVE_UNKNOWN',
      expect.stringContaining('This twin has no peer "http://169.254.169.254". It knows http://127.0.0.1:'),
    ]);
    expect(await refusal({ ...wish('b'), to: 'file:///etc/passwd' })).toEqual([
      400,
      'TWIN_CONTROL_INVALID',
      expect.stringContaining('is no address of a twin'),
    ]);
  });

  test('from an address that the other twin does not know', async () => {
    expect(await refusal({ ...wish('b'), from: 'http://elsewhere:1' })).toEqual([
      409,
      'TWIN_MOVE_TAKEN',
      expect.stringContaining('This twin has no peer "http://elsewhere:1"'),
    ]);
  });

  test('to a twin that is being emptied', async () => {
    const table = [several.url(0), null];
    expect((await several.admin(1, 'PUT /drain', { table })).json).toEqual({ isDraining: true });
    expect(await refusal(wish('b'))).toEqual([
      409,
      'TWIN_MOVE_TAKEN',
      expect.stringContaining('It is being emptied'),
    ]);
    expect((await several.admin(1, 'DELETE /drain')).json).toEqual({ isDraining: false });
  });

  test('by a twin that knows no others', async () => {
    await using alone = await startTwin(options);
    const answer = await fetch(`${alone.url}/__admin/moves/a/undo`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { code: 'TWIN_CONTROL_CONFLICT', error: expect.stringContaining('--peers') },
    ]);
  });
});

test('the memory of the other twin is asked for before anything else is', async () => {
  const several = await SeveralTwins.start([options, { ...options, settings: { maxState: '200kB' } }]);
  try {
    await several.twin(0).fork({ name: 'large', listen: false });
    const tt = soapClient(`${several.twin(0).url}/w/large/cgi-bin/ttsoapcgi.exe`);
    const cookie = await tt.DatabaseLogon(logon);
    for (let at = 0; at < 40; at++) await tt.addDefect({ cookie, pDefect: { summary: 'x'.repeat(10_000) } });
    const { status, json } = await several.move('large', 0, 1);
    expect([status, json.error]).toEqual([409, expect.stringContaining('maxState')]);
    await tt.addDefect({ cookie, pDefect: { summary: 'goes on' } });
    expect((await several.admin(1, 'GET /moves')).json).toMatchObject({ moves: [] });
    expect((await several.admin(1, 'GET /worlds')).json).toHaveLength(1);
  } finally {
    await several.close();
  }
});

describe('with a token', () => {
  let several: SeveralTwins;
  beforeAll(async () => {
    several = await SeveralTwins.start([0, 1].map(() => ({ ...options, adminToken: token })));
    await several.twin(0).fork({ name: 'a', listen: false });
  });
  afterAll(() => several.close());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = () => JSON.stringify({ world: 'a', to: several.url(1), from: several.url(0) });

  test('nobody without it moves a world, puts one into a twin, or controls one that was moved', async () => {
    const { url } = several.twin(0);
    const bare = { 'content-type': 'application/json' };
    expect(
      (await fetch(`${url}/__admin/moves`, { method: 'POST', headers: bare, body: body() })).status,
    ).toBe(401);
    const put = await fetch(`${url}/__peer/worlds/x/begin?id=1`, { method: 'POST', body: '{}\n' });
    expect([put.status, await put.text()]).toEqual([401, expect.stringContaining('token')]);
    expect((await fetch(`${url}/__admin/moves`, { method: 'POST', headers, body: body() })).status).toBe(200);
    expect((await fetch(`${url}/w/a/__admin/clock`)).status).toBe(401);
    expect((await fetch(`${url}/w/a/__admin/clock`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/w/a/run/rpc.mpl?command=help`)).status).toBe(200);
  });

  test('what no twin says is refused by name', async () => {
    const { url } = several.twin(0);
    const say = async (path: string, text = '') => {
      const answer = await fetch(`${url}/__peer/worlds/${path}`, { method: 'POST', headers, body: text });
      return [answer.status, ((await answer.json()) as { error?: string; state?: string }).error];
    };
    expect(await say('x/begin?id=1', 'no JSON\n')).toEqual([
      409,
      expect.stringContaining('the same version'),
    ]);
    expect(await say('x/begin?id=1', '{"id":1}\n')).toEqual([
      409,
      expect.stringContaining('the same version'),
    ]);
    expect(await say('x/parcel?id=1', '{"end":0}\n')).toEqual([
      409,
      expect.stringContaining('is not coming here'),
    ]);
    expect(await say('x/open?id=1')).toEqual([409, expect.stringContaining('is not coming here')]);
    expect(await say('x/state?id=1')).toEqual([200, undefined]);
    expect(await say('%zz/open?id=1')).toEqual([409, expect.stringContaining('is not coming here')]);
    expect(await say('x/nothing?id=1')).toEqual([404, 'Twins ask one another nothing here.']);
    const head = {
      ...{ twin: 'x', id: '1', name: 'x', from: several.url(1), format: 1, madeAt: 0, worldSeed: 's' },
      start: { mode: 'real' },
    };
    expect(await say('x/begin?id=1', `${JSON.stringify(head)}\n`)).toEqual([
      409,
      expect.stringContaining('in format 1. Run the same version'),
    ]);
  });

  test('what breaks off, or is no parcel, leaves nothing', async () => {
    const { url } = several.twin(0);
    const say = async (path: string, text = '') => {
      const answer = await fetch(`${url}/__peer/worlds/${path}`, { method: 'POST', headers, body: text });
      return (await answer.json()) as { error?: string; state?: string };
    };
    const head = {
      ...{ twin: 'x', id: '1', name: 'x', from: several.url(1), format: 3, madeAt: 0, worldSeed: 's' },
      start: { mode: 'real' },
    };
    for (const [text, reason] of [
      ['{"to":"seed"}\n', 'it broke off'],
      ['{"to":"seed"}', 'cut off'],
      ['{"put":[["nowhere/defects",{}]]}\n', 'nowhere/defects'],
      ['{"put":[7]}\n', 'no record'],
      ['{"to":"seed"}\n{"to":"state"}\n{"end":9}\n', 'lines came'],
      ['no JSON\n', 'cannot be read'],
      ['{"file":"00","base64":"","isLast":true}\n', 'another SHA-256'],
      ['{"what":1}\n', 'means nothing'],
    ] as const) {
      expect(await say('x/begin?id=1', `${JSON.stringify(head)}\n`)).toEqual({ state: 'arriving' });
      expect(await say('x/parcel?id=1', text)).toMatchObject({ error: expect.stringContaining(reason) });
      expect(await say('x/state?id=1')).toEqual({ state: 'none' });
    }
  });
});

test('without a token only this machine may put worlds into a twin', async () => {
  await using twin = await startTwin({ ...options, peers: ['http://127.0.0.1:9'] });
  const headers = { 'x-forwarded-for': '10.0.0.7' };
  const answer = await fetch(`${twin.url}/__peer/worlds/x/begin?id=1`, {
    method: 'POST',
    headers,
    body: '{}\n',
  });
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('same machine')]);
});

describe('a twin that is down, or slow', () => {
  let deaf: Server;
  beforeAll(async () => {
    // It takes what is said and never answers.
    deaf = createServer(() => {});
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    deaf.closeAllConnections();
    deaf.close();
  });

  test('gives no answer, and the world stays where it is', async () => {
    const several = await SeveralTwins.start([options, options]);
    try {
      await several.twin(0).fork({ name: 'a', listen: false });
      await several.end(1);
      const { status, json } = await several.move('a', 0, 1);
      expect([status, json.error]).toEqual([409, expect.stringContaining('gives no answer')]);
      expect((await several.admin(0, 'GET /worlds/a')).status).toBe(200);
      expect((await several.admin(0, 'GET /moves')).json).toMatchObject({ moves: [] });
      await several.restart(1, options);
      expect((await several.move('a', 0, 1)).status).toBe(200);
      await several.end(1);
      const lost = await fetch(`${several.twin(0).url}/w/a/run/rpc.mpl?command=help`);
      expect([lost.status, await lost.text()]).toEqual([
        503,
        expect.stringMatching(/^1\nThe world "a" is at the twin /),
      ]);
    } finally {
      await several.close();
    }
  });

  test('that never answers keeps neither calls nor, when the connection is gone, the world; a second move has to wait', async () => {
    const slow = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
    await using twin = await startTwin({ ...options, peers: [slow] });
    await twin.fork({ name: 'a', listen: false });
    const ask = (path: string, body?: object) =>
      fetch(`${twin.url}/__admin/moves${path}`, {
        method: 'POST',
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
    const moving = ask('', { world: 'a', to: slow, from: 'http://127.0.0.1:1' });
    await expect
      .poll(async () => (await fetch(`${twin.url}/__admin/moves`)).json(), { timeout: 15_000 })
      .toMatchObject({ moves: [{ world: 'a', phase: 'leaving', isRunning: true }] });
    const dropped = await fetch(`${twin.url}/__admin/worlds/a`, { method: 'DELETE' });
    expect([dropped.status, await dropped.json()]).toEqual([
      409,
      { code: 'TWIN_WORLD_TAKEN', error: expect.stringContaining('is being moved') },
    ]);
    const second = await ask('', { world: 'a', to: slow, from: 'http://127.0.0.1:1' });
    expect([second.status, await second.json()]).toEqual([
      409,
      { code: 'TWIN_MOVE_TAKEN', error: expect.stringContaining(`The world "a" is being moved to ${slow}`) },
    ]);
    // Calls go on.
    expect((await fetch(`${twin.url}/w/a/run/rpc.mpl?command=help`)).status).toBe(200);
    deaf.closeAllConnections();
    expect((await moving).status).toBe(409);
    expect((await ask('/a/undo')).status).toBe(404);
  });
});

describe('a twin that is being emptied', () => {
  test('passes calls of new worlds on to where the others have them', async () => {
    const several = await SeveralTwins.start([options, options]);
    try {
      await several.twin(0).fork({ name: 'old', listen: false });
      await several.admin(0, 'PUT /drain', { table: [null, several.url(1)] });
      const call = async (name: string) =>
        (await fetch(`${several.twin(0).url}/w/${name}/run/rpc.mpl?command=help`)).status;
      expect([await call('old'), await call('new')]).toEqual([200, 200]);
      const names = async (at: number) =>
        ((await several.admin(at, 'GET /worlds')).json as unknown as { name: string }[]).map(
          ({ name }) => name,
        );
      expect([await names(0), await names(1)]).toEqual([
        ['main', 'old'],
        ['main', 'new'],
      ]);
      expect(await several.admin(0, 'PUT /drain', { table: ['http://elsewhere:1'] })).toMatchObject({
        status: 404,
      });
    } finally {
      await several.close();
    }
  });
});
