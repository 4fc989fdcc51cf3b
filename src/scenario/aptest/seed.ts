import type { Steps } from '../../answers/steps.ts';
import { type Account, accounts } from '../../aptest/model/account.ts';
import type {
  FieldDefinition,
  ListedValue,
  Suite,
  VariableDefinition,
} from '../../aptest/model/definitions.ts';
import { suites } from '../../aptest/model/definitions.ts';
import { installationScope, installations, suiteScope } from '../../aptest/model/installation.ts';
import { fullId, parentOf, plainName, trimmedPath, uuidKey } from '../../aptest/model/names.ts';
import { groups } from '../../aptest/model/run-head.ts';
import { type Requirement, requirements, type TestCase, testCases } from '../../aptest/model/test-case.ts';
import { interpreted } from '../../input/interpreted.ts';
import type { PathStep } from '../../input/path.ts';
import { withoutUndefined } from '../../input/without-undefined.ts';
import { memo } from '../../memo/memory.ts';
import { seededUuid } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import { type SeedContext, section } from '../reading/section.ts';
import { withGeneratedSuite } from './generated-suite.ts';
import {
  type ApTestDefaults,
  type ApTestSection,
  type ApTestUserSection,
  aptestDefaultsSchema,
  aptestSchema,
  type FieldSection,
  type SetSection,
  type SuiteSection,
  type TestSection,
  type VariableSection,
} from './schema.ts';
import { seedSessions } from './session-seed.ts';

/** The ApTest side of a scenario. */
export const aptestSection = section(aptestSchema, seedApTest);

/** Puts the ApTest side of a scenario into a draft: the installation, its accounts, and each suite with all it holds. */
function* seedApTest(draft: Draft, data: ApTestSection, context: SeedContext): Steps<void> {
  const defaults = readDefaults(context.defaults);
  draft.table(installations, installationScope).put({
    id: 'installation',
    token: data.token ?? '',
    settings: { ...defaults.settings, ...withoutUndefined(data.settings ?? {}) },
  });
  const suiteNames = (data.suites ?? []).map(({ name }) => name);
  seedAccounts(draft, data.users ?? [], { ...context, access: defaults.access, suiteNames });
  const seen = new Set<string>();
  for (const [index, suite] of (data.suites ?? []).entries()) {
    const at = [...context.at, 'suites', index];
    if (seen.has(suite.name)) {
      context.report(new ScenarioProblem([...at, 'name'], `there are two suites named "${suite.name}"`));
      continue;
    }
    seen.add(suite.name);
    yield* seedSuite(draft, suite, { defaults, context: { ...context, at } });
  }
}

const parsedDefaults = (raw: unknown): ApTestDefaults => aptestDefaultsSchema.parse(raw, interpreted);
const readOnce = memo<object, ApTestDefaults>('defaults of ApTest', parsedDefaults);

/** The defaults are our own file, so a mistake in them is ours. */
function readDefaults(raw: unknown): ApTestDefaults {
  return typeof raw === 'object' && raw !== null ? readOnce(raw) : parsedDefaults(raw);
}

interface AccountContext extends SeedContext {
  readonly access: ApTestDefaults['access'];
  readonly suiteNames: readonly string[];
}

function seedAccounts(draft: Draft, users: readonly ApTestUserSection[], context: AccountContext): void {
  const table = draft.table(accounts, installationScope);
  for (const [index, user] of users.entries()) {
    const at = [...context.at, 'users', index];
    const account = accountOf(user, context.access);
    if (table.get(account.name)) {
      context.report(new ScenarioProblem(at, `there are two users named "${account.name}"`));
      continue;
    }
    for (const suite of Object.keys(account.access)) {
      if (suite === '*' || context.suiteNames.includes(suite)) continue;
      context.report(
        missing([...at, 'access', suite], `there is no suite "${suite}"`, {
          name: suite,
          known: context.suiteNames,
        }),
      );
    }
    table.put(account);
  }
}

function accountOf(user: ApTestUserSection, access: ApTestDefaults['access']): Account {
  const given = typeof user === 'string' ? { name: user } : user;
  return {
    name: given.name,
    fullname: given.fullname ?? given.name,
    email: given.email ?? '',
    phoneNumber: given.phoneNumber ?? '',
    password: given.password ?? '',
    isDisabled: given.disabled ?? false,
    variables: given.variables ?? {},
    access: given.access ?? access,
  };
}

function* seedSuite(
  draft: Draft,
  data: SuiteSection,
  { defaults, context }: { readonly defaults: ApTestDefaults; readonly context: SeedContext },
): Steps<void> {
  const suite = suiteOf(data, defaults, context);
  draft.table(suites, installationScope).put(suite);
  const scope = suiteScope(suite.name);
  const named = { draft, suite: suite.name, context };
  const lists = yield* withGeneratedSuite(draft, suite, { data, context });
  const tests = yield* namedRecords(lists.tests, {
    ...named,
    key: 'tests',
    fields: suite.fields,
    idOf: fullId,
  });
  yield* draft.table(testCases, scope).filling(tests);
  const all: Requirement[] = yield* namedRecords(lists.requirements, {
    ...named,
    key: 'requirements',
    fields: suite.requirementFields,
    idOf: plainName,
  });
  yield* draft.table(requirements, scope).filling(all);
  seedGroups(draft, scope, { groups: data.groups, sets: lists.sets });
  yield* seedSessions(draft, suite, { sets: lists.sets, sessions: lists.sessions, context });
}

/** A suite's definitions: what it gives, else the defaults; built-in fields are always there. */
function suiteOf(data: SuiteSection, defaults: ApTestDefaults, context: SeedContext): Suite {
  const base = defaults.suite;
  const suite: Suite = {
    name: data.name,
    description: data.description ?? '',
    creator: data.creator ?? '',
    profile: data.profile ?? base.profile,
    hasTestOutline: data.outline?.tests ?? false,
    hasRequirementOutline: data.outline?.requirements ?? false,
    untestedCode: data.untested ?? base.untested,
    results: (data.results ?? base.results).map((each) => {
      const result = typeof each === 'string' ? { code: each } : each;
      return {
        code: result.code,
        description: result.description ?? result.code,
        colour: result.colour ?? '',
      };
    }),
    fields: fieldsOf(base.fields, data.fields ?? []),
    requirementFields: fieldsOf(base.requirementFields, data.requirementFields ?? []),
    executionFields: fieldsOf(base.executionFields, data.executionFields ?? []),
    variables: (data.variables ?? base.variables).map(variableOf),
  };
  reportDoubles(suite, context);
  if (!suite.results.some(({ code }) => code === suite.untestedCode)) {
    const codes = suite.results.map(({ code }) => code).join(', ');
    context.report(
      new ScenarioProblem(
        [...context.at, data.untested === undefined ? 'results' : 'untested'],
        `the code for "no result yet", "${suite.untestedCode}", is not among the results (${codes})`,
        'Add it to "results", or name another code as "untested".',
      ),
    );
  }
  return suite;
}

/** Built-in fields first; a suite may say more about one of them by giving a field of that name. */
function fieldsOf(builtIn: readonly FieldSection[], given: readonly FieldSection[]): FieldDefinition[] {
  const merged = new Map(builtIn.map((field) => [field.name, fieldOf(field)]));
  for (const field of given) {
    const base = merged.get(field.name);
    merged.set(field.name, {
      ...base,
      ...fieldOf({ ...field, flags: field.flags ?? base?.flags?.slice() ?? ['selectable'] }),
    });
  }
  return [...merged.values()];
}

function fieldOf(field: FieldSection): FieldDefinition {
  const { values, flags, ...rest } = field;
  return {
    ...withoutUndefined(rest),
    name: field.name,
    flags: flags ?? [],
    ...(values ? { values: values.map(listedOf) } : {}),
  };
}

function variableOf(variable: VariableSection): VariableDefinition {
  const { name, prompt, size, values = [], text = '' } = variable;
  return {
    name,
    type: variable.type ?? (values.length > 0 ? 'single' : 'text'),
    isRequired: variable.isRequired ?? false,
    values: values.map(listedOf),
    text,
    ...withoutUndefined({ prompt, size }),
  };
}

function listedOf(
  given: string | { value: string; description?: string | undefined; isDefault?: boolean | undefined },
): ListedValue {
  return typeof given === 'string' ? { value: given } : { value: given.value, ...withoutUndefined(given) };
}

function reportDoubles(suite: Suite, context: SeedContext): void {
  const lists: readonly [string, readonly string[]][] = [
    ['results', suite.results.map(({ code }) => code)],
    ['variables', suite.variables.map(({ name }) => name)],
  ];
  for (const [key, names] of lists) {
    const double = names.find((name, at) => names.indexOf(name) !== at);
    if (double !== undefined) {
      context.report(new ScenarioProblem([...context.at, key], `"${double}" is there twice`));
    }
  }
}

interface NamedContext {
  readonly draft: Draft;
  readonly suite: string;
  readonly context: SeedContext;
  readonly key: 'tests' | 'requirements';
  readonly fields: readonly FieldDefinition[];
  readonly idOf: (name: string) => string;
}

/** Tests or requirements, each with a full id and a UUID; what the scenario does not name is derived from the seed. */
function* namedRecords(given: readonly TestSection[], named: NamedContext): Steps<TestCase[]> {
  const { draft, suite, context, key, fields } = named;
  const known = new Set(fields.map(({ name }) => name));
  const reportUnknownFields = (values: object, at: readonly PathStep[]) => {
    for (const name of Object.keys(values)) {
      if (known.has(name)) continue;
      context.report(missing([...at, 'fields', name], `the suite has no field "${name}"`, { name, known }));
    }
  };
  const ids = new Set<string>();
  const uuids = new Set<string>();
  const records: TestCase[] = [];
  for (const [position, each] of given.entries()) {
    yield;
    const at: PathStep[] = [...context.at, key, position];
    const record = typeof each === 'string' ? { id: each } : each;
    const id = named.idOf(record.id);
    const uuid = record.uuid ?? seededUuid(draft.seed, `${suite}/${key}/${id}`);
    if (ids.has(id)) context.report(new ScenarioProblem(at, `"${id}" is there twice`));
    // The UUID of a name that is there twice may be made from the name.
    else if (uuids.has(uuidKey(uuid)))
      context.report(new ScenarioProblem(at, `the UUID "${uuid}" is there twice`));
    ids.add(id);
    uuids.add(uuidKey(uuid));
    reportUnknownFields(record.fields ?? {}, at);
    records.push({
      uuid,
      id,
      position,
      fields: record.fields ?? {},
      ...(record.outline === undefined ? {} : { outline: record.outline }),
    });
  }
  return records;
}

/** The groups that are named, and those that paths of groups and sets imply. */
function seedGroups(
  draft: Draft,
  scope: string,
  data: { readonly groups: SuiteSection['groups']; readonly sets: readonly SetSection[] },
): void {
  const table = draft.table(groups, scope);
  const add = (path: string, description: string): void => {
    if (path === '') return;
    add(parentOf(path), '');
    if (description !== '' || !table.get(path)) table.put({ path, description });
  };
  for (const group of data.groups ?? []) {
    const { path, description = '' } = typeof group === 'string' ? { path: group } : group;
    add(trimmedPath(path), description);
  }
  for (const { path } of data.sets) add(parentOf(trimmedPath(path)), '');
}
