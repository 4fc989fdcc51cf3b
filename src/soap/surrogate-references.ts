import { replacing } from '../answers/replacing.ts';
import type { Steps } from '../answers/steps.ts';

const PAIR = /&#x(d[89ab][0-9a-f]{2});&#x(d[c-f][0-9a-f]{2});/gi;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/**
 * Joins characters beyond the basic plane that were written as two references, one for each half: `&#xD83D;&#xDE00;`.
 * XML has no such references, but Axis 1.4 writes all those characters so (observed), and gSOAP takes them (observed
 * with 2.8.124). A CDATA section holds no references and stays as it is.
 */
export function* joinSurrogateReferences(xml: string): Steps<string> {
  if (!/&#xd[89ab]/i.test(xml)) return xml;
  const pieces: string[] = [];
  let position = 0;
  while (position < xml.length) {
    const open = endOf(xml.indexOf(CDATA, position), xml);
    pieces.push(yield* joined(xml.slice(position, open)));
    position = endOf(xml.indexOf(CDATA_END, open), xml);
    pieces.push(xml.slice(open, position));
  }
  return pieces.join('');
}

function joined(text: string): Steps<string> {
  return replacing(text, {
    pattern: PAIR,
    longest: '&#xd83d;&#xde00;'.length,
    by: ([, high = '', low = '']) => String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)),
  });
}

/** What is not found ends with the text. */
function endOf(found: number, xml: string): number {
  return found < 0 ? xml.length : found;
}
