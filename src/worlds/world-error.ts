import { TwinError } from '../input/twin-error.ts';

/** What cannot be done with worlds, in words for whoever asked. */
export class WorldError extends TwinError {
  override readonly name = 'WorldError';
  protected readonly about = 'WORLD';
}
