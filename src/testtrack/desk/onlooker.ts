import { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import type { World } from '../../world/world.ts';
import { faults } from '../faults.ts';
import { projects, serverScope } from '../model/tables.ts';
import { ProjectView } from '../project-view.ts';
import type { Asker } from '../query/record-selection.ts';
import { isTableName, type TableName, tableNames } from '../rules/table-names.ts';

/**
 * How the owner of the twin looks at a project: logged on as nobody, so that no group hides anything and no session is
 * used by it. What is read here changes nothing.
 *
 * @throws fault 1 when there is no such project
 */
export function onlooker(world: World, name: string, now: Instant): Asker {
  const project = projectIn(new Draft(world), name);
  return {
    view: { project, nameFormat: 'first-last', formatted: false, downloads: false },
    now,
    user: 0,
    isListed: ({ holds }, record) => holds?.(record) ?? true,
  };
}

/** A project in a draft. @throws fault 1 when there is no such project */
export function projectIn(draft: Draft, name: string): ProjectView {
  const known = draft.table(projects, serverScope);
  if (known.get(name)) return new ProjectView(draft, name);
  throw faults.unknownProject(
    name,
    known.sorted().map((each) => each.name),
  );
}

/** @throws fault 77 for a name that is no table */
export function requireTableName(name: string): TableName {
  if (isTableName(name)) return name;
  throw faults.invalidTable(name, tableNames);
}
