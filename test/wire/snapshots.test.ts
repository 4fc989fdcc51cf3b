import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const twin = await startTwin({
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    testtrack: {
      projects: [
        {
          name: 'Project',
          users: people,
          groups: [noSoap],
          defects: [{ summary: 'The printer is on fire', priority: 'Low' }],
        },
      ],
    },
    aptest: {
      token: 'token',
      users: ['ann'],
      suites: [{ name: 'Small', tests: ['A/One'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] }],
    },
  },
  settings: { maxSnapshots: 4 },
});
afterAll(() => twin.close());
beforeEach(async () => {
  twin.reset();
  for (const { name } of (await ask('GET', '/snapshots')).json as unknown as { name: string }[]) {
    await ask('DELETE', `/snapshots/${name}`);
  }
});

const tt = soapClient(twin.soapUrl);
const logOn = async () =>
  Number(await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' }));
async function ask(method: string, path: string, body?: object) {
  const answer = await fetch(`${twin.url}/__admin${path}`, {
    method,
    ...(body ? jsonBody(body) : {}),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}
const fix = { name: 'Fix', user: 'Administrator, System', date: '2026-03-02T15:00:00Z' };

describe('a snapshot', () => {
  test('brings back state and clock, as often as it is restored', async () => {
    const cookie = await logOn();
    expect((await ask('POST', '/snapshots', { name: 'logged-on' })).json).toEqual({
      name: 'logged-on',
      at: '2026-03-02T15:00:00.000Z',
      mode: 'frozen',
    });
    for (const _ of [1, 2]) {
      await tt.deleteDefect({ cookie, defectNumber: 1 });
      twin.clock.advance('10m');
      expect((await ask('POST', '/snapshots/logged-on/restore')).json).toMatchObject({
        restored: 'logged-on',
        clock: { now: '2026-03-02T15:00:00.000Z' },
      });
      expect((await tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('The printer is on fire');
    }
  });

  test('outlives a reset, and is listed until it is dropped', async () => {
    await logOn();
    const { name } = twin.snapshot();
    twin.reset();
    expect(twin.diff('seed', name).report).toEqual(['session of admin in "Project" opened']);
    expect((await ask('DELETE', `/snapshots/${name}`)).json).toEqual({ dropped: name });
    expect((await ask('GET', '/snapshots')).json).toEqual([]);
  });

  test.each([
    [
      'that is not there',
      'POST',
      '/snapshots/frist/restore',
      undefined,
      404,
      'There is no snapshot "frist". Did you mean "first"?',
    ],
    [
      'whose name is taken',
      'POST',
      '/snapshots',
      { name: 'first' },
      409,
      'There is a snapshot "first" already',
    ],
    [
      'whose name has a meaning',
      'POST',
      '/snapshots',
      { name: 'now' },
      400,
      'cannot be the name of a snapshot',
    ],
    ['whose name is none', 'POST', '/snapshots', { name: '../x' }, 400, 'cannot be the name of a snapshot'],
    [
      'to drop that is not there',
      'DELETE',
      '/snapshots/other',
      undefined,
      404,
      'There is no snapshot "other".',
    ],
  ])('%s is refused with the reason', async (_, method, path, body, status, error) => {
    twin.snapshot('first');
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toContain(error);
  });

  test('is refused when there are too many', () => {
    for (const name of ['a', 'b', 'c', 'd']) twin.snapshot(name);
    expect(() => twin.snapshot('e')).toThrow('There are 4 snapshots already');
  });
});

describe('a difference', () => {
  test('tells what happened since the seed, as lines and as data', async () => {
    const cookie = await logOn();
    const before = twin.snapshot('before');
    const defect = await tt.editDefect({ cookie, defectNumber: 1 });
    const locked = twin.snapshot('locked');
    await tt.saveDefect({
      cookie,
      pDefect: { ...defect, priority: 'High', eventlist: [...(defect.eventlist ?? []), fix] },
    });
    expect(twin.diff(before.name, locked.name).report).toEqual(['lock of admin on defect 1 taken']);
    const { json } = await ask('GET', '/diff?from=locked&to=now');
    expect(json.report).toEqual([
      'defect 1: state Open to Fixed',
      expect.stringMatching(/^defect 1: events\[\d+\] added \("Fix"\)$/),
      'defect 1: priority Low to High',
      'lock of admin on defect 1 released',
    ]);
    expect(json.differences).toContainEqual({
      path: 'testtrack:Project/defects',
      key: 1,
      record: 'defect 1',
      kind: 'changed',
      field: 'priority',
      before: 'Low',
      after: 'High',
    });
    locked.restore();
    expect(twin.diff('locked').isSame).toBe(true);
  });

  test('tells of what came, what went, and of results of tests', async () => {
    const cookie = await logOn();
    await tt.addDefect({ cookie, pDefect: { summary: 'No paper' } });
    await tt.deleteDefect({ cookie, defectNumber: 1 });
    await fetch(
      `${twin.rpcUrl}?rpctoken=token&username=ann&suite=Small&command=result&sess=1&tid=0&result=pass`,
    );
    const { report } = twin.diff();
    expect(report).toContain('defect 2 added ("No paper")');
    expect(report).toContain('defect 1 deleted');
    expect(report).toContain('test A/One of session 1 result pass');
    expect(report).toContain('session 1: results.pass none to 1');
  });

  test('compares with another world', async () => {
    await using fork = await twin.fork('other');
    const cookie = await soapClient(fork.soapUrl).DatabaseLogon({
      dbname: 'Project',
      username: 'admin',
      password: 'secret',
    });
    await soapClient(fork.soapUrl).deleteDefect({ cookie, defectNumber: 1 });
    expect(twin.diff('now', 'other').report).toContain('defect 1 deleted');
    expect(twin.diff('other', 'now').report).toContain('defect 1 added ("The printer is on fire")');
  });

  test('is empty after calls that only read, whatever they used', async () => {
    const cookie = await logOn();
    const { name } = twin.snapshot();
    await tt.getDefect({ cookie, defectNumber: 1 });
    await faultOf(tt.getDefect({ cookie, defectNumber: 5 }));
    expect(twin.diff(name)).toMatchObject({ isSame: true, report: [], differences: [], leftOut: 0 });
  });

  test.each([
    ['?from=sed', 404, 'There is no state "sed". Did you mean "seed"?'],
    ['?form=seed', 400, 'form: is no known key; known here: from, to. Did you mean "from"?'],
  ])('asked for as %s is refused', async (query, status, error) => {
    const answer = await ask('GET', `/diff${query}`);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toContain(error);
  });
});
