import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearMemories } from '../../../src/memo/memory.ts';
import { readDateTime } from '../../../src/soap/calendar-types.ts';
import {
  dayOf,
  fromWireDateTime,
  isZone,
  offsetMinutes,
  toWireDateTime,
} from '../../../src/testtrack/rules/zone.ts';

const newYork = 'America/New_York';

describe('date-times on the wire', () => {
  test('carry the numeric offset of the server’s zone, in winter and in summer', () => {
    expect(toWireDateTime(Date.parse('2026-01-31T14:15:00Z'), newYork)).toBe('2026-01-31T09:15:00-05:00');
    expect(toWireDateTime(Date.parse('2026-07-31T13:15:00Z'), newYork)).toBe('2026-07-31T09:15:00-04:00');
    expect(toWireDateTime(Date.parse('2026-07-31T13:15:00Z'), 'Asia/Kolkata')).toBe(
      '2026-07-31T18:45:00+05:30',
    );
    expect(toWireDateTime(0, 'UTC')).toBe('1970-01-01T00:00:00+00:00');
  });

  test('are read with an offset, with Z, and without a zone as the server’s time', () => {
    const at = Date.parse('2026-01-31T14:15:00Z');
    expect(fromWireDateTime('2026-01-31T09:15:00-05:00', newYork)).toBe(at);
    expect(fromWireDateTime('2026-01-31T14:15:00Z', newYork)).toBe(at);
    expect(fromWireDateTime('2026-01-31T09:15:00', newYork)).toBe(at);
    expect(fromWireDateTime('2026-07-31T09:15:00', newYork)).toBe(Date.parse('2026-07-31T13:15:00Z'));
  });

  test('read back to the second that was written, in any zone', () => {
    const zones = ['UTC', newYork, 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
    const instants = fc.integer({ min: Date.parse('1971-01-01'), max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, at) => {
        const wire = toWireDateTime(at, zone);
        expect(wire).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
        expect(fromWireDateTime(wire, zone)).toBe(Math.floor(at / 1000) * 1000);
      }),
    );
  });
});

test('moments of all years are written as xsd:dateTime in every zone, and read back', () => {
  const ends = [Date.parse('0001-01-01T00:00:00+14:00'), Date.parse('9999-12-31T23:59:59-14:00')];
  const years = [1, 99, 1582, 1799, 1850, 1883, 1899, 1900, 1940, 1970, 2026, 9998];
  const moments = [...ends, ...years.map((year) => new Date(0).setUTCFullYear(year, 5, 15) + 45_296_000)];
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (const at of moments) {
      const text = toWireDateTime(at, zone);
      expect(`${zone} ${readDateTime(text)}`).toBe(`${zone} ${text}`);
      expect(fromWireDateTime(text, zone)).toBe(at);
      expect(dayOf(at, zone)).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  }
});

test('an offset is the same whichever instant of its quarter of an hour is asked for first', () => {
  const change = Date.parse('1883-11-18T17:00:00Z'); // within the quarter, at 12:03:58 of New York
  const ask = (...instants: number[]) => {
    clearMemories();
    return new Map(instants.map((at) => [at, toWireDateTime(at, 'America/New_York')]));
  };
  const [before, after] = [change + 60_000, change + 600_000];
  expect(ask(before, after)).toEqual(new Map([...ask(after, before)].reverse()));
});

test('the day of an instant is the day in the server’s zone', () => {
  expect(dayOf(Date.parse('2026-02-01T03:00:00Z'), newYork)).toBe('2026-01-31');
  expect(dayOf(Date.parse('2026-02-01T03:00:00Z'), 'Europe/Berlin')).toBe('2026-02-01');
});

test('the offset changes with the clocks, to the minute', () => {
  const spring = Date.parse('2026-03-08T07:00:00Z');
  expect(offsetMinutes(newYork, spring - 1)).toBe(-300);
  expect(offsetMinutes(newYork, spring)).toBe(-240);
});

test('a zone is known or not', () => {
  expect(isZone('Europe/Berlin')).toBe(true);
  expect(isZone('Europe/Berln')).toBe(false);
});
