import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { isBroken, linkFamily } from '../kinds/link.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { wireOf } from '../lifecycle/records.ts';
import { itemKey } from '../model/link-record.ts';
import type { CLink, Long } from '../model/operation-types.generated.ts';
import { links } from '../model/tables.ts';
import { documented, type Need, type Operations, operation, permission, visible } from '../operation.ts';
import { fieldValues } from '../rules/custom-fields.ts';
import { itemOf } from '../rules/items.ts';
import { viewFor } from '../rules/view.ts';
import { requireTable } from './table-access.ts';

const viewLinks: readonly Need[] = [visible('Links'), permission('View Links')];

/** Links between items, and what can link them. */
export const linkOperations = {
  // getLink, addLink, editLink, saveLink, cancelSaveLink, deleteLink
  ...recordLifecycle('Link', linkFamily, {
    getLinkByRecordID: 'missing',
    editLinkByRecordID: 'missing',
    deleteLinkByRecordID: 'missing',
  }),

  GetLinkDefinitionValues: operation({
    evidence: documented('lists the names of the link definitions of the project, in their order'),
    run: ({ project }) => fieldValues(project.record.linkDefinitions.map(({ name }) => name)),
  }),

  getLinksForItem: operation({
    needs: viewLinks,
    evidence: documented('lists the links of an item of any table; those that are broken are left out'),
    run: (context, { tablename, itemRecordID }) => linksOf(context, tablename, itemRecordID),
  }),

  getLinksForDefect: operation({
    needs: viewLinks,
    evidence: documented('as getLinksForItem for a defect; an empty list when there is none'),
    run: (context, { defectRecordID }) => linksOf(context, 'Defect', defectRecordID),
  }),
} satisfies Partial<Operations>;

/** @throws fault 77 for an unknown table, 5 for one that is hidden or whose area was not opened, 6 without the item */
function linksOf(context: CallContext, tableName: string, recordId: Long): CLink[] {
  const { project } = context;
  const table = requireTable(context, tableName);
  const item = { table, recordId: Number(recordId) };
  if (!itemOf(project, item)) throw faults.recordNotFound(`${item.table} with record ID ${recordId}`);
  const found = project.table(links).findBy('item', itemKey(item));
  const view = viewFor(context, false);
  return found.filter((link) => !isBroken(project, link)).map((link) => wireOf(linkFamily, link, view));
}
