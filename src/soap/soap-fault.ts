/** SOAP 1.1 fault codes; a SOAP 1.2 answer translates Client to Sender and Server to Receiver. */
export type SoapFaultCode = 'Client' | 'Server' | 'MustUnderstand' | 'VersionMismatch';

/** The envelope version a request came in and its answer goes out with. */
export type SoapVersion = '1.1' | '1.2';

const LONGEST_TEXT = 1_400;
const LONGEST_HINT = 600;

/**
 * A request that the SOAP engine refuses before any operation sees it.
 *
 * `text` is what goes on the wire (the words of gSOAP, the real server's engine, wherever it has some);
 * `hint` is one or two sentences for the human: what was wrong, where, and how to mend it.
 */
export class SoapFault extends Error {
  readonly code: SoapFaultCode;
  readonly text: string;
  readonly detail: string | undefined;
  readonly hint: string;
  /** The version to answer in; set by the codec as soon as the envelope was recognised. */
  version: SoapVersion = '1.1';

  constructor(fault: { code: SoapFaultCode; text: string; detail?: string; hint: string }) {
    const text = clipped(fault.text, LONGEST_TEXT);
    super(text);
    this.name = 'SoapFault';
    this.code = fault.code;
    this.text = text;
    this.detail = fault.detail;
    this.hint = clipped(fault.hint.replace(/[\s\u0000-\u001f\u007f]+/g, ' '), LONGEST_HINT);
  }
}

/** A name or value from the request, short and in quotes, for use inside a hint. */
export function quoted(sent: string, longest = 80): string {
  return `'${clipped(sent, longest)}'`;
}

function clipped(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
