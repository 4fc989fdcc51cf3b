import type { TwinErrorCode } from '../errors/own-errors.ts';

/** A function of the library or of a client got an argument that it cannot work with. Its name stays TypeError, as Node's own with a code. */
export class ArgumentError extends TypeError {
  readonly code: TwinErrorCode = 'TWIN_ARGUMENT_INVALID';
}
