import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import type { Rule } from './rule-schema.ts';
import { type RuleRecord, rules, twinScope } from './tables.ts';

/** Puts a rule behind those that are there. @returns undefined when its name is taken; nothing is changed then */
export function addRule(draft: Draft, rule: Rule, now: Instant): RuleRecord | undefined {
  const table = draft.table(rules, twinScope);
  if (rule.name !== undefined && table.get(rule.name)) return undefined;
  let order = draft.next('twintrack/rule');
  while (rule.name === undefined && table.get(`rule-${order}`)) order = draft.next('twintrack/rule');
  const { at } = rule.when;
  const from = at === undefined ? undefined : 'after' in at ? now + at.after : at.moment;
  return table.put({
    name: rule.name ?? `rule-${order}`,
    order,
    rule,
    givenAt: now,
    ...(from === undefined ? {} : { from }),
  });
}
