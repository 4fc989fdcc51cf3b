import { argumentOf, callName, isSameSession, isSessionArgument, memberOf } from '../conditions/names.ts';
import { callerOf } from '../journal/caller.ts';
import type { Call } from '../runner/call.ts';
import { seededBytes } from '../world/chance.ts';
import type { Instant } from '../world/instant.ts';
import type { World } from '../world/world.ts';
import type { Rule, Trigger } from './rule-schema.ts';
import type { RuleRecord, RuleUse } from './tables.ts';

/** Whether a call meets the conditions of a rule, its count and its chance left aside. */
export function meets(
  record: RuleRecord,
  call: Call,
  { world, now }: { world: World; now: Instant },
): boolean {
  const { operation, api, where, user } = record.rule.when;
  if (neverComes(record) || (record.from !== undefined && now < record.from)) return false;
  if (api !== undefined && api !== call.api) return false;
  if (operation !== undefined && !isNamed(call, operation)) return false;
  if (isForLogonOnly(record.rule) && !isLogon(call)) return false;
  if (user !== undefined && callerOf(world, call).user?.toLowerCase() !== user.toLowerCase()) return false;
  return Object.entries(where ?? {}).every(([name, pattern]) => hasArgument(call, name, pattern));
}

/** A moment that lay in the past when the rule was given does not come any more. */
export function neverComes({ from, givenAt }: RuleRecord): boolean {
  return from !== undefined && from < givenAt;
}

/** Whether a rule whose conditions are met by its `calls`th call acts on it. */
export function isItsTurn({ name, rule }: RuleRecord, { calls, hits }: RuleUse, seed: string): boolean {
  const { times, probability, when } = rule;
  if (hits >= mostHits(rule)) return false;
  if (when.every !== undefined && calls % when.every !== 0) return false;
  if (when.call !== undefined && (times === undefined ? calls !== when.call : calls < when.call))
    return false;
  return probability === undefined || chance(seed, `rule/${name}/${calls}`) < probability;
}

/** How often a rule may act: as often as it says; once when a moment starts it; else without end. */
export function mostHits({ times, when }: Rule): number {
  if (times === 'always') return Number.POSITIVE_INFINITY;
  return times ?? (when.at === undefined ? Number.POSITIVE_INFINITY : 1);
}

/** A licence is asked for by a logon only, so that is where a missing one shows. */
function isForLogonOnly({ do: { licenceGone }, when }: Rule): boolean {
  return licenceGone !== undefined && when.operation === undefined;
}

function isLogon({ name, api }: Call): boolean {
  return api === 'testtrack' && (name === 'ProjectLogon' || name === 'DatabaseLogon');
}

/** Operations are told apart by letter case, commands are not, and have other spellings. */
function isNamed({ api, name }: Call, operation: NonNullable<Trigger['operation']>): boolean {
  const meant = callName(operation);
  return api === 'testtrack' ? name === meant : name.toLowerCase() === meant.toLowerCase();
}

/** Whether a call has an argument as a pattern asks for it, by whichever name it came. */
function hasArgument(call: Call, name: string, pattern: unknown): boolean {
  const value = argumentOf(call, name);
  return fits(value, pattern) || (isSessionArgument(call, name) && isSameSession(value, pattern));
}

/** From 0 up to, but not, 1. */
function chance(seed: string, purpose: string): number {
  return seededBytes(seed, purpose).readUInt32BE() / 2 ** 32;
}

/**
 * Whether a value holds what a pattern asks for: of a map the members that are named, of a list all entries in their
 * order. Single values are compared as they are written, because rpc.mpl carries texts only and SOAP has numbers
 * beyond those of JavaScript.
 */
export function fits(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((entry, at) => fits(value[at], entry))
    );
  }
  if (typeof pattern === 'object' && pattern !== null) {
    return Object.entries(pattern).every(([name, inner]) => fits(memberOf(value, name), inner));
  }
  if (pattern === null) return value === null || value === undefined;
  if (value === null || value === undefined || (typeof value === 'object' && !(value instanceof Date)))
    return false;
  return written(value) === String(pattern);
}

function written(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
