import { commandNamed } from '../aptest/commands/index.ts';
import { impossibleIn, loginNames } from '../conditions/impossible.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { PathStep } from '../input/path.ts';
import type { World } from '../world/world.ts';
import { neverComes } from './matching.ts';
import type { Rule } from './rule-schema.ts';
import { lockTarget } from './state-actions.ts';
import { type RuleRecord, rules, twinScope } from './tables.ts';

/** Why a rule cannot act as it stands. */
export interface RuleWarning {
  /** Where in the rule. */
  readonly path: readonly PathStep[];
  /** A sentence. */
  readonly reason: string;
}

/** Why a rule cannot act as it stands; nothing for a rule that can. */
export function warningsOf(record: RuleRecord, world: World): RuleWarning[] {
  const { rule, from, givenAt } = record;
  const found = [...conditionWarnings(rule, world), ...loginWarnings(rule, world)];
  if (from !== undefined && neverComes(record)) {
    found.push({
      path: ['when', 'at'],
      reason: `It never acts: ${new Date(from).toISOString()} was over at ${new Date(givenAt).toISOString()}, when the rule was given.`,
    });
  }
  if (rule.probability === 0)
    found.push({ path: ['probability'], reason: 'It never acts: its probability is 0.' });
  if (rule.do.lock) {
    const target = lockTarget(world, rule.do.lock);
    if ('problem' in target)
      found.push({ path: ['do', 'lock'], reason: `The lock cannot be taken: ${target.problem}.` });
  }
  return found;
}

/** The same for every rule that a world begins with. */
export function scriptWarnings(world: World): (RuleWarning & { readonly name: string })[] {
  return world
    .collection(rules, twinScope)
    .sorted()
    .flatMap((record) => warningsOf(record, world).map((warning) => ({ name: record.name, ...warning })));
}

/** What of its condition no call meets. */
function conditionWarnings({ when }: Rule, world: World): RuleWarning[] {
  return impossibleIn(when, world).map(({ path, reason, hint, isUnlessSent }) => {
    const isSendable = isUnlessSent && path[0] === 'where';
    const never = isSendable ? 'It acts only on calls that send it all the same' : 'It never acts';
    return { path: ['when', ...path], reason: `${never}: ${reason}.${hint}` };
  });
}

/** Why what it does to a login cannot be done. */
function loginWarnings({ when: { api, operation }, do: { dropSession } }: Rule, world: World): RuleWarning[] {
  if (dropSession === 'caller') {
    const isOfApTest = operation === undefined ? api === 'aptest' : commandNamed(operation) !== undefined;
    return isOfApTest ? [noLogins] : [];
  }
  if (dropSession === undefined) return [];
  const logins = loginNames(world);
  if (logins.some((each) => each.toLowerCase() === dropSession.user.toLowerCase())) return [];
  const near = didYouMeanHint(dropSession.user, logins);
  const reason = `It does nothing: there is no user "${dropSession.user}".${near}`;
  return [{ path: ['do', 'dropSession', 'user'], reason }];
}

const noLogins: RuleWarning = {
  path: ['do', 'dropSession'],
  reason: 'It does nothing: calls of rpc.mpl have no login that could end.',
};
