import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Family } from '../lifecycle/family.ts';
import type { Member, Members } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import { itemKey, itemsOf, type LinkedItem, type LinkRecord } from '../model/link-record.ts';
import type { CLink, CLinkedItem, CLinkHistoryItem } from '../model/operation-types.generated.ts';
import { recordTables } from '../model/record-tables.ts';
import { links, users } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { itemLabel, itemOf, itemSummary } from '../rules/items.ts';
import { historyEntry, linkedItem, requireDefinition, requireSoundLink } from '../rules/links.ts';
import { itemTables } from '../rules/table-names.ts';
import type { View } from '../rules/view.ts';
import { toWireDateTime } from '../rules/zone.ts';

const { text } = memberKinds<LinkRecord>();

/** A link is broken when it has a parent that is gone. [documented] */
export function isBroken(project: ProjectView, { parent }: LinkRecord): boolean {
  return parent !== undefined && !itemOf(project, parent);
}

const members: Members<LinkRecord, CLink> = {
  linkDefinitionName: text('definition', 'Link Definition'),
  comment: text('comment', 'Comment'),
  linkbroken: {
    label: 'Broken',
    type: 'boolean',
    write: (record, { project }) => isBroken(project, record),
  },
  linkparent: {
    write: ({ parent }, view) => parent && writeLinkedItem(parent, 1, view),
    read: (sent, { before, record, context: { project } }) => {
      record.parent = readLinkedItems(project, before && itemsOf(before), [sent])[0];
    },
  },
  childList: {
    write: ({ children }, view) => children.map((child, at) => writeLinkedItem(child, at + 1, view)),
    read: (sent, { before, record, context: { project } }) => {
      record.children = readLinkedItems(project, before && itemsOf(before), inOrder(sent));
    },
  },
  historyList: { write: writeHistory } satisfies Member<LinkRecord, readonly CLinkHistoryItem[]>,
};

/** Links between items of any kind. They have no names: every operation goes by the link's record ID. [documented] */
export const linkFamily: Family<LinkRecord, CLink> = {
  table: 'Links',
  records: links,
  members,
  commandNoun: 'Links',
  idPart: 'linkID',
  // What an item says about itself shows in its links.
  shows: itemTables.flatMap((table) => recordTables[table] ?? []) as never,
  required: ['Link Definition'],
  blank: (context) => ({
    recordId: context.project.next('link'),
    definition: '',
    comment: '',
    parent: undefined,
    children: [],
    history: [historyEntry(context, 'Link created')],
  }),
  find: (project, { linkID }) => {
    const link = project.table(links).get(linkID as number);
    return { records: link ? [link] : [], wanted: `link with the record ID ${linkID}` };
  },
  check: (record, before, context) => {
    requireSoundLink(context.project, record, before);
    dropDisallowedSuspects(record, context.project);
    if (before) record.history = [...record.history, ...changesOf(before, record, context)];
  },
};

/** Number, summary, status, state and suspicion are the server's to say; `entityType` is deprecated. [documented] */
function writeLinkedItem(item: LinkedItem, order: number, { project, nameFormat }: View): CLinkedItem {
  const summary = itemSummary(project, item, nameFormat);
  return {
    recordid: item.linkedItemId,
    order,
    tablename: item.table,
    entityID: item.recordId,
    number: summary?.number ?? '',
    summary: summary?.summary ?? '',
    status: summary?.status ?? '',
    state: summary?.state ?? '',
    issuspect: item.isSuspect,
  };
}

/**
 * Takes the items of a link: one that was in it before stays with its suspicion, known by its record ID or by the
 * item it names; any other is new. [documented that lists are matched by record ID] In a link that is added all are new,
 * whatever IDs they bring from another one. [inferred]
 *
 * @param before undefined for a link that is added
 * @throws fault 23 for a record ID that no item of the link has
 */
function readLinkedItems(
  project: ProjectView,
  before: readonly LinkedItem[] | undefined,
  sent: readonly CLinkedItem[],
): LinkedItem[] {
  return sent.map((wire) => {
    const id = Number(wire.recordid ?? 0);
    const ref = { table: wire.tablename ?? '', recordId: Number(wire.entityID ?? 0) };
    const place = before?.find((item) => item.linkedItemId === id);
    if (before && id !== 0 && !place) {
      throw faults.invalidData(
        `no item of this link has the record ID ${id}`,
        'Send 0 as recordid for an item that is new in the link; entityID names the item itself.',
      );
    }
    const known = before?.find((item) => itemKey(item) === itemKey(ref));
    return known ?? linkedItem(project, ref);
  });
}

/** By the order that was sent; those without one come last. */
function inOrder(sent: readonly CLinkedItem[]): readonly CLinkedItem[] {
  const place = ({ order }: CLinkedItem) => Number(order ?? 0) || Number.POSITIVE_INFINITY;
  return [...sent].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** A link that changes to a definition without suspects has none. */
function dropDisallowedSuspects(
  record: { definition: string; parent: LinkRecord['parent']; children: LinkRecord['children'] },
  project: ProjectView,
): void {
  if (requireDefinition(project, record.definition).allowsSuspects) return;
  const clear = (item: LinkedItem): LinkedItem => (item.isSuspect ? { ...item, isSuspect: false } : item);
  record.parent = record.parent && clear(record.parent);
  record.children = record.children.map(clear);
}

/** What a save changed, one history entry each. [inferred: the texts] */
function changesOf(before: LinkRecord, after: LinkRecord, context: CallContext): LinkRecord['history'] {
  const { project } = context;
  const texts: string[] = [];
  if (before.definition !== after.definition) {
    texts.push(`Link definition changed from "${before.definition}" to "${after.definition}"`);
  }
  if (before.comment !== after.comment) texts.push('Comment changed');
  const had = new Set(itemsOf(before).map(itemKey));
  const has = new Set(itemsOf(after).map(itemKey));
  const added = itemsOf(after).filter((item) => !had.has(itemKey(item)));
  const removed = itemsOf(before).filter((item) => !has.has(itemKey(item)));
  for (const item of added) texts.push(`Item added: ${itemLabel(project, item)}`);
  for (const item of removed) texts.push(`Item removed: ${itemLabel(project, item)}`);
  return texts.map((entry) => historyEntry(context, entry));
}

function writeHistory({ history }: LinkRecord, { project }: View): readonly CLinkHistoryItem[] {
  return history.map((entry, at) => {
    const user = project.table(users).get(entry.by);
    return {
      recordid: entry.recordId,
      order: at + 1,
      date: toWireDateTime(entry.at, project.server.timeZone),
      firstname: user?.first ?? '',
      lastname: user?.last ?? '',
      history: entry.text,
    };
  });
}
