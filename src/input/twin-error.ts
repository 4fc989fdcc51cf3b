/** What somebody who holds or controls a twin asked for and cannot have, in words for them. */
export abstract class TwinError extends Error {
  /** @param kind whether what was named is not there, is there already, or makes no sense */
  constructor(
    readonly kind: 'unknown' | 'taken' | 'refused',
    message: string,
  ) {
    super(message);
  }
}
