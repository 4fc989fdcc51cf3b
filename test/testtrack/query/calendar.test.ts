import { describe, expect, test } from 'vitest';
import {
  daysOfPeriod,
  isDay,
  isMoment,
  momentRange,
  periodNamed,
  periodNames,
} from '../../../src/testtrack/query/calendar.ts';

const zone = 'America/New_York';
/** A Monday, 10 in the morning in New York. */
const now = Date.parse('2026-03-02T15:00:00Z');

describe('a period', () => {
  test.each([
    ['Today', '2026-03-02', '2026-03-02'],
    ['Yesterday', '2026-03-01', '2026-03-01'],
    ['Tomorrow', '2026-03-03', '2026-03-03'],
    ['This Week', '2026-03-01', '2026-03-07'],
    ['Last Week', '2026-02-22', '2026-02-28'],
    ['Next Week', '2026-03-08', '2026-03-14'],
    ['This Month', '2026-03-01', '2026-03-31'],
    ['Last Month', '2026-02-01', '2026-02-28'],
    ['Next Month', '2026-04-01', '2026-04-30'],
    ['This Quarter', '2026-01-01', '2026-03-31'],
    ['Last Quarter', '2025-10-01', '2025-12-31'],
    ['Next Quarter', '2026-04-01', '2026-06-30'],
    ['This Year', '2026-01-01', '2026-12-31'],
    ['Last Year', '2025-01-01', '2025-12-31'],
    ['Next Year', '2027-01-01', '2027-12-31'],
    ['Last 7 Days', '2026-02-24', '2026-03-02'],
    ['Last 30 Days', '2026-02-01', '2026-03-02'],
    ['Next 7 Days', '2026-03-02', '2026-03-08'],
  ])('%s is from %s through %s', (name, from, through) => {
    expect(daysOfPeriod(name, { now, zone, locale: 'en-US' })).toEqual({ from, through });
  });

  test('is reckoned where the server is', () => {
    const late = Date.parse('2026-03-02T04:59:00Z');
    const today = (where: string) => daysOfPeriod('Today', { now: late, zone: where, locale: 'en-US' }).from;
    expect([today(zone), today('UTC'), today('Asia/Tokyo')]).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-02',
    ]);
  });

  test('of a week begins on the day of the locale', () => {
    const week = (locale: string) => daysOfPeriod('This Week', { now, zone, locale }).from;
    expect([week('en-US'), week('de-DE')]).toEqual(['2026-03-01', '2026-03-02']);
  });

  test('is known by its name in any case', () => {
    expect(periodNamed('tHIS wEEK')).toBe('This Week');
    expect(periodNamed('Last Century')).toBeUndefined();
    for (const name of periodNames) {
      const { from, through } = daysOfPeriod(name, { now, zone, locale: 'en-US' });
      expect([isDay(from ?? ''), isDay(through ?? ''), (from ?? '') <= (through ?? '')]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });
});

describe('days and moments', () => {
  test('must exist', () => {
    expect(['2024-02-29', '2023-02-29', '2023-13-01', '23-01-01', '2023-1-1', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(
      [
        '2024-02-29T10:00',
        '2024-02-29T10:00:59Z',
        '2024-02-29T10:00:00-05:00',
        '2023-02-29T10:00',
        '2024-02-29T24:00',
        '2024-02-29',
      ].map(isMoment),
    ).toEqual([true, true, true, false, false, false]);
  });

  test('range from the beginning of the first through the end of the last, in the zone of the server', () => {
    const { from, before } = momentRange('2026-03-08', '2026-03-08', zone);
    expect([from, before].map((at) => new Date(at).toISOString())).toEqual([
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ]);
    expect(momentRange(undefined, undefined, zone)).toEqual({ from: -Infinity, before: Infinity });
    expect(momentRange(undefined, '9999-12-31', zone).before).toBe(Infinity);
  });

  test('range by minute or second when moments are given', () => {
    const { from, before } = momentRange('2026-03-02T10:00', '2026-03-02T10:05', zone);
    expect([from, before].map((at) => new Date(at).toISOString())).toEqual([
      '2026-03-02T15:00:00.000Z',
      '2026-03-02T15:06:00.000Z',
    ]);
    expect(momentRange('2026-03-02T15:00:00Z', '2026-03-02T15:00:00Z', zone)).toEqual({
      from: Date.parse('2026-03-02T15:00:00Z'),
      before: Date.parse('2026-03-02T15:00:01Z'),
    });
  });
});
