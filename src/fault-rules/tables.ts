import type { Instant } from '../world/instant.ts';
import { table } from '../world/table.ts';
import type { Rule } from './rule-schema.ts';

/** Where the records of the twin itself live, beside those of the products. */
export const twinScope = 'twintrack';

/** A rule as a world keeps it. */
export interface RuleRecord {
  readonly name: string;
  /** Rules act in the order in which they were given. */
  readonly order: number;
  readonly rule: Rule;
  readonly givenAt: Instant;
  /** The moment from which on it can act; undefined for one that needs no moment. */
  readonly from?: Instant;
}

/** How a rule was used so far. */
export interface RuleUse {
  readonly name: string;
  /** Calls that met its conditions, its count and its chance left aside; for a timed rule 1 once its moment came. */
  readonly calls: number;
  /** How often it acted. */
  readonly hits: number;
}

/**
 * Rules and their counters are records of the world like any other, so a fork has its own, a reset brings the first
 * ones back, and the same seed and calls give the same hits.
 */
export const rules = table<RuleRecord>('rules', { key: (rule) => rule.name });
export const ruleUses = table<RuleUse>('rule-uses', { key: (use) => use.name });
