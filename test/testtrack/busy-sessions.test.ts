import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/runner/call.ts';
import { BusySessions } from '../../src/testtrack/busy-sessions.ts';
import { createTestTrack } from '../../src/testtrack/service.ts';
import { faultOf, testTrack } from '../support/testtrack.ts';

describe('a busy session', () => {
  test('is closed to a second request until the first one has ended', () => {
    const sessions = new BusySessions();
    const leave = sessions.enter(7);
    expect(sessions.enter(7)).toBeUndefined();
    expect(sessions.enter(8)).toBeDefined();
    leave?.();
    expect(sessions.enter(7)).toBeDefined();
  });

  test('is not freed by an end that is told twice', () => {
    const sessions = new BusySessions();
    const first = sessions.enter(7);
    first?.();
    sessions.enter(7);
    first?.();
    expect(sessions.enter(7)).toBeUndefined();
  });
});

describe('the scenario setting for one request per session', () => {
  const served = (server: object) => {
    const { runner } = testTrack({
      server,
      projects: [{ name: 'Project', users: [{ login: 'admin', last: 'Admin' }] }],
    });
    const outcomes: Outcome[] = [];
    runner.observe((outcome) => outcomes.push(outcome));
    return { service: createTestTrack(runner), outcomes };
  };

  test('refuses a request that overlaps another one of its session, and tells who observes calls', () => {
    const { service, outcomes } = served({ oneRequestPerSession: true });
    const leave = service.enter('getTableList', { cookie: 1001 });
    const fault = faultOf(() => service.enter('getDefect', { cookie: 1001 }));
    expect(fault.text).toBe('Session busy with prior request');
    expect(outcomes.map(({ call, fault: refused }) => [call.name, refused?.text])).toEqual([
      ['getDefect', 'Session busy with prior request'],
    ]);
    leave?.();
    expect(service.enter('getDefect', { cookie: 1001 })).toBeTypeOf('function');
  });

  test('lets requests of other sessions and of none through', () => {
    const { service } = served({ oneRequestPerSession: true });
    service.enter('getTableList', { cookie: 1001 });
    service.enter('getTableList', { cookie: 1002 });
    service.enter('getDatabaseList', {});
    expect(service.enter('getDatabaseList', {})).toBeUndefined();
  });

  test('is off where the scenario does not say it', () => {
    const { service } = served({});
    service.enter('getTableList', { cookie: 1001 });
    expect(service.enter('getTableList', { cookie: 1001 })).toBeUndefined();
  });
});
