import { commandNamed, commands } from '../aptest/commands/index.ts';
import { accounts } from '../aptest/model/account.ts';
import { installationScope } from '../aptest/model/installation.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { PathStep } from '../input/path.ts';
import type { TypeRef } from '../soap/wsdl-model.ts';
import { projectScope, projects, serverScope, users } from '../testtrack/model/tables.ts';
import { operations } from '../testtrack/operations/index.ts';
import type { World } from '../world/world.ts';
import { sharedModel } from '../wsdl/shared-model.ts';
import { neverComes } from './matching.ts';
import type { Rule } from './rule-schema.ts';
import { lockTarget } from './state-actions.ts';
import { type RuleRecord, rules, twinScope } from './tables.ts';

/** Why a rule cannot act as it stands. */
export interface RuleWarning {
  /** Where in the rule. */
  readonly path: readonly PathStep[];
  /** A sentence. */
  readonly reason: string;
}

/** Why a rule cannot act as it stands; nothing for a rule that can. */
export function warningsOf(record: RuleRecord, world: World): RuleWarning[] {
  const { rule, from, givenAt } = record;
  const found = [...operationWarnings(rule), ...userWarnings(rule, world)];
  if (from !== undefined && neverComes(record)) {
    found.push({
      path: ['when', 'at'],
      reason: `It never acts: ${new Date(from).toISOString()} was over at ${new Date(givenAt).toISOString()}, when the rule was given.`,
    });
  }
  if (rule.probability === 0)
    found.push({ path: ['probability'], reason: 'It never acts: its probability is 0.' });
  if (rule.do.lock) {
    const target = lockTarget(world, rule.do.lock);
    if ('problem' in target)
      found.push({ path: ['do', 'lock'], reason: `The lock cannot be taken: ${target.problem}.` });
  }
  return found;
}

/** The same for every rule that a world begins with. */
export function scriptWarnings(world: World): (RuleWarning & { readonly name: string })[] {
  return world
    .collection(rules, twinScope)
    .sorted()
    .flatMap((record) => warningsOf(record, world).map((warning) => ({ name: record.name, ...warning })));
}

function operationWarnings({ when, do: action }: Rule): RuleWarning[] {
  const { operation, api } = when;
  const endsCaller = action.dropSession === 'caller';
  if (api === 'aptest' && endsCaller) return [noLogins];
  if (operation === undefined) return [];
  const misnamed = misnamedWarning(operation, api);
  if (misnamed !== undefined) return [{ path: ['when', 'operation'], reason: misnamed }];
  const isOperation = Object.hasOwn(operations, operation);
  if (endsCaller && !isOperation) return [noLogins];
  return argumentWarnings(when, isOperation);
}

/** What is wrong with the name of an operation or a command; undefined for one that calls can have. */
function misnamedWarning(operation: string, api: Rule['when']['api']): string | undefined {
  const isOperation = Object.hasOwn(operations, operation);
  const command = commandNamed(operation);
  if (!isOperation && !command) {
    const known = [
      ...(api === 'aptest' ? [] : Object.keys(operations)),
      ...(api === 'testtrack' ? [] : commands.map(({ name }) => name)),
    ];
    return `It never acts: there is no operation or command "${operation}".${didYouMeanHint(operation, known)}`;
  }
  if (command && command.name.toLowerCase() !== operation.toLowerCase()) {
    return `It never acts: "${operation}" is another spelling of ${command.name}; rules name that.`;
  }
  if (api === 'aptest' && !command) return `It never acts: ${operation} is no command of rpc.mpl.`;
  if (api === 'testtrack' && !isOperation) return `It never acts: ${operation} is no operation of TestTrack.`;
  return undefined;
}

const noLogins: RuleWarning = {
  path: ['do', 'dropSession'],
  reason: 'It does nothing: calls of rpc.mpl have no login that could end.',
};

function argumentWarnings({ operation = '', where = {} }: Rule['when'], isOperation: boolean): RuleWarning[] {
  const declared = isOperation
    ? (sharedModel().operations.get(operation)?.input ?? []).map(({ name }) => name)
    : [...common, ...Object.values(commandNamed(operation)?.arguments ?? {}).flatMap(({ names }) => names)];
  return Object.entries(where).flatMap(([name, pattern]) => {
    const folded = name.toLowerCase();
    const isKnown = declared.some(
      (each) =>
        each.toLowerCase() === folded || (each.endsWith('_') && folded.startsWith(each.toLowerCase())),
    );
    const path = ['when', 'where', name];
    if (!isKnown) {
      const reason = `It never acts: ${operation} has no argument "${name}".${didYouMeanHint(name, declared)}`;
      return [{ path, reason }];
    }
    return isOperation ? memberWarnings(partType(operation, folded), pattern, path) : [];
  });
}

function partType(operation: string, folded: string): TypeRef | undefined {
  const parts = sharedModel().operations.get(operation)?.input ?? [];
  return parts.find(({ name }) => name.toLowerCase() === folded)?.type;
}

/** What a pattern asks for that no value of the WSDL's type has, at any depth. */
function memberWarnings(
  type: TypeRef | undefined,
  pattern: unknown,
  path: readonly PathStep[],
): RuleWarning[] {
  if (typeof pattern !== 'object' || pattern === null || type === undefined) return [];
  if (type.kind === 'array') {
    return Array.isArray(pattern)
      ? pattern.flatMap((each, at) => memberWarnings(type.item, each, [...path, at]))
      : [];
  }
  if (type.kind !== 'struct' || Array.isArray(pattern)) return [];
  const { structs } = sharedModel();
  const subtypes = structs.get(type.name)?.subtypes ?? [];
  const fields = [type.name, ...subtypes].flatMap((each) => structs.get(each)?.fields ?? []);
  return Object.entries(pattern).flatMap(([name, inner]) => {
    const field = fields.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (field) return memberWarnings(field.type, inner, [...path, name]);
    // The decoder notes which of several types a value has.
    if (name === '$type') return [];
    const known = fields.map((each) => each.name);
    const near = didYouMeanHint(name, known);
    return [{ path: [...path, name], reason: `It never acts: a ${type.name} has no "${name}".${near}` }];
  });
}

/** What every command of rpc.mpl takes. */
const common = ['username', 'suite', 'command', 'returnJSON'];

function userWarnings({ when, do: { dropSession } }: Rule, world: World): RuleWarning[] {
  const logins = [...world.collection(projects, serverScope).keys()].flatMap((project) =>
    [...world.collection(users, projectScope(String(project))).values()].map(({ login }) => login),
  );
  const names = [...world.collection(accounts, installationScope).keys()].map(String);
  const isOneOf = (name: string, known: readonly string[]) =>
    known.some((each) => each.toLowerCase() === name.toLowerCase());
  const found: RuleWarning[] = [];
  const callers = when.api === 'testtrack' ? logins : when.api === 'aptest' ? names : [...logins, ...names];
  if (when.user !== undefined && !isOneOf(when.user, callers)) {
    const reason = `It never acts: there is no user "${when.user}".${didYouMeanHint(when.user, callers)}`;
    found.push({ path: ['when', 'user'], reason });
  }
  if (typeof dropSession === 'object' && !isOneOf(dropSession.user, logins)) {
    const near = didYouMeanHint(dropSession.user, logins);
    const reason = `It does nothing: there is no user "${dropSession.user}".${near}`;
    found.push({ path: ['do', 'dropSession', 'user'], reason });
  }
  return found;
}
