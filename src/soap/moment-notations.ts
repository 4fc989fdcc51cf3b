const EXTENDED =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?$/;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:(\d{2})(?:\.(\d*))?)?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Writes a moment as XML Schema has it that a client wrote in another way which gSOAP's reader takes: an offset without a
 * colon or behind a blank, a blank for the `T`, no seconds, `24:00:00`, the basic form, one-digit parts, a dot without
 * digits. (observed with a server built with gSOAP)
 *
 * @returns `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss`, with fraction and zone as they were; undefined for anything else, such as names of
 * zones, a comma before the fraction and local notations
 */
export function momentAsWritten(text: string): string | undefined {
  const found = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (!found) return undefined;
  const [, year = '', month = '', day = '', hour, minute = '', second = '0', fraction = '', zone = ''] =
    found;
  const date = `${year}-${two(month)}-${two(day)}`;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  if (hour === undefined) return date + offset;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  const rest = (fraction === '' ? '' : `.${fraction}`) + offset;
  return time === '24:00:00' && !/[1-9]/.test(fraction)
    ? dayAfter(date) && `${dayAfter(date)}T00:00:00${rest}`
    : `${date}T${time}${rest}`;
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

function dayAfter(date: string): string | undefined {
  const start = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(start) ? undefined : new Date(start + DAY_MS).toISOString().slice(0, 10);
}
