import type { TwinErrorCode } from '../errors/own-errors.ts';

const kindCodes = { unknown: 'UNKNOWN', taken: 'TAKEN', refused: 'REFUSED' } as const;

/** Why a twin refuses what its owner asked for, with a message for them. */
export abstract class TwinError extends Error {
  /** What cannot be had, as the codes name it. */
  protected abstract readonly about: 'WORLD' | 'SNAPSHOT' | 'RULE' | 'MOVE';

  /** @param kind whether what was named is not there, is there already, or makes no sense */
  constructor(
    readonly kind: 'unknown' | 'taken' | 'refused',
    message: string,
  ) {
    super(message);
  }

  get code(): TwinErrorCode {
    return `TWIN_${this.about}_${kindCodes[this.kind]}`;
  }
}
