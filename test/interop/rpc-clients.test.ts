import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import type { Topic } from './client.ts';
import { type Command, runProgram } from './run-program.ts';
import { scenario } from './story.ts';

/** A program that can send a form, and knows nothing of rpc.mpl. */
interface RpcClient {
  readonly name: string;
  readonly note: string;
  readonly version: () => Promise<string>;
  /** @returns what sends the arguments and prints the answer */
  readonly send: (url: string, args: Readonly<Record<string, string>>) => Command;
  /** @returns the same with the bytes of a file as an argument of the name; undefined for one that cannot */
  readonly sendFile?: (url: string, args: Readonly<Record<string, string>>, name: string) => Command;
}

/** Where the file to attach is, while the tests run. */
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-rpc-'));
const bigFile = path.join(folder, 'big.bin');
writeFileSync(bigFile, Buffer.alloc(5 * 1024 * 1024, 'Übersicht\0'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const version = async (command: Command, pattern: RegExp) =>
  pattern.exec(await runProgram(command))?.[1] ?? '';
const query = (args: Readonly<Record<string, string>>) => new URLSearchParams(args).toString();
const tiny =
  'my ($url, %args) = @ARGV; my $answer = HTTP::Tiny->new->post_form($url, \\%args); die $answer->{reason} unless $answer->{success}; print $answer->{content};';

const clients: readonly RpcClient[] = [
  {
    name: 'wget, for rpc.mpl',
    note: 'GET, with the arguments in the address.',
    version: () => version(['/usr/bin/wget', '--version'], /Wget ([\d.]+)/),
    send: (url, args) => ['/usr/bin/wget', '--quiet', '--output-document=-', `${url}?${query(args)}`],
  },
  {
    name: 'HTTP::Tiny (perl), for rpc.mpl',
    note: 'post_form, as scripts of Perl without further modules do.',
    version: () => version(['/usr/bin/perl', '-MHTTP::Tiny', '-e', 'print $HTTP::Tiny::VERSION'], /([\d.]+)/),
    send: (url, args) => [
      '/usr/bin/perl',
      '-CA',
      '-MHTTP::Tiny',
      '-e',
      tiny,
      url,
      ...Object.entries(args).flat(),
    ],
  },
  {
    name: 'curl -F, for rpc.mpl',
    note: 'multipart/form-data, with files.',
    version: () => version(['/usr/bin/curl', '--version'], /curl ([\d.]+)/),
    send: (url, args) => ['/usr/bin/curl', '--silent', ...fields(args), url],
    sendFile: (url, args, name) => [
      ...(['/usr/bin/curl', '--silent'] as const),
      ...fields(args),
      ...['--form', `${name}=@${bigFile};filename=big.bin`, url],
    ],
  },
];

function fields(args: Readonly<Record<string, string>>): string[] {
  return Object.entries(args).flatMap(([name, value]) => ['--form-string', `${name}=${value}`]);
}

describe.each(clients)('$name', (client) => {
  let twin: Twin;
  let known = '';

  beforeAll(async () => {
    twin = await startTwin({ scenario });
    known = await client.version();
  });
  afterAll(() => twin?.close());

  const common = { rpctoken: 'token', username: 'lake', suite: 'Example' };
  const call = (args: Readonly<Record<string, string>>) =>
    runProgram(client.send(`${twin.url}/atm/run/rpc.mpl`, { ...common, ...args }));
  const newSession = async () =>
    (await call({ command: 'createSession', set: 'Group_A/Group_B/My_Set' })).split('\n')[1] ?? '';
  const tells = (topic: Topic, sentence: string, run: () => Promise<void>) =>
    test(sentence, ({ task }) => {
      task.meta.interop = { client: client.name, note: client.note, topic, version: known };
      return run();
    });

  tells('Log on', 'is let in with the token, and not without it', async () => {
    expect(await call({ command: 'getSuiteList' })).toBe('0\nExample\n');
    expect(await call({ command: 'getSuiteList', rpctoken: 'no' })).toMatch(/^1\n.*rpctoken/);
  });

  tells('Read', 'reads the tests of a set, one a line', async () => {
    expect(await call({ command: 'getTestList', set: 'Group_A/Group_B/My_Set' })).toBe(
      '0\nATM_Administration.dir/Help_Screen.bts\nATM_Administration.dir/Login.bts\nReports.dir/Weekly.bts\n',
    );
  });

  tells('Edit, save', 'records a result and sees it counted', async () => {
    const sessNum = await newSession();
    expect(await call({ command: 'result', sess: sessNum, tid: '0', result: 'pass' })).toMatch(/^0\n/);
    expect(await call({ command: 'getSessionStatus', sessNum })).toBe(
      '0\nnumtests=3;pass=1;untested=2;fail=0\n',
    );
  });

  tells('Text', 'sends a note beyond ASCII, in several lines', async () => {
    const sess = await newSession();
    const note = 'Grüße aus Zürich – 東京\nzweite Zeile';
    expect(await call({ command: 'result', sess, tid: '1', result: 'fail', note })).toMatch(/^0\n/);
    const held = twin.journal.entries().at(-1);
    expect(JSON.stringify(held)).toContain(JSON.stringify(note).slice(1, -1));
  });

  tells('Faults', 'reads code 1 and a sentence that names the argument', async () => {
    expect(await call({ command: 'getSessionStatus', sessNum: '999' })).toMatch(/^1\n.*sessNum/i);
  });

  const { sendFile } = client;
  if (!sendFile) return;
  tells('Files, 5 MB', 'attaches a file of 5 MB to a test', async () => {
    const args = {
      ...common,
      command: 'attachFile',
      fileName: 'big.bin',
      sess: await newSession(),
      tid: '0',
    };
    expect(await runProgram(sendFile(`${twin.url}/run/rpc.mpl`, args, 'file'))).toMatch(/^0\n/);
  });
});
