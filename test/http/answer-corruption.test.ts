import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Corruption } from '../../src/fault-rules/intervention.ts';
import { corruptAnswer } from '../../src/http/answer-corruption.ts';
import { exchange } from '../support/raw-http.ts';

let server: Server;
afterEach(() => void server.close());

/** What comes of an answer that is written in these pieces, without its head. */
async function sent(corruption: Corruption, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  server = createServer((_request, response) => {
    corruptAnswer(response, corruption);
    response.writeHead(200, { 'Content-Length': pieces.join('').length, Connection: 'close' });
    for (const piece of pieces.slice(0, -1)) response.write(piece);
    response.end(pieces.at(-1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const text = await exchange(port, 'GET / HTTP/1.1\r\nHost: twin\r\n\r\n');
  return text === '' ? 'nothing' : text.slice(text.indexOf('\r\n\r\n') + 4);
}

describe('an answer in pieces', () => {
  test.each([
    [{ kind: 'truncate', bytes: 2 }, 'ab'],
    [{ kind: 'truncate', bytes: 3 }, 'abc'],
    [{ kind: 'truncate', bytes: 4 }, 'abcd'],
    [{ kind: 'truncate', bytes: 100 }, 'abcdef'],
    [{ kind: 'malformed' }, '<&cdef'],
    [{ kind: 'cut' }, 'nothing'],
  ] as const)('%j arrives as %s', async (corruption, text) => {
    expect(await sent(corruption, ['abc', 'def'])).toBe(text);
  });

  test('is unreadable from its first byte however small the pieces are', async () => {
    expect(await sent({ kind: 'malformed' }, ['a', 'b', 'c'])).toBe('<&c');
  });

  test('of no bytes stays empty', async () => {
    expect(await sent({ kind: 'malformed' }, [''])).toBe('');
  });
});
