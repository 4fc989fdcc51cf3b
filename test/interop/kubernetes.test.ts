/**
 * deploy/kubernetes without a cluster: as `kubectl apply -k` would send it, held against the schemas that Kubernetes
 * publishes, and carried out with the real programs, with these arguments, variables and probes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IProbe } from 'kubernetes-models/v1';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package/package-root.ts';
import { version } from '../../src/package/version.ts';
import { exchange } from '../support/raw-http.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { Balancers, deployed } from './balancers.ts';
import { podOf, Rendered, variablesOf } from './kubernetes.ts';
import { type KubernetesObject, mistakesIn } from './kubernetes-schemas.ts';
import { runProgram } from './run-program.ts';

const cluster = new Rendered(deployed('kubernetes'));
const twins = cluster.one('StatefulSet', 'twin');
const balancer = cluster.one('Deployment', 'twintrack');
const file = (name: string) => readFileSync(deployed(`kubernetes/${name}`), 'utf8');
const namespace = twins.metadata?.namespace ?? '';
const replicas = twins.spec?.replicas ?? 0;
const podNames = Array.from({ length: replicas }, (_, at) => `twin-${at}`);
const token = 'of-the-secret';

/** What a test may look for in a document of any kind. */
type Anything = KubernetesObject & Record<string, { [key: string]: unknown }>;

describe('for a cluster, deploy/kubernetes', () => {
  test('says nothing that the published schemas do not know', async () => {
    expect(await mistakesIn(cluster.documents)).toEqual([]);
  });

  test.each<[mistake: string, kind: string, change: (spec: Record<string, unknown>) => void, told: RegExp]>([
    [
      'a field that is misspelt',
      'StatefulSet',
      (spec) => (spec.replica = 3),
      /StatefulSet twin: .*'"replica"'/,
    ],
    [
      'a word that is none of the allowed',
      'NetworkPolicy',
      (spec) => (spec.policyTypes = ['In']),
      /allowed values/,
    ],
    ['text instead of a number', 'Deployment', (spec) => (spec.replicas = '2'), /replicas must be integer/],
    [
      'a field that is missing',
      'Service',
      (spec) => (spec.ports = [{ name: 'http' }]),
      /required property port/,
    ],
    [
      'a list instead of a value',
      'PodDisruptionBudget',
      (spec) => (spec.maxUnavailable = [1]),
      /maxUnavailable must/,
    ],
  ])('would not pass with %s', async (_mistake, kind, change, told) => {
    const [document] = structuredClone(cluster.ofKind(kind)) as Anything[];
    change(document?.spec ?? {});
    expect((await mistakesIn(document ? [document] : [])).join('\n')).toMatch(told);
  });

  test('puts everything into the namespace that its first lines make, and holds no secret', () => {
    expect(new Set(cluster.documents.map(({ metadata }) => metadata.namespace))).toEqual(
      new Set([namespace]),
    );
    expect(cluster.ofKind('Secret')).toEqual([]);
    const text = file('kustomization.yaml');
    expect(text).toContain(`kubectl create namespace ${namespace}\n`);
    const [, secret, key] = /create secret generic (\S+) --from-literal=(\w+)=/.exec(text) ?? [];
    const { env = [] } = podOf(twins).container;
    const { valueFrom } = env.find(({ name }) => name === 'TWINTRACK_ADMIN_TOKEN') ?? {};
    expect(valueFrom?.secretKeyRef).toEqual({ name: secret, key });
  });

  test('takes the image of this version, by the name that a registry is put to, and haproxy as compose has it', () => {
    const images = [twins, balancer].map((each) => podOf(each).container.image);
    expect(images[0]?.endsWith(`/twintrack:${version}`)).toBe(true);
    expect(readFileSync(deployed('compose.yaml'), 'utf8')).toContain(`image: ${images[1]}\n`);
  });

  test('asks for no right that the profile "restricted" withholds', () => {
    for (const each of [twins, balancer]) {
      const { pod, container } = podOf(each);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.securityContext?.runAsUser).toBeGreaterThan(0);
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('chooses pods that there are, and each of them has a budget, a policy and probes at a port of its own', () => {
    const sets = [twins, balancer].map((each) => podOf(each));
    const fits = (selector: object) => sets.filter(({ labels }) => isPart(selector, labels)).length;
    for (const document of cluster.documents as Anything[]) {
      const { selector, podSelector } = document.spec ?? {};
      const chosen = [selector, podSelector].map(
        (each) => (each as Anything | undefined)?.matchLabels ?? each,
      );
      const byName = (labels: object) => 'statefulset.kubernetes.io/pod-name' in labels;
      for (const labels of chosen)
        if (labels && !byName(labels))
          expect(fits(labels), `${document.kind} ${document.metadata.name}`).toBe(1);
    }
    for (const kind of ['PodDisruptionBudget', 'NetworkPolicy']) expect(cluster.ofKind(kind)).toHaveLength(2);
    for (const { container } of sets) {
      const { ports, startupProbe, readinessProbe, livenessProbe } = container;
      const probed = [startupProbe, readinessProbe, livenessProbe].filter((each) => each !== undefined);
      expect(probed.map(({ httpGet, tcpSocket }) => (httpGet ?? tcpSocket)?.port)).toEqual(
        probed.map(() => 'http'),
      );
      expect(ports).toEqual([{ name: 'http', containerPort: 8080 }]);
    }
  });

  test('keeps Kubernetes’ variables for services away, which a twin would read as its options', () => {
    const known = podOf(twins).container.env?.map(({ name }) => name);
    expect(known).not.toContain('TWINTRACK_PORT');
    expect([twins, balancer].map((each) => podOf(each).pod.enableServiceLinks)).toEqual([false, false]);
  });

  test('gives each twin an address that stays, and its peers and haproxy all of them in the order of its file', () => {
    for (const name of podNames)
      expect(cluster.one('Service', name).spec?.selector).toEqual({
        'statefulset.kubernetes.io/pod-name': name,
      });
    const { value: peers } = podOf(twins).container.env?.find(({ name }) => name === 'TWINTRACK_PEERS') ?? {};
    expect(peers?.split(',')).toEqual(podNames.map((name) => `http://${name}:8080`));
    const variables = variablesOf(podOf(balancer).container, { name: 'any', namespace, secrets: {} });
    const { TWIN_AWAY, ...servers } = variables;
    expect(Number(TWIN_AWAY)).toBeGreaterThan(60);
    expect(servers).toEqual(
      Object.fromEntries(podNames.map((name, at) => [`TWIN_${at + 1}`, `${name}:8080`])),
    );
    const used = [...file('haproxy.cfg').matchAll(/^ *server \S+ "\$\{(TWIN_\d+)\}"/gm)].map(
      ([, name]) => name,
    );
    expect(used).toEqual(Object.keys(servers));
  });
});

const isPart = (part: object, whole: object) =>
  Object.entries(part).every(([key, value]) => (whole as Record<string, unknown>)[key] === value);

describe('on this machine, with the arguments, variables and probes of deploy/kubernetes', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'twintrack-kubernetes-'));
  const balancers = new Balancers();
  let started: readonly SpawnedProgram[] = [];
  let url = '';

  /** A place of the image or a volume, where this machine has it. */
  const here = (text: string, pod: string) =>
    text.replace(/^\/app\//, `${packageRoot}/`).replace(/^\/state(?=\/)/, path.join(root, pod));

  const startPod = (name: string): Promise<SpawnedProgram> => {
    const { container } = podOf(twins);
    const variables = variablesOf(container, {
      name,
      namespace,
      secrets: { 'twintrack-token/token': token },
    });
    const env = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, here(value, name)]));
    // Any free port: there are three of them here.
    const words = (container.args ?? []).map((word) => (word === '8080' ? '0' : word));
    return spawnProgram(words, { env, isBuilt: true });
  };

  beforeAll(async () => {
    started = await Promise.all(podNames.map(startPod));
    const configuration = path.join(root, 'haproxy.cfg');
    writeFileSync(configuration, Object.values(cluster.one('ConfigMap', 'haproxy').data ?? {})[0] ?? '');
    const { TWIN_AWAY = '' } = variablesOf(podOf(balancer).container, {
      name: 'any',
      namespace,
      secrets: {},
    });
    const ports = started.map(({ port }) => port);
    url = await balancers.haproxy(ports, { TWIN_AWAY }, configuration);
  });
  afterAll(async () => {
    balancers.end();
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.map(({ exit }) => exit));
    rmSync(root, { recursive: true, force: true });
  });

  const authorization = `Bearer ${token}`;
  const admin = (at: string, target: string) =>
    fetch(at + target, { headers: { authorization } }).then((answer) => answer.json());

  test('every probe is answered, without the token and without a line in the journal', async () => {
    const { startupProbe, readinessProbe, livenessProbe } = podOf(twins).container;
    for (const probe of [startupProbe, readinessProbe, livenessProbe] as IProbe[])
      for (const { url: at } of started) {
        const answer = await fetch(at + probe.httpGet?.path, {
          headers: { 'user-agent': 'kube-probe/1.30' },
        });
        expect(answer.status).toBe(200);
      }
    for (const { url: at } of started)
      expect(await admin(at, '/__admin/journal')).toMatchObject({ recorded: 0 });
  });

  test('a world is made, called and kept through the balancer, by the names that a cluster has for it', async () => {
    const port = Number(new URL(url).port);
    const ask = (method: string, host: string, target: string, more = '') =>
      exchange(port, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
    const withToken = `Authorization: ${authorization}\r\nContent-Length: 0\r\n`;
    for (const host of [
      'twintrack:8080',
      `twintrack.${namespace}:8080`,
      `twintrack.${namespace}.svc.cluster.local:8080`,
    ])
      expect(await ask('PUT', host, '/__admin/worlds/job-7', withToken)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask('PUT', 'twintrack', '/__admin/worlds/job-7', 'Content-Length: 0\r\n')).toMatch(
      /^HTTP\/1\.1 401 /,
    );
    expect(await ask('PUT', 'other.example', '/__admin/worlds/job-7', withToken)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask('GET', 'twintrack:8080', '/w/job-7/cgi-bin/ttsoapcgi.exe?wsdl')).toContain(
      'location="http://twintrack:8080/w/job-7/cgi-bin/ttsoapcgi.exe"',
    );
    const found = await Promise.all(
      started.map(({ url: at }) => fetch(`${at}/__admin/worlds/job-7`, { headers: { authorization } })),
    );
    expect(found.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  test('the example for pytest has worlds of its own there', async () => {
    const words = [
      '-B',
      '-m',
      'pytest',
      '-p',
      'no:cacheprovider',
      path.join(packageRoot, 'examples', 'pytest'),
    ];
    const env = { TWIN_URL: url, TWINTRACK_ADMIN_TOKEN: token };
    expect(await runProgram(['/usr/bin/python3', ...words], { cwd: root, env })).toContain('2 passed');
  });

  test('a twin that ends as a pod does goes on with its volume', async () => {
    const [first] = started;
    if (!first) throw new Error('there are twins');
    await fetch(`${first.url}/__admin/worlds/stays`, { method: 'PUT', headers: { authorization } });
    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual([0, null]);
    const again = await startPod('twin-0');
    started = [again, ...started.slice(1)];
    expect(await admin(again.url, '/__admin/worlds/stays')).toMatchObject({ name: 'stays' });
  });
});
