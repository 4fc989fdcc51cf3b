import type { z } from 'zod';
import type { PathStep } from './path.ts';

type Schema = z.core.$ZodType;

/** The schemas that can apply at a path: several behind a union, none where the path leaves the schema. */
export function schemasAt(schema: Schema, path: readonly PathStep[]): Schema[] {
  let schemas = plain(schema);
  for (const step of path) schemas = schemas.flatMap((candidate) => inside(candidate, step)).flatMap(plain);
  return schemas;
}

/** The keys that maps of these schemas know, in the order of their declaration. */
export function keysOf(schemas: readonly Schema[]): string[] {
  return [
    ...new Set(
      schemas.flatMap((schema) => {
        const { def } = schema._zod as z.core.$ZodTypes['_zod'];
        return def.type === 'object' ? Object.keys(def.shape) : [];
      }),
    ),
  ];
}

/** Takes the wrappers off: optional, default, transformed, and the branches of a union. */
function plain(schema: Schema): Schema[] {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return plain(def.innerType);
    case 'pipe':
      return plain(def.in);
    case 'lazy':
      return plain(def.getter());
    case 'union':
      return def.options.flatMap(plain);
    case 'intersection':
      return [...plain(def.left), ...plain(def.right)];
    default:
      return [schema];
  }
}

function inside(schema: Schema, step: PathStep): Schema[] {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  switch (def.type) {
    case 'object': {
      const member = Object.hasOwn(def.shape, step) ? def.shape[String(step)] : def.catchall;
      return member ? [member] : [];
    }
    case 'array':
      return [def.element];
    case 'record':
      return [def.valueType];
    case 'tuple': {
      const item = def.items[Number(step)] ?? def.rest;
      return item ? [item] : [];
    }
    default:
      return [];
  }
}
