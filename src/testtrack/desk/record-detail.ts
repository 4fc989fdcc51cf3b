import { isFileContent } from '../../text/plain-value.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import { textWriter } from '../columns/cells.ts';
import type { Row } from '../columns/column.ts';
import { listedTables } from '../columns/listed-tables.ts';
import { faults } from '../faults.ts';
import { familyOfTable } from '../kinds/index.ts';
import { workflowFor } from '../lifecycle/item-members.ts';
import { wireOf } from '../lifecycle/records.ts';
import type { ItemRecord, StoredAttachment } from '../model/item-record.ts';
import { itemKey, type LinkedItem } from '../model/link-record.ts';
import { nounFor, recordTables } from '../model/record-tables.ts';
import { links } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import type { Asker } from '../query/record-selection.ts';
import { isTableName, type TableName } from '../rules/table-names.ts';
import { heldLockShown, type ShownLock } from './holders.ts';

/** Which record of a project is meant. */
export interface RecordRef {
  readonly table: TableName;
  readonly recordId: number;
}

/** What the files of a record are called in its page, and where their contents are found. */
export interface ShownFile {
  readonly recordId: number;
  readonly fileName: string;
  readonly type: string;
  readonly size: number;
}

/** An item at the other end of a link. */
export interface ShownLink {
  readonly definition: string;
  readonly comment: string;
  readonly items: readonly {
    readonly table: string;
    readonly recordId: number;
    readonly label: string;
    readonly role: 'parent' | 'child';
    readonly isSuspect: boolean;
  }[];
}

/** One record with all that hangs on it. */
export interface RecordDetail {
  readonly label: string;
  readonly state: string | undefined;
  /** The columns that have a value, in whole. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** As get gives it on the wire; undefined for a table whose records no operation gives. */
  readonly wire: object | undefined;
  readonly links: readonly ShownLink[];
  readonly files: readonly ShownFile[];
  readonly lock: ShownLock | undefined;
  /** What may be entered now. */
  readonly events: readonly {
    readonly name: string;
    readonly to: readonly string[];
    readonly assigns: boolean;
  }[];
}

/** Longer texts are cut in the list of fields; an operation gives the whole. */
const longestField = 20_000;

/** Longer names are cut: a summary can have a megabyte. */
const longestLabel = 200;

/** A record as its owner sees it, whatever groups hide. @throws fault 6 when there is none */
export function recordDetail({ view, now, isListed }: Asker, ref: RecordRef): RecordDetail {
  const { project } = view;
  const record = requireRow({ view, isListed }, ref);
  const family = familyOfTable.get(ref.table);
  const workflow = workflowFor(project, ref.table);
  const state = 'state' in record ? (record as unknown as ItemRecord).state : undefined;
  return {
    label: labelOf(ref.table, record),
    state,
    fields: catalogueFor(view, ref.table).columns.flatMap((column) => {
      const value = textWriter(column, view)(record);
      return value === '' ? [] : [{ label: column.label, value: value.slice(0, longestField) }];
    }),
    wire: family && wireOf(family, record, { ...view, formatted: true }),
    links: project
      .table(links)
      .findBy('item', itemKey(ref))
      .map((link) => ({
        definition: link.definition,
        comment: link.comment,
        items: [
          ...(link.parent ? [linkedItem(project, link.parent, 'parent')] : []),
          ...link.children.map((child) => linkedItem(project, child, 'child')),
        ].filter(({ table, recordId }) => table !== ref.table || recordId !== ref.recordId),
      })),
    files: filesIn(record).map(({ recordId, fileName, type, content }) => ({
      recordId,
      fileName,
      type,
      size: content.size,
    })),
    lock: heldLockShown(project, ref, now),
    events: workflow.events
      .filter(({ from }) => from.length === 0 || from.includes(state ?? ''))
      .map(({ name, to, assigns }) => ({ name, to, assigns })),
  };
}

/** A file of a record, by the ID of the attachment. @throws fault 6 when there is none */
export function fileOf(asker: Asker, ref: RecordRef, fileId: number): StoredAttachment {
  const file = filesIn(requireRow(asker, ref)).find(({ recordId }) => recordId === fileId);
  if (file) return file;
  throw faults.recordNotFound(`file ${fileId} at ${ref.table} ${ref.recordId}`);
}

function requireRow({ view: { project }, isListed }: Pick<Asker, 'view' | 'isListed'>, ref: RecordRef): Row {
  const listed = listedTables.get(ref.table);
  const record: Row | undefined = listed && project.table(listed.records).get(ref.recordId);
  if (listed && record && isListed(listed, record)) return record;
  throw faults.recordNotFound(
    `${nounFor(ref.table)} with record ID ${ref.recordId} in "${project.record.name}"`,
  );
}

function linkedItem(
  project: ProjectView,
  { table, recordId, isSuspect }: LinkedItem,
  role: 'parent' | 'child',
): ShownLink['items'][number] {
  const records = recordTables[table];
  const record = records && project.table(records).get(recordId);
  const label = record && isTableName(table) ? labelOf(table, record) : `${table} ${recordId}`;
  return { table, recordId, label, role, isSuspect };
}

/** `defect 12: Crash on start`, or by what else people know the record. */
function labelOf(table: TableName, record: Row): string {
  const { number, summary, name, login, last, definition } = record as Row &
    Readonly<Record<string, unknown>>;
  const called = [summary, name, login, last, definition].find(
    (each) => typeof each === 'string' && each !== '',
  );
  const counted = typeof number === 'number' && number > 0 ? number : record.recordId;
  return shortened(`${nounFor(table)} ${counted}${called === undefined ? '' : `: ${called}`}`);
}

const shortened = (label: string) =>
  label.length <= longestLabel ? label : `${label.slice(0, longestLabel)}…`;

/** Every file that is kept somewhere in a record: at itself, at its events, in its texts. */
function filesIn(value: unknown, found: StoredAttachment[] = []): StoredAttachment[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return found;
  if (isStored(value)) found.push(value);
  else for (const member of Object.values(value)) filesIn(member, found);
  return found;
}

function isStored(value: object): value is StoredAttachment {
  if (!('fileName' in value && 'content' in value)) return false;
  const { content } = value;
  return typeof content === 'object' && content !== null && isFileContent(content);
}
