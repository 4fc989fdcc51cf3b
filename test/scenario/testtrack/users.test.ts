import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { testtrackSchema } from '../../../src/scenario/testtrack/section.ts';
import { testTrack } from '../../support/testtrack.ts';

const admin = { login: 'admin', last: 'Admin' };
const seeded = (project: object = {}, more: object = {}) =>
  testTrack({ ...more, projects: [{ name: 'Project', users: [admin], ...project }] });

function problemOf(project: object, more: object = {}): ScenarioProblem {
  try {
    seeded(project, more);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was not refused');
}

describe('users, customers, tasks and the licence server of a scenario', () => {
  test('can say everything that the interface shows', () => {
    const person = {
      recordId: 40,
      password: 'p',
      first: 'Grace',
      middle: 'M',
      last: 'Hooper',
      groups: ['Guests', 'Developers'],
      isActive: false,
      company: 'Wysi',
      division: 'North',
      department: 'Quality',
      emailType: 'Other',
      email: 'g@example.com',
      phones: [
        { type: 'Work', number: '1' },
        { type: 'Home', number: '2' },
      ],
      address: 'Main Street 1',
      notes: 'Away',
      isBetaSite: true,
      licences: { pro: 'Any', rmReviewer: 'Reviewer' },
      testConfig: 'Laptop',
    };
    const { tt } = seeded({
      users: [admin, { ...person, login: 'hooper' }],
      customers: [{ ...person, recordId: 41, first: 'Carla' }, { last: 'Bare' }],
      testConfigs: [{ name: 'Laptop' }],
    });
    const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
    const shown = {
      middleinitials: 'M',
      usergroupname: 'Guests',
      usergroupnamelist: ['Guests', 'Developers'],
      isactive: false,
      company: 'Wysi',
      division: 'North',
      department: 'Quality',
      emailtype: 'Other',
      emailaddress: 'g@example.com',
      phoneone: { numbertype: 'Work', phonenumber: '1' },
      phonetwo: { numbertype: 'Home', phonenumber: '2' },
      address: 'Main Street 1',
      notes: 'Away',
      betasite: true,
      userLicense: 'Any',
      userLicenseRMReviewer: 'Reviewer',
      testconfig: { systemname: 'Laptop' },
    };
    expect(tt.getUserByRecordID({ cookie, recordID: 40 })).toMatchObject({ ...shown, firstname: 'Grace' });
    expect(tt.getCustomerByRecordID({ cookie, recordID: 41 })).toMatchObject({
      ...shown,
      firstname: 'Carla',
    });
    expect(tt.getCustomer({ cookie, lastName: 'Bare' })).toMatchObject({
      recordid: 42,
      usergroupnamelist: [],
    });
    expect(tt.addUser({ cookie, pUser: { lastname: 'Next' } })).toBe(43);
  });

  test('give floating licences to users for whom they name none, and none to customers', () => {
    const licences = [
      { name: 'Named', for: 'TestTrack Pro', kind: 'named', total: 1 },
      { name: 'Floating', for: 'TestTrack Pro', total: 1 },
      { name: 'Second', for: 'TestTrack Pro', total: 1 },
    ];
    const { tt } = seeded({ customers: [{ last: 'Client' }] }, { server: { licences } });
    const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
    expect(tt.getUser({ cookie, lastName: 'Admin' }).userLicense).toBe('Floating');
    expect(tt.getCustomer({ cookie, lastName: 'Client' }).userLicense).toBe('');
  });

  test('can give a suite licence where there is nothing else', () => {
    const licences = [{ name: 'Suite', for: 'TestTrack Suite', total: 1 }];
    const { tt } = seeded({}, { server: { licences } });
    const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
    expect(tt.getUser({ cookie, lastName: 'Admin' }).userLicenseSuite).toBe('Suite');
  });

  const twoNamed = {
    server: { licences: [{ name: 'Named', for: 'TestTrack Pro', kind: 'named', total: 1 }] },
  };
  const named = { licences: { pro: 'Named' } };
  test.each<[string, object, object, (string | number)[], RegExp]>([
    [
      'a login twice, in any case',
      { users: [admin, { login: 'ADMIN', last: 'Two' }] },
      {},
      ['users', 1, 'login'],
      /two of user "ADMIN"/,
    ],
    [
      'the login of a user for a customer',
      { customers: [{ login: 'admin', last: 'Two' }] },
      {},
      ['customers', 0, 'login'],
      /two of user "admin"/,
    ],
    [
      'a record ID twice',
      { users: [{ ...admin, recordId: 5 }], customers: [{ last: 'C', recordId: 5 }] },
      {},
      ['customers', 0, 'recordId'],
      /record ID 5/,
    ],
    [
      'a group that is not there',
      { users: [{ ...admin, groups: ['Guests', 'Wizards'] }] },
      {},
      ['users', 0, 'groups', 1],
      /no group "Wizards"/,
    ],
    [
      'an unknown e-mail type',
      { users: [{ ...admin, emailType: 'Telex' }] },
      {},
      ['users', 0, 'emailType'],
      /"Telex"/,
    ],
    [
      'an unknown test configuration',
      { users: [{ ...admin, testConfig: 'Abacus' }] },
      {},
      ['users', 0, 'testConfig'],
      /"Abacus"/,
    ],
    [
      'a global user whom the licence server does not have',
      { users: [{ ...admin, isGlobal: true }] },
      { globalUsers: [{ login: 'other', last: 'O' }] },
      ['users', 0, 'isGlobal'],
      /no user "admin"/,
    ],
    [
      'a licence that is not there',
      { users: [{ ...admin, licences: { pro: 'Gold' } }] },
      twoNamed,
      ['users', 0, 'licences'],
      /No license/,
    ],
    [
      'more named licences than there are',
      { users: [{ ...admin, ...named }], customers: [{ last: 'C', ...named }] },
      twoNamed,
      ['customers', 0, 'licences'],
      /in use/,
    ],
    [
      'a task for nobody',
      { tasks: [{ summary: 't', assignedTo: 'x' }] },
      {},
      ['tasks', 0, 'assignedTo'],
      /"x"/,
    ],
    [
      'a task about no defect',
      { tasks: [{ summary: 't', defect: 9 }] },
      {},
      ['tasks', 0, 'defect'],
      /number 9/,
    ],
    [
      'a task of a priority that is not in the list',
      { tasks: [{ summary: 't', priority: 'P1' }] },
      {},
      ['tasks', 0, 'priority'],
      /"P1"/,
    ],
    [
      'rights to a field that is not there',
      { groups: [{ name: 'G', commands: [], fields: { Defect: { Prioity: 'hidden' } } }] },
      {},
      ['groups', 0, 'fields', 'Defect', 'Prioity'],
      /no field "Prioity"/,
    ],
  ])('are refused with %s, where it stands', (_, project, more, path, message) => {
    const problem = problemOf(project, more);
    expect(problem.path).toEqual(['testtrack', 'projects', 0, ...path]);
    expect(problem.message).toMatch(message);
  });

  test.each<[string, object, (string | number)[]]>([
    [
      'two licences of one name',
      { server: { licences: [...twoNamed.server.licences, ...twoNamed.server.licences] } },
      ['server', 'licences', 1, 'name'],
    ],
    [
      'two global users of one login',
      {
        globalUsers: [
          { login: 'a', last: 'A' },
          { login: 'A', last: 'B' },
        ],
      },
      ['globalUsers', 1],
    ],
  ])('are refused with %s on the server', (_, more, path) => {
    expect(problemOf({}, more).path).toEqual(['testtrack', ...path]);
  });

  test('tell what was meant by a field that is not there', () => {
    const groups = [{ name: 'G', commands: [], fields: { Defect: { Prioity: 'hidden' } } }];
    expect(problemOf({ groups }).remedy).toContain('Did you mean "Priority"?');
  });

  test('take field rights by the name that the project gave the field', () => {
    const { tt } = seeded({
      renamedFields: { Defect: { Priority: 'Urgency' } },
      groups: [{ name: 'G', commands: 'all', fields: { Defect: { Urgency: 'hidden' } } }],
      users: [{ ...admin, groups: ['G'] }],
      defects: [{ summary: 'first', priority: 'Low' }],
    });
    const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin' });
    expect(tt.getDefect({ cookie, defectNumber: 1 })).not.toHaveProperty('priority');
  });

  test.each([
    [
      'a right that is none',
      { groups: [{ name: 'G', commands: [], fields: { Defect: { Type: 'secret' } } }] },
    ],
    ['a user without a login', { users: [{ last: 'A' }] }],
    ['three phones', { users: [{ ...admin, phones: Array(3).fill({ type: '', number: '' }) }] }],
    ['a licence for nothing', { users: [{ ...admin, licences: { golf: 'x' } }] }],
    ['a task that is half done', { tasks: [{ summary: 't', status: 'Half' }] }],
  ])('are refused by the schema with %s', (_, project) => {
    expect(testtrackSchema.safeParse({ projects: [{ name: 'P', ...project }] }).success).toBe(false);
  });
});
