import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownOffset, zoneTable } from '../../src/package/built-known-offsets.ts';
import { offsetMinutes } from '../../src/testtrack/rules/zone.ts';

const zones = ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
const [from, until] = [Date.UTC(2010, 0), Date.UTC(2030, 0)];
const table = zoneTable(zones, { from, until }, offsetMinutes);

test('what the build writes down of a zone is what the platform says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: from, max: until - 1 }), (zone, at) => {
      expect(knownOffset(zone, at, table)).toBe(offsetMinutes(zone, at));
    }),
  );
});

test('the minute before clocks change and the minute of the change are told apart', () => {
  const change = Date.parse('2026-03-08T07:00:00Z');
  expect(knownOffset('America/New_York', change - 1, table)).toBe(-300);
  expect(knownOffset('America/New_York', change, table)).toBe(-240);
});

test.each([
  ['before the table', 'America/New_York', from - 1],
  ['after the table', 'America/New_York', until],
  ['of another zone', 'Europe/Berlin', from],
  ['of a name that every object has', 'toString', from],
])('nothing is known %s', (_, zone, at) => {
  expect(knownOffset(zone, at, table)).toBeUndefined();
});

test('a table of another edition of the time-zone data is not used', () => {
  expect(knownOffset('America/New_York', from, { ...table, edition: '1999a' })).toBeUndefined();
});

test('without a build nothing is known', () => {
  expect(knownOffset('America/New_York', from)).toBeUndefined();
});
