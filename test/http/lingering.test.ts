import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { RawConnection } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';

let twin: Twin;
beforeEach(async () => {
  twin = await startTwin({ scenario: tinyScenario });
});
afterEach(() => twin.close());

/** Bytes that the twin has no use for any more when it has read the first of them. */
const rest = 'x'.repeat(200_000);

describe('a client that goes on sending while it is refused reads the answer and is not reset', () => {
  test.each([
    ['what is no HTTP', `hello\r\n\r\n${rest}`, 400],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: a\r\nX: ${rest}`, 431],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n${rest}`,
      400,
    ],
  ])('for %s', async (_, bytes, status) => {
    const connection = await RawConnection.open(twin.port);
    let problem: string | undefined;
    connection.socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      problem = code;
    });
    const answer = await connection.send(bytes).untilClosed();
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(problem).toBeUndefined();
  });
});

test('a client that never ends its side is closed after a while', async () => {
  const connection = await RawConnection.open(twin.port);
  connection.socket.allowHalfOpen = true;
  expect(await connection.send('hello\r\n\r\n').until(/ 400 /)).not.toBeNull();
  await twin.close();
  connection.cut();
});
