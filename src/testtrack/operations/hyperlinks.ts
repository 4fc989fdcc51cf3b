import { listedTables } from '../columns/listed-tables.ts';
import { faults } from '../faults.ts';
import type { ServerSettings } from '../model/project-record.ts';
import { addressNames } from '../model/record-tables.ts';
import { documented, type Operations, operation } from '../operation.ts';
import { itemOf } from '../rules/items.ts';
import { requireCommand } from '../rules/permissions.ts';
import { requireTable } from './table-access.ts';

interface Target {
  readonly project: string;
  readonly table: string;
  readonly recordId: number;
}

/** Addresses that open an item in the product's own clients. */
export const hyperlinkOperations = {
  getItemHyperlinks: operation({
    evidence: documented('gives the addresses that open an item in the native and in the web client'),
    run: (context, { itemType, itemID }) => {
      const { project, user } = context;
      const table = requireTable(context, itemType);
      const name = addressNames[table];
      if (name === undefined) {
        throw faults.invalidTable(itemType, Object.keys(addressNames));
      }
      const family = listedTables.get(table);
      requireCommand(project, user, `View ${family?.commandNoun ?? `${table}s`}`);
      const recordId = Number(itemID);
      const record = itemOf(project, { table, recordId });
      if (!record || family?.lists?.(record as { recordId: number }, context) === false) {
        throw faults.recordNotFound(`${table} with record ID ${itemID} in "${project.record.name}"`);
      }
      const target = { project: project.record.name, table: name, recordId };
      return {
        ttstudioHyperlink: nativeAddress(project.server, target),
        httpHyperlink: webAddress(project.server, target),
      };
    },
  }),
} satisfies Partial<Operations>;

/** [documented] */
function nativeAddress(
  { nativeAddress: server }: ServerSettings,
  { project, table, recordId }: Target,
): string {
  return `ttstudio://${server}//${encodeURIComponent(project)}/${table}?recordID=${recordId}`;
}

/** [observed in clients] */
function webAddress({ webAddress: server }: ServerSettings, { project, table, recordId }: Target): string {
  const query = `command=hyperlink&project=${encodeURIComponent(project)}&table=${table}&recordID=${recordId}`;
  return `${server}?${query}`;
}
