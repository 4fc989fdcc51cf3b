import { callName } from '../conditions/names.ts';
import { memoryBeside } from '../memo/memory.ts';
import type { Call } from '../runner/call.ts';
import type { Collection } from '../world/collection.ts';
import { isEvent } from './explain.ts';
import { neverComes } from './matching.ts';
import type { RuleRecord } from './tables.ts';

/** The rules of a world, laid out so that a call looks only at those that could mean it. */
export class RuleIndex {
  /** All of them, in the order in which they act. */
  readonly ordered: readonly RuleRecord[];
  /** Those that time alone carries out and whose moment can come, soonest first. */
  readonly events: readonly RuleRecord[];
  /** About calls, whatever their name. */
  private readonly general: readonly RuleRecord[];
  /** About calls of one operation or command, by its name in lower case. */
  private readonly named = new Map<string, RuleRecord[]>();
  /** Both kinds together for the names that were asked for. */
  private readonly joined = new Map<string, readonly RuleRecord[]>();

  constructor(records: Iterable<RuleRecord>) {
    this.ordered = [...records].sort(byOrder);
    const events: RuleRecord[] = [];
    const general: RuleRecord[] = [];
    for (const record of this.ordered) {
      const { operation } = record.rule.when;
      const name = operation === undefined ? undefined : callName(operation).toLowerCase();
      if (neverComes(record)) continue;
      if (isEvent(record.rule)) events.push(record);
      else if (name === undefined) general.push(record);
      else {
        const others = this.named.get(name);
        if (others) others.push(record);
        else this.named.set(name, [record]);
      }
    }
    this.general = general;
    this.events = events.sort((a, b) => (a.from ?? 0) - (b.from ?? 0) || byOrder(a, b));
  }

  /** The rules that a call of this name may meet, in the order in which they act. */
  about({ name }: Call): readonly RuleRecord[] {
    const key = name.toLowerCase();
    const named = this.named.get(key);
    if (!named) return this.general;
    let joined = this.joined.get(key);
    if (!joined) {
      joined = [...named, ...this.general].sort(byOrder);
      this.joined.set(key, joined);
    }
    return joined;
  }
}

const byOrder = (a: RuleRecord, b: RuleRecord): number => a.order - b.order;

/** Collections never change, so that one is laid out once. */
const known = memoryBeside<Collection<RuleRecord>, RuleIndex>('fault rules by operation');

export function ruleIndexOf(records: Collection<RuleRecord>): RuleIndex {
  let index = known.get(records);
  if (!index) {
    index = new RuleIndex(records.values());
    known.set(records, index);
  }
  return index;
}
