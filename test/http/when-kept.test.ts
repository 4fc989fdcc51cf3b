import { afterEach, expect, test } from 'vitest';
import { rpcEndpoint } from '../../src/http/rpc-endpoint.ts';
import { readSettings } from '../../src/http/settings.ts';
import { type Keeper, NotKept } from '../../src/world/keeper.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';
import { type Edge, envelope, KeptLog, soapRequest, startEdge } from '../support/edge.ts';
import { RawConnection } from '../support/raw-http.ts';

const notes = table<{ id: number }>('notes', { key: ({ id }) => id });

/** A keeper that is through when the test says so. */
class SlowKeeper implements Keeper {
  private waiting: Promise<void> | undefined;
  through: () => void = () => {};
  lose: (reason: string) => void = () => {};

  step(): void {
    this.waiting = new Promise((resolve, reject) => {
      this.through = resolve;
      this.lose = (reason) => reject(new NotKept(reason));
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
  const world = hostWorld(
    'main',
    { world: new World('seed'), clock: { mode: 'real' } },
    { now: () => 0 },
  );
  world.runner.keepBy(keeper);
  let count = 0;
  const log = new KeptLog();
  edge = await startEdge({
    world,
    answer: (operation) => {
      if (operation === 'DatabaseLogoff') throw new ProductFault(17, 'Session Dropped.', 'why');
      if (operation === 'getTableList') world.runner.change((draft) => draft.table(notes, 's').put({ id: count++ }));
      return operation === 'getTableList' ? [{ name: 'Defect' }] : [];
    },
    rpc: rpcEndpoint({ service: () => world.apTest, log, limits: readSettings() }),
  });
  const soap = async (operation: string) => {
    const connection = await RawConnection.open(edge?.port ?? 0);
    connection.send(soapRequest(envelope(operation), ['Connection: close']));
    return connection;
  };
  return { keeper, world, edge, log, soap };
}

const some = () => new Promise((resolve) => setTimeout(resolve, 30));

test('an answer to a change goes out when the change is kept, and not before', async () => {
  const { keeper, edge, soap } = await started();
  const connection = await soap('getTableList');
  while (edge.calls.length === 0) await some();
  await some();
  expect(connection.text).toBe('');
  keeper.through();
  expect(await connection.untilClosed()).toContain('<name>Defect</name>');
});
