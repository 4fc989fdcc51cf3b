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

function isData(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
