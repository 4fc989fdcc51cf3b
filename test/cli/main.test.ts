import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelope, soapHead } from '../support/edge.ts';
import { RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
let folder: ScenarioFolder;
let scenario: string;
beforeAll(() => {
  folder = new ScenarioFolder();
  scenario = folder.write('tiny.json', tinyScenario);
});
afterAll(() => folder.remove());

/** The program as a process of its own, after it said that it answers. */
async function spawned() {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, 'serve', '--scenario', scenario, '--port', '0', '--log-level', 'silent'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const port = await new Promise<number>((resolve, reject) => {
    let out = '';
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const [, found] = /answers on http:\/\/127\.0\.0\.1:(\d+)/.exec(out) ?? [];
      if (found) resolve(Number(found));
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  return { child, port };
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('ends the program with nothing half-answered, with fifty requests in flight', async () => {
    const { child, port } = await spawned();
    const body = envelope('getDatabaseList');
    const half = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const connection = await RawConnection.open(port);
        connection.send(
          soapHead(['Connection: keep-alive', `Content-Length: ${body.length}`, 'Expect: 100-continue']),
        );
        await connection.until(/100 Continue/);
        return connection.send(body.slice(0, 60));
      }),
    );
    const idle = await RawConnection.open(port);
    const exit = once(child, 'exit');
    child.kill(signal);
    await idle.untilClosed();
    for (const connection of half) connection.send(body.slice(60));
    for (const connection of half)
      expect(await connection.untilClosed()).toMatch(/<\/SOAP-ENV:Envelope>\s*$/);
    expect(await exit).toEqual([0, null]);
  });
});
