import { memoryBeside } from '../memo/memory.ts';

/** What an object costs besides what it holds, and a member of it; roughly what V8 takes. */
const objectBytes = 32;
const memberBytes = 16;

const known = memoryBeside<object, number>('weights of answers');

/** The same as `weightOf` for an answer: a frozen one is given again and again, so it is weighed once. */
export function weightOfAnswer(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !Object.isFrozen(answer)) return weightOf(answer);
  const remembered = known.get(answer);
  if (remembered !== undefined) return remembered;
  const weight = weightOf(answer);
  known.set(answer, weight);
  return weight;
}

/**
 * About how much memory a value keeps alive, in bytes. What is no plain data (a list that is made while it is sent)
 * counts as empty: it is never looked into.
 */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length + memberBytes;
  if (value === undefined) return 0;
  if (typeof value !== 'object' || value === null) return memberBytes;
  if (ArrayBuffer.isView(value)) return value.byteLength + objectBytes;
  let weight = objectBytes;
  if (Array.isArray(value)) {
    for (const each of value) weight += weightOf(each);
  } else if (isData(value)) {
    for (const name in value) weight += memberBytes + weightOf((value as Record<string, unknown>)[name]);
  }
  return weight;
}

/**
 * What of a value is its own: `weightOf` without the parts that another value has in the same place.
 *
 * @param base what is there anyway; undefined for nothing
 */
export function weightBeside(value: unknown, base: unknown): number {
  if (value === base) return 0;
  if (!isSameKind(value, base)) return weightOf(value);
  let weight = objectBytes;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) weight += weightBeside(value[at], memberOf(base, at));
    return weight;
  }
  for (const name in value) weight += memberBytes + weightBeside(memberOf(value, name), memberOf(base, name));
  return weight;
}

/** A record before and after a change, and what of it is there anyway. Undefined for none. */
export interface Weighed {
  readonly before: unknown;
  readonly after: unknown;
  readonly base: unknown;
}

/**
 * By how much `weightBeside` of a value grows with a change. It costs what the change is: parts that are the same before
 * and after are not looked into.
 */
export function growthOf({ before, after, base }: Weighed): number {
  if (before === after) return 0;
  if (before === base || after === base || !isSameKind(before, after) || !isSameKind(after, before)) {
    return weightBeside(after, base) - weightBeside(before, base);
  }
  const part = (name: string | number) => {
    const was = memberOf(before, name);
    const is = memberOf(after, name);
    return was === is ? 0 : growthOf({ before: was, after: is, base: memberOf(base, name) });
  };
  let growth = 0;
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at++) growth += part(at);
    return growth;
  }
  for (const name in after) growth += part(name) + (name in before ? 0 : memberBytes);
  for (const name in before) if (!(name in after)) growth += part(name) - memberBytes;
  return growth;
}

/** Whether two values can be compared part by part. */
function isSameKind<T>(one: T, other: unknown): one is T & object {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other);
  return isData(one) && isData(other);
}

function memberOf(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isData(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
