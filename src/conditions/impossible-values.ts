import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { PathStep } from '../input/path.ts';
import { SIMPLE_TYPES } from '../soap/simple-types.ts';
import type { SimpleName, StructType, TypeRef, WsdlModel } from '../soap/wsdl-model.ts';
import { plainValue, shortText } from '../text/plain-value.ts';
import { hidden, isSecretName } from '../text/secrets.ts';

/** What no value of a type of the WSDL has. */
export interface ImpossibleValue {
  readonly path: readonly PathStep[];
  readonly reason: string;
  readonly hint: string;
}

/** What is deeper is not looked at. */
const deepest = 64;

/** Where a pattern stands. */
interface Place {
  readonly path: readonly PathStep[];
  /** The classes of the WSDL that the call is read by. */
  readonly structs: WsdlModel['structs'];
}

/** What a pattern asks for that no value of a type has, at any depth. */
export function impossibleValue(type: TypeRef, pattern: unknown, place: Place): ImpossibleValue[] {
  const { path } = place;
  const within = (step: PathStep): Place => ({ ...place, path: [...path, step] });
  // It stands for a value that is not there.
  if (pattern === null || pattern === undefined || path.length > deepest) return [];
  switch (type.kind) {
    case 'simple':
      return impossibleSimple(type.name, pattern, path);
    case 'array':
      if (!Array.isArray(pattern)) return [shaped(path, `a list`, pattern)];
      return pattern.flatMap((each, at) => impossibleValue(type.item, each, within(at)));
    case 'struct': {
      if (typeof pattern !== 'object' || Array.isArray(pattern))
        return [shaped(path, `a ${type.name} with members`, pattern)];
      return impossibleMembers(type.name, pattern as Readonly<Record<string, unknown>>, place);
    }
  }
}

function impossibleMembers(
  typeName: string,
  pattern: Readonly<Record<string, unknown>>,
  { path, structs }: Place,
): ImpossibleValue[] {
  const names = [typeName, ...(structs.get(typeName)?.subtypes ?? [])];
  const fields = names.flatMap((each): StructType['fields'] => structs.get(each)?.fields ?? []);
  return Object.entries(pattern).flatMap(([name, inner]) => {
    const at = [...path, name];
    // The decoder notes which of several types a value has.
    if (name === '$type') return impossibleKind(names, inner, at);
    const found = fields.filter((each) => each.name.toLowerCase() === name.toLowerCase());
    if (found.length === 0) {
      const hint = didYouMeanHint(
        name,
        fields.map((each) => each.name),
      );
      return [{ path: at, reason: `a ${typeName} has no "${name}"`, hint }];
    }
    // Subtypes have the members of their base again, and may have some of one name and several types.
    const types = new Map(found.map(({ type }) => [`${type.kind} ${type.name}`, type]));
    const each = [...types.values()].map((type) => impossibleValue(type, inner, { path: at, structs }));
    return each.some(({ length }) => length === 0) ? [] : (each[0] ?? []);
  });
}

function impossibleKind(
  names: readonly string[],
  wanted: unknown,
  path: readonly PathStep[],
): ImpossibleValue[] {
  const name = String(wanted);
  if (names.includes(name)) return [];
  return [
    { path, reason: `there is no type "${name.slice(0, 80)}" here`, hint: didYouMeanHint(name, names) },
  ];
}

/** Values are compared as they are written, so that one that is never written so is never met. */
function impossibleSimple(name: SimpleName, pattern: unknown, path: readonly PathStep[]): ImpossibleValue[] {
  if (name === 'base64Binary') return [];
  if (typeof pattern === 'object' && pattern !== null)
    return [shaped(path, SIMPLE_TYPES[name].expects, pattern)];
  const text = String(pattern);
  const value = SIMPLE_TYPES[name].read(text);
  if (value === undefined) return [shaped(path, SIMPLE_TYPES[name].expects, pattern)];
  if (String(value) === text) return [];
  return [
    {
      path,
      reason: `${shownValue(pattern, path)} is read as ${shownValue(value, path)}`,
      hint: ' Write it so.',
    },
  ];
}

function shaped(path: readonly PathStep[], expected: string, pattern: unknown): ImpossibleValue {
  return { path, reason: `it is ${expected}, and never ${shownValue(pattern, path)}`, hint: '' };
}

/** A value as a message may show it. @param path where it stands: under the name of a secret it is not shown */
export function shownValue(value: unknown, path: readonly PathStep[]): string {
  const isSecret = path.some((step) => typeof step === 'string' && isSecretName(step));
  return isSecret ? hidden : shortText(plainValue(value));
}
