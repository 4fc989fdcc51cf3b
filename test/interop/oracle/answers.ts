import { type AnswerElement, parse } from '../../support/soap-message.ts';

/** What a server answered. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
const MOMENT = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * An answer as one text, so that answers which mean the same are equal:
 *
 * - the head of the envelope must be the same to the letter, but for line ends outside of the elements;
 * - nil means absent: gSOAP writes a required member without a value as nil, where we write nothing;
 * - a list without items says nothing about its type;
 * - moments count by the second, decimals by their value (gSOAP writes `1E-07` and converts moments to UTC);
 * - a number that is 0 or a boolean that is false counts as absent: C++ has no absent number.
 */
export function meaningOf({ status, contentType, body }: RawAnswer): string {
  const [, head = '', rest = ''] = /^(.*?<SOAP-ENV:Body)(.*)$/s.exec(body) ?? [];
  if (rest === '') return `${status} ${body}`;
  const envelope = parse(body.trim());
  const content = envelope.children.at(-1)?.children[0];
  const frame = `${status} ${contentType} ${head.replace(/\?>\s*/, '?>')}`;
  return `${frame}\n${content === undefined ? '' : linesOf(content, '').join('\n')}`;
}

function linesOf(element: AnswerElement, indent: string): string[] {
  const children = element.children.filter((child) => !isNothing(child));
  const attributes = [...element.attributes]
    .filter(([name]) => children.length > 0 || name !== `{${ENCODING}}arrayType`)
    .map(([name, value]) => ` ${name}=${value}`);
  const name = element.uri === '' ? element.local : `{${element.uri}}${element.local}`;
  const text = children.length > 0 || element.children.length > 0 ? '' : valueOfText(element.text);
  return [
    `${indent}${name}${attributes.join('')}${text === '' ? '' : ` ${JSON.stringify(text)}`}`,
    ...children.flatMap((child) => linesOf(child, `${indent}  `)),
  ];
}

function isNothing(element: AnswerElement): boolean {
  if (element.attributes.get(`{${INSTANCE}}nil`) === 'true') return true;
  return element.children.length === 0 && element.attributes.size === 0 && /^(?:0|false)$/.test(element.text);
}

function valueOfText(text: string): string {
  const [, zone] = MOMENT.exec(text) ?? [];
  if (MOMENT.test(text)) {
    return `moment ${Math.floor(Date.parse(zone === undefined ? `${text}Z` : text) / 1000)}`;
  }
  // Whole numbers stay as they are: a long does not fit a double.
  return DECIMAL.test(text) && !/^[+-]?\d+$/.test(text) ? `decimal ${Number(text)}` : text;
}
