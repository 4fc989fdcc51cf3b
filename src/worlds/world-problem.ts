/** What cannot be done with worlds, in words for whoever asked. */
export class WorldProblem extends Error {
  override readonly name = 'WorldProblem';

  constructor(
    readonly kind: 'unknown' | 'taken' | 'refused',
    message: string,
  ) {
    super(message);
  }
}
