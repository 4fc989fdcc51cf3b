import { describe, expect, test } from 'vitest';
import { dateStyle } from '../../../src/testtrack/exports/date-choice.ts';
import type { ServerSettings } from '../../../src/testtrack/model/project-record.ts';
import { offsetMinutes } from '../../../src/testtrack/rules/zone.ts';
import { faultOf } from '../../support/testtrack.ts';

const server = { timeZone: 'America/New_York', locale: 'en-US' } as ServerSettings;
const style = (timezoneID: string, hoursOffGMT = 0, locale = '') =>
  dateStyle({ timezoneID, hoursOffGMT, locale }, server);

describe('dates of a document', () => {
  test.each([
    ['', 0, 'America/New_York'],
    ['Europe/Berlin', 0, 'Europe/Berlin'],
    ['europe/berlin', 0, 'Europe/Berlin'],
    [' Europe/Berlin ', -5, 'Europe/Berlin'],
    ['UTC', 3, 'UTC'],
    ['', -5, 'UTC-05:00'],
    ['', 5.75, 'UTC+05:45'],
    ['', 0.001, 'UTC'],
    ['', -14, 'UTC-14:00'],
  ])('with zone "%s" and %f hours are those of %s', (id, hours, zone) => {
    expect(style(id, hours).timeZone).toBe(zone);
  });

  test('with an offset are as far from UTC all year', () => {
    const zone = style('', -3.5).timeZone;
    expect([0, 6].map((month) => offsetMinutes(zone, Date.UTC(2026, month)))).toEqual([-210, -210]);
  });

  test.each([
    ['', 'en-US'],
    ['de-DE', 'de-DE'],
    ['de_DE', 'de-DE'],
    ['FR-ca', 'fr-CA'],
  ])('with locale "%s" are written as in %s', (locale, expected) => {
    expect(style('', 0, locale).locale).toBe(expected);
  });

  test.each([
    ['Mars/Olympus', 0, ''],
    ['+05:30', 0, ''],
    ['UTC+05:30', 0, ''],
    ['__proto__', 0, ''],
    ['', 14.1, ''],
    ['', Number.NaN, ''],
    ['', Number.NEGATIVE_INFINITY, ''],
    ['Europe/Berlin', 99, ''],
    ['', 0, 'xx-nowhere-land'],
    ['', 0, 'English (United States)'],
    ['', 0, '-'],
  ])('with zone "%s", %f hours and locale "%s" are refused with 11', (id, hours, locale) => {
    expect(faultOf(() => style(id, hours, locale)).code).toBe(11);
  });
});
