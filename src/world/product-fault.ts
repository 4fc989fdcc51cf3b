/** A text that goes to a client, and how journal, log and control show it. */
export interface Message {
  /** With everything in it: for the wire, which repeats what was sent. */
  readonly whole: string;
  /** The same without what is secret. */
  readonly shown: string;
}

/**
 * A refusal that the real product would give too. Each product makes these only in its own catalogue
 * (`testtrack/faults.ts`, `aptest/errors.ts`), so number and text stand once.
 */
export class ProductFault extends Error {
  override readonly name = 'ProductFault';
  /** The words the wire carries. */
  readonly text: string;
  /** The same for journal, log and control: without the secrets that the wire repeats. */
  readonly shownText: string;

  /**
   * @param code the product's number: TestTrack's fault `detail`, ApTest's return code
   * @param text the words the wire carries; a message where they may hold a secret
   * @param hint what the reader of the log should know and do; never sent in the body, and without secrets
   */
  constructor(
    readonly code: number,
    text: string | Message,
    readonly hint: string,
  ) {
    const { whole, shown } = typeof text === 'string' ? { whole: text, shown: text } : text;
    super(shown);
    this.text = whole;
    this.shownText = shown;
  }
}
