import { spawnSync } from 'node:child_process';
import type { IDeployment, IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IConfigMap, IContainer, IPodSpec, IService } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubernetes-schemas.ts';

/** The kinds that a test looks into. */
interface Kinds {
  readonly ConfigMap: IConfigMap;
  readonly Deployment: IDeployment;
  readonly Service: IService;
  readonly StatefulSet: IStatefulSet;
}

/** What `kubectl apply -k` would send to a cluster. */
export class Rendered {
  readonly documents: readonly KubernetesObject[];

  /** @param folder with a kustomization.yaml @throws Error kubectl is not there, or refuses it */
  constructor(folder: string) {
    const { status, stdout, stderr, error } = spawnSync('kubectl', ['kustomize', folder], {
      encoding: 'utf8',
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`kubectl kustomize ${folder}: ${stderr}`);
    this.documents = parseAllDocuments(stdout).map((each) => each.toJS() as KubernetesObject);
  }

  /** @param name of it, or how it begins: that of a ConfigMap ends with a hash @throws Error there is none */
  one<Kind extends keyof Kinds>(kind: Kind, name: string): Kinds[Kind] {
    const found = this.documents.find(
      (each) =>
        each.kind === kind && (each.metadata.name === name || each.metadata.name.startsWith(`${name}-`)),
    );
    if (!found) throw new Error(`There is no ${kind} ${name}`);
    return found as unknown as Kinds[Kind];
  }

  ofKind(kind: string): readonly KubernetesObject[] {
    return this.documents.filter((each) => each.kind === kind);
  }
}

/** The pods of a StatefulSet or a Deployment. @throws Error they have none, or not one container */
export function podOf({ spec }: IStatefulSet | IDeployment): {
  readonly pod: IPodSpec;
  readonly container: IContainer;
  readonly labels: Readonly<Record<string, string>>;
} {
  const pod = spec?.template.spec;
  const [container, ...more] = pod?.containers ?? [];
  if (!pod || !container || more.length > 0) throw new Error('There is not one container');
  return { pod, container, labels: spec?.template.metadata?.labels ?? {} };
}

/** What a pod gets from elsewhere. */
interface PodFacts {
  readonly name: string;
  readonly namespace: string;
  /** By name of the Secret and key, as `name/key`. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The variables that a container of a pod has, as the kubelet makes them. @throws Error one has a source that is not there */
export function variablesOf(
  { env = [] }: IContainer,
  { name, namespace, secrets }: PodFacts,
): Record<string, string> {
  const fields: Readonly<Record<string, string>> = { 'metadata.name': name, 'metadata.namespace': namespace };
  const made: Record<string, string> = {};
  for (const { name: variable, value, valueFrom } of env) {
    const { fieldRef, secretKeyRef } = valueFrom ?? {};
    const given =
      value ?? fields[fieldRef?.fieldPath ?? ''] ?? secrets[`${secretKeyRef?.name}/${secretKeyRef?.key}`];
    if (given === undefined) throw new Error(`${variable} has no value`);
    made[variable] = given.replaceAll(/\$\(([\w-]+)\)/g, (all, other: string) => made[other] ?? all);
  }
  return made;
}
