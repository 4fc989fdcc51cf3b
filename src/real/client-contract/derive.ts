import { isRecord } from '../../input/is-record.ts';
import { hidden, isSecretName } from '../../text/secrets.ts';
import type { ClientContract, ContractOperation } from './format.ts';

/** One call of a client and what came, wherever it was seen. */
export interface SeenCall {
  readonly api: 'TestTrack' | 'ApTest';
  readonly operation: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly outcome:
    | { readonly kind: 'result'; readonly result: unknown }
    | { readonly kind: 'fault'; readonly number: string; readonly text: string };
}

interface Gathered {
  calls: number;
  readonly api: SeenCall['api'];
  readonly operation: string;
  readonly sent: Set<string>;
  readonly met: Set<string>;
  readonly faults: Map<string, { readonly number: string; readonly text: string }>;
  example: Readonly<Record<string, unknown>> | undefined;
}

/** An example stays readable, and a file of contracts short. */
const LONGEST_EXAMPLE = 2_000;

/** What a client relies on, from the calls that it made: operations, parts, members and faults, each once and sorted. */
export function derivedContract(calls: Iterable<SeenCall>): ClientContract {
  const gathered = new Map<string, Gathered>();
  for (const call of calls) {
    const key = `${call.api} ${call.operation}`;
    let entry = gathered.get(key);
    if (!entry) {
      const { api, operation } = call;
      entry = {
        calls: 0,
        api,
        operation,
        sent: new Set(),
        met: new Set(),
        faults: new Map(),
        example: undefined,
      };
      gathered.set(key, entry);
    }
    gather(entry, call);
  }
  const operations = [...gathered.values()].map(written);
  return {
    twintrackContract: 1,
    operations: operations.sort((a, b) => compare(a.api, b.api) || compare(a.operation, b.operation)),
  };
}

function gather(entry: Gathered, { sent, outcome }: SeenCall): void {
  entry.calls += 1;
  for (const path of pathsIn(sent)) entry.sent.add(path);
  if (outcome.kind === 'fault') {
    const { number, text } = outcome;
    entry.faults.set(number === '' ? text : number, { number, text });
    return;
  }
  for (const path of pathsIn(outcome.result)) entry.met.add(path);
  if (entry.example === undefined) {
    const example = withoutHidden(sent);
    if (JSON.stringify(example).length <= LONGEST_EXAMPLE) entry.example = example;
  }
}

function written({ sent, met, faults, example, ...rest }: Gathered): ContractOperation {
  return {
    ...rest,
    sent: [...sent].sort(),
    met: [...met].sort(),
    faults: [...faults.values()].sort((a, b) => compare(a.number, b.number) || compare(a.text, b.text)),
    ...(example === undefined ? {} : { example: example as ContractOperation['example'] }),
  };
}

/** Where values stand, list entries without their place. What is empty, 0 or false may not have been sent at all. */
function* pathsIn(value: unknown, path = ''): Generator<string> {
  if (isNothing(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* pathsIn(item, `${path}[]`);
  } else if (isRecord(value) && !ArrayBuffer.isView(value)) yield* pathsOfMembers(value, path);
  else if (path !== '') yield path;
}

function* pathsOfMembers(members: Readonly<Record<string, unknown>>, path: string): Generator<string> {
  for (const [name, member] of Object.entries(members)) {
    if (name === '$type' || isSecretName(name)) continue;
    yield* pathsIn(member, path === '' ? name : `${path}.${name}`);
  }
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

/** What of a call can be kept: no secrets, nothing that is nothing, files by nothing but their place. */
function withoutHidden(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const plain = JSON.parse(
    JSON.stringify(parts, (name, member) => (isSecretName(name) || member === hidden ? undefined : member)),
  ) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(plain).filter(([, member]) => !isNothing(member)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
