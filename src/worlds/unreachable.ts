import { suites } from '../aptest/model/definitions.ts';
import { installationScope, suiteScope } from '../aptest/model/installation.ts';
import { projectScope, projects, serverScope } from '../testtrack/model/tables.ts';
import type { World } from '../world/world.ts';

/**
 * What nobody can reach in a world that was taken out of a damaged folder, because what it hangs on is missing.
 *
 * @returns a sentence for each project and suite that is missing
 */
export function unreachable(world: World): string[] {
  const projectNames = [...world.collection(projects, serverScope).values()].map(({ name }) => name);
  const suiteNames = [...world.collection(suites, installationScope).values()].map(({ name }) => name);
  return [
    ...missing(world, { what: 'project', prefix: projectScope(''), known: new Set(projectNames) }),
    ...missing(world, { what: 'suite', prefix: suiteScope(''), known: new Set(suiteNames) }),
  ];
}

interface Owners {
  /** What a scope belongs to, for people. */
  readonly what: string;
  /** What comes before the name of the owner in a scope. */
  readonly prefix: string;
  readonly known: ReadonlySet<string>;
}

function missing(world: World, { what, prefix, known }: Owners): string[] {
  const lost = new Map<string, string[]>();
  for (const [path, { size, table }] of world.collections) {
    if (!path.startsWith(prefix) || size === 0 || table.isVolatile) continue;
    const name = path.slice(prefix.length, path.lastIndexOf('/'));
    if (!known.has(name)) lost.set(name, [...(lost.get(name) ?? []), `${size} in ${table.name}`]);
  }
  return [...lost].map(
    ([name, records]) =>
      `the ${what} "${name}" is missing, and nothing that hangs on it can be reached: ${records.sort().join(', ')}`,
  );
}
