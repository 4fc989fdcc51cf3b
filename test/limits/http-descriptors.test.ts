/** A process that may open few files (item 30 of the list of attacks) refuses connections and goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test('more connections than descriptors leave the twin alive', async () => {
  const folder = new ScenarioFolder();
  const scenario = folder.write('tiny.json', tinyScenario);
  const serve = `ulimit -n 100 && exec "$0" --import tsx "${main}" serve --port 0 --scenario "${scenario}" --log-format json`;
  const child = spawn('sh', ['-c', serve, process.execPath], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        const [, found] = /answers on http:\/\/127\.0\.0\.1:(\d+)/.exec(text) ?? [];
        if (found) resolve(Number(found));
      });
      child.once('exit', () => reject(new Error(text)));
    });
    const many = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(port)));
    for (const connection of many) connection.cut();
    await Promise.all(many.map((connection) => connection.untilClosed()));
    const answer = await fetch(`http://127.0.0.1:${port}/__admin/health`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
  } finally {
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    folder.remove();
  }
});
