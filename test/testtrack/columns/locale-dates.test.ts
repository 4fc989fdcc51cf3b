import { describe, expect, test } from 'vitest';
import { isLocale, LocaleDates } from '../../../src/testtrack/columns/locale-dates.ts';

const noon = Date.parse('2018-01-31T14:15:00Z');

describe('dates in cells', () => {
  test.each([
    ['en-US', '1/31/2018', '1/31/2018 9:15 AM'],
    ['de-DE', '31.1.2018', '31.1.2018 9:15'],
    ['en-GB', '31/01/2018', '31/01/2018 9:15'],
  ])('are written as a server in %s writes them', (locale, day, moment) => {
    const dates = LocaleDates.of(locale);
    expect(dates.day('2018-01-31')).toBe(day);
    expect(dates.moment(noon, 'America/New_York')).toBe(moment);
  });

  test('follow the zone of the server, also on the day when clocks change', () => {
    const dates = LocaleDates.of('en-US');
    const written = ['2026-03-08T06:59:00Z', '2026-03-08T07:00:00Z', '2026-03-08T23:00:00Z'].map((at) =>
      dates.moment(Date.parse(at), 'America/New_York'),
    );
    expect(written).toEqual(['3/8/2026 1:59 AM', '3/8/2026 3:00 AM', '3/8/2026 7:00 PM']);
    expect(dates.moment(Date.parse('2026-03-08T23:00:00Z'), 'Europe/Berlin')).toBe('3/9/2026 12:00 AM');
  });

  test('are empty where nothing is set, and before 1970 as good as after', () => {
    const dates = LocaleDates.of('en-US');
    expect(dates.day('')).toBe('');
    expect(dates.moment(Number.NaN, 'UTC')).toBe('');
    expect(dates.moment(Date.parse('1969-12-31T23:59:59Z'), 'UTC')).toBe('12/31/1969 11:59 PM');
  });

  test('need a locale that exists', () => {
    expect(['en-US', 'de', 'xx-YY', 'e!', ''].map(isLocale)).toEqual([true, true, false, false, false]);
  });
});
