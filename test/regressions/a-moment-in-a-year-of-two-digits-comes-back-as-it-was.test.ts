import { expect, test } from 'vitest';
import { dayOf, fromWireDateTime, toWireDateTime } from '../../src/testtrack/rules/zone.ts';

test.each([
  ['0001-01-01T00:00:00Z', 'America/New_York', '0001-01-01T00:00:00+00:00'],
  ['0001-01-02T00:00:00Z', 'America/New_York', '0001-01-01T19:04:00-04:56'],
  ['0050-06-01T12:00:00Z', 'Europe/Berlin', '0050-06-01T12:53:00+00:53'],
  ['0099-12-31T23:59:59Z', 'UTC', '0099-12-31T23:59:59+00:00'],
  ['9999-12-31T23:59:59Z', 'Asia/Tokyo', '9999-12-31T23:59:59+00:00'],
  ['9999-12-31T23:59:59Z', 'America/New_York', '9999-12-31T18:59:59-05:00'],
])('%s in %s is written %s', (sent, zone, written) => {
  const at = fromWireDateTime(sent, zone);
  expect(toWireDateTime(at, zone)).toBe(written);
  expect(fromWireDateTime(written, zone)).toBe(at);
});

test('the day of a moment has a year of four digits at both ends of the calendar', () => {
  expect(dayOf(Date.parse('9999-12-31T23:00:00Z'), 'Asia/Tokyo')).toBe('9999-12-31');
  expect(dayOf(Date.parse('0001-01-01T00:00:00Z'), 'America/New_York')).toBe('0001-01-01');
  expect(dayOf(Date.parse('0050-06-01T23:30:00Z'), 'Europe/Berlin')).toBe('0050-06-02');
});
