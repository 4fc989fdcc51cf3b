import { type ItemRef, itemKey, itemsOf, type LinkRecord } from '../model/link-record.ts';
import type { LinkDefinition } from '../model/project-record.ts';
import { links } from '../model/tables.ts';
import { itemLabel, itemOf } from '../rules/items.ts';
import { itemTables } from '../rules/table-names.ts';
import type { View } from '../rules/view.ts';
import type { Column, Row } from './column.ts';
import type { ColumnProvider } from './provider.ts';

/**
 * What links say about an item. [documented as fields; what their cells hold is inferred] A link restriction of a
 * query asks these: whether there are links, in which role, and to what, by definition.
 */
export const linkColumns: ColumnProvider = ({ table, linkDefinitions }) => {
  if (!itemTables.includes(table)) return [];
  const keyOf = ({ recordId }: Row): string => itemKey({ table, recordId });
  const linksOf = (record: Row, { project }: View): readonly LinkRecord[] =>
    project.table(links).findBy('item', keyOf(record));
  const others = (record: Row, view: View, definition?: string): readonly string[] => {
    const own = keyOf(record);
    return linksOf(record, view)
      .filter((link) => definition === undefined || link.definition === definition)
      .flatMap((link) => itemsOf(link).filter((item) => itemKey(item) !== own))
      .map((item) => itemLabel(view.project, item));
  };
  const holds = (label: string, test: (link: LinkRecord, own: string, view: View) => boolean): Column => ({
    kind: 'boolean',
    label,
    value: (record, view) => linksOf(record, view).some((link) => test(link, keyOf(record), view)),
  });
  return [
    holds('Has Links', () => true),
    holds('Has Broken Links', (link, _, view) => isBroken(link, view)),
    holds('Is Parent in Link', isParent),
    holds('Is Child in Link', isChild),
    holds('Is Marked As Suspect', (link, own) =>
      itemsOf(link).some((item) => item.isSuspect && itemKey(item) === own),
    ),
    {
      kind: 'integer',
      label: 'Number of Links',
      value: (record, view) => linksOf(record, view).length,
    },
    {
      kind: 'integer',
      label: 'Number of Broken Links',
      value: (record, view) => linksOf(record, view).filter((link) => isBroken(link, view)).length,
    },
    ...(table === 'Requirement' ? numbersOfLinked(linksOf, keyOf) : []),
    {
      kind: 'choices',
      label: 'Link IDs',
      value: (record, view) => linksOf(record, view).map(({ recordId }) => String(recordId)),
    },
    {
      kind: 'choices',
      label: 'Linked Items',
      isUnlisted: true,
      value: (record, view) => others(record, view),
    },
    ...linkDefinitions.map(
      ({ name }): Column => ({
        kind: 'choices',
        label: `${name} Linked Items`,
        isUnlisted: true,
        value: (record, view) => others(record, view, name),
      }),
    ),
  ];
};

/**
 * What links say about an item by their definition: whether there are any, and in which role the item is. Definitions
 * that cannot have items of the table bring none. [observed names]
 */
export const linkDefinitionColumns: ColumnProvider = ({ table, linkDefinitions }) => {
  if (!itemTables.includes(table)) return [];
  const keyOf = ({ recordId }: Row): string => itemKey({ table, recordId });
  const holds = (label: string, test: (link: LinkRecord, own: string, view: View) => boolean): Column => ({
    kind: 'boolean',
    label,
    value: (record, view) =>
      view.project
        .table(links)
        .findBy('item', keyOf(record))
        .some((link) => test(link, keyOf(record), view)),
  });
  const columnsOf = ({ name, kind }: LinkDefinition): Column[] => {
    const has = `Has A ${name} Link`;
    const columns = [
      holds(has, ({ definition }) => definition === name),
      holds(`Has A Broken ${name} Link`, (link, _, view) => link.definition === name && isBroken(link, view)),
    ];
    if (kind === 'peer') return columns;
    return [
      ...columns,
      holds(`Is A ${name} Link Parent`, (link, own) => link.definition === name && isParent(link, own)),
      holds(`Is A ${name} Link Child`, (link, own) => link.definition === name && isChild(link, own)),
    ];
  };
  return linkDefinitions
    .filter(({ parents, children }) => parents.includes(table) || children.includes(table))
    .flatMap(columnsOf);
};

function isBroken({ parent }: LinkRecord, { project }: View): boolean {
  return parent !== undefined && !itemOf(project, parent);
}

function isParent({ parent }: LinkRecord, own: string): boolean {
  return parent !== undefined && itemKey(parent) === own;
}

function isChild({ parent, children }: LinkRecord, own: string): boolean {
  return parent !== undefined && children.some((item) => itemKey(item) === own);
}

/** The numbers of the items that a requirement is linked to, by their role. [observed names; what cells hold is inferred] */
function numbersOfLinked(
  linksOf: (record: Row, view: View) => readonly LinkRecord[],
  keyOf: (record: Row) => string,
): Column[] {
  const numbers = (label: string, pick: (link: LinkRecord, own: string) => readonly ItemRef[]): Column => ({
    kind: 'choices',
    label,
    value: (record, view) => {
      const own = keyOf(record);
      const items = linksOf(record, view).flatMap((link) => pick(link, own));
      const others = items.filter((item) => itemKey(item) !== own);
      return others.map((item) => String(numberOf(itemOf(view.project, item)) ?? ''));
    },
  });
  return [
    numbers('Link Child Number', (link, own) => (isParent(link, own) ? link.children : [])),
    numbers('Link Peer Number', ({ parent, children }) => (parent ? [] : children)),
    numbers('Link Parent Number', ({ parent }) => (parent ? [parent] : [])),
    numbers('Related Link Number', (link) => itemsOf(link)),
  ];
}

function numberOf(item: object | undefined): unknown {
  return (item as { readonly number?: unknown } | undefined)?.number;
}
