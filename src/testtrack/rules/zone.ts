import { memoOfRecent, memoryOfRecent } from '../../memo/memory.ts';
import { RecentCache } from '../../memo/recent-cache.ts';
import { knownOffset } from '../../package/known-offsets.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../world/instant.ts';
import type { ServerSettings } from '../model/project-record.ts';

const quarterHourMs = 15 * MINUTE_MS;
/** Asking the platform costs some 10 µs, and a list of records asks for hundreds of times in the same few days. */
const offsets = memoryOfRecent<string, RecentCache<number, number>>('offsets of zones', 50);
/** Of one zone. By number: to put a text together and hash it would take longer than all the rest. */
const offsetsOfZone = 20_000;
/** Zones come from scenarios, so there are few of them. */
const formatterOf = memoOfRecent(
  'clocks of zones',
  50,
  (timeZone: string) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
);

/**
 * How far a time zone is ahead of UTC at an instant.
 *
 * @param zone an IANA name
 * @returns whole minutes; negative west of Greenwich
 */
export function offsetMinutes(zone: string, at: Instant): number {
  if (zone === 'UTC') return 0;
  // Clocks change on a quarter of an hour, so one look-up serves every instant within it. Where they once did so within
  // one, all of it counts as before: the offset is the same whichever instant is asked for first.
  const quarter = Math.floor(at / quarterHourMs);
  let ofZone = offsets.get(zone);
  if (ofZone === undefined) {
    ofZone = new RecentCache(offsetsOfZone);
    offsets.set(zone, ofZone);
  }
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const offset = knownOffset(zone, quarter * quarterHourMs) ?? computedOffset(zone, quarter * quarterHourMs);
  ofZone.set(quarter, offset);
  return offset;
}

/** The name of a zone that is always as far ahead of UTC: `UTC+05:30`. No zone of the platform is called so. */
export function fixedZone(minutes: number): string {
  return minutes === 0 ? 'UTC' : `UTC${offsetText(minutes)}`;
}

function fixedOffset(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^UTC([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** No zone had changed its clocks by then, and years from here on have four digits, which `Date.UTC` wants. */
const beforeZones = Date.UTC(1800, 0);

function computedOffset(zone: string, instant: Instant): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed;
  const at = Math.max(instant, beforeZones);
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((local - Math.floor(at / 1000) * 1000) / MINUTE_MS);
}

/** Whether the platform knows a time zone of this name. */
export function isZone(zone: string): boolean {
  if (knownOffset(zone, Date.UTC(2026, 0)) !== undefined) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const [firstLocal, lastLocal] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** The farthest that `xsd:dateTime` lets a zone be from UTC, in minutes. Juneau and Manila once were farther. */
const farthest = 14 * 60;

/**
 * An instant as `YYYY-MM-DDThh:mm:ss-05:00`: always a numeric offset, as clients match it. [observed in a client] In the
 * hours at both ends of the calendar in which the zone has another year than 1 to 9999, and where its offset is more
 * than 14 hours, the offset is another one, 0 if possible: a moment at either end can be sent with up to 14. [inferred]
 */
export function toWireDateTime(at: Instant, zone: string): string {
  const inZone = offsetMinutes(zone, at);
  const offset = canShow(at, inZone)
    ? inZone
    : ([0, farthest, -farthest].find((minutes) => canShow(at, minutes)) ?? inZone);
  const shown = at + offset * MINUTE_MS;
  const day = Math.floor(shown / DAY_MS);
  return dayText(day) + timeText(Math.floor((shown - day * DAY_MS) / 1000)) + offsetText(offset);
}

/** Whether `xsd:dateTime` has the offset, and the year of the instant with it four digits. */
function canShow(at: Instant, minutes: number): boolean {
  const local = at + minutes * MINUTE_MS;
  return Math.abs(minutes) <= farthest && local >= firstLocal && local <= lastLocal;
}

/** `2026-03-02T`, by days since the epoch: what a record shows happened on few of them. */
const dayText = memoOfRecent('days on the wire', 2_000, (day: number) =>
  new Date(day * DAY_MS).toISOString().slice(0, 11),
);

/** `-05:00` */
function offsetText(offset: number): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** `15:00:00` of seconds since midnight. */
function timeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/**
 * Reads a date and time as the codec lets it through: with an offset, `Z`, or no zone, which means the server's.
 *
 * @param text `YYYY-MM-DDThh:mm:ss`, an optional fraction, an optional zone
 */
export function fromWireDateTime(text: string, zone: string): Instant {
  const hasZone = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (hasZone) return Date.parse(text);
  const asUtc = Date.parse(`${text}Z`);
  const guess = asUtc - offsetMinutes(zone, asUtc) * MINUTE_MS;
  return asUtc - offsetMinutes(zone, guess) * MINUTE_MS;
}

/**
 * A day on the wire; in the interface of 2013, which declares a moment for it, its midnight with the offset that the
 * server's zone has then: suds fails at a bare day in a moment. [inferred; the server of 2013 was seen to send bare days
 * to a program that repairs the WSDL]
 *
 * @param day `YYYY-MM-DD`; empty for none
 * @returns undefined for none
 */
export function toWireDay(
  day: string,
  { sdk, timeZone }: Pick<ServerSettings, 'sdk' | 'timeZone'>,
): string | undefined {
  if (day === '') return undefined;
  return sdk === '2013' ? midnight(day, timeZone) : day;
}

function midnight(day: string, zone: string): string {
  const at = fromWireDateTime(`${day}T00:00:00`, zone);
  return `${day}T00:00:00${offsetText(offsetMinutes(zone, at))}`;
}

/**
 * Reads a day that may have been sent as a moment: a midnight is that of the day it names, in whatever zone; any other
 * moment falls on the day that it is in the server's zone, because clients send the midnight that they got in their own
 * zone. [inferred]
 *
 * @param text `YYYY-MM-DD`, or as `fromWireDateTime` takes it
 * @returns `YYYY-MM-DD`
 */
export function fromWireDay(text: string, zone: string): string {
  const isDay = text.length === 10 || /T00:00:00(?:\.0+)?(?:Z|[+-]\d\d:\d\d)?$/.test(text);
  return isDay ? text.slice(0, 10) : dayOf(fromWireDateTime(text, zone), zone);
}

/**
 * What becomes of an instant when a moment is sent for it: nothing was sent, or what the wire showed of it, which is
 * whole seconds, changes nothing.
 */
export function sentInstant<Current extends Instant | undefined>(
  sent: string | undefined,
  current: Current,
  zone: string,
): Instant | Current {
  if (sent === undefined) return current;
  const at = fromWireDateTime(sent, zone);
  return current !== undefined && Math.floor(current / 1000) * 1000 === at ? current : at;
}

/** The calendar day an instant falls on in a time zone, `YYYY-MM-DD`; never one before the year 1 or after 9999. */
export function dayOf(at: Instant, zone: string): string {
  const local = at + offsetMinutes(zone, at) * MINUTE_MS;
  return new Date(Math.min(lastLocal, Math.max(firstLocal, local))).toISOString().slice(0, 10);
}
