import { momentAsWritten } from './moment-notations.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/;
const HAS_TIME_AT = 10;
/** No fraction that a client sends is longer; bounds what is kept. */
const LONGEST = 64;

/**
 * `xsd:date`: the day as YYYY-MM-DD. A dateTime is accepted too and loses its time and zone, because
 * clients built on the WSDL before 2014.0.1 send one (that WSDL declared date members as dateTime).
 */
export function readDate(text: string): string | undefined {
  return parse(text)?.slice(0, 10);
}

/**
 * `xsd:dateTime`, kept as sent: zone offset, `Z` or none, fractions or none (all seen in real requests).
 * A bare day becomes its midnight; what a missing zone means is for the domain to say.
 */
export function readDateTime(text: string): string | undefined {
  const read = parse(text);
  if (read === undefined || read[HAS_TIME_AT] === 'T') return read;
  return `${read.slice(0, HAS_TIME_AT)}T00:00:00${read.slice(HAS_TIME_AT)}`;
}

/**
 * Years 0001 to 9999, days that the calendar has, times up to 23:59:59, zones up to 14 hours. Every part stands at a
 * place of its own, so no list of matches is made: a record has some ten of them.
 *
 * @returns the text, as XML Schema has it if it was written in another way
 */
function parse(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const known = existing(text);
  if (known !== undefined) return known;
  const written = momentAsWritten(text);
  return written === undefined ? undefined : existing(written);
}

function existing(text: string): string | undefined {
  if (!DATE.test(text)) return undefined;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const month = digits(text, 5);
  const day = digits(text, 8);
  const isDay = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = text[HAS_TIME_AT] !== 'T' || isTimeAt(text, HAS_TIME_AT + 1);
  return isDay && isTime && isZone(text) ? text : undefined;
}

function isTimeAt(text: string, at: number): boolean {
  return digits(text, at) <= 23 && digits(text, at + 3) <= 59 && digits(text, at + 6) <= 59;
}

/** Whether the zone at the end of a text, if there is one, is of this world. */
function isZone(text: string): boolean {
  const sign = text.length - '+00:00'.length;
  if (sign < HAS_TIME_AT || text[sign + 3] !== ':' || !/[+-]/.test(text[sign] ?? '')) return true;
  const hours = digits(text, sign + 1);
  const minutes = digits(text, sign + 4);
  return minutes <= 59 && (hours < 14 || (hours === 14 && minutes === 0));
}

/** The number that two digits stand for. */
function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
