/**
 * Freezes a record with everything in it and gives it back. Parts that are frozen already are taken as whole,
 * so replacing one member of a large record costs that member only. Bytes (typed arrays, Buffers) cannot be
 * frozen in JavaScript; whoever holds them must not write to them.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) {
    return value;
  }
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
