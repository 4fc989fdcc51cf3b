import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { variableOf } from '../../src/cli/environment.ts';
import { serveCommand } from '../../src/cli/serve.ts';
import { packageRoot } from '../../src/package/package-root.ts';

interface Service {
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}

const terminal = { out: () => {}, err: () => {}, columns: 80 };
const flags = serveCommand(terminal as never, { requested: new Promise(() => {}) }, () => {}).options.map(
  ({ long }) => long ?? '',
);

describe.each(['compose.yaml', 'deploy/compose.yaml'])('%s', (file) => {
  const text = readFileSync(path.join(packageRoot, file), 'utf8');
  const { services, volumes } = parse(text, { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const twins = Object.values(services).filter(({ build }) => build !== undefined);

  test('gives its twins options and variables that they know', () => {
    expect(twins.length).toBeGreaterThan(0);
    for (const { command = [], environment = {} } of twins) {
      expect(flags).toEqual(expect.arrayContaining(command.filter((word) => word.startsWith('--'))));
      expect(flags.map(variableOf)).toEqual(expect.arrayContaining(Object.keys(environment)));
    }
  });

  test('mounts folders that are there, and a volume for the state of each', () => {
    const sources = twins.map(({ volumes: mounted = [] }) => mounted.map((each) => each.split(':')[0] ?? ''));
    for (const each of sources.flat().filter((source) => source.startsWith('.')))
      expect(existsSync(path.join(packageRoot, path.dirname(file), each)), each).toBe(true);
    const states = sources.flat().filter((source) => !source.startsWith('.'));
    expect(Object.keys(volumes).sort()).toEqual([...states].sort());
    expect(new Set(states).size).toBe(twins.length);
  });

  test('asks for the token, because nobody would see one that is made', () => {
    expect(text).toMatch(/\$\{TWINTRACK_ADMIN_TOKEN:\?/);
  });
});

test('haproxy’s variables in deploy/compose.yaml are those of its file, and name the twins beside it', () => {
  const read = (file: string) => readFileSync(path.join(packageRoot, 'deploy', file), 'utf8');
  const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> };
  const given = services.balancer?.environment ?? {};
  const known = [...read('haproxy.cfg').matchAll(/^ *server \S+ "\$\{(TWIN_\d)\}"/gm)].map(
    ([, name = '']) => name,
  );
  expect(Object.keys(given).sort()).toEqual(known.sort());
  for (const address of Object.values(given)) expect(services).toHaveProperty(address.replace(':8080', ''));
});
