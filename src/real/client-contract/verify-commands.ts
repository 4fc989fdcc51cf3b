import { isRecord } from '../../input/is-record.ts';
import type { RecordedOutcome } from '../recording/exchange.ts';
import type { FormCaller } from '../replay/form-caller.ts';
import type { ClientContract, ContractOperation } from './format.ts';
import { answeredData } from './seen-command.ts';
import { isThere, type Unmet, type Verified } from './verify.ts';

/** Who calls rpc.mpl. */
export interface RpcCaller {
  readonly forms: FormCaller;
  readonly token: string;
  readonly username: string;
  readonly suite: string;
}

type Example = Readonly<Record<string, unknown>>;
type Form = [string, string][];

/** Commands that change nothing. (documented) */
const reads = /^get/i;

/**
 * Holds what a client relies on of rpc.mpl against a server: an example of each command that reads, or of all with leave to
 * write, with records of the server itself where it does not have those of the example. There is no contract like a WSDL, so
 * that nothing is known of what is not called.
 */
export async function verifiedCommands(
  contract: ClientContract,
  caller: RpcCaller,
  mayWrite: boolean,
): Promise<Verified> {
  const unmet: Unmet[] = [];
  const held: Verified['held'][number][] = [];
  const own = new OwnRecords(caller);
  for (const needed of contract.operations.filter(({ api }) => api === 'ApTest')) {
    const { operation, example } = needed;
    if (example === undefined || !(reads.test(operation) || mayWrite)) {
      const why = example === undefined ? 'no call of it was answered' : 'it would write (--allow-writes)';
      held.push({ operation, as: 'not at all', why });
      continue;
    }
    const answer = await answered(needed, caller, own);
    if (typeof answer === 'string') held.push({ operation, as: 'not at all', why: answer });
    else {
      unmet.push(...answer.map((what) => ({ operation, what })));
      held.push({ operation, as: 'called' });
    }
  }
  return { unmet, held };
}

/** @returns what is missing; a sentence where the server has no record to ask about */
async function answered(
  { operation, example = {}, met }: ContractOperation,
  caller: RpcCaller,
  own: OwnRecords,
): Promise<string | string[]> {
  let outcome = await ask(caller, operation, example);
  if (outcome.kind === 'fault' && reads.test(operation) && own.isNeeded(example)) {
    const other = await own.inPlaceOf(example);
    if (other === undefined)
      return `the server has no session, test or set to ask about (${outcome.fault.text})`;
    outcome = await ask(caller, operation, other);
  }
  if (outcome.kind === 'fault') return [`it refuses the example: ${outcome.fault.text}`];
  if (outcome.kind === 'unreadable') return [`it gives no answer that can be read: ${outcome.reason}`];
  const data = answeredData(operation, example, outcome.result);
  return met
    .filter((path) => isMissing(data, path))
    .map((path) => `the answer to the example has no ${path}`);
}

/** A list that is empty says nothing; of lists within lists as little. */
function isMissing(data: unknown, path: string): boolean {
  const inRows = path.startsWith('[].');
  const steps = (inRows ? path.slice('[].'.length) : path).split('.');
  if (steps.some((step) => step.includes('[]'))) return false;
  if (!inRows) return isRecord(data) && !isThere(data, steps);
  return Array.isArray(data) && data.length > 0 && !data.some((row) => isThere(row, steps));
}

function ask(
  { forms, token, username, suite }: RpcCaller,
  command: string,
  example: Example,
): Promise<RecordedOutcome> {
  const given = Object.entries(example).flatMap(
    ([name, value]): Form => (Array.isArray(value) ? value : [value]).map((each) => [name, String(each)]),
  );
  const form: Form = [
    ['rpctoken', token],
    ['username', username],
    ['suite', suite],
    ['command', command],
    ...given,
  ];
  return forms.send(form, 'POST');
}

const ofSession = /^sess(?:num)?$/i;
const ofTest = /^(?:name|id|uuid|tid)$/i;
const ofSet = /^set$/i;

/** A session, a test of it and a set that a server has, asked for once when they are needed. */
class OwnRecords {
  readonly #caller: RpcCaller;
  #found: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(caller: RpcCaller) {
    this.#caller = caller;
  }

  /** Whether an example names a record of the server that it was seen at. */
  isNeeded(example: Example): boolean {
    return Object.keys(example).some((name) => ofSession.test(name) || ofTest.test(name) || ofSet.test(name));
  }

  /** The same call about records of this server; undefined where it has none of a kind. */
  async inPlaceOf(example: Example): Promise<Example | undefined> {
    this.#found ??= this.#find();
    const found = await this.#found;
    const other: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(example)) {
      const kind = kindOf(name);
      const record = kind === undefined ? String(value) : found.get(kind);
      if (record === undefined) return undefined;
      other[name] = kind === undefined ? value : record;
    }
    return other;
  }

  async #find(): Promise<ReadonlyMap<string, string>> {
    const found = new Map([['tid', '0']]);
    const [set] = await this.#lines('getSetList', { recursive: '1' });
    if (set !== undefined) found.set('set', set);
    for (const line of await this.#lines('getSessionList', {})) {
      const [session = ''] = line.split(';');
      const [name] = await this.#lines('getTestList', { sessNum: session });
      const [uuid] = await this.#lines('getTestList', { sessNum: session, byUUID: '1' });
      if (name === undefined || uuid === undefined) continue;
      return found.set('session', session).set('name', name).set('uuid', uuid);
    }
    return found;
  }

  async #lines(command: string, args: Example): Promise<readonly string[]> {
    const outcome = await ask(this.#caller, command, args);
    if (outcome.kind !== 'result' || !Array.isArray(outcome.result)) return [];
    return outcome.result.map(String).filter((line) => line !== '');
  }
}

function kindOf(name: string): string | undefined {
  if (ofSession.test(name)) return 'session';
  if (ofSet.test(name)) return 'set';
  if (/^(?:uuid|tid)$/i.test(name)) return name.toLowerCase();
  return ofTest.test(name) ? 'name' : undefined;
}
