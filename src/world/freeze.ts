/**
 * Freezes a record with everything in it and gives it back. Parts that are frozen already are taken as whole,
 * so replacing one member of a large record costs that member only. Bytes (typed arrays, Buffers) cannot be
 * frozen in JavaScript; their holders must not write to them.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    for (const member of value) deepFreeze(member);
  } else {
    // Records are plain objects: no list of their members is made, because every stored record comes by here.
    for (const key in value) deepFreeze(value[key]);
  }
  return Object.freeze(value);
}
