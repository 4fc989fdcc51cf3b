import { DAY_MS, type Instant, MINUTE_MS } from '../../world/instant.ts';
import type { Day } from '../model/item-record.ts';
import { dayOf, fromWireDateTime } from '../rules/zone.ts';

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. [documented: always ISO] */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dayAfter(text, 0) === text;
}

/** Whether a text is a moment: a day with `T` and a time, and a zone or none, which means the server's. [inferred] */
export function isMoment(text: string): boolean {
  const parts =
    /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/.exec(text);
  return parts !== null && isDay(parts[1] ?? '');
}

/** The day so many days later; another text when the day does not exist. */
function dayAfter(day: Day, days: number): Day {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from and through, or moments from and before: what a range of dates means to each kind of column. */
export interface DayRange {
  readonly from: Day | undefined;
  readonly through: Day | undefined;
}
export interface MomentRange {
  readonly from: Instant;
  readonly before: Instant;
}

/** A range of days or moments as instants, the end being the first that is no longer in it. */
export function momentRange(
  from: string | undefined,
  through: string | undefined,
  zone: string,
): MomentRange {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : fromWireDateTime(withTime(from), zone),
    before: through === undefined ? Number.POSITIVE_INFINITY : afterEnd(through, zone),
  };
}

const lastDay = '9999-12-31';

function afterEnd(through: string, zone: string): Instant {
  if (through === lastDay) return Number.POSITIVE_INFINITY;
  if (isDay(through)) return fromWireDateTime(`${dayAfter(through, 1)}T00:00:00`, zone);
  const isWholeMinute = /T\d\d:\d\d(?!:)/.test(through);
  return fromWireDateTime(withTime(through), zone) + (isWholeMinute ? MINUTE_MS : 1_000);
}

/** Always with seconds, as the reader of the wire wants it. */
function withTime(text: string): string {
  if (isDay(text)) return `${text}T00:00:00`;
  return text.replace(/T(\d\d:\d\d)(?!:)/, 'T$1:00');
}

/**
 * The periods a query can name. [documented: those of the client's dialog, `This Week` among them; the others are
 * inferred]
 */
export const periodNames = [
  'Today',
  'Yesterday',
  'Tomorrow',
  'This Week',
  'Last Week',
  'Next Week',
  'This Month',
  'Last Month',
  'Next Month',
  'This Quarter',
  'Last Quarter',
  'Next Quarter',
  'This Year',
  'Last Year',
  'Next Year',
  'Last 7 Days',
  'Last 30 Days',
  'Last 90 Days',
  'Next 7 Days',
  'Next 30 Days',
  'Next 90 Days',
] as const;

/** A period by its name in any case, in the product's own spelling. */
export function periodNamed(name: string): (typeof periodNames)[number] | undefined {
  const wanted = name.toLowerCase();
  return periodNames.find((known) => known.toLowerCase() === wanted);
}

/** When periods are reckoned: now, in the server's zone [documented], with the first day of its locale's week. */
export interface PeriodClock {
  readonly now: Instant;
  readonly zone: string;
  readonly locale: string;
}

/** The days of a period as it stands now. */
export function daysOfPeriod(name: string, { now, zone, locale }: PeriodClock): Required<DayRange> {
  const today = dayOf(now, zone);
  const [first = '', second = '', third] = name.toLowerCase().split(' ');
  if (third !== undefined) {
    const days = Number(second) - 1;
    return first === 'last'
      ? { from: dayAfter(today, -days), through: today }
      : { from: today, through: dayAfter(today, days) };
  }
  if (second === '') {
    const day = dayAfter(today, singleDays[first] ?? 0);
    return { from: day, through: day };
  }
  const step = steps[first] ?? 0;
  if (second === 'week') {
    const begin = dayAfter(today, 7 * step - ((weekdayOf(today) - firstWeekday(locale) + 7) % 7));
    return { from: begin, through: dayAfter(begin, 6) };
  }
  const months = monthsOf[second] ?? 1;
  const current = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  const begin = (Math.floor(current / months) + step) * months;
  return { from: firstOfMonth(begin), through: dayAfter(firstOfMonth(begin + months), -1) };
}

const singleDays: Readonly<Record<string, number>> = { today: 0, yesterday: -1, tomorrow: 1 };
const steps: Readonly<Record<string, number>> = { this: 0, last: -1, next: 1 };
const monthsOf: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** @param month counted from January of the year 0 */
function firstOfMonth(month: number): Day {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** 0 for Sunday. */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** 0 for Sunday. The platform has it under two names, by its version. */
function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    readonly weekInfo?: { readonly firstDay: number };
    getWeekInfo?(): { readonly firstDay: number };
  };
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 7) % 7;
}
