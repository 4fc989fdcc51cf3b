const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:(T)(\d\d):(\d\d):(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
/** No fraction that a client sends is longer; bounds what is kept. */
const LONGEST = 64;

/**
 * `xsd:date`: the day as YYYY-MM-DD. A dateTime is accepted too and loses its time and zone, because
 * clients built on the WSDL before 2014.0.1 send one (that WSDL declared date members as dateTime).
 */
export function readDate(text: string): string | undefined {
  return parse(text) === undefined ? undefined : text.slice(0, 10);
}

/**
 * `xsd:dateTime`, kept as sent: zone offset, `Z` or none, fractions or none (all seen in real requests).
 * A bare day becomes its midnight; what a missing zone means is for the domain to say.
 */
export function readDateTime(text: string): string | undefined {
  const parts = parse(text);
  if (parts === undefined) return undefined;
  return parts.hasTime ? text : `${text.slice(0, 10)}T00:00:00${text.slice(10)}`;
}

/** Years 0001 to 9999, days that the calendar has, times up to 23:59:59, zones up to 14 hours. */
function parse(text: string): { hasTime: boolean } | undefined {
  if (text.length > LONGEST) return undefined;
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = [match[1], match[2], match[3]].map(Number);
  const [hour = 0, minute = 0, second = 0] = [match[5], match[6], match[7]].map((part) => Number(part ?? 0));
  const isDay = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = hour <= 23 && minute <= 59 && second <= 59;
  return isDay && isTime && isZone(match[9]) ? { hasTime: match[4] !== undefined } : undefined;
}

function isZone(zone: string | undefined): boolean {
  if (zone === undefined || zone === 'Z') return true;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  return minutes <= 59 && (hours < 14 || (hours === 14 && minutes === 0));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
