import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ApTestClient, TestTrackClient } from '../../src/client/index.ts';
import { apTestChecks, testTrackChecks } from '../../src/contract-suite/all-checks.ts';
import { needNames } from '../../src/contract-suite/check.ts';
import { ClockControl } from '../../src/contract-suite/clock-control.ts';
import { countsOf, isClean, type SuiteReport } from '../../src/contract-suite/report.ts';
import { runSuite, type SuiteOptions } from '../../src/contract-suite/run-suite.ts';
import { startTwin } from '../../src/index.ts';
import { wrongServer } from './wrong-server.ts';

const twin = await startTwin();
beforeEach(() => twin.reset());
afterAll(() => twin.close());

const label = 'twintrack-check-test';
const count = [...testTrackChecks, ...apTestChecks].reduce((sum, { checks }) => sum + checks.length, 0);

/** Looks at a server with everything that the twin's demo offers. */
async function look(url: string, change: Partial<SuiteOptions> = {}): Promise<SuiteReport> {
  const rpc = { token: 'token', username: 'lake', suite: 'Example' };
  let milliseconds = 0;
  return runSuite({
    testTrack: {
      server: await TestTrackClient.connect({ url }),
      credentials: { project: 'Sample Project', username: 'administrator', password: '' },
      secondUser: { username: 'hooper', password: 'grace' },
      label,
      clock: new ClockControl(twin.url, undefined),
    },
    apTest: { client: new ApTestClient({ url, ...rpc }), ...rpc, label, timeoutMs: 10_000 },
    allowed: new Set(needNames),
    label,
    startedAt: '2026-03-02T15:00:00.000Z',
    stopwatch: () => milliseconds++,
    ...change,
  });
}

/** Looks at nothing but the checks that hold this text. */
const lookFor = (url: string, only: string) => look(url, { only });
const outcomesOf = ({ checks }: SuiteReport) =>
  checks.map(({ name, outcome }) => ({ name, ...outcome })).filter(({ kind }) => kind !== 'agrees');
const project = async () => {
  await using tt = await TestTrackClient.logOn({
    url: twin.url,
    project: 'Sample Project',
    username: 'administrator',
  });
  const found: Record<string, number> = {};
  for (const tablename of [
    'Defect',
    'Requirement',
    'Requirement Document',
    'Test Case',
    'Test Run',
    'Folder',
  ]) {
    const columnlist = [{ name: 'Record ID' }];
    const list = await tt.getRecordListForTable({ tablename, columnlist });
    found[tablename] = list.records?.length ?? 0;
  }
  return found;
};

test('a twin agrees in everything, over the network, and everything that was made is gone again', async () => {
  const before = await project();
  const at = new ApTestClient({ url: twin.url, token: 'token', username: 'lake', suite: 'Example' });
  const suite = async () => [await at.getSetList(), await at.getSessionList()];
  const beforeSuite = await suite();
  const report = await look(twin.url);
  expect(outcomesOf(report)).toEqual([]);
  expect(countsOf(report)).toEqual({ agrees: count, differs: 0, broken: 0, skipped: 0 });
  expect(isClean(report)).toBe(true);
  expect(await project()).toEqual(before);
  expect(await suite()).toEqual(beforeSuite);
}, 60_000);

test('a server of an older generation is not asked for what its interface does not have', async () => {
  const users = [{ login: 'administrator', password: '', last: 'Administrator' }];
  const customFields = { Defect: [{ name: 'Promised on', type: 'date' }] };
  await using older = await startTwin({
    scenario: {
      twintrack: 1,
      testtrack: { server: { sdk: '2013' }, projects: [{ name: 'Sample Project', users, customFields }] },
      aptest: {
        token: 'token',
        users: [{ name: 'lake' }],
        suites: [{ name: 'Example', tests: ['a/b.bts'] }],
      },
    },
  });
  expect(outcomesOf(await lookFor(older.url, 'getTTVersionInfo'))).toEqual([
    {
      name: 'getTTVersionInfo gives the versions of server and CGI',
      kind: 'skipped',
      reason: "the server's interface has no getTTVersionInfo",
    },
  ]);
  expect(outcomesOf(await lookFor(older.url, 'every kind of custom field'))).toEqual([]);
  expect(outcomesOf(await lookFor(older.url, 'a day comes as'))).toEqual([]);
});

test('a server that answers two things otherwise differs in exactly these', async () => {
  await using wrong = await wrongServer(twin.url, ({ request, body }) => {
    if (request.includes(':getFolderPathSeparator')) return { body: body.replace('>47<', '>92<') };
    if (request.includes('command=createSet&')) return { body: body.replace(/"data":\d+/, '"data":0') };
    return undefined;
  });
  const report = await look(wrong.url);
  expect(outcomesOf(report)).toEqual([
    {
      name: 'the folder path separator is "/"',
      kind: 'differs',
      what: 'its character code',
      expected: '47',
      got: '92',
    },
    {
      name: 'createSet answers with the number of tests that it selected',
      kind: 'differs',
      what: 'the number',
      expected: expect.stringMatching(/^\d+$/),
      got: '0',
    },
  ]);
  expect(isClean(report)).toBe(false);
}, 60_000);

describe('what may be done', () => {
  test('without leave to write nothing is written, and the checks that would are listed with the reason', async () => {
    twin.journal.clear();
    const report = await look(twin.url, { allowed: new Set() });
    const skipped = report.checks.filter(({ outcome }) => outcome.kind === 'skipped');
    expect(skipped).toHaveLength(report.checks.filter(({ needs }) => needs.length > 0).length);
    expect(skipped[0]?.outcome).toEqual({ kind: 'skipped', reason: 'it would write (--allow-writes)' });
    const written = twin.journal
      .entries()
      .filter(({ operation }) =>
        /^(?:add|edit|save|cancel|delete|generate|create|lock|result|attach)/.test(operation),
      );
    expect(written.map(({ operation }) => operation)).toEqual([]);
    expect(countsOf(report)).toMatchObject({ differs: 0, broken: 0 });
  });

  test('without a second user or a clock their checks are passed over', async () => {
    const report = await look(twin.url, { allowed: new Set(['writes'] as const), only: 'edit locks' });
    expect(
      outcomesOf(report).map(({ name, ...outcome }) => [name, 'reason' in outcome && outcome.reason]),
    ).toEqual([
      ['a defect that another user edits is refused with 22', 'it needs a second user (--second-user)'],
      [
        'a lock holds for 15 minutes less a millisecond, and is over at 15 minutes',
        'it needs a clock that can be moved (--admin-url of a twin)',
      ],
      [
        'a save after the lock has ended is refused with 7',
        'it needs a clock that can be moved (--admin-url of a twin)',
      ],
    ]);
  });

  test('reading comes before writing, and the clock last', async () => {
    const { checks } = await look(twin.url, { only: 'looking up' });
    const ranks = checks.map(({ needs }) => needs.length);
    expect(ranks).toEqual([...ranks].sort());
  });

  test('what the user is not allowed to do is passed over, not a difference', async () => {
    await using denying = await wrongServer(twin.url, ({ request }) =>
      request.includes(':addDefect') ? { status: 500, body: fault('No clearance.', '5') } : undefined,
    );
    const report = await lookFor(denying.url, 'cancelSave ends the lock');
    expect(outcomesOf(report)).toMatchObject([
      { kind: 'skipped', reason: 'the user may not do it: addDefect: No clearance. (5)' },
    ]);
  });

  test('a project that wants more fields than we know of is passed over', async () => {
    await using strict = await wrongServer(twin.url, ({ request }) =>
      request.includes(':addDefect') ? { status: 500, body: fault('Product is required.', '23') } : undefined,
    );
    const report = await lookFor(strict.url, 'cancelSave ends the lock');
    expect(outcomesOf(report)).toMatchObject([
      { kind: 'skipped', reason: 'the project refuses a plain defect: Product is required.' },
    ]);
  });
});

describe('differences', () => {
  test('a fault with another number', async () => {
    await using wrong = await wrongServer(twin.url, ({ request, body }) =>
      request.includes(':cancelSaveDefect') ? { body: body.replace('>7<', '>6<') } : undefined,
    );
    const report = await lookFor(wrong.url, 'cancelSave without an edit');
    expect(outcomesOf(report)).toMatchObject([
      {
        kind: 'differs',
        expected: 'a fault 7',
        got: expect.stringMatching(/^a fault 6 \(SOAP-ENV:Server\) "/),
      },
    ]);
  });

  test('a fault where an answer is expected, and an answer where a fault is', async () => {
    await using wrong = await wrongServer(twin.url, ({ request }) => {
      if (request.includes(':getAttachmentTypes')) return { status: 500, body: fault('Broken.', '12') };
      if (request.includes('command=makeCoffee')) return { body: '{"result":0,"data":"coffee"}' };
      return undefined;
    });
    const attachments = await lookFor(wrong.url, 'attachments are');
    expect(outcomesOf(attachments)).toMatchObject([
      { what: 'getAttachmentTypes', expected: 'an answer', got: 'a fault 12 (SOAP-ENV:Server) "Broken."' },
    ]);
    const command = await look(wrong.url, { only: 'unknown command' });
    expect(outcomesOf(command)).toMatchObject([
      { what: 'the command', expected: 'a refusal with code 1', got: 'the answer "coffee"' },
    ]);
  });

  test('a lock that does not last is found with the clock', async () => {
    await using wrong = await wrongServer(twin.url, ({ request, status, body }) =>
      request.includes(':editDefectByRecordID') && status === 500
        ? { body: body.replace('>22<', '>6<') }
        : undefined,
    );
    const report = await lookFor(wrong.url, 'a lock holds for 15 minutes');
    expect(outcomesOf(report)).toMatchObject([{ kind: 'differs', what: 'editDefectByRecordID' }]);
  });
});

describe('trouble', () => {
  test('what cannot be cleaned up is told', async () => {
    await using clinging = await wrongServer(twin.url, ({ request }) =>
      request.includes(':deleteDefectByRecordID')
        ? { status: 500, body: fault('Not today.', '16') }
        : undefined,
    );
    const report = await lookFor(clinging.url, 'addDefect answers');
    expect(report.checks[0]?.leftBehind).toEqual([
      expect.stringMatching(/^defect \d+: deleteDefectByRecordID: Not today\. \(16\)$/),
    ]);
    expect(isClean(report)).toBe(false);
  });

  test('a server that goes away breaks its checks, and the others go on', async () => {
    await using failing = await wrongServer(twin.url, ({ request }) =>
      request.includes(':getTTVersionInfo') ? { status: 502, body: '<html>Bad gateway</html>' } : undefined,
    );
    const report = await lookFor(failing.url, 'TestTrack');
    expect(outcomesOf(report)).toEqual([]);
    const versions = await lookFor(failing.url, 'getTTVersionInfo');
    expect(outcomesOf(versions)).toMatchObject([
      { kind: 'broken', message: expect.stringContaining('HTTP 502 without a SOAP envelope') },
    ]);
    expect(isClean(versions)).toBe(false);
  });

  test('a session that the server drops is opened anew for the next check', async () => {
    await using dropping = await wrongServer(twin.url, ({ request }) => {
      if (request.includes(':getTTVersionInfo')) twin.clock.advance('3h');
      return undefined;
    });
    const report = await lookFor(dropping.url, 'get');
    expect(outcomesOf(report)).toEqual([]);
  });

  test('a first logon that is refused is an error, not a report', async () => {
    const server = await TestTrackClient.connect({ url: twin.url });
    const credentials = { project: 'Sample Project', username: 'administrator', password: 'wrong' };
    await expect(look(twin.url, { testTrack: { server, credentials, label } })).rejects.toMatchObject({
      name: 'TestTrackLogonError',
    });
  });
});

function fault(text: string, detail: string): string {
  return (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault>' +
    `<faultcode>SOAP-ENV:Server</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail>` +
    '</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>'
  );
}
