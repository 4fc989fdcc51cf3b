import { commandNamed } from '../../aptest/commands/index.ts';
import { isRecord } from '../../input/is-record.ts';
import { rpcData } from '../recording/suites/rpc-answers.ts';
import type { SeenCall } from './derive.ts';

/** A call of rpc.mpl, wherever it was seen. */
export interface RpcCall {
  readonly command: string;
  /** Names and values in their order; a name may come several times. */
  readonly form: Iterable<readonly [string, string]>;
  readonly outcome: /** The lines behind the code, or the data where JSON was asked for. */
    | { readonly kind: 'result'; readonly result: unknown }
    | { readonly kind: 'fault'; readonly number: string; readonly text: string };
}

/** Arguments that say who calls and what for; they are those of whoever holds the contract against a server. */
const ofCaller = /^(?:command|cmd|username|suite|rpctoken)$/i;

/** What a call of rpc.mpl says of its client: lines of an answer count as the JSON that the same command gives. */
export function seenCommand({ command, form, outcome }: RpcCall): SeenCall {
  const name = commandNamed(command)?.name ?? command;
  const sent = sentIn(form);
  return {
    api: 'ApTest',
    operation: name,
    sent,
    outcome:
      outcome.kind === 'fault'
        ? outcome
        : { kind: 'result', result: answeredData(name, sent, outcome.result) },
  };
}

/**
 * The data of an answer with places instead of names: what was asked for by name is a list.
 *
 * @param sent the arguments of the call
 */
export function answeredData(
  command: string,
  sent: Readonly<Record<string, unknown>>,
  result: unknown,
): unknown {
  const argument = (wanted: string) => {
    const found = Object.entries(sent).find(([name]) => name.toLowerCase() === wanted)?.[1];
    return typeof found === 'string' ? found : '';
  };
  const asked = (argument('uuid') || argument('name')).split(',').map((each) => each.trim());
  const data = rpcData(command, result, { isJson: isJson(sent), asked });
  return command === 'getTestResultData' && isRecord(data) ? Object.values(data) : data;
}

function isJson(sent: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(sent).some(
    ([name, value]) => /^returnjson$/i.test(name) && /^(?:1|true)$/i.test(String(value)),
  );
}

function sentIn(form: RpcCall['form']): Readonly<Record<string, string | readonly string[]>> {
  const sent = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (!ofCaller.test(name)) sent.set(name, [...(sent.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...sent].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
