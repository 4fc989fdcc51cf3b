import { memoryBeside } from '../memo/memory.ts';

/** What an object costs besides what it holds, and a member of it; roughly what V8 takes. */
const objectBytes = 32;
const memberBytes = 16;

/** Small values are cheaper to weigh again than to remember. */
const worthRemembering = 1024;

const known = memoryBeside<object, number>('weights of large values');

/**
 * About how much memory a value keeps alive, in bytes. Frozen values never change, so large ones are weighed once.
 * What is no plain data (a list that is made while it is sent) counts as empty: it is never looked into.
 */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length + memberBytes;
  if (typeof value !== 'object' || value === null) return memberBytes;
  if (ArrayBuffer.isView(value)) return value.byteLength + objectBytes;
  const remembered = known.get(value);
  if (remembered !== undefined) return remembered;
  let weight = objectBytes;
  if (Array.isArray(value)) {
    for (const each of value) weight += weightOf(each);
  } else if (isData(value)) {
    for (const name in value) weight += memberBytes + weightOf((value as Record<string, unknown>)[name]);
  }
  if (weight >= worthRemembering && Object.isFrozen(value)) known.set(value, weight);
  return weight;
}

function isData(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
