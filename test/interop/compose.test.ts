/**
 * deploy/compose.yaml without an engine for containers: its twins with their arguments and variables, and haproxy with its own,
 * as processes of this machine. Only folders, ports and the names of machines are others.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package/package-root.ts';
import { exchange } from '../support/raw-http.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { Balancers, deployed } from './balancers.ts';

interface Service {
  readonly build?: string;
  readonly profiles: readonly string[];
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

const token = 'of-the-test';
const { services } = parse(readFileSync(deployed('compose.yaml'), 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};
const root = mkdtempSync(path.join(tmpdir(), 'twintrack-compose-'));
const balancers = new Balancers();
const started: SpawnedProgram[] = [];
afterAll(async () => {
  balancers.end();
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ exit }) => exit));
  rmSync(root, { recursive: true, force: true });
});

/** What compose makes of `${NAME:-default}` and `${NAME:?why it is needed}` when only the token is set. */
const filledIn = (value: string) =>
  value.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    if (name === 'TWINTRACK_ADMIN_TOKEN') return token;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });

/** Starts a service of the file. The image has the package in /app; /state is a volume. */
async function start(name: string): Promise<SpawnedProgram> {
  const { command = [], environment } = services[name] ?? { environment: {} };
  const here = (value: string) =>
    value.replace(/^\/app\//, `${packageRoot}/`).replace(/^\/state$/, path.join(root, name));
  const env = Object.fromEntries(
    Object.entries(environment).map(([variable, value]) => [variable, here(filledIn(value))]),
  );
  // Any free port: there are several twins on this machine.
  const twin = await spawnProgram(
    command.map((word) => (word === '8080' ? '0' : word)),
    { env, isBuilt: true },
  );
  started.push(twin);
  return twin;
}

/** Makes a world by a name of the file. @returns the status */
async function put(port: number, host: string): Promise<string | undefined> {
  const head = `PUT /__admin/worlds/job-7 HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n`;
  return (await exchange(port, `${head}Content-Length: 0\r\nConnection: close\r\n\r\n`)).split(' ')[1];
}

const ofProfile = (profile: string) =>
  Object.keys(services).filter(
    (name) => services[name]?.build !== undefined && services[name]?.profiles.includes(profile),
  );

test('the profile "one" is a twin that answers to its name, with the token', async () => {
  expect(ofProfile('one')).toEqual(['twin']);
  const { port } = await start('twin');
  for (const host of ['127.0.0.1:8080', 'twin:8080']) expect(await put(port, host)).toBe('200');
  expect(await put(port, 'other:8080')).toBe('403');
});

test('the profile "three" is three twins that the balancer beside them finds, each world in one', async () => {
  const names = ofProfile('three');
  const twins = new Map(await Promise.all(names.map(async (name) => [name, await start(name)] as const)));
  const places = Object.values(services.balancer?.environment ?? {}).map((address) =>
    twins.get(address.split(':')[0] ?? ''),
  );
  const ports = places.flatMap((twin) => (twin ? [twin.port] : []));
  expect(ports).toHaveLength(3);
  const url = await balancers.haproxy(ports);
  for (const host of ['127.0.0.1:8080', 'balancer:8080'])
    expect(await put(Number(new URL(url).port), host)).toBe('200');
  const found = await Promise.all(
    ports.map((port) =>
      fetch(`http://127.0.0.1:${port}/__admin/worlds/job-7`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    ),
  );
  expect(found.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
});
