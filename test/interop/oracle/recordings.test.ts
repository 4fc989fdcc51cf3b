import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloned } from '../../../src/real/clone/clone.ts';
import { soapCallerFor } from '../../../src/real/server-connection.ts';
import { wrongServer } from '../../contract-suite/wrong-server.ts';
import { differing, recordingOf, replayOf } from '../../real/recordings.ts';
import { cloneOptions } from '../../real/servers.ts';
import { wsdlFile } from '../build.ts';
import { runProgram } from '../run-program.ts';
import { operationQuestions } from './questions.ts';
import { ask, type Servers, startServers } from './servers.ts';
import { sloppyQuestions } from './sloppy-questions.ts';

let servers: Servers;
let url: string;
beforeAll(async () => {
  servers = await startServers();
  url = `http://127.0.0.1:${servers.oracle}`;
});
afterAll(() => servers?.[Symbol.asyncDispose]());

const portOf = (address: string) => Number(new URL(address).port);

test('a client that is made from the contract of a gSOAP server through the proxy goes to the proxy', async () => {
  let served = '';
  const recording = await recordingOf(url, async (proxy) => {
    served = (await (await fetch(`${proxy}/ttsoapcgi.wsdl`)).text()).replace(proxy, 'http://127.0.0.1:8080');
    const lines = [
      '$tt = new SoapClient($argv[1] . "/ttsoapcgi.wsdl", ["cache_wsdl" => WSDL_CACHE_NONE]);',
      '$tt->saveDefect(12, ["recordid" => 3, "defectnumber" => 7, "summary" => "Gr\u{fc}n"]);',
      'echo $tt->getDefect(12, 7, "", false)->summary;',
    ];
    const told = await runProgram(['/usr/bin/php', '-r', lines.join(' '), proxy]);
    expect(told).toBe('Grün');
  });
  expect(served).toBe(readFileSync(wsdlFile, 'utf8'));
  expect([...recording.exchanges()].map(({ call }) => call?.api === 'TestTrack' && call.operation)).toEqual([
    'saveDefect',
    'getDefect',
  ]);
});

test('what gSOAP answers to every operation and to sloppy requests passes the proxy byte for byte', async () => {
  const careful = operationQuestions().filter(({ name }) => name.endsWith(', every member'));
  const recording = await recordingOf(url, async (proxy) => {
    for (const question of [...careful, ...sloppyQuestions()]) {
      const [straight, passed] = [await ask(servers.oracle, question), await ask(portOf(proxy), question)];
      // Where gSOAP says nothing and closes, the proxy says so.
      if (straight.answer.status !== 0) expect(passed.answer, question.name).toEqual(straight.answer);
    }
  });
  expect([...recording.exchanges()].length).toBeGreaterThan(careful.length);
});

/** Writes a record, and reads it and others. */
async function story(proxy: string): Promise<void> {
  const reach = { url: proxy, option: '--url', trust: {}, timeoutMs: 20_000 };
  const caller = await soapCallerFor(reach, { tell: () => {} });
  const cookie = 12;
  const eventlist = [
    { recordid: 1, user: 'Lake', name: 'Comment', notes: 'Grüße <&>', eventaddorder: 0 },
    { recordid: 2, user: 'Moss', name: 'Assign', notes: 'then', eventaddorder: 1 },
  ];
  const pDefect = { recordid: 3, defectnumber: 7, summary: 'Über', eventlist };
  await caller.call('saveDefect', { cookie, pDefect });
  await caller.call('getDefect', { cookie, defectNumber: 7 });
  await caller.call('getTableList', { cookie });
  caller.target.close();
}

test('what a client and a gSOAP server say to each other is decoded, and the same when it is replayed', async () => {
  const recording = await recordingOf(url, story);
  expect([...recording.exchanges()].map(({ outcome }) => outcome?.kind)).toEqual(
    Array.from({ length: 3 }, () => 'result'),
  );
  const report = await replayOf([recording], url);
  expect(report.exchanges).toHaveLength(3);
  expect(differing(report)).toEqual([]);
});

describe('one thing that a gSOAP server says otherwise is found and named, and nothing else', () => {
  const saying = (operation: string, change: (body: string) => string) => (request: string, body: string) =>
    request.includes(`:${operation}>`) || request.includes(`:${operation} `) ? change(body) : body;
  test.each([
    ['a value', saying('getDefect', (body) => body.replace('Über', 'Unter')), 'getDefect: result.summary'],
    [
      'the order of a list',
      saying('getDefect', (body) =>
        body.replace(/(<item[^>]*>.*?<\/item>)\s*(<item[^>]*>.*?<\/item>)/s, '$2$1'),
      ),
      'getDefect: result.eventlist[0].user',
    ],
    [
      'a member that is gone',
      saying('getDefect', (body) => body.replace(/<notes>then<\/notes>/, '')),
      'getDefect: result.eventlist[1].notes',
    ],
    [
      'a fault where there was an answer',
      (request: string, body: string) =>
        request.includes('getTableList')
          ? '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>No.</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>'
          : body,
      'getTableList: kind of answer',
    ],
  ] as const)('%s', async (_, says, found) => {
    const recording = await recordingOf(url, story);
    await using server = await wrongServer(url, ({ request, body }) => ({ body: says(request, body) }));
    expect(differing(await replayOf([recording], server.url))).toEqual([found]);
  });
});

test('a clone of it says that there is no table to read: it holds the last record of each type and nothing else', async () => {
  await expect(cloned(cloneOptions(url, { project: 'P' }))).rejects.toThrow(
    'This account sees no table of the project',
  );
});
