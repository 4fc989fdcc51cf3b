import { afterEach, describe, expect, test } from 'vitest';
import { rpcEndpoint } from '../../src/http/rpc-endpoint.ts';
import { readSettings } from '../../src/http/settings.ts';
import { type Keeper, NotKeptError } from '../../src/world/keeper.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';
import { type Edge, envelope, KeptLog, soapRequest, startEdge } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

const notes = table<{ id: number }>('notes', { key: ({ id }) => id });

/** A keeper that is through when the test says so. */
class SlowKeeper implements Keeper {
  private waiting: Promise<void> | undefined;
  through: () => void = () => {};
  lose: (reason: string) => void = () => {};

  step(): void {
    this.waiting = new Promise((resolve, reject) => {
      this.through = resolve;
      this.lose = (reason) => reject(new NotKeptError(reason));
    });
    this.waiting.catch(() => {});
  }
  reset(): void {
    this.step();
  }
  kept(): Promise<void> | undefined {
    return this.waiting;
  }
  rest(): void {
    this.waiting = undefined;
  }
}

let edge: Edge | undefined;
afterEach(() => edge?.listener.close());

async function started() {
  const keeper = new SlowKeeper();
  const start = { world: new World('seed'), clock: { mode: 'real' } } as const;
  const world = hostWorld('main', start, { now: () => 0 });
  world.runner.keepBy(keeper);
  let called: () => void = () => {};
  const log = new KeptLog();
  const change = () => world.runner.change((draft) => draft.table(notes, 's').put({ id: draft.next('id') }));
  edge = await startEdge({
    world,
    answer: (operation) => {
      called();
      if (operation === 'DatabaseLogoff') throw new ProductFault(17, 'Session Dropped.', 'why');
      if (operation === 'getTableList') change();
      return operation === 'getTableList' ? [{ name: 'Defect' }] : [];
    },
    rpc: rpcEndpoint({
      service: () => ({
        call: (request) => {
          called();
          change();
          return world.apTest.call(request);
        },
      }),
      log,
      limits: readSettings(),
    }),
  });
  const { port } = edge;
  /** Sends a request and waits until its call was made. */
  const begun = async (request: string): Promise<RawConnection> => {
    const made = new Promise<void>((resolve) => {
      called = resolve;
    });
    const connection = (await RawConnection.open(port)).send(request);
    await made;
    return connection;
  };
  const soap = (operation: string) => begun(soapRequest(envelope(operation), ['Connection: close']));
  const rpc = () => begun('GET /run/rpc.mpl?command=getSuiteList HTTP/1.1\r\nHost: twin\r\n\r\n');
  /** Everything that the server could send by itself has come when it has answered another user. */
  const somebodyElse = () =>
    exchange(port, 'OPTIONS /run/rpc.mpl HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n\r\n');
  return { keeper, soap, rpc, somebodyElse, edgeLog: edge.log, log };
}

test('the answer to a change goes out when the change is kept, and not before', async () => {
  const { keeper, soap, somebodyElse } = await started();
  const connection = await soap('getTableList');
  await somebodyElse();
  expect(connection.received).toBe('');
  keeper.through();
  expect(await connection.untilClosed()).toContain('<name>Defect</name>');
});

test.each(['getDatabaseList', 'DatabaseLogoff'])(
  'what %s found out goes out when nothing that it may have seen can be lost any more',
  async (operation) => {
    const { keeper, soap, somebodyElse } = await started();
    await soap('getTableList');
    const connection = await soap(operation);
    await somebodyElse();
    expect(connection.received).toBe('');
    keeper.through();
    expect(await connection.untilClosed()).toContain('</SOAP-ENV:Envelope>');
  },
);

test('nobody waits when nothing is on its way', async () => {
  const { keeper, soap } = await started();
  keeper.rest();
  expect(await (await soap('getDatabaseList')).untilClosed()).toContain('HTTP/1.1 200');
});

describe('a change that could not be kept', () => {
  test('is a general fault in SOAP, and the hint says why', async () => {
    const { keeper, soap, edgeLog } = await started();
    const connection = await soap('getTableList');
    keeper.lose('the disk is full, so it was undone');
    const answer = await connection.untilClosed();
    expect(answer).toContain('HTTP/1.1 500');
    expect(answer).toContain('x-twintrack-hint: the disk is full, so it was undone');
    expect(answer).toContain('<detail>16</detail>');
    expect(edgeLog.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('is an error in rpc.mpl, and the hint says why', async () => {
    const { keeper, rpc, log } = await started();
    const connection = await rpc();
    keeper.lose('the disk is full, so it was undone');
    const answer = await connection.untilClosed();
    expect(answer).toContain('x-twintrack-hint: the disk is full, so it was undone');
    expect(answer).toMatch(/\r\n\r\n1\n/);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
