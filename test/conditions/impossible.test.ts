import { describe, expect, test } from 'vitest';
import { type CallCondition, impossibleIn } from '../../src/conditions/impossible.ts';
import { impossibleValue } from '../../src/conditions/impossible-values.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { modelOf } from '../../src/wsdl/shared-model.ts';

const { world } = loadScenario(
  {
    twintrack: 1,
    testtrack: { projects: [{ name: 'Project', users: [{ login: 'lake', last: 'Lake' }] }] },
    aptest: { token: 't', users: ['vale'], suites: [{ name: 'Example', tests: ['A/One'] }] },
  },
  { now: 0, sections: productSections },
);
const said = (condition: CallCondition) =>
  impossibleIn(condition, world).map(({ path, reason, hint }) => `${path.join('.')}: ${reason}.${hint}`);
const where = (operation: string, arguments_: Record<string, unknown>) =>
  said({ operation, where: arguments_ });

describe('no call meets', () => {
  test.each<readonly [CallCondition, string]>([
    [
      { operation: 'savDefect' },
      'operation: there is no operation or command "savDefect". Did you mean "saveDefect"?',
    ],
    [
      { operation: 'savedefect' },
      'operation: there is no operation or command "savedefect". Did you mean "saveDefect"?',
    ],
    [{ operation: 'result', api: 'testtrack' }, 'operation: result is no operation of TestTrack.'],
    [{ operation: 'getDefect', api: 'aptest' }, 'operation: getDefect is no command of rpc.mpl.'],
    [{ user: 'lak' }, 'user: there is no user "lak". Did you mean "lake"?'],
    [{ user: 'vale', operation: 'getDefect' }, 'user: there is no user "vale".'],
    [{ project: 'Projekt' }, 'project: there is no project "Projekt". Did you mean "Project"?'],
    [{ suite: 'Exampel' }, 'suite: there is no suite "Exampel". Did you mean "Example"?'],
    [{ suite: 'Example', api: 'testtrack' }, 'suite: calls of TestTrack have no suite.'],
    [{ project: 'Project', operation: 'result' }, 'project: calls of rpc.mpl have no project.'],
    [
      { where: { defectNumbr: 1 } },
      'where.defectNumbr: no operation or command has an argument "defectNumbr".',
    ],
  ])('%j', (condition, reason) => {
    expect(said(condition)).toEqual([reason]);
  });
});

describe('no call of a world of an older generation meets', () => {
  const older = (sdk: string) =>
    loadScenario(
      {
        twintrack: 1,
        testtrack: { server: { sdk }, projects: [{ name: 'P', users: [{ login: 'a', last: 'B' }] }] },
      },
      { now: 0, sections: productSections },
    ).world;
  const saidIn = (sdk: string, condition: CallCondition) =>
    impossibleIn(condition, older(sdk)).map(({ path, reason }) => `${path.join('.')}: ${reason}`);

  test.each([
    ['2016', 'generateBatchTestRuns'],
    ['2013', 'generateBatchTestRuns'],
    ['2013', 'getRecordListForTableWithQuery'],
  ])('of %s: %s, which came later', (sdk, operation) => {
    expect(saidIn(sdk, { operation })).toEqual([
      `operation: ${operation} is no operation of the SDK of ${sdk}, which this world has`,
    ]);
    expect(saidIn('newest', { operation })).toEqual([]);
  });

  test.each([
    [{ dateentered: '2026-03-02' }, 'where.pDefect.dateentered: a CDefect has no "dateentered"'],
    [
      { customFieldList: [{ $type: 'CTimespanField' }] },
      'where.pDefect.customFieldList.0.$type: there is no type "CTimespanField" here',
    ],
  ])('of 2013: a defect with %j, which came later', (pDefect, reason) => {
    const condition = { operation: 'saveDefect', where: { pDefect } };
    expect(saidIn('2013', condition)).toEqual([reason]);
    expect(saidIn('newest', condition)).toEqual([]);
  });

  test('but days are met as they are sent there, as the moment at which they begin', () => {
    const found = (datefound: string) => ({
      operation: 'saveDefect',
      where: { pDefect: { reportedbylist: [{ datefound }] } },
    });
    expect(saidIn('2013', found('2026-03-02T00:00:00-05:00'))).toEqual([]);
    expect(saidIn('newest', found('2026-03-02'))).toEqual([]);
  });

  test('but those that it has are met', () => {
    expect(saidIn('2013', { operation: 'saveDefect', user: 'a' })).toEqual([]);
    expect(saidIn('2013', { operation: 'result' })).toEqual([]);
  });
});

describe('no call of TestTrack has', () => {
  test.each<readonly [string, Record<string, unknown>, string]>([
    [
      'getDefect',
      { defectNumbr: 1 },
      'where.defectNumbr: getDefect has no argument "defectNumbr". Did you mean "defectNumber"?',
    ],
    [
      'getDefect',
      { defectNumber: 'eleven' },
      'where.defectNumber: it is a whole number from -9223372036854775808 to 9223372036854775807, and never "eleven".',
    ],
    ['getDefect', { defectNumber: '011' }, 'where.defectNumber: "011" is read as 11. Write it so.'],
    [
      'getDefect',
      { defectNumber: [11] },
      'where.defectNumber: it is a whole number from -9223372036854775808 to 9223372036854775807, and never [11].',
    ],
    [
      'getDefect',
      { bDownloadAttachments: 'yes' },
      'where.bDownloadAttachments: it is true, false, 1 or 0, and never "yes".',
    ],
    ['getDefect', { bDownloadAttachments: 1 }, 'where.bDownloadAttachments: 1 is read as true. Write it so.'],
    [
      'getDefect',
      { cookie: 'abc' },
      'where.cookie: it is a whole number from -9223372036854775808 to 9223372036854775807, and never ***.',
    ],
    ['saveDefect', { pDefect: 'x' }, 'where.pDefect: it is a CDefect with members, and never "x".'],
    [
      'saveDefect',
      { pDefect: { sumary: 'x' } },
      'where.pDefect.sumary: a CDefect has no "sumary". Did you mean "summary"?',
    ],
    [
      'saveDefect',
      { pDefect: { dateentered: '31.01.2026' } },
      'where.pDefect.dateentered: it is a day that exists, as YYYY-MM-DD, and never "31.01.2026".',
    ],
    [
      'saveDefect',
      { pDefect: { dateentered: '2026-01-31T00:00:00Z' } },
      'where.pDefect.dateentered: "2026-01-31T00:00:00Z" is read as "2026-01-31". Write it so.',
    ],
    [
      'saveDefect',
      { pDefect: { customFieldList: { name: 'x' } } },
      'where.pDefect.customFieldList: it is a list, and never {"name":"x"}.',
    ],
    [
      'saveDefect',
      { pDefect: { customFieldList: [{ $type: 'CStringFeld' }] } },
      'where.pDefect.customFieldList.0.$type: there is no type "CStringFeld" here. Did you mean "CStringField"?',
    ],
  ])('%s %j', (operation, arguments_, reason) => {
    expect(where(operation, arguments_)).toEqual([reason]);
  });
});

describe('no call of rpc.mpl has', () => {
  test.each<readonly [string, Record<string, unknown>, string, boolean]>([
    ['result', { sesion: 1 }, 'where.sesion: result has no argument "sesion".', true],
    ['result', { rpctoken: 't' }, 'where.rpctoken: rpctoken is a secret, and kept of no call.', false],
    [
      'result',
      { note: { a: 1 } },
      'where.note: note is a text, or a list of texts, and never {"a":1}.',
      false,
    ],
  ])('%s %j', (operation, arguments_, reason, isUnlessSent) => {
    expect(where(operation, arguments_)).toEqual([reason]);
    expect(impossibleIn({ operation, where: arguments_ }, world)[0]?.isUnlessSent).toBe(isUnlessSent);
  });
});

test('what some call can have is possible', () => {
  const possible: CallCondition[] = [
    {},
    {
      operation: 'getDefect',
      user: 'LAKE',
      project: 'project',
      where: { defectNumber: 11, summary: '', cookie: 7 },
    },
    { operation: 'saveDefect', where: { pDefect: { summary: 7, dateentered: '2026-01-31', product: null } } },
    {
      operation: 'saveDefect',
      where: { pDefect: { customFieldList: [{ $type: 'CStringField', value: 'x' }] } },
    },
    { operation: 'result', suite: 'example', where: { SESS: '57/Set', EXECDATA_prid: 7, note: ['a', 'b'] } },
    { operation: 'geSessionStatus', where: { sessnum: 1 } },
    { where: { sessNum: 1 } },
    { api: 'aptest', user: 'vale', where: { returnJSON: 1 } },
  ];
  expect(possible.flatMap(said)).toEqual([]);
});

test('a condition as deep as no value is looked at down to a depth only', () => {
  let deep: unknown = { nodename: 'x' };
  for (let at = 0; at < 50_000; at++) deep = { childList: [deep] };
  expect(
    impossibleValue({ kind: 'struct', name: 'CTreeNodeSoap' }, deep, {
      path: [],
      structs: modelOf('newest').structs,
    }),
  ).toBeInstanceOf(Array);
  expect(where('getDefect', { defectNumber: deep })).toHaveLength(1);
});
