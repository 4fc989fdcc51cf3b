import { TestTrackApiError } from '../../client/testtrack-errors.ts';
import type { TypeRef, WsdlModel } from '../../soap/wsdl-model.ts';
import type { SoapCaller } from '../wire/soap-caller.ts';
import type { ClientContract, ContractOperation } from './format.ts';

/** What a server does not give that a client relies on. */
export interface Unmet {
  readonly operation: string;
  readonly what: string;
}

/** How an operation was held against a server. */
type HeldAs = 'called' | 'by its contract alone' | 'not at all';

export interface Verified {
  readonly unmet: readonly Unmet[];
  /** By operation, with the reason where it was not called. */
  readonly held: readonly { readonly operation: string; readonly as: HeldAs; readonly why?: string }[];
}

/** What a session may call without changing anything. */
const reads = /^(?:get[A-Z]\w*|GetLinkDefinitionValues)$/;
/** A record that an example names may not be on this server. (observed number) */
const recordNotFound = 6;
/** Sessions come and go by themselves here. */
const ofSessions = /^(?:DatabaseLogon|ProjectLogon|DatabaseLogoff|getProjectList)$/;

/**
 * Holds what a client relies on against a server: its contract for all operations, and an answer for those that read, or
 * for all with leave to write.
 *
 * @param cookie of a session that is open
 */
export async function verifiedContract(
  contract: ClientContract,
  {
    caller,
    cookie,
    mayWrite,
  }: { readonly caller: SoapCaller; readonly cookie: unknown; readonly mayWrite: boolean },
): Promise<Verified> {
  const unmet: Unmet[] = [];
  const held: Verified['held'][number][] = [];
  for (const needed of contract.operations.filter(({ api }) => api === 'TestTrack')) {
    const { operation } = needed;
    const missing = [...missingIn(caller.messages.model, needed)];
    unmet.push(...missing.map((what) => ({ operation, what })));
    const why = whyNotCalled(needed, { hasOperation: caller.has(operation), mayWrite });
    if (why !== undefined) {
      held.push({ operation, as: 'by its contract alone', why });
      continue;
    }
    unmet.push(...(await missingInAnswer(needed, caller, cookie)).map((what) => ({ operation, what })));
    held.push({ operation, as: 'called' });
  }
  return { unmet, held };
}

function whyNotCalled(
  { operation, example }: ContractOperation,
  { hasOperation, mayWrite }: { readonly hasOperation: boolean; readonly mayWrite: boolean },
): string | undefined {
  if (!hasOperation) return 'the server has no such operation';
  if (ofSessions.test(operation)) return 'it opens or ends sessions';
  if (example === undefined) return 'no call of it was answered';
  return reads.test(operation) || mayWrite ? undefined : 'it would write (--allow-writes)';
}

/** What the contract of the server does not have: operations, parts, members. */
function* missingIn(model: WsdlModel, { operation, sent, met }: ContractOperation): Generator<string> {
  const known = model.operations.get(operation);
  if (!known) {
    yield 'the server has no such operation';
    return;
  }
  for (const path of sent) {
    const [part = '', ...rest] = path.split(/\.|(?=\[\])/);
    const field = known.input.find(({ name }) => name === part);
    if (!field || !hasPath(model, field.type, rest)) yield `it takes no ${path}`;
  }
  for (const path of met) {
    if (!hasPath(model, known.output.type, path.split(/\.|(?=\[\])/))) yield `its answers have no ${path}`;
  }
}

function hasPath(model: WsdlModel, type: TypeRef, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined || step === '') return true;
  if (step === '[]') return type.kind === 'array' && hasPath(model, type.item, rest);
  if (type.kind !== 'struct') return false;
  const struct = model.structs.get(type.name);
  const kinds = [struct, ...(struct?.subtypes ?? []).map((name) => model.structs.get(name))];
  return kinds.some((kind) => {
    const field = kind?.fields.find(({ name }) => name === step);
    return field !== undefined && hasPath(model, field.type, rest);
  });
}

/** What an answer to the example does not have. A record that is not there on this server says nothing. */
async function missingInAnswer(
  { operation, example = {}, met, faults }: ContractOperation,
  caller: SoapCaller,
  cookie: unknown,
): Promise<string[]> {
  let result: unknown;
  try {
    result = await caller.call(operation, { ...example, cookie });
  } catch (error) {
    if (!(error instanceof TestTrackApiError)) throw error;
    const isNotThere = error.number === recordNotFound;
    const isKnown =
      isNotThere || faults.some(({ number }) => number !== '' && number === String(error.number));
    return isKnown ? [] : [`it refuses the example: ${error.text} (${error.number ?? 'no number'})`];
  }
  return met
    .filter((path) => !path.includes('[]') && !isThere(result, path.split('.')))
    .map((path) => `the answer to the example has no ${path}`);
}

/** Whether a value has a member at the end of a path. */
export function isThere(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  return (
    typeof value === 'object' &&
    value !== null &&
    isThere((value as Readonly<Record<string, unknown>>)[step], rest)
  );
}
