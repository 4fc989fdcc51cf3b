import { connect } from 'node:net';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';

const twin = await startTwin({
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    aptest: { token: 'token', users: ['lake'], suites: [{ name: 'Example' }] },
  },
});
afterAll(() => twin.close());
beforeEach(() => {
  twin.reset();
  twin.journal.clear();
});

const address = `${twin.rpcUrl}?rpctoken=token&username=lake&command=getSuiteList`;
const call = async () => {
  try {
    return await (await fetch(address)).text();
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  [{ cut: 'before' }, 0, 'The connection was cut before the call was made.'],
  [{ status: 503 }, 503, 'Answered with HTTP status 503; the call was not made.'],
] as const)('a rule that does %j', async (action, code, text) => {
  twin.rules.add({ name: 'r', do: action });
  await call();
  const [entry] = twin.journal.entries({ operation: 'getSuiteList' });
  expect(entry).toMatchObject({ user: 'lake', fault: { code, text }, changes: [] });
  expect(entry?.fault?.hint).toContain('Rule "r"');
  twin.journal.verify({ calls: [{ operation: 'getSuiteList', fault: false }], times: 0 });
});

test.each([{ cut: 'after' }, { truncate: 3 }, { malformed: true }, { delay: '1ms' }] as const)(
  'a call that a rule lets be made and then does %j says so in a note',
  async (action) => {
    twin.rules.add({ name: 'r', do: action });
    await call();
    twin.rules.clear();
    await call();
    const [first, second, ...others] = twin.journal.entries();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ result: { data: ['Example'] }, note: expect.stringContaining('Rule "r"') });
    expect(second?.note).toBeUndefined();
    expect(twin.report()).toContain('note     Rule "r"');
  },
);

test('a client that leaves while a script lets it wait is in the journal too', async () => {
  twin.rules.add({ name: 'r', do: { delay: '10m' } });
  const { port, pathname, search } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  await expect.poll(() => twin.rules.list()[0]?.hits).toBe(1);
  socket.destroy();
  await expect.poll(() => twin.journal.entries()[0]?.fault?.text).toContain('The client left');
});

test('a status without a body of its own is no return code of rpc.mpl', async () => {
  twin.rules.add({ do: { status: 503 } });
  expect(await call()).toBe('HTTP 503\n');
});
