import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';

const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The metrics of a twin that has done something of everything that is counted, with a data folder. */
async function metricsOfUse(): Promise<string> {
  const data = mkdtempSync(path.join(tmpdir(), 'twintrack-metrics-'));
  try {
    await using twin = await startTwin({ data });
    const tt = soapClient(twin.soapUrl);
    const logOn = { dbname: 'Sample Project', username: 'administrator', password: '' };
    const cookie = await tt.DatabaseLogon(logOn);
    await tt.editDefect({ cookie, defectNumber: 2 });
    await fetch(`${twin.rpcUrl}?rpctoken=token&username=lake&command=getSuiteList`);
    const ask = async () => (await fetch(`${twin.url}/__admin/metrics`)).text();
    // The lag of the event loop is told from the second question on.
    await ask();
    return await ask();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const metrics = await metricsOfUse();

test('Debian’s promtool reads the metrics and has nothing to say against them', () => {
  expect(metrics).toContain('twintrack_locks{world="main"} 1');
  expect(metrics).toContain('twintrack_event_loop_lag_seconds{percentile="99"}');
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
  expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, '', '']);
});

/** Every text below a key of this name, however deep. */
function textsAt(key: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === key && typeof each === 'string' ? [each] : textsAt(key, each),
  );
}

describe('the dashboard of Grafana', () => {
  const dashboard: { templating: unknown } = JSON.parse(
    readFileSync(file('deploy/grafana/twintrack.json'), 'utf8'),
  );
  const expressions = textsAt('expr', dashboard);

  test('asks in expressions that Prometheus reads', () => {
    const rules = expressions.map((expr, at) => ({
      record: `panel:${at}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    // JSON is YAML.
    const input = JSON.stringify({ groups: [{ name: 'dashboard', rules }] });
    const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-rules-'));
    writeFileSync(path.join(folder, 'rules.yaml'), input);
    const checked = spawnSync('promtool', ['check', 'rules', path.join(folder, 'rules.yaml')], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect([checked.status, checked.stdout]).toEqual([
      0,
      expect.stringContaining(`${expressions.length} rules found`),
    ]);
  });

  test('asks for metrics that a twin gives, by labels that they have', () => {
    const asked = [
      ...expressions,
      ...textsAt('query', dashboard.templating),
      ...textsAt('definition', dashboard.templating),
    ];
    const uses = asked.flatMap((text) => [...text.matchAll(/((?:twintrack|process)_\w+)(?:\{([^}]*)\})?/g)]);
    expect(uses.length).toBeGreaterThan(expressions.length);
    for (const [, name = '', selector = ''] of uses) {
      const lines = metrics
        .split('\n')
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      expect(lines, name).not.toEqual([]);
      // Prometheus itself adds where it read them.
      for (const [, label = ''] of selector.matchAll(/(\w+)=~?"/g))
        if (label !== 'instance') expect(lines[0], `${name} by ${label}`).toContain(`${label}="`);
    }
  });
});
