import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';

test('Debian’s promtool reads the metrics and has nothing to say against them', async () => {
  await using twin = await startTwin();
  const tt = soapClient(twin.soapUrl);
  const cookie = await tt.DatabaseLogon({
    dbname: 'Sample Project',
    username: 'administrator',
    password: '',
  });
  await tt.editDefect({ cookie, defectNumber: 2 });
  await fetch(`${twin.rpcUrl}?rpctoken=token&username=lake&command=getSuiteList`);
  const ask = async () => (await fetch(`${twin.url}/__admin/metrics`)).text();
  // The lag of the event loop is told from the second question on.
  await ask();
  const metrics = await ask();
  expect(metrics).toContain('twintrack_locks{world="main"} 1');
  expect(metrics).toContain('twintrack_event_loop_lag_seconds{percentile="99"}');
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
  expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, '', '']);
});
