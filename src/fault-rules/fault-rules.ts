import { sessionOf } from '../journal/caller.ts';
import type { Call } from '../runner/call.ts';
import type { Runner } from '../runner/runner.ts';
import { endSession } from '../testtrack/rules/sessions.ts';
import { plainValue } from '../text/plain-value.ts';
import type { Draft } from '../world/draft.ts';
import { type Instant, MINUTE_MS } from '../world/instant.ts';
import type { Path } from '../world/world.ts';
import { addRule } from './add-rule.ts';
import { explain, isEvent } from './explain.ts';
import { type Corruption, corruptionOf, type Instead, type Intervention, insteadOf } from './intervention.ts';
import { isItsTurn, meets, mostHits, neverComes } from './matching.ts';
import { type RuleIndex, ruleIndexOf } from './rule-index.ts';
import type { Rule } from './rule-schema.ts';
import { dropSessionsOf, lockForAnother } from './state-actions.ts';
import { type RuleRecord, type RuleUse, rules, ruleUses, twinScope } from './tables.ts';
import { warningsOf } from './warnings.ts';

/** Something that a script does at a moment. */
export interface RuleMoment {
  readonly at: Instant;
  readonly kind: 'script';
  readonly what: string;
}

/** A rule as people are shown it. */
export interface ShownRule {
  readonly name: string;
  readonly explanation: string;
  /** Calls that met its conditions. */
  readonly calls: number;
  /** How often it acted. */
  readonly hits: number;
  /** Whether it will not act any more. */
  readonly isOver: boolean;
  readonly warnings: readonly string[];
  readonly rule: Rule;
}

/** A rule without the passwords, cookies and tokens that it waits for. */
function shownRule(rule: Rule): Rule {
  const { where } = rule.when;
  if (where === undefined) return rule;
  return { ...rule, when: { ...rule.when, where: plainValue(where) as typeof where } };
}

/** The longest that a call waits, whatever its rules add up to. */
const longestDelayMs = 10 * MINUTE_MS;
const rulesPath: Path = `${twinScope}/${rules.name}`;

/** The script of a world: its rules, carried out. All it remembers is in the world. */
export class FaultRules {
  constructor(private readonly runner: Runner) {}

  /** Whether there is no rule at all, which nearly every call finds; it costs one look-up. */
  get isEmpty(): boolean {
    const found = this.runner.world.collections.get(rulesPath);
    return found === undefined || found.size === 0;
  }

  /** Does what fell due since it was asked last. @returns what it did, soonest first */
  settle(): RuleMoment[] {
    const now = this.runner.clock.now();
    const due: RuleRecord[] = [];
    for (const record of this.index()?.events ?? []) {
      if (record.from === undefined || record.from > now) break;
      if (this.isWaiting(record)) due.push(record);
    }
    if (due.length === 0) return [];
    return this.runner.change((draft) => due.flatMap((record) => happen(draft, record)));
  }

  /** The moments it waits for: its events, and when rules about calls begin to count. */
  due(): RuleMoment[] {
    return [...this.beginnings(), ...momentsOf(this.records().filter((record) => this.isWaiting(record)))];
  }

  /** The moments from which on rules about calls count; nothing happens then by itself. */
  beginnings(): RuleMoment[] {
    return momentsOf(this.records().filter((record) => !isEvent(record.rule) && !neverComes(record)));
  }

  /**
   * Counts a call that has just arrived, does to the state what the rules want, and tells what is to be done to the
   * call. Of several rules that give an answer, or spoil it, the first one counts; delays add up.
   *
   * @returns undefined when no rule acts
   */
  intervene(call: Call): Intervention | undefined {
    this.settle();
    const now = this.runner.clock.now();
    const { world } = this.runner;
    const met = this.index()
      ?.about(call)
      .filter((record) => meets(record, call, { world, now }));
    if (!met || met.length === 0) return undefined;
    return this.runner.change((draft, at) => {
      const turn = new Turn(draft, call, at);
      for (const record of met) turn.take(record);
      return turn.intervention();
    });
  }

  /** The rules in their order. */
  list(): ShownRule[] {
    this.settle();
    return this.records().map((record) => this.shown(record));
  }

  /**
   * Adds a rule.
   *
   * @returns the rule, with why it may never act; undefined when its name is taken
   */
  add(rule: Rule): ShownRule | undefined {
    this.settle();
    const added = this.runner.change((draft, now) => addRule(draft, rule, now));
    return added && this.shown(added);
  }

  /** @returns whether there was such a rule */
  remove(name: string): boolean {
    return this.runner.change((draft) => {
      const table = draft.table(rules, twinScope);
      if (!table.get(name)) return false;
      table.delete(name);
      draft.table(ruleUses, twinScope).delete(name);
      return true;
    });
  }

  /** Takes all rules away. @returns how many there were */
  clear(): number {
    const names = this.records().map(({ name }) => name);
    for (const name of names) this.remove(name);
    return names.length;
  }

  private shown(record: RuleRecord): ShownRule {
    const { world } = this.runner;
    const { calls, hits } = world.collection(ruleUses, twinScope).get(record.name) ?? unused(record.name);
    const { name, rule } = record;
    const isPast = rule.when.call !== undefined && rule.times === undefined && calls >= rule.when.call;
    return {
      name,
      explanation: explain(record),
      calls,
      hits,
      isOver: isPast || neverComes(record) || (isEvent(rule) ? calls > 0 : hits >= mostHits(rule)),
      warnings: warningsOf(record, world).map(({ reason }) => reason),
      rule: shownRule(rule),
    };
  }

  private records(): readonly RuleRecord[] {
    return this.index()?.ordered ?? [];
  }

  /** Undefined where there is no rule. */
  private index(): RuleIndex | undefined {
    return this.isEmpty ? undefined : ruleIndexOf(this.runner.world.collection(rules, twinScope));
  }

  /** Whether a rule is an event whose moment was not seen yet. */
  private isWaiting(record: RuleRecord): boolean {
    return (
      isEvent(record.rule) &&
      !neverComes(record) &&
      this.runner.world.collection(ruleUses, twinScope).get(record.name) === undefined
    );
  }
}

const unused = (name: string): RuleUse => ({ name, calls: 0, hits: 0 });

function momentsOf(records: readonly RuleRecord[]): RuleMoment[] {
  return records.flatMap((record): RuleMoment[] => {
    const { from: at, name } = record;
    return at === undefined ? [] : [{ at, kind: 'script', what: `rule "${name}": ${explain(record)}` }];
  });
}

function happen(draft: Draft, record: RuleRecord): RuleMoment[] {
  const { name, rule, from = 0 } = record;
  const use: RuleUse = { name, calls: 1, hits: 0 };
  const isDone = isItsTurn(record, use, draft.seed) && changeState(draft, rule, from);
  draft.table(ruleUses, twinScope).put({ ...use, hits: isDone ? 1 : 0 });
  return isDone ? momentsOf([record]) : [];
}

/** Does what a rule wants of the state without a call. @returns whether it could be done */
function changeState(draft: Draft, { do: { lock, dropSession } }: Rule, at: Instant): boolean {
  if (lock) return lockForAnother(draft, lock, at);
  return typeof dropSession === 'object' && dropSessionsOf(draft, dropSession);
}

/** One call as the rules that it meets take their turns with it. */
class Turn {
  private delayMs = 0;
  private instead: Instead | undefined;
  private corruption: Corruption | undefined;
  private readonly by: string[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly call: Call,
    private readonly now: Instant,
  ) {}

  take(record: RuleRecord): void {
    const uses = this.draft.table(ruleUses, twinScope);
    const before = uses.get(record.name) ?? unused(record.name);
    const use = { ...before, calls: before.calls + 1 };
    const isHit = isItsTurn(record, use, this.draft.seed) && this.acts(record);
    uses.put({ ...use, hits: use.hits + (isHit ? 1 : 0) });
    if (isHit) this.by.push(`Rule "${record.name}": ${explain(record)}`);
  }

  intervention(): Intervention | undefined {
    if (this.by.length === 0) return undefined;
    const { delayMs, instead, corruption, by } = this;
    return { delayMs: Math.min(delayMs, longestDelayMs), instead, corruption, by };
  }

  /** @returns false for a rule that found nothing left to do */
  private acts(record: RuleRecord): boolean {
    const { delay, dropSession, lock } = record.rule.do;
    if (delay !== undefined) {
      this.delayMs += delay;
      return true;
    }
    if (dropSession === 'caller') return this.dropCaller();
    if (dropSession || lock) return changeState(this.draft, record.rule, this.now);
    // What is answered without the call cannot be spoilt, and is not answered twice.
    if (this.instead) return false;
    this.instead = insteadOf(record, this.call);
    if (this.instead) return true;
    if (this.corruption) return false;
    this.corruption = corruptionOf(record.rule.do);
    return this.corruption !== undefined;
  }

  private dropCaller(): boolean {
    const session = sessionOf(this.draft.commit(), this.call);
    if (session) endSession(this.draft, session);
    return session !== undefined;
  }
}
