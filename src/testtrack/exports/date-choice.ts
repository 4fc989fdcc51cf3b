import { isLocale } from '../columns/locale-dates.ts';
import { faults } from '../faults.ts';
import type { ServerSettings } from '../model/project-record.ts';
import type { DateStyle } from '../rules/view.ts';
import { fixedZone, isZone } from '../rules/zone.ts';

/** How a call wants dates to be written. */
export interface DateParts {
  readonly timezoneID: string;
  readonly locale: string;
  readonly hoursOffGMT: number;
}

/** No place on Earth is further away. */
const furthest = 14;

/**
 * Whose clock and habits a document is written by. [documented that the three parts format dates; how they play
 * together is inferred: a zone has its own offset, summer time too, so it wins over the hours; without both, and for
 * a locale that is not given, the server's hold]
 *
 * @throws fault 11 for a zone or locale that nobody knows, or hours that cannot be
 */
export function dateStyle({ timezoneID, locale, hoursOffGMT }: DateParts, server: ServerSettings): DateStyle {
  return {
    timeZone: zoneFrom(timezoneID.trim(), hoursOffGMT) ?? server.timeZone,
    locale: localeFrom(locale.trim()) ?? server.locale,
  };
}

function zoneFrom(id: string, hours: number): string | undefined {
  if (!(Math.abs(hours) <= furthest)) {
    throw faults.invalidParameter(
      `hoursOffGMT ${hours}`,
      `Hours are written as -5 or 5.5, at most ${furthest} either way.`,
    );
  }
  if (id === '') return hours === 0 ? undefined : fixedZone(Math.round(hours * 60));
  // Later platforms take offsets for zones as well.
  if (/^[A-Za-z]/.test(id) && isZone(id)) return canonicalZone(id);
  throw faults.invalidParameter(
    `timezoneID "${id}"`,
    'A zone is written as Europe/Berlin or UTC; leave it empty and send hoursOffGMT for a fixed offset.',
  );
}

/** One spelling for each zone: what is remembered per zone must not grow with what clients send. */
function canonicalZone(id: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: id }).resolvedOptions().timeZone;
}

/** Both `en-US` and `en_US` are in use in the world. */
function localeFrom(text: string): string | undefined {
  if (text === '') return undefined;
  const tag = text.replaceAll('_', '-');
  if (isLocale(tag)) return Intl.getCanonicalLocales(tag)[0];
  throw faults.invalidParameter(`locale "${text}"`, 'A locale is written as en-US or de-DE.');
}
