import type { Call } from '../runner/call.ts';
import { faults } from '../testtrack/faults.ts';
import { ProductFault } from '../world/product-fault.ts';
import { knownFaults } from './fault-texts.ts';
import type { Action, Rule } from './rule-schema.ts';

/** What the client gets instead of what its call would give; the call is not made. */
export type Instead =
  | { readonly kind: 'fault'; readonly fault: ProductFault }
  | { readonly kind: 'cut' }
  | { readonly kind: 'status'; readonly status: number; readonly body: string; readonly contentType: string };

/** What happens to the answer of a call that was made. */
export type Corruption =
  | { readonly kind: 'cut' }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'malformed' };

/** What the script does to one call. */
export interface Intervention {
  /** Real milliseconds to wait before anything else. */
  readonly delayMs: number;
  readonly instead: Instead | undefined;
  readonly corruption: Corruption | undefined;
  /** The rules that acted, in words, for the log. */
  readonly by: readonly string[];
}

/** The answer that an action gives in place of the call's own; undefined when the call is made. */
export function insteadOf({ name, rule }: { name: string; rule: Rule }, call: Call): Instead | undefined {
  const { fault, busy, licenceGone, cut, status } = rule.do;
  const refusal = (text: string, number: number): Instead => ({
    kind: 'fault',
    fault: new ProductFault(
      // rpc.mpl knows one code for everything that is refused. [documented]
      call.api === 'aptest' ? 1 : number,
      text,
      `The rule "${name}" of the script answered, not the product. GET /__admin/rules shows the rules.`,
    ),
  });
  if (fault) {
    const { number = generalFault, text = knownFaults.get(number) ?? '' } = fault;
    return refusal(text, number);
  }
  const known = busy ? faults.sessionBusy() : licenceFault(licenceGone);
  if (known) return refusal(known.text, known.code);
  if (cut === 'before') return { kind: 'cut' };
  if (!status) return undefined;
  // A number alone in the first line would be a return code of rpc.mpl.
  const { status: number, body = `HTTP ${number}\n`, contentType = 'text/plain; charset=utf-8' } = status;
  return { kind: 'status', status: number, body, contentType };
}

const generalFault = faults.general('').code;

function licenceFault(kind: Action['licenceGone']): ProductFault | undefined {
  if (kind === undefined) return undefined;
  return kind === 'soap' ? faults.soapLicencesInUse(0) : faults.licencesInUse('', 0);
}

/** What an action does to the answer of a call that is made. */
export function corruptionOf({ cut, truncate, malformed }: Action): Corruption | undefined {
  if (cut === 'after') return { kind: 'cut' };
  if (truncate !== undefined) return { kind: 'truncate', bytes: truncate };
  return malformed ? { kind: 'malformed' } : undefined;
}
