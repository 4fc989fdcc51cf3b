import { expect, test } from 'vitest';
import { compareVersions, versionParts } from '../../../src/testtrack/query/versions.ts';

test('versions are ordered number by number, the shorter first', () => {
  const versions = ['5.10', '5', '5.2', '10', '5.2 beta', '5.2.1', '5.2-alpha', '4.99'];
  const sorted = versions.toSorted((a, b) => compareVersions(versionParts(a), versionParts(b)));
  expect(sorted).toEqual(['4.99', '5', '5.2', '5.2.1', '5.2-alpha', '5.2 beta', '5.10', '10']);
});

test('a version of any length is compared by its first hundred characters', () => {
  const long = '9'.repeat(1_000_000);
  expect(compareVersions(versionParts(long), versionParts(`${long}1`))).toBe(0);
});
