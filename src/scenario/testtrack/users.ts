import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import { blankUser } from '../../testtrack/kinds/user.ts';
import { globalUsers, serverScope, users } from '../../testtrack/model/tables.ts';
import {
  nameFormats,
  personOf,
  type UserLicences,
  type UserRecord,
} from '../../testtrack/model/user-record.ts';
import { requireDropdownValue } from '../../testtrack/rules/dropdowns.ts';
import { requireAssignable, usualLicences } from '../../testtrack/rules/licences.ts';
import { missing } from '../reading/problem.ts';
import { groupsFrom } from './groups.ts';
import { licencesSchema } from './licence-server.ts';
import { contactShape, identityShape, idSchema, nameSchema, namesSchema } from './parts.ts';
import { claimNumber, defined, type ProjectSeed, placed, requireNew } from './project-seed.ts';

const personShape = {
  recordId: idSchema.optional(),
  ...identityShape,
  groups: namesSchema.optional(),
  isActive: z.boolean().optional(),
  /** Whether the licence server's user of this login says who this is. */
  isGlobal: z.boolean().optional(),
  nameFormat: z.enum(nameFormats).optional(),
  ...contactShape,
  notes: z.string().optional(),
  isBetaSite: z.boolean().optional(),
  licences: licencesSchema.optional(),
  testConfig: nameSchema.optional(),
};

/** A user in a scenario. */
export const userSchema = z.strictObject({ login: nameSchema, ...personShape });

/** A customer in a scenario: mostly a person who never logs on. */
export const customerSchema = z.strictObject({ login: nameSchema.optional(), ...personShape });

export type UserSection = z.output<typeof userSchema>;
export type CustomerSection = z.output<typeof customerSchema>;
type PersonSection = CustomerSection;

interface PeopleSection {
  readonly users?: Iterable<PersonSection> | undefined;
  readonly customers?: Iterable<PersonSection> | undefined;
}

/** All users and customers of a project; they share record IDs and logins. */
export function* seedPeople(
  seed: ProjectSeed,
  { users: people = [], customers = [] }: PeopleSection,
): Steps<void> {
  const logins = new Set<string>();
  const ids = new Set<string>();
  // The licence server hands out licences for the areas of the project; a user that names none gets the usual ones.
  const usual = usualLicences(seed.project.server);
  const all: { person: PersonSection; isCustomer: boolean; path: PathStep[] }[] = [];
  for (const isCustomer of [false, true]) {
    const key = isCustomer ? 'customers' : 'users';
    let index = 0;
    for (const person of isCustomer ? customers : people) {
      yield;
      all.push({ person, isCustomer, path: [...seed.at, key, index++] });
    }
  }
  for (const { person, isCustomer, path } of all) {
    yield;
    const { login } = person;
    if (login !== undefined)
      requireNew(logins, login.toLowerCase(), { at: [...path, 'login'], what: `user "${login}"` });
    const recordId = claimNumber(seed.project, 'user', person.recordId);
    requireNew(ids, String(recordId), { at: [...path, 'recordId'], what: `user with record ID ${recordId}` });
    const record = personFrom(seed, person, { recordId, isCustomer, usual, at: path });
    placed(
      () => [...path, 'licences'],
      () => {
        if (record.globalId !== 0) return;
        const { draft, server } = seed.project;
        requireAssignable(draft, server, { before: undefined, after: record.licences });
      },
    );
    seed.project.table(users).put(record);
  }
}

function personFrom(
  seed: ProjectSeed,
  section: PersonSection,
  {
    recordId,
    isCustomer,
    usual,
    at,
  }: { recordId: number; isCustomer: boolean; usual: UserLicences; at: readonly PathStep[] },
): UserRecord {
  const { project } = seed;
  const { isGlobal = false, testConfig, licences, groups, ...own } = section;
  const table = isCustomer ? 'Customer' : 'User';
  placed(
    () => [...at, 'emailType'],
    () =>
      requireDropdownValue(
        project,
        { table, field: 'E-mail Type' },
        { value: own.emailType ?? '', before: undefined },
      ),
  );
  const record = {
    ...blankUser,
    ...defined(own),
    recordId,
    isCustomer,
    groups: groupsFrom(project, groups ?? (isCustomer ? [] : ['Administrators']), [...at, 'groups']),
    licences:
      licences === undefined && !isCustomer ? usual : { ...blankUser.licences, ...defined(licences ?? {}) },
    testConfigId: seed.testConfigOf(testConfig, () => [...at, 'testConfig']),
  };
  return isGlobal ? { ...record, ...globalFrom(project, record, [...at, 'isGlobal']) } : record;
}

/** What the licence server says about a user replaces what the project says. */
function globalFrom(
  project: ProjectSeed['project'],
  { login, isCustomer }: UserRecord,
  at: readonly PathStep[],
) {
  const known = project.draft.table(globalUsers, serverScope);
  const found = known.findBy('login', login.toLowerCase()).find((user) => user.isCustomer === isCustomer);
  if (found) return { ...personOf(found), globalId: found.recordId, isActiveGlobal: found.isActive };
  const logins = known.sorted().filter((user) => user.isCustomer === isCustomer);
  throw missing(at, `the licence server has no ${isCustomer ? 'customer' : 'user'} "${login}"`, {
    name: login,
    known: logins.map((user) => user.login),
    listed: 'testtrack.globalUsers',
  });
}
