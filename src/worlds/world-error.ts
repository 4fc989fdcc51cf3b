import { TwinError } from '../input/twin-error.ts';

/** What cannot be done with worlds, with a message for the caller. */
export class WorldError extends TwinError {
  override readonly name = 'WorldError';
  protected readonly about = 'WORLD';
}
