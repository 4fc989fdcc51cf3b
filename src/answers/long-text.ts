/** A text that is made while it goes out, as large as it may be: of values, so that it does not matter what happens meanwhile. */
export class LongText {
  /**
   * @param pieces makes it piece by piece; an empty one says that work is going on, and that others may have a turn
   * @param contentType its media type
   */
  constructor(
    readonly pieces: Iterable<string>,
    readonly contentType: string,
  ) {}
}
