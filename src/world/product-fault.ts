/**
 * A refusal that the real product would give too. Each product makes these only in its own catalogue
 * (`testtrack/faults.ts`, `aptest/errors.ts`), so number and text stand once.
 */
export class ProductFault extends Error {
  override readonly name = 'ProductFault';

  /**
   * @param code the product's number: TestTrack's fault `detail`, ApTest's return code
   * @param text the words the wire carries
   * @param hint what the reader of the log should know and do; never sent in the body
   */
  constructor(
    readonly code: number,
    readonly text: string,
    readonly hint: string,
  ) {
    super(text);
  }
}
