import { memoryOfRecent } from '../../memo/memory.ts';
import { RecentCache } from '../../memo/recent-cache.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../world/instant.ts';
import type { Day } from '../model/item-record.ts';
import { offsetMinutes } from '../rules/zone.ts';

const minutesPerDay = 24 * 60;
/** A list of records names the same few days over and over, and asking the platform costs some µs each time. */
const rememberedDays = 5_000;

/** Whether the platform can write dates in a locale. */
export function isLocale(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length === 1;
  } catch {
    return false;
  }
}

/**
 * Dates as a server with a locale writes them into cells. [documented: by the server's locale; the short date, and
 * for a moment hour and minute after it, are inferred]
 */
export class LocaleDates {
  private readonly days: Intl.DateTimeFormat;
  private readonly times: Intl.DateTimeFormat;
  private readonly writtenDays = new RecentCache<number, string>(rememberedDays);
  private readonly writtenTimes: (string | undefined)[] = new Array<undefined>(minutesPerDay).fill(undefined);

  /** A server has one zone; of another server the offsets are looked up anew. */
  private zone: DayOffsets | undefined;

  private constructor(locale: string) {
    const common = { timeZone: 'UTC' } as const;
    this.days = new Intl.DateTimeFormat(locale, {
      ...common,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    this.times = new Intl.DateTimeFormat(locale, { ...common, hour: 'numeric', minute: '2-digit' });
  }

  /** @param locale a language tag such as `en-US` or `de-DE` */
  static of(locale: string): LocaleDates {
    let dates = known.get(locale);
    if (!dates) {
      dates = new LocaleDates(locale);
      known.set(locale, dates);
    }
    return dates;
  }

  /** A calendar day: `1/31/2018`; empty for none. */
  day(day: Day): string {
    if (day === '') return '';
    const at = Date.parse(day);
    return Number.isNaN(at) ? day : this.dayNumber(Math.floor(at / DAY_MS));
  }

  /** A moment as a clock in the zone shows it: `1/31/2018 9:15 AM`. */
  moment(at: Instant, zone: string): string {
    if (Number.isNaN(at)) return '';
    const local = at + this.offsets(zone).at(at) * MINUTE_MS;
    const day = Math.floor(local / DAY_MS);
    return `${this.dayNumber(day)} ${this.timeOfDay(Math.floor((local - day * DAY_MS) / MINUTE_MS))}`;
  }

  private offsets(zone: string): DayOffsets {
    if (this.zone?.name !== zone) this.zone = new DayOffsets(zone);
    return this.zone;
  }

  private dayNumber(day: number): string {
    let text = this.writtenDays.get(day);
    if (text === undefined) {
      text = plainBlanks(this.days.format(day * DAY_MS));
      this.writtenDays.set(day, text);
    }
    return text;
  }

  private timeOfDay(minute: number): string {
    let text = this.writtenTimes[minute];
    if (text === undefined) {
      text = plainBlanks(this.times.format(minute * MINUTE_MS));
      this.writtenTimes[minute] = text;
    }
    return text;
  }
}

/** How far a zone is ahead of UTC, known by the day: only on days when clocks change the moment matters. */
class DayOffsets {
  private readonly ofDay = new RecentCache<number, number | 'changes'>(rememberedDays);

  constructor(readonly name: string) {}

  /** In minutes. */
  at(at: Instant): number {
    const day = Math.floor(at / DAY_MS);
    let offset = this.ofDay.get(day);
    if (offset === undefined) {
      const start = offsetMinutes(this.name, day * DAY_MS);
      offset = start === offsetMinutes(this.name, (day + 1) * DAY_MS) ? start : 'changes';
      this.ofDay.set(day, offset);
    }
    return offset === 'changes' ? offsetMinutes(this.name, at) : offset;
  }
}

/** Locales come from scenarios, so there are few of them. */
const known = memoryOfRecent<string, LocaleDates>('dates of locales', 50);

/** Some versions of the platform put narrow no-break blanks before AM and PM; no server of the time did. */
function plainBlanks(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
