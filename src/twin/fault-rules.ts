import type { z } from 'zod';
import type { FaultRules, ShownRule } from '../fault-rules/fault-rules.ts';
import { type Rule, ruleSchema } from '../fault-rules/rule-schema.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { problemsText } from '../input/issues.ts';
import { TwinError } from '../input/twin-error.ts';

/** What cannot be done with fault rules, with a message for the caller. */
export class FaultRuleError extends TwinError {
  override readonly name = 'FaultRuleError';
  protected readonly about = 'RULE';
}

/** A rule as it is written in a scenario: when it acts, and the one thing that it does then. */
export type GivenRule = z.input<typeof ruleSchema>;

/** The fault rules of a world, for code in the same process. */
export interface TwinRules {
  /**
   * Adds a rule behind those that are there.
   *
   * @returns the rule with its name, what it does as a sentence, and `warnings` that say why it can never act
   * @throws FaultRuleError for a rule that makes no sense, or a name that is taken
   */
  add(rule: GivenRule): ShownRule;
  /** The rules in their order, with how many calls met each and how often it acted. */
  list(): ShownRule[];
  /** @throws FaultRuleError when there is no such rule */
  remove(name: string): void;
  /** Takes all rules away, those of the scenario too. @returns how many there were */
  clear(): number;
}

/** The rules of a world, for code in the same process. */
export function twinRules(faultRules: FaultRules): TwinRules {
  return {
    add: (rule) => addedRule(faultRules, checkedRule(rule)),
    list: () => faultRules.list(),
    remove: (name) => removeRule(faultRules, name),
    clear: () => faultRules.clear(),
  };
}

/** @throws FaultRuleError when the name is taken */
export function addedRule(faultRules: FaultRules, rule: Rule): ShownRule {
  const added = faultRules.add(rule);
  if (added) return added;
  throw new FaultRuleError(
    'taken',
    `There is a rule "${rule.name}" already; delete it first or take another name.`,
  );
}

/** @throws FaultRuleError when there is none of this name */
export function removeRule(faultRules: FaultRules, name: string): void {
  if (faultRules.remove(name)) return;
  const known = faultRules.list().map((rule) => rule.name);
  throw new FaultRuleError(
    'unknown',
    `There is no rule "${name.slice(0, 100)}".${didYouMeanHint(name, known)}`,
  );
}

/** @throws FaultRuleError */
function checkedRule(given: unknown): Rule {
  const checked = ruleSchema.safeParse(given);
  if (!checked.success) throw new FaultRuleError('refused', problemsText(checked.error, ruleSchema, given));
  // The world freezes what it keeps; what the caller holds must stay as it is.
  return structuredClone(checked.data);
}
