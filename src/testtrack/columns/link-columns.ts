import { itemKey, itemsOf, type LinkRecord } from '../model/link-record.ts';
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
    holds(
      'Has Broken Links',
      ({ parent }, _, { project }) => parent !== undefined && !itemOf(project, parent),
    ),
    holds('Is Parent In Link', ({ parent }, own) => parent !== undefined && itemKey(parent) === own),
    holds(
      'Is Child in Link',
      ({ parent, children }, own) => parent !== undefined && children.some((item) => itemKey(item) === own),
    ),
    holds('Is Marked As Suspect', (link, own) =>
      itemsOf(link).some((item) => item.isSuspect && itemKey(item) === own),
    ),
    {
      kind: 'choices',
      label: 'Link IDs',
      value: (record, view) => linksOf(record, view).map(({ recordId }) => String(recordId)),
    },
    { kind: 'choices', label: 'Linked Items', value: (record, view) => others(record, view) },
    ...linkDefinitions.map(
      ({ name }): Column => ({
        kind: 'choices',
        label: `${name} Linked Items`,
        value: (record, view) => others(record, view, name),
      }),
    ),
  ];
};
