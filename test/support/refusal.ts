import type { Runner } from '../../src/runner/runner.ts';
import { serverScope, sessionUses } from '../../src/testtrack/model/tables.ts';
import type { ProductFault } from '../../src/world/product-fault.ts';
import { faultOf } from './testtrack.ts';

/**
 * The fault a call gives, after making sure that it left the state as it was: every collection is the same value.
 * When the session was last used is no part of that.
 *
 * @throws Error when the call is not refused, or changed something
 */
export function refusalOf({ runner }: { readonly runner: Runner }, call: () => unknown): ProductFault {
  const { collections, counters } = runner.world;
  const fault = faultOf(call);
  const after = runner.world;
  const used = `${serverScope}/${sessionUses.name}`;
  const changed = [...new Set([...collections.keys(), ...after.collections.keys()])].filter(
    (path) => path !== used && collections.get(path) !== after.collections.get(path),
  );
  if (changed.length > 0) throw new Error(`the refused call changed ${changed.join(', ')}`);
  if (counters !== after.counters) throw new Error('the refused call used up numbers');
  return fault;
}
