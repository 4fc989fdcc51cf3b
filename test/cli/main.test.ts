import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelope, soapHead } from '../support/edge.ts';
import { RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { spawnProgram } from '../support/spawned-program.ts';

let folder: ScenarioFolder;
let scenario: string;
beforeAll(() => {
  folder = new ScenarioFolder();
  scenario = folder.write('tiny.json', tinyScenario);
});
afterAll(() => folder.remove());

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('ends the program with nothing half-answered, with fifty requests in flight', async () => {
    const { child, port, exit } = await spawnProgram([
      'serve',
      '--scenario',
      scenario,
      '--port',
      '0',
      '--log-level',
      'silent',
    ]);
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
    child.kill(signal);
    await idle.untilClosed();
    for (const connection of half) connection.send(body.slice(60));
    for (const connection of half)
      expect(await connection.untilClosed()).toMatch(/<\/SOAP-ENV:Envelope>\s*$/);
    expect(await exit).toEqual([0, null]);
  });
});
