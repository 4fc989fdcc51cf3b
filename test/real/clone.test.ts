import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import {
  cloneOf,
  cloneOptions,
  movedTime,
  serverThat,
  shownBy,
  shownDifferently,
  suiteShownBy,
  temporaryFolder,
} from './servers.ts';

async function twinOf(scenario?: string | object, more: object = {}) {
  const twin = await startTwin({ ...(scenario === undefined ? {} : { scenario }), ...more });
  onTestFinished(() => twin.close());
  return twin;
}

const demo = { project: 'Sample Project', username: 'administrator', password: '' };

/** A project with a workflow, columns, fields and people of its own. */
const ownWays = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    server: { timeZone: 'Asia/Kolkata', version: '2015.1.2' },
    globalUsers: [{ login: 'shared', last: 'Shared', first: 'Sam', email: 'sam@example.com' }],
    projects: [
      {
        name: 'Own Ways',
        options: ['TestTrack Pro', 'TestTrack RM'],
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [
          { login: 'admin', password: 'secret', first: 'System', last: 'Administrator', groups: ['Makers'] },
          {
            login: 'lee',
            first: 'Bo',
            middle: 'M',
            last: 'Lee',
            groups: ['Makers'],
            nameFormat: 'first-last',
          },
          { login: 'shared', last: 'x', isGlobal: true, groups: ['Makers'] },
        ],
        customers: [{ last: 'Buyer', company: 'Acme <& Sons>', phones: [{ type: 'Work', number: '1 22' }] }],
        renamedFields: { Defect: { Product: 'Bug Category', Severity: 'Impact', Status: 'Phase' } },
        lists: { Defect: { Product: ['Tea', 'Coffee'], Severity: ['Mild'] } },
        customFields: {
          Defect: [
            { name: 'Batch', type: 'string' },
            { name: 'Story', type: 'multiline' },
            { name: 'Weight', type: 'decimal' },
            { name: 'Ship On', type: 'date' },
            { name: 'Seen At', type: 'dateTime' },
            { name: 'Span', type: 'timespan' },
            { name: 'Flavour', type: 'dropdown', values: ['Sweet', 'Sour'] },
            { name: 'Tags', type: 'multiselect', values: ['a', 'b', 'c'] },
          ],
        },
        workflows: {
          Defect: {
            states: [
              { name: 'Brewing' },
              { name: 'Tasted' },
              { name: 'Poured', isOpen: false, locksItem: true },
            ],
            events: [
              {
                name: 'Taste',
                from: ['Brewing'],
                to: ['Tasted'],
                fields: [{ name: 'Mark', type: 'integer' }],
              },
              { name: 'Hand Over', assigns: true },
              { name: 'Guess', hours: 'estimate' },
              { name: 'Stir', hours: 'work' },
              { name: 'Pour', from: ['Tasted'], to: ['Poured', 'Brewing'], hasReleaseNotes: true },
            ],
          },
        },
        requirementTypes: [{ name: 'Wish', tagPrefix: 'W<', tagSuffix: '>' }],
        requirements: [
          { type: 'Wish', summary: 'Hot', number: 7 },
          { type: 'Wish', summary: 'Strong' },
        ],
        requirementDocuments: [
          { name: 'Menu', tree: [{ requirement: 7, children: ['Strong'] }], snapshots: [{ label: 'one' }] },
        ],
        filters: { Defect: [{ name: 'Tea only', query: { 'Bug Category': 'Tea' } }] },
        linkDefinitions: [{ name: 'Spills Over', kind: 'peer', children: ['Defect'] }],
        defects: [
          {
            recordId: 40,
            number: 400,
            summary: 'Too ünhot & "cold" <b>',
            product: 'Tea',
            severity: 'Mild',
            description: { html: '<p>First <b>bold</b></p>' },
            enteredBy: 'lee',
            customFields: {
              Batch: 'B-1',
              Story: 'Long\nstory',
              Weight: 1.5,
              'Ship On': '2026-04-01',
              'Seen At': '2026-02-01T10:00:00Z',
              Span: { amount: 3, unit: 'Days' },
              Flavour: 'Sour',
              Tags: ['c', 'a'],
            },
            attachments: [{ name: 'cup.txt', text: 'a cup' }],
            events: [
              { name: 'Hand Over', assignTo: ['lee', 'admin'], notes: 'please' },
              { name: 'Guess', hours: 4 },
              { name: 'Taste', fields: { Mark: 9 } },
              { name: 'Stir', hours: 1.25 },
            ],
          },
          { summary: 'Second', events: [{ name: 'Taste' }, { name: 'Pour', releaseNotesVersion: '2.0' }] },
          { summary: 'Third', product: 'Coffee' },
        ],
        links: [
          {
            definition: 'Spills Over',
            comment: 'same cup',
            children: [
              { table: 'Defect', number: 400 },
              { table: 'Defect', summary: 'Third' },
            ],
          },
        ],
        folders: [
          { name: 'Kitchen', items: [{ table: 'Defect', number: 400 }], folders: [{ name: 'Sink' }] },
        ],
      },
    ],
  },
};

describe('a clone of a project', () => {
  test('of the demo shows all that its server shows, in both products', async () => {
    const target = await twinOf();
    const more = {
      apTest: {
        ...{ url: target.rpcUrl, option: '--rpc-url', trust: {}, timeoutMs: 5_000 },
        ...{ suite: 'Example', username: 'lake', token: 'token' },
      },
    };
    const twin = await twinOf(await cloneOf(target.url, demo, more));
    expect(shownDifferently(await shownBy(target.url, demo), await shownBy(twin.url, demo))).toEqual([]);
    const [wanted, got] = [
      await suiteShownBy(target.rpcUrl, 'Example'),
      await suiteShownBy(twin.rpcUrl, 'Example'),
    ];
    // The bytes of ApTest's attachments are on a page that asks for a log-in, and each twin numbers them its own way.
    const withoutFiles = (shown: Map<string, string>) =>
      new Map([...shown].map(([key, text]) => [key, text.replace(/attachment\/[\w-]+|"bytes":\d+/g, '')]));
    expect(shownDifferently(withoutFiles(wanted), withoutFiles(got))).toEqual([]);
  });

  test('with a workflow, columns, fields and names of its own shows all that its server shows', async () => {
    const account = { project: 'Own Ways' };
    const target = await twinOf(ownWays);
    const twin = await twinOf(await cloneOf(target.url, account));
    const here = { ...account, password: '' };
    expect(shownDifferently(await shownBy(target.url, account), await shownBy(twin.url, here))).toEqual([]);
  });

  test('goes through the workflow that it learned as its server does', async () => {
    const target = await twinOf(ownWays);
    const file = await cloneOf(target.url, { project: 'Own Ways' });
    const text = readFileSync(file, 'utf8');
    const record = /^ {6}- (\{"name":"Own Ways".*)$/m.exec(text)?.[1] ?? '{}';
    const { workflow, renamedFields } = JSON.parse(record).tables.Defect;
    expect(
      workflow.states.map((state: { name: string; isOpen: boolean; locksItem: boolean }) => [
        state.name,
        state.isOpen,
        state.locksItem,
      ]),
    ).toEqual([
      ['Brewing', true, false],
      ['Tasted', true, false],
      ['Poured', false, true],
    ]);
    expect(renamedFields).toEqual({ Product: 'Bug Category', Severity: 'Impact', Status: 'Phase' });
  });

  test('asks for nothing but what reads, and leaves nothing behind', async () => {
    const target = await twinOf(ownWays);
    await cloneOf(target.url, { project: 'Own Ways' });
    const operations = new Set(target.journal.entries().map(({ operation }) => operation));
    const reads = /^(?:get\w+|GetLinkDefinitionValues|ProjectLogon|DatabaseLogoff|formattedTextSupport)$/;
    for (const name of operations) expect(name).toMatch(reads);
    expect(target.diff().report).toEqual([]);
  });

  test('can be limited to tables, to the newest records and to a day', async () => {
    const target = await twinOf(ownWays);
    const choice = { withFiles: false, only: ['Defect', 'Task'] as const, limit: 2, since: '2026-03-01' };
    const twin = await twinOf(await cloneOf(target.url, { project: 'Own Ways' }, { choice }));
    const shown = await shownBy(twin.url, { project: 'Own Ways', password: '' });
    const keys = [...shown.keys()].filter((key) => /^(?:Defect|Requirement|Folder)\//.test(key));
    expect(keys).toEqual(['Defect/41', 'Defect/42']);
  });

  test('hides people and texts before anything is written, everywhere alike', async () => {
    const target = await twinOf(ownWays);
    const folder = temporaryFolder();
    const out = `${folder}/masked.yaml`;
    const mask = { people: true, texts: true, seed: 'one' };
    // The part stays where a clone is broken off: a limit of attempts that is over at the first filter.
    const written: string[] = [];
    await cloneOf(
      target.url,
      { project: 'Own Ways' },
      {
        out,
        mask,
        tell: () => written.push(readFileSync(`${folder}/masked.part`, 'utf8')),
      },
    );
    const text = readFileSync(out, 'utf8');
    for (const secret of [
      'Administrator',
      'Lee',
      'lee',
      'sam@example.com',
      'Acme',
      'ünhot',
      'please',
      'a cup',
      'Long',
    ]) {
      expect(
        [text, ...written].some((each) => new RegExp(`(?<![A-Za-z])${secret}(?![A-Za-z])`).test(each)),
        secret,
      ).toBe(false);
    }
    const again = await cloneOf(target.url, { project: 'Own Ways' }, { mask });
    expect(readFileSync(again, 'utf8')).toBe(text);
    const twin = await twinOf(out);
    const defect = (
      await shownBy(twin.url, { project: 'Own Ways', username: loginOf(text), password: '' })
    ).get('Defect/40');
    const [person] = JSON.parse(defect ?? '{}').eventlist[0].assigntolist;
    expect(JSON.parse(defect ?? '{}').enteredby).toBe(person);
  });
});

/** The login of the first user of a scenario's state. */
function loginOf(text: string): string {
  return /"login":"([^"]+)"/.exec(text.slice(text.indexOf('Own Ways/users"')))?.[1] ?? '';
}

async function passedOn(origin: string, { url, method }: IncomingMessage, body: Buffer) {
  const answer = await fetch(origin + url, {
    method: method ?? 'GET',
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  return {
    status: answer.status,
    headers: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
  };
}

describe('a server that does not do as it should', () => {
  const account = { project: 'Own Ways' };
  const cloning = (url: string, more: Parameters<typeof cloneOptions>[2] = {}) =>
    cloned(cloneOptions(url, account, more));

  test('that is not there is named with what to look at', async () => {
    const target = await twinOf(ownWays);
    const { url } = target;
    await target.close();
    await expect(cloning(url)).rejects.toThrow(`${url} gives no answer: nothing listens there.`);
    await expect(cloning('http://no-such-host.invalid')).rejects.toThrow(
      '--url: nobody knows a host "no-such-host.invalid"',
    );
  });

  test('that is too slow is not waited for', async () => {
    const url = await serverThat(() => {});
    const { testTrack } = cloneOptions(url, account);
    await expect(cloning(url, { testTrack: testTrack && { ...testTrack, timeoutMs: 50 } })).rejects.toThrow(
      'it took too long',
    );
  });

  test('that answers with a page of a proxy is told from one that refuses', async () => {
    const page = '<!DOCTYPE html><title>Sign in to Corp</title><form><input type="password"></form>';
    const url = await serverThat((_, answer) => void answer.setHeader('content-type', 'text/html').end(page));
    await expect(cloning(url)).rejects.toThrow(
      'getProjectList was answered with a login page (HTTP 200, “Sign in to Corp”)',
    );
    const moved = await serverThat(
      (_, answer) => void answer.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    await expect(cloning(moved)).rejects.toThrow(
      'a redirect to http://169.254.169.254/, which is not followed',
    );
  });

  test.each([
    'http://169.254.169.254/',
    'http://[fe80::1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://0.0.0.0/',
    'http://100.100.100.200',
  ])('at %s is never asked', async (url) => {
    await expect(cloning(url)).rejects.toThrow('link-local, of a metadata service or of no single host');
  });

  test('that breaks an answer off is asked again', async () => {
    const target = await twinOf(ownWays);
    let left = 3;
    const url = await serverThat(async (request, answer) => {
      const body = await buffer(request);
      const { status, headers, text } = await passedOn(target.url, request, body);
      answer.writeHead(status, { 'content-type': headers, 'content-length': Buffer.byteLength(text) });
      if (!body.includes('getDefectByRecordID') || left-- <= 0) answer.end(text);
      else answer.write(text.slice(0, 100), () => answer.destroy());
    });
    const time = movedTime();
    await cloning(url, { time });
    expect(time.slept).toEqual([500, 2_000, 8_000]);
  });

  test('that drops the session half way is logged on to again', async () => {
    const target = await twinOf(ownWays);
    const dropped =
      '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>Session Dropped.</faultstring><detail>17</detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>';
    let isDropped = false;
    await using dropping = await wrongServer(target.url, ({ request }) => {
      if (isDropped || !request.includes('getRequirementByRecordID')) return undefined;
      isDropped = true;
      return { status: 500, body: dropped };
    });
    const told: string[] = [];
    const out = `${temporaryFolder()}/clone.yaml`;
    await cloning(dropping.url, { out, tell: (sentence) => told.push(sentence) });
    expect(told).toContain('The server dropped the session; logging on again.');
    expect(readFileSync(out, 'utf8')).toContain('"summary":"Strong"');
  });

  test('without a free licence is waited for, and told so', async () => {
    const target = await twinOf({
      ...ownWays,
      testtrack: { ...ownWays.testtrack, server: { soapLicences: 0 } },
    });
    const told: string[] = [];
    await expect(cloning(target.url, { tell: (sentence) => told.push(sentence) })).rejects.toThrow(
      'No licence came free',
    );
    expect(told).toContain(
      'No licence is free (The maximum number of SOAP users are already logged in.); asking again in 15 s.',
    );
  });

  test('with an account that sees nothing says so', async () => {
    const groups = [{ name: 'Makers', commands: [], hiddenTables: ['Defect'] }];
    const project = {
      name: 'Own Ways',
      groups,
      users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
    };
    const target = await twinOf({ twintrack: 1, testtrack: { projects: [project] } });
    await using blind = await wrongServer(target.url, ({ request, body }) =>
      request.includes(':getTableList') ? { body: body.replace(/<item>.*<\/item>/, '') } : undefined,
    );
    await expect(cloning(blind.url)).rejects.toThrow('This account sees no table of the project');
  });

  test('that refuses the logon is told with its own words', async () => {
    const target = await twinOf(ownWays);
    await expect(cloned(cloneOptions(target.url, { ...account, password: 'wrong' }))).rejects.toThrow(
      'The username or password is not valid.',
    );
  });
});

describe('the file of a clone', () => {
  test('that is there is written over with leave only', async () => {
    const target = await twinOf(ownWays);
    const options = cloneOptions(target.url, { project: 'Own Ways' });
    writeFileSync(options.out, 'mine');
    await expect(cloned(options)).rejects.toThrow(
      'it is there already; remove it, choose another name, or give --force',
    );
    expect(readFileSync(options.out, 'utf8')).toBe('mine');
    await cloned({ ...options, isForced: true });
    expect(readFileSync(options.out, 'utf8')).toContain('Own Ways');
  });

  test('goes on where a clone was broken off', async () => {
    const target = await twinOf(ownWays);
    let isDown = true;
    await using failing = await wrongServer(target.url, ({ request }) =>
      isDown && request.includes('getRequirementByRecordID')
        ? { body: '<html>Bad Gateway</html>', status: 502 }
        : undefined,
    );
    const options = cloneOptions(failing.url, { project: 'Own Ways' });
    await expect(cloned(options)).rejects.toThrow('an HTML page (HTTP 502)');
    expect(existsSync(options.out)).toBe(false);
    isDown = false;
    target.journal.clear();
    await cloned(options);
    const read = target.journal.entries().map(({ operation }) => operation);
    expect(read).not.toContain('getDefectByRecordID');
    expect(read).toContain('getRequirementByRecordID');
    expect(existsSync(options.out.replace('.yaml', '.part'))).toBe(false);
  });

  test('is not made of the rest of another clone', async () => {
    const target = await twinOf(ownWays);
    const options = cloneOptions(target.url, { project: 'Own Ways' });
    writeFileSync(options.out.replace('.yaml', '.part'), '["clone/1",{"format":1}]\n');
    await expect(cloned(options)).rejects.toThrow('is of a clone with other options');
  });
});
