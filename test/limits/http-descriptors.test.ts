/** A process that may open few files (item 30 of the list of attacks) refuses connections and goes on. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';

// The twin keeps 100 of them for itself. Its start alone, from TypeScript, has up to 130 open.
const openFiles = 400;
const places = 300;

let folder: ScenarioFolder;
let program: SpawnedProgram;
beforeEach(async () => {
  folder = new ScenarioFolder();
  const scenario = folder.write('tiny.json', tinyScenario);
  program = await spawnProgram(['serve', '--port', '0', '--scenario', scenario, '--log-format', 'json'], {
    openFiles,
  });
});
afterEach(() => {
  program.child.kill('SIGKILL');
  folder.remove();
});

const health = 'GET /__admin/health HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('more connections than descriptors are refused with the reason, and the others are served', async () => {
  const all = await Promise.all(Array.from({ length: places + 50 }, () => RawConnection.open(program.port)));
  const refused = () => all.filter(({ received }) => received !== '');
  await vi.waitFor(() => expect(refused()).toHaveLength(50), { timeout: 10_000 });
  for (const connection of refused()) {
    expect(await connection.untilClosed()).toBe(
      'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 132\r\n\r\n' +
        'There is no place for another connection (limit: 300 at once). Close some, or let the process open more than 400 files (ulimit -n).\n',
    );
  }
  const [served, ...others] = all.filter(({ received }) => received === '');
  // The first request of a page loads the code for it: from files, while all connections are held.
  expect(await served?.send(health).untilClosed()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*"status":"ok"/s);

  for (const connection of others) connection.cut();
  await vi.waitFor(
    async () => {
      const again = await RawConnection.open(program.port);
      expect(await again.send(health).untilClosed()).toContain('"status":"ok"');
    },
    { timeout: 10_000 },
  );
  program.child.kill('SIGTERM');
  expect(await program.exit).toEqual([0, null]);
  expect(program.printed().match(/"Connections are refused \(limit: 300 at once\)[^"]*"/g)).toHaveLength(1);
});
