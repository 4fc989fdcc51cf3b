import type { AnyCommand } from '../aptest/commands/command.ts';
import { commonArguments, isSecretArgument } from '../aptest/commands/common-arguments.ts';
import { commandNamed, commands } from '../aptest/commands/index.ts';
import { accounts } from '../aptest/model/account.ts';
import { suites } from '../aptest/model/definitions.ts';
import { installationScope } from '../aptest/model/installation.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { PathStep } from '../input/path.ts';
import type { WsdlModel } from '../soap/wsdl-model.ts';
import { projectScope, projects, serverScope, serverSettings, users } from '../testtrack/model/tables.ts';
import { operations } from '../testtrack/operations/index.ts';
import type { World } from '../world/world.ts';
import type { Generation } from '../wsdl/generations.ts';
import { modelOf, sharedModel } from '../wsdl/shared-model.ts';
import { impossibleValue, shownValue } from './impossible-values.ts';

/** What a person says of calls: in a fault rule of those that it acts on, in a verification of those that it counts. */
export interface CallCondition {
  readonly operation?: string | undefined;
  readonly api?: 'testtrack' | 'aptest' | undefined;
  readonly user?: string | undefined;
  readonly project?: string | undefined;
  readonly suite?: string | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
}

/** Why no call meets a condition. */
export interface Impossible {
  /** Where in the condition. */
  readonly path: readonly PathStep[];
  /** A sentence without its first words and its full stop: `there is no user "lak"`. */
  readonly reason: string;
  /** `Did you mean "lake"?` after a blank, or nothing. */
  readonly hint: string;
  /**
   * A call can still have it, if it was made so: rpc.mpl is sent arguments and names that are none of its own, and users
   * and projects come and go.
   */
  readonly isUnlessSent: boolean;
}

/** Everything in a condition that keeps calls from meeting it, as the world is now; nothing where some call may. */
export function impossibleIn(condition: CallCondition, world: World): Impossible[] {
  const sdk = generationOf(world);
  const misnamed = misnamedOperation(condition) ?? laterOperation(condition, sdk);
  return [
    ...(misnamed ? [misnamed] : impossibleArguments(condition, sdk)),
    ...impossibleNames(condition, world),
  ];
}

const certain = (path: readonly PathStep[], reason: string, hint = ''): Impossible => ({
  path,
  reason,
  hint,
  isUnlessSent: false,
});

/** Found by name, among names that may be others at another time. */
const unknown = (path: readonly PathStep[], reason: string, hint: string): Impossible => ({
  ...certain(path, reason, hint),
  isUnlessSent: true,
});

function misnamedOperation({ operation, api }: CallCondition): Impossible | undefined {
  if (operation === undefined) return undefined;
  const isOperation = Object.hasOwn(operations, operation);
  const command = commandNamed(operation);
  if (!isOperation && !command) {
    const known = [
      ...(api === 'aptest' ? [] : Object.keys(operations)),
      ...(api === 'testtrack' ? [] : commands.map(({ name }) => name)),
    ];
    const reason = `there is no operation or command "${operation.slice(0, 80)}"`;
    return unknown(['operation'], reason, didYouMeanHint(operation, known));
  }
  if (api === 'aptest' && !command) return certain(['operation'], `${operation} is no command of rpc.mpl`);
  if (api === 'testtrack' && !isOperation)
    return certain(['operation'], `${operation} is no operation of TestTrack`);
  return undefined;
}

/** An operation that came with a later generation than the world's: its calls are answered as those of an unknown one. */
function laterOperation({ operation = '' }: CallCondition, sdk: Generation): Impossible | undefined {
  if (!Object.hasOwn(operations, operation) || modelOf(sdk).operations.has(operation)) return undefined;
  return certain(['operation'], `${operation} is no operation of the SDK of ${sdk}, which this world has`);
}

function generationOf(world: World): Generation {
  return world.collection(serverSettings, serverScope).get('server')?.sdk ?? 'newest';
}

function impossibleArguments({ operation, api, where = {} }: CallCondition, sdk: Generation): Impossible[] {
  return Object.entries(where).flatMap(([name, pattern]) => {
    const path = ['where', name];
    if (operation !== undefined && Object.hasOwn(operations, operation)) {
      return impossiblePart(modelOf(sdk), { operation, name, pattern });
    }
    const command = operation === undefined ? undefined : commandNamed(operation);
    if (command) return impossibleArgument(command, { name, pattern });
    return isArgumentOfSome(name, api)
      ? []
      : [unknown(path, `no operation or command has an argument "${name}"`, '')];
  });
}

interface NamedPattern {
  readonly name: string;
  readonly pattern: unknown;
}

/** A part of an operation: the decoder gives those of the WSDL and no others. */
function impossiblePart(
  { operations: declared, structs }: WsdlModel,
  { operation, name, pattern }: NamedPattern & { readonly operation: string },
): Impossible[] {
  const parts = declared.get(operation)?.input ?? [];
  const folded = name.toLowerCase();
  const part = parts.find((each) => each.name.toLowerCase() === folded);
  const path = ['where', name];
  if (part)
    return impossibleValue(part.type, pattern, { path, structs }).map((each) => ({
      ...certain(path, ''),
      ...each,
    }));
  const known = parts.map((each) => each.name);
  return [certain(path, `${operation} has no argument "${name}"`, didYouMeanHint(name, known))];
}

/** Arguments of rpc.mpl are texts, or lists of texts where one was sent several times. */
function impossibleArgument(
  { name: command, arguments: declared }: AnyCommand,
  { name, pattern }: NamedPattern,
) {
  const path = ['where', name];
  const folded = name.toLowerCase();
  if (isSecretArgument(folded)) return [certain(path, `${name} is a secret, and kept of no call`)];
  const known = [...commonArguments, ...Object.values(declared).flatMap(({ names }) => names)];
  if (!known.some((each) => isNamedSo(each, folded))) {
    return [unknown(path, `${command} has no argument "${name}"`, didYouMeanHint(name, known))];
  }
  const texts: readonly unknown[] = Array.isArray(pattern) ? pattern : [pattern];
  return texts.some((each) => typeof each === 'object' && each !== null)
    ? [certain(path, `${name} is a text, or a list of texts, and never ${shownValue(pattern, path)}`)]
    : [];
}

function isNamedSo(declared: string, folded: string): boolean {
  const own = declared.toLowerCase();
  return own === folded || (own.endsWith('_') && folded.startsWith(own));
}

function isArgumentOfSome(name: string, api: CallCondition['api']): boolean {
  const folded = name.toLowerCase();
  const isPart = [...sharedModel().operations.values()].some(({ input }) =>
    input.some((part) => part.name.toLowerCase() === folded),
  );
  const isOfCommand = commands.some(({ arguments: declared }) =>
    Object.values(declared).some(({ names }) => names.some((each) => isNamedSo(each, folded))),
  );
  const isCommon = commonArguments.some((each) => each === folded && !isSecretArgument(each));
  return (api !== 'aptest' && isPart) || (api !== 'testtrack' && (isOfCommand || isCommon));
}

/** Users, projects and suites that are not there, or that calls of the product do not have. */
function impossibleNames(condition: CallCondition, world: World): Impossible[] {
  const { user, project, suite } = condition;
  const api = productOf(condition);
  const found: Impossible[] = [];
  if (project !== undefined && api === 'aptest')
    found.push(certain(['project'], 'calls of rpc.mpl have no project'));
  if (suite !== undefined && api === 'testtrack')
    found.push(certain(['suite'], 'calls of TestTrack have no suite'));
  const look = (kind: string, name: string | undefined, known: () => readonly string[]) => {
    if (name === undefined) return;
    const names = known();
    if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return;
    found.push(unknown([kind], `there is no ${kind} "${name.slice(0, 80)}"`, didYouMeanHint(name, names)));
  };
  look('user', user, () => [
    ...(api === 'aptest' ? [] : loginNames(world)),
    ...(api === 'testtrack' ? [] : accountNames(world)),
  ]);
  look('project', project, () => projectNames(world));
  look('suite', suite, () => [...world.collection(suites, installationScope).keys()].map(String));
  return found;
}

/** The only product that calls of a condition can be for; undefined for both. */
function productOf({ api, operation = '' }: CallCondition): CallCondition['api'] {
  if (api !== undefined) return api;
  if (Object.hasOwn(operations, operation)) return 'testtrack';
  return commandNamed(operation) ? 'aptest' : undefined;
}

/** The logins of all projects. */
export function loginNames(world: World): string[] {
  return projectNames(world).flatMap((project) =>
    [...world.collection(users, projectScope(project)).values()].map(({ login }) => login),
  );
}

function projectNames(world: World): string[] {
  return [...world.collection(projects, serverScope).keys()].map(String);
}

function accountNames(world: World): string[] {
  return [...world.collection(accounts, installationScope).keys()].map(String);
}
