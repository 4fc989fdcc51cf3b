import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { ApTestClient } from '../../src/client/aptest-client.ts';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { soapClient } from '../support/soap-client.ts';
import { cloneOptions } from './servers.ts';

const scenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    projects: [
      {
        name: 'Moving',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
        defects: [{ summary: 'First' }, { summary: 'Second' }],
        requirements: [{ type: 'Wish', summary: 'Read last' }],
        requirementTypes: [{ name: 'Wish' }],
      },
    ],
  },
};

async function movingTwin() {
  const twin = await startTwin({ scenario });
  onTestFinished(() => twin.close());
  return twin;
}

const account = { project: 'Moving' };

test('a record that a server lists twice is there once, and told of', async () => {
  const target = await movingTwin();
  await using twice = await wrongServer(target.url, ({ request, body }) =>
    request.includes('getRecordListForTable') && request.includes('>Defect<')
      ? {
          body: body
            .replace(/CRecordRowSoap\[\d+\]/, 'CRecordRowSoap[]')
            .replace(/<item><row.*?<\/row><\/item>/s, '$&$&'),
        }
      : undefined,
  );
  const options = cloneOptions(twice.url, account);
  const { notes } = await cloned(options);
  expect(notes.map(({ what }) => what).join('\n')).toContain('Defect: a record is listed twice');
  expect(readFileSync(options.out, 'utf8').match(/"summary":"First"/g)).toHaveLength(1);
});

test('a record that is changed or added while others are read is there as it is at the end', async () => {
  const target = await movingTwin();
  const tt = soapClient(`${target.url}/cgi-bin/ttsoapcgi.exe`);
  const login = { dbname: 'Moving', username: 'admin', password: 'secret' };
  let change: Promise<void> | undefined;
  const changed = async () => {
    const cookie = Number(await tt.DatabaseLogon(login));
    await target.clock.advance(60_000);
    const first = await tt.editDefect({ cookie, defectNumber: 1 });
    await tt.saveDefect({ cookie, pDefect: { ...first, summary: 'Changed meanwhile' } });
    await tt.addDefect({ cookie, pDefect: { summary: 'Came meanwhile', type: '' } });
    await tt.DatabaseLogoff({ cookie });
  };
  await using moving = await wrongServer(target.url, ({ request }) => {
    if (request.includes('getRequirementByRecordID')) change ??= changed();
    return undefined;
  });
  const options = cloneOptions(moving.url, account, { time: waitingFor(() => change), perSecond: 1_000 });
  await cloned(options);
  const text = readFileSync(options.out, 'utf8');
  expect(text).toContain('"summary":"Changed meanwhile"');
  expect(text).toContain('"summary":"Came meanwhile"');
  expect(text).not.toContain('"summary":"First"');
});

test('a record that is deleted while others are read is gone, and not told of as one that cannot be read', async () => {
  const target = await movingTwin();
  const tt = soapClient(`${target.url}/cgi-bin/ttsoapcgi.exe`);
  const login = { dbname: 'Moving', username: 'admin', password: 'secret' };
  let change: Promise<void> | undefined;
  const deleted = async () => {
    const cookie = Number(await tt.DatabaseLogon(login));
    await tt.deleteDefect({ cookie, defectNumber: 1 });
    await tt.deleteDefect({ cookie, defectNumber: 2 });
    await tt.DatabaseLogoff({ cookie });
  };
  // The first one is read, the second one is listed and gone when it is asked for.
  await using moving = await wrongServer(target.url, ({ request }) => {
    if (request.includes('getDefectByRecordID')) change ??= deleted();
    return undefined;
  });
  const options = cloneOptions(moving.url, account, { time: waitingFor(() => change), perSecond: 1_000 });
  const { notes } = await cloned(options);
  expect(readFileSync(options.out, 'utf8')).not.toMatch(/"summary":"(?:First|Second)"/);
  expect(notes.map(({ what }) => what).join('\n')).not.toContain('cannot be read');
});

test('a record that stays listed and is refused each time is told of once', async () => {
  const target = await movingTwin();
  await using refusing = await wrongServer(target.url, ({ request }) =>
    request.includes('getDefectByRecordID') && request.includes('>2<')
      ? {
          status: 500,
          body: '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Not for you.</faultstring><detail>5</detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>',
        }
      : undefined,
  );
  const { notes } = await cloned(cloneOptions(refusing.url, account));
  expect(notes.map(({ what }) => what)).toContain(
    'Defect: a record that is listed cannot be read (Not for you.)',
  );
});

const suite = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  aptest: {
    token: 'token',
    users: ['lake'],
    suites: [
      {
        name: 'Example',
        tests: ['one', 'two'],
        sets: [{ path: 'all', tests: ['one', 'two'] }],
        sessions: [1, 2, 3].map((number) => ({ set: 'all', number, created: 1231790400 })),
      },
    ],
  },
};

test('a session of ApTest that is changed, made or deleted while others are read is there as it is at the end', async () => {
  const target = await startTwin({ scenario: suite });
  onTestFinished(() => target.close());
  const ap = new ApTestClient({ url: target.url, token: 'token', username: 'lake', suite: 'Example' });
  let change: Promise<void> | undefined;
  const changed = async () => {
    await ap.result({ session: 1, tid: 0, result: 'pass', note: 'came meanwhile' });
    await ap.deleteSession({ session: 2 });
    await ap.createSession({ set: 'all', name: 'Made meanwhile' });
  };
  await using moving = await wrongServer(target.url, ({ request }) => {
    if (request.includes('getTestResultData')) change ??= changed();
    return undefined;
  });
  const apTest = {
    ...{ url: moving.url, option: '--rpc-url', trust: {}, timeoutMs: 5_000 },
    ...{ suite: 'Example', username: 'lake', token: 'token' },
  };
  const time = waitingFor(() => change);
  const { testTrack: _none, ...options } = cloneOptions(moving.url, account, {
    apTest,
    time,
    perSecond: 1_000,
  });
  const { notes } = await cloned(options);
  const twin = await startTwin({ scenario: options.out });
  onTestFinished(() => twin.close());
  const clone = new ApTestClient({ url: twin.url, token: 'token', username: 'lake', suite: 'Example' });
  expect(await clone.getSessionResults()).toEqual(await ap.getSessionResults());
  const { one } = await clone.getTestResultData({ session: 1, names: ['one'] });
  expect(one?.notes).toMatchObject([{ text: 'came meanwhile' }]);
  expect(notes.map(({ what }) => what).join('\n')).not.toContain('cannot be read');
});

/** Time whose pauses last until something is done. */
function waitingFor(work: () => Promise<void> | undefined) {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      await work();
    },
  };
}
