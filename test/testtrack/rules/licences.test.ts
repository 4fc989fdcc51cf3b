import { describe, expect, test } from 'vitest';
import type { ServerSettings } from '../../../src/testtrack/model/project-record.ts';
import { settledLicences, usualLicences } from '../../../src/testtrack/rules/licences.ts';

const none = { pro: '', tcm: '', rm: '', rmReviewer: '', suite: '' };

describe('of licences that a user is given', () => {
  const each = { ...none, pro: 'Pro', tcm: 'TCM', rm: 'RM' };

  test('a suite takes the place of all others', () => {
    expect(settledLicences(each, { ...each, suite: 'Suite' })).toEqual({ ...none, suite: 'Suite' });
  });

  test('any other takes the place of the suite', () => {
    const before = { ...none, suite: 'Suite' };
    expect(settledLicences(before, { ...before, pro: 'Pro' })).toEqual({ ...none, pro: 'Pro' });
  });

  test('the one for requirements and the one for their reviewers take the place of each other', () => {
    expect(settledLicences(each, { ...each, rmReviewer: 'Reviewer' })).toEqual({
      ...each,
      ...{ rm: '', rmReviewer: 'Reviewer' },
    });
    const reviewer = { ...none, rmReviewer: 'Reviewer' };
    expect(settledLicences(reviewer, { ...reviewer, rm: 'RM' })).toEqual({ ...none, rm: 'RM' });
  });

  test('what was theirs before stays, and what is taken away makes room for nothing', () => {
    const before = { ...none, suite: 'Suite' };
    expect(settledLicences(before, before)).toEqual(before);
    expect(settledLicences(each, { ...each, rm: '' })).toEqual({ ...each, rm: '' });
  });
});

describe('a user for whom a scenario names no licences has', () => {
  const pool = (kind: string, name: string, isFloating = true) => ({ kind, name, isFloating, total: 1 });
  const usual = (...licences: object[]) => usualLicences({ licences } as unknown as ServerSettings);

  test('the first floating one for each purpose, and no suite beside them', () => {
    expect(
      usual(pool('pro', 'Named', false), pool('pro', 'A'), pool('pro', 'B'), pool('suite', 'Suite')),
    ).toEqual({ ...none, pro: 'A' });
    expect(usual(pool('tcm', 'T'), pool('suite', 'Suite'))).toEqual({ ...none, tcm: 'T' });
    expect(usual(pool('rm', 'R'), pool('suite', 'Suite'))).toEqual({ ...none, rm: 'R' });
  });

  test('a suite when there is no other that floats', () => {
    expect(usual(pool('pro', 'Named', false), pool('suite', 'Suite'))).toEqual({ ...none, suite: 'Suite' });
  });
});
