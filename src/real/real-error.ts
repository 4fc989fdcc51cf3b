import type { TwinErrorCode } from '../errors/own-errors.ts';

/** Why something cannot be done with a real server, its recording or a file that is made from it, for a person. */
export class RealServerError extends Error {
  override readonly name = 'RealServerError';

  readonly code: TwinErrorCode;

  /** @param message what, where, and how to mend it, as whole sentences */
  constructor(code: Extract<TwinErrorCode, `TWIN_REAL_${string}`>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
