import { expect, test } from 'vitest';
import { readSettings, renamedSettings, settingNames } from '../../src/http/settings.ts';

test('every setting has a default', () => {
  const settings = readSettings();
  expect(settings.maxBody).toBe(10 * 1024 * 1024);
  expect(settings.headersTimeout).toBe(10_000);
  expect(settings.bodyTimeout).toBe(60_000);
  for (const name of settingNames) expect(settings[name]).toBeGreaterThan(0);
});

test('settings are given as text with a unit or as numbers', () => {
  const settings = readSettings({ maxBody: '1MB', bodyTimeout: 2000 });
  expect(settings.maxBody).toBe(1024 * 1024);
  expect(settings.bodyTimeout).toBe(2000);
});

test('all wrong settings are named at once, each with what it means', () => {
  expect(() => readSettings({ maxBody: '10MBB', bodyTimeout: Number.NaN, soapDepth: '-1' })).toThrow(
    [
      'maxBody: "10MBB" is not a size. Write a number with B, kB, MB or GB, such as 10MB. (largest request body, as sent and as unpacked)',
      'bodyTimeout: "NaN" is too small or not a whole number. (time for a client to send a whole request)',
      'soapDepth: "-1" is not a count. Write a whole number above zero. (how deep SOAP elements may nest)',
    ].join('\n'),
  );
});

test('a journal may be switched off, and nothing else', () => {
  expect(readSettings({ journalEntries: '0' }).journalEntries).toBe(0);
  expect(readSettings({ journalEntries: 0 }).journalEntries).toBe(0);
  expect(() => readSettings({ journalEntries: '-1' })).toThrow('is not a count. Write a whole number. (');
  expect(() => readSettings({ maxWorlds: '0', journalBytes: 0 })).toThrow(/maxWorlds: .+\njournalBytes: /);
});

test('a time of zero is refused, because Node takes it for "no limit"', () => {
  expect(() => readSettings({ headersTimeout: '0s' })).toThrow('headersTimeout: "0s" is too small');
});

test('a setting may still be given by the name it had before', () => {
  const given = { snapshotEvery: '2m' };
  expect(readSettings(given).checkpointEvery).toBe(120_000);
  expect(renamedSettings(given)).toEqual([{ former: 'snapshotEvery', name: 'checkpointEvery' }]);
  expect(readSettings({ ...given, checkpointEvery: '3m' }).checkpointEvery).toBe(180_000);
});
