import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import {
  type ItemRef,
  itemKey,
  itemsOf,
  type LinkedItem,
  type LinkHistoryEntry,
  type LinkRecord,
} from '../model/link-record.ts';
import type { LinkDefinition } from '../model/project-record.ts';
import { links } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { itemOf } from './items.ts';

/** What a link is to hold. */
export interface LinkParts {
  /** The name of a link definition of the project. */
  readonly definition: string;
  /** For a parent/child definition. */
  readonly parent?: ItemRef | undefined;
  /** The children, or the peers. */
  readonly children: readonly ItemRef[];
  readonly comment?: string | undefined;
}

/**
 * Links items that exist by a definition of the project.
 *
 * @returns the stored link, with the first entry of its history
 * @throws fault 11 for a definition that the project does not have, 6 for an item that does not exist, 23 for items
 *   that the definition does not let take part [documented that it limits types and number; the codes inferred]
 */
export function linkItems(context: CallContext, parts: LinkParts): LinkRecord {
  const { project } = context;
  const link: LinkRecord = {
    recordId: project.next('link'),
    definition: parts.definition,
    comment: parts.comment ?? '',
    parent: parts.parent && linkedItem(project, parts.parent),
    children: parts.children.map((child) => linkedItem(project, child)),
    history: [historyEntry(context, 'Link created')],
  };
  requireSoundLink(project, link);
  return project.table(links).put(link);
}

/** An item as a new member of a link. */
export function linkedItem(project: ProjectView, { table, recordId }: ItemRef): LinkedItem {
  return { linkedItemId: project.next('linked-item'), table, recordId, isSuspect: false };
}

/** Something that happened to a link, by the caller. */
export function historyEntry({ project, user, now }: CallContext, text: string): LinkHistoryEntry {
  return { recordId: project.next('link-history'), at: now, by: user.recordId, text };
}

/** A definition by its name. @throws fault 11 when the project has none of this name */
export function requireDefinition(project: ProjectView, name: string): LinkDefinition {
  const { linkDefinitions } = project.record;
  const definition = linkDefinitions.find((known) => known.name === name);
  if (definition) return definition;
  throw faults.invalidParameter(
    `link definition "${name}"`,
    `"${project.record.name}" has these link definitions: ${linkDefinitions.map((known) => known.name).join(', ')} (GetLinkDefinitionValues gives them).`,
  );
}

/**
 * Holds a link against its definition: parent or peers, the tables of its items, how many there are, whether they
 * exist. An item that was in the link before may be gone since.
 *
 * @throws fault 11, 6 or 23 as `linkItems`
 */
export function requireSoundLink(project: ProjectView, link: LinkRecord, before?: LinkRecord): void {
  const definition = requireDefinition(project, link.definition);
  requireRoles(definition, link);
  requireTables(definition, link);
  requireNumber(definition, link);
  const known = new Set(before && itemsOf(before).map(itemKey));
  for (const item of itemsOf(link)) {
    if (known.has(itemKey(item)) || itemOf(project, item)) continue;
    throw faults.recordNotFound(`${item.table} with record ID ${item.recordId} to link`);
  }
  if (definition.requiresComment && link.comment === '') {
    throw faults.invalidData(
      'a comment is required',
      `Links of "${definition.name}" need a comment (requiresComment in the scenario).`,
    );
  }
}

function requireRoles({ name, kind }: LinkDefinition, { parent, children }: LinkRecord): void {
  if (kind === 'peer' && parent) {
    throw faults.invalidData(
      `"${name}" has no parent`,
      `"${name}" links peers: list all of them in childList and leave linkparent out.`,
    );
  }
  if (kind === 'parent/child' && !parent) {
    throw faults.invalidData(
      `"${name}" needs a parent`,
      `"${name}" is a parent/child link: give the parent in linkparent and its children in childList.`,
    );
  }
  if (children.length < (kind === 'peer' ? 2 : 1)) {
    throw faults.invalidData(
      `a link of "${name}" has too few items`,
      kind === 'peer' ? 'Link at least two peers.' : 'Link at least one child to the parent.',
    );
  }
}

function requireTables({ name, parents, children: childTables }: LinkDefinition, link: LinkRecord): void {
  for (const item of itemsOf(link)) {
    const isParent = item === link.parent;
    const allowed = isParent ? parents : childTables;
    if (allowed.includes(item.table)) continue;
    const role = isParent ? 'the parent' : 'a member';
    throw faults.invalidData(
      `${item.table || 'an item without a table'} cannot be ${role} of "${name}"`,
      `${isParent ? 'The parent' : 'A member'} of "${name}" is one of: ${allowed.join(', ')}.`,
    );
  }
}

function requireNumber({ name, maxItems }: LinkDefinition, link: LinkRecord): void {
  const items = itemsOf(link);
  if (maxItems !== undefined && items.length > maxItems) {
    throw faults.invalidData(
      `a link of "${name}" has at most ${maxItems} items`,
      `This one would have ${items.length}, the parent counted.`,
    );
  }
  const seen = new Set<string>();
  for (const item of items) {
    const key = itemKey(item);
    if (seen.has(key)) {
      throw faults.invalidData(
        'an item is linked twice',
        `${item.table} ${item.recordId} is in this link more than once.`,
      );
    }
    seen.add(key);
  }
}
