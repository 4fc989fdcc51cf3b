import { memoOfRecent } from '../memo/memory.ts';
import { escapeMarkup } from '../text/escapes.ts';

/** Which WSDL a client reads: today's, or the one from before 2014.0.1 with its misdeclared dates. */
export type WsdlForm = 'current' | 'legacy';

export interface ServedWsdlOptions {
  /** The URL that SOAP calls shall go to, as the client would write it; not yet escaped. */
  readonly address: string;
  readonly form: WsdlForm;
}

/** The text before and after the address, so that serving it is one concatenation. */
interface Pieces {
  readonly head: string;
  readonly tail: string;
}

const ADDRESS = /(<(?:\w+:)?address location=")[^"]*(")/;

/**
 * The attributes of a date member, written the way clients look for them: the name first, then the type.
 * A client that repairs the old WSDL compares text, so the order matters.
 */
const DATE_MEMBER = /<element name="([^"]*)" type="xsd:date"/g;

/**
 * The member names that clients of the old WSDL retype: `date`, `date…` but not `datetime…`, `…date`.
 * Letter case is ignored: otherwise `dateTimeCreated`, a true dateTime, would count as a date.
 */
const RETYPED_NAME = /^(?:date(?!time).*|.*date)$/i;

/**
 * The WSDL text as a client gets it.
 *
 * Before 2014.0.1 the WSDL declared date members as `xsd:dateTime` while the values were dates, and
 * clients repair exactly that in the text they read (observed in a client). `legacy` undoes the correction
 * for the members that such a repair finds, seven of the eight: `dateentered`, `datefound`, `dateEntered`,
 * `startdate`, `enddate`, `datedue` and `dateassigned`. `CDateField.value` stays a date, because no client
 * looks for that name and a client would be left with a type it cannot read.
 *
 * Two members have a name that the repair finds but hold a moment in today's WSDL: `CEvent.date` and
 * `CLinkHistoryItem.date`. They stay dateTime in both forms (what the old WSDL meant is not known), and
 * a repairing client takes them for dates whichever form it reads.
 *
 * @param text the WSDL, in its current form
 * @param options the address to announce, and the form
 * @returns the whole document; equal arguments give equal text
 * @throws Error when the text announces no address
 */
export function servedWsdl(text: string, options: ServedWsdlOptions): string {
  const { head, tail } = piecesOf(text)[options.form];
  return head + escapeMarkup(options.address) + tail;
}

/** A process serves one WSDL: the last text taken apart is the one that will be asked for again. */
const piecesOf = memoOfRecent(
  'WSDL taken apart',
  1,
  (text: string): Record<WsdlForm, Pieces> => ({ current: split(text), legacy: split(toLegacy(text)) }),
);

function split(text: string): Pieces {
  const found = ADDRESS.exec(text);
  if (found === null) throw new Error('the WSDL announces no address: there is no soap:address to fill in');
  const [whole, before = '', after = ''] = found;
  return {
    head: text.slice(0, found.index) + before,
    tail: after + text.slice(found.index + whole.length),
  };
}

function toLegacy(text: string): string {
  return text.replace(DATE_MEMBER, (member, name: string) =>
    RETYPED_NAME.test(name) ? `<element name="${name}" type="xsd:dateTime"` : member,
  );
}
