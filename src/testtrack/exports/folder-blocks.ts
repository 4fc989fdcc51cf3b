import type { CallContext } from '../call-context.ts';
import type { Row } from '../columns/column.ts';
import type { RecordOrder } from '../columns/record-order.ts';
import type { FolderRecord } from '../model/folder-record.ts';
import { itemsIn } from '../rules/folder-items.ts';
import { childrenOf, folderPath } from '../rules/folders.ts';
import { recordBlocks, type Showing } from './record-blocks.ts';
import { type Block, heading } from './word-document.ts';

/** What of folders goes into a document. */
export interface FolderContent {
  readonly folders: readonly FolderRecord[];
  /** The records of the template's table that the caller sees and the filter lets through, by record ID. */
  readonly records: ReadonlyMap<number, Row>;
  /** By rank without one. */
  readonly order: RecordOrder;
}

/** Every folder under its path, with its records in it; an item that is in two folders stands in both. [inferred] */
export function* folderBlocks(
  { project }: CallContext,
  { folders, records, order }: FolderContent,
  showing: Showing,
): Generator<Block> {
  const { table } = showing.template;
  for (const folder of folders) {
    const own = itemsIn(project, folder).flatMap(({ item }) =>
      item.table === table ? (records.get(item.recordId) ?? []) : [],
    );
    yield heading(1, folderPath(project, folder));
    if (folder.description !== '') yield { kind: 'text', text: folder.description };
    yield* recordBlocks(order(own), showing, 2);
  }
}

/** All folders in a folder or root: each before those below it, in the order of the tree. */
export function foldersBelow(
  context: CallContext,
  { owner, recordId }: Pick<FolderRecord, 'owner' | 'recordId'>,
): readonly FolderRecord[] {
  return childrenOf(context.project, owner, recordId).flatMap((child) => [
    child,
    ...foldersBelow(context, child),
  ]);
}
