import { TwinError } from '../input/twin-error.ts';

/** What cannot be done with moves of worlds between twins, with a message for the caller. */
export class MoveError extends TwinError {
  override readonly name = 'MoveError';
  protected readonly about = 'MOVE';
}
