import { describe, expect, test } from 'vitest';
import { argumentOf, callName, isSameSession, isSessionArgument } from '../../src/conditions/names.ts';

const call = (name: string, input: object) => ({ api: 'aptest', name, input }) as const;

describe('an argument of rpc.mpl is found', () => {
  test.each<readonly [string, object, string, unknown]>([
    ['getSessionStatus', { sess: '1' }, 'sessNum', '1'],
    ['getSessionStatus', { sessnum: '1' }, 'SESS', '1'],
    ['createSession', { testNames: 'a' }, 'tests', 'a'],
    ['createSession', { uuid: 'u' }, 'uuids', 'u'],
    ['createSet', { REQUIREMENT_state: 'open' }, 'REQ_state', 'open'],
    ['result', { execdata_prid: '7' }, 'EXECDATA_prid', '7'],
    ['result', { EXECDATA_atm_prid: '7' }, 'EXECDATA_prid', '7'],
    ['result', { EXECDATA_WHEN: '7' }, 'execdata_when', '7'],
  ])('%s %j as %s', (command, input, name, value) => {
    expect(argumentOf(call(command, input), name)).toBe(value);
  });

  test.each<readonly [string, object, string]>([
    ['result', { uuid: 'u' }, 'id'],
    ['result', { name: 'n' }, 'tid'],
    ['createSession', { VAR_os: 'Linux' }, 'VAR_OS'],
    ['result', { note: 'x' }, 'constructor'],
  ])('and not %s %j as %s', (command, input, name) => {
    expect(argumentOf(call(command, input), name)).toBeUndefined();
  });
});

test('an operation of TestTrack has no other names', () => {
  const get = { api: 'testtrack', name: 'getDefect', input: { defectNumber: 11 } } as const;
  expect(argumentOf(get, 'defectnumber')).toBe(11);
  expect(argumentOf(get, 'number')).toBeUndefined();
  expect(isSessionArgument(get, 'cookie')).toBe(false);
});

test('a session is meant by its number, however it is written', () => {
  const status = call('getSessionStatus', {});
  for (const name of ['sessNum', 'sess', 'SESSNUM']) expect(isSessionArgument(status, name)).toBe(true);
  expect(isSessionArgument(status, 'set')).toBe(false);
  for (const one of [1, '1', '00001', '00001/Set', ' 1 ']) expect(isSameSession(one, '1')).toBe(true);
  for (const other of [2, '00001x', 'Nightly', undefined]) expect(isSameSession(other, '1')).toBe(false);
});

test('a command has one name, whichever spelling is given', () => {
  expect(callName('geSessionStatus')).toBe('getSessionStatus');
  expect(callName('RESULT')).toBe('result');
  expect(callName('getDefect')).toBe('getDefect');
  expect(callName('index.mpl')).toBe('index.mpl');
});
