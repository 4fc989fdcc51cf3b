import type { AnyCommand } from '../aptest/commands/command.ts';
import { commandNamed } from '../aptest/commands/index.ts';
import type { Call } from '../runner/call.ts';
import { operations } from '../testtrack/operations/index.ts';

// What names what in a call: fault rules and verifications go by it alike.

/** What the calls of an operation or command are called: other spellings of a command stand for its name. */
export function callName(operation: string): string {
  if (Object.hasOwn(operations, operation)) return operation;
  return commandNamed(operation)?.name ?? operation;
}

/** A member by its name, in any letter case where there is none of the very name. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, name)) return (value as Record<string, unknown>)[name];
  const folded = name.toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === folded)?.[1];
}

/** An argument of a call under its name, or under another one that rpc.mpl has for it. */
export function argumentOf({ api, name: operation, input }: Call, name: string): unknown {
  const command = api === 'aptest' ? commandNamed(operation) : undefined;
  if (!command) return memberOf(input, name);
  if (typeof input !== 'object' || input === null) return undefined;
  const own = memberNamed(input, name);
  if (own !== undefined) return own;
  for (const other of otherNames(command, name)) {
    const found = memberNamed(input, other);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As rpc.mpl reads names: letter case counts in what follows a prefix, and nowhere else. */
function memberNamed(input: object, name: string): unknown {
  if (Object.hasOwn(input, name)) return (input as Record<string, unknown>)[name];
  const wanted = wireName(name);
  return Object.entries(input).find(([key]) => wireName(key) === wanted)?.[1];
}

function wireName(name: string): string {
  const [prefix = ''] = /^[a-z]+_/i.exec(name) ?? [];
  return prefix === '' || fixedNames.has(name.toLowerCase())
    ? name.toLowerCase()
    : prefix.toLowerCase() + name.slice(prefix.length);
}

/** Names with an underscore that are no field behind a prefix. */
const fixedNames: ReadonlySet<string> = new Set(['execdata_when', 'execdata_user']);

/** What else rpc.mpl takes an argument under. Ways to name a test are arguments of their own. */
function otherNames({ arguments: declared }: AnyCommand, name: string): readonly string[] {
  const folded = name.toLowerCase();
  for (const { names } of Object.values(declared)) {
    if (names.includes('uuid') && names.includes('name')) continue;
    const own = names.find((each) => isNamed(each.toLowerCase(), folded));
    if (own === undefined) continue;
    if (!own.endsWith('_')) return names.filter((each) => each !== own);
    return fieldNames(name.slice(own.length)).flatMap((field) => names.map((each) => each + field));
  }
  return [];
}

function isNamed(declared: string, folded: string): boolean {
  return declared.endsWith('_') ? folded.startsWith(declared) : folded === declared;
}

/** Fields of the product may be named without their `atm_`. */
function fieldNames(field: string): readonly string[] {
  return [field, field.startsWith('atm_') ? field.slice('atm_'.length) : `atm_${field}`];
}

/** Whether an argument of a call says which session is meant. */
export function isSessionArgument({ api, name: operation }: Call, name: string): boolean {
  const command = api === 'aptest' ? commandNamed(operation) : undefined;
  const folded = name.toLowerCase();
  return Object.values(command?.arguments ?? {}).some(
    ({ names }) => names.includes('sessNum') && names.some((each) => each.toLowerCase() === folded),
  );
}

/** Sessions are meant by number: `1`, `00001` and `00001/Set` are one. */
export function isSameSession(one: unknown, other: unknown): boolean {
  const [a, b] = [sessionNumber(one), sessionNumber(other)];
  return a !== undefined && a === b;
}

function sessionNumber(value: unknown): number | undefined {
  const digits = /^\s*(\d{1,15})(?:\/.*)?\s*$/s.exec(String(value))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
