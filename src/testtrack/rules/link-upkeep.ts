import { isDeepStrictEqual } from 'node:util';
import type { CallContext } from '../call-context.ts';
import type { WorkflowEvent } from '../model/item-record.ts';
import { type ItemRef, itemKey, type LinkedItem, type LinkRecord } from '../model/link-record.ts';
import { links } from '../model/tables.ts';
import { itemLabel } from './items.ts';
import { historyEntry, requireDefinition } from './links.ts';
import { releaseLock } from './locks.ts';

/** An item as it was and as it was stored. */
export interface ItemChange {
  readonly before: object | undefined;
  readonly after: object;
}

/**
 * Marks the items that depend on a changed one as suspect, in links whose definition allows it. All other items of
 * the link depend on it. [documented for events that mark suspects; that a changed field does so too is inferred]
 */
export function markSuspects(item: ItemRef, { before, after }: ItemChange, context: CallContext): void {
  if (!before) return;
  const table = context.project.table(links);
  const key = itemKey(item);
  if (table.countBy('item', key) === 0 || !affectsDependents(before, after)) return;
  for (const link of table.findBy('item', key)) {
    if (!requireDefinition(context.project, link.definition).allowsSuspects) continue;
    const mark = (other: LinkedItem): LinkedItem =>
      other.isSuspect || itemKey(other) === key ? other : { ...other, isSuspect: true };
    const parent = link.parent && mark(link.parent);
    const children = link.children.map(mark);
    if (parent === link.parent && children.every((child, at) => child === link.children[at])) continue;
    const history = withEntry(
      context,
      link,
      `Items marked as suspect: ${itemLabel(context.project, item)} changed`,
    );
    table.put({ ...link, parent, children, history });
  }
}

/**
 * Takes a deleted item out of its links: a link that loses its parent is broken from then on [documented], one that
 * loses a child goes on without it, and one with too few items left goes as well, even while it is edited [inferred].
 */
export function leaveLinks(item: ItemRef, context: CallContext): void {
  const table = context.project.table(links);
  const key = itemKey(item);
  for (const link of table.findBy('item', key)) {
    const children = link.children.filter((child) => itemKey(child) !== key);
    if (children.length < (link.parent ? 1 : 2)) {
      table.delete(link.recordId);
      releaseLock(context.project, { table: 'Links', recordId: link.recordId });
      continue;
    }
    const role = children.length < link.children.length ? 'Item removed' : 'Link broken';
    const history = withEntry(context, link, `${role}: ${itemLabel(context.project, item)} was deleted`);
    table.put({ ...link, children, history });
  }
}

function withEntry(context: CallContext, link: LinkRecord, text: string): LinkRecord['history'] {
  return [...link.history, historyEntry(context, text)];
}

/** What follows from events or changes with every save, so that it says nothing about the item's content. */
const bookkeeping = new Set(['events', 'state', 'assignedTo', 'modified', 'versions']);

/** Whether a save changed what the item says, or added an event that marks suspects. */
function affectsDependents(before: object, after: object): boolean {
  return marksSuspects(before, after) || hasNewContent(before, after);
}

function hasNewContent(before: object, after: object): boolean {
  const old = before as Readonly<Record<string, unknown>>;
  return Object.entries(after).some(
    ([name, value]) => !bookkeeping.has(name) && value !== old[name] && !isDeepStrictEqual(value, old[name]),
  );
}

function marksSuspects(before: object, after: object): boolean {
  const known = new Map(eventsOf(before).map((event) => [event.recordId, event]));
  return eventsOf(after).some(
    (event) => event.marksSuspect && known.get(event.recordId)?.marksSuspect !== true,
  );
}

function eventsOf(record: { readonly events?: readonly WorkflowEvent[] }): readonly WorkflowEvent[] {
  return record.events ?? [];
}
