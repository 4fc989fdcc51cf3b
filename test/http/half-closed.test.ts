import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startTwin, type Twin, type TwinOptions } from '../../src/twin.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

let twin: Twin;
const data = mkdtempSync(path.join(tmpdir(), 'twintrack-half-'));
afterEach(async () => {
  await twin.close();
  rmSync(data, { recursive: true, force: true });
});

const start = async (options: TwinOptions = {}) => {
  twin = await startTwin({ scenario: tinyScenario, ...options });
};

function request(line: string, body = '', type = 'text/xml'): string {
  return `${line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Sends a request and ends its own side at once, as scripts do that read to the end of the stream. */
function answerTo(text: string): Promise<string> {
  const socket = connect({ port: twin.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(text);
  return new Promise<string>((resolve) => {
    let received = '';
    socket.on('data', (piece: Buffer) => {
      received += piece.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('end', () => resolve(received));
  });
}

const soap = (operation: string, parts: string) =>
  request(
    'POST /cgi-bin/ttsoapcgi.exe',
    `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><t:${operation} xmlns:t="urn:testtrack-interface">${parts}</t:${operation}></E:Body></E:Envelope>`,
  );

const cookie = async () =>
  Number(
    await soapClient(twin.soapUrl).DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }),
  );

const ask = 'rpctoken=open&username=ann&command=getSuiteList';
const part = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const form = `${ask
  .split('&')
  .map((each) => part(...(each.split('=') as [string, string])))
  .join('')}--b--\r\n`;

describe('a client that ends its side when it has asked gets the answer', () => {
  test.each([
    ['of a call by GET', () => request(`GET /run/rpc.mpl?${ask}`), 'Small'],
    [
      'of a first form with files',
      () => request('POST /run/rpc.mpl', form, 'multipart/form-data; boundary=b'),
      'Small',
    ],
    ['of a page', () => request('GET /'), 'Twintrack'],
    ['of the control API', () => request('GET /__admin/worlds'), '"main"'],
  ])('%s', async (_, text, expected) => {
    await start();
    expect(await answerTo(text())).toMatch(new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*${expected}`));
  });

  test('of a change that has to be on the disk first', async () => {
    await start({ data });
    const parts = `<cookie>${await cookie()}</cookie><pDefect><summary>kept</summary></pDefect>`;
    expect(await answerTo(soap('addDefect', parts))).toMatch(/^HTTP\/1\.1 200 [\s\S]*recordID/);
  });
});

test('a client that leaves while a fault rule lets it wait takes its call along', async () => {
  await start();
  twin.rules.add({ when: { operation: 'getDatabaseList' }, do: { delay: '10m' } });
  const waiting = connect({ port: twin.port, host: '127.0.0.1' });
  waiting.write(soap('getDatabaseList', ''));
  await vi.waitFor(() => expect(twin.rules.list()[0]?.hits).toBe(1));
  waiting.end();
  await vi.waitFor(() => expect(twin.journal.entries().at(-1)).toMatchObject({ fault: { code: 0 } }));
});
