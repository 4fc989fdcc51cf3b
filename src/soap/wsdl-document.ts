import { memoOfRecent } from '../memo/memory.ts';
import { escapeMarkup } from '../text/escapes.ts';

/** The text before and after the address, so that serving it is one concatenation. */
interface Pieces {
  readonly head: string;
  readonly tail: string;
}

const ADDRESS = /(<(?:\w+:)?address location=")[^"]*(")/;

/**
 * The WSDL text as a client gets it.
 *
 * @param text the WSDL
 * @param address the URL that SOAP calls shall go to, as the client would write it; not yet escaped
 * @returns the whole document; equal arguments give equal text
 * @throws Error when the text announces no address
 */
export function servedWsdl(text: string, address: string): string {
  const { head, tail } = piecesOf(text);
  return head + escapeMarkup(address) + tail;
}

/** A process serves few WSDLs, one for each generation that its worlds are of. */
const piecesOf = memoOfRecent('WSDL taken apart', 3, split);

function split(text: string): Pieces {
  const found = ADDRESS.exec(text);
  if (found === null) throw new Error('the WSDL announces no address: there is no soap:address to fill in');
  const [whole, before = '', after = ''] = found;
  return {
    head: text.slice(0, found.index) + before,
    tail: after + text.slice(found.index + whole.length),
  };
}
