import { TestTrackApiError } from '../../client/testtrack-errors.ts';
import type {
  AnyCTreeNodeSoap,
  CFilter,
  CRecordListSoap,
} from '../../testtrack/model/operation-types.generated.ts';
import { itemTables } from '../../testtrack/rules/table-names.ts';
import type { ReadingSession } from '../wire/reading-session.ts';
import type { Mask } from './mask.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';

interface Kept {
  readonly part: PartFile;
  readonly mask: Mask;
  readonly notes: Notes;
}

/** Reads the private folders of the account itself: nobody sees those of others. */
export async function readPrivateFolders(
  session: ReadingSession,
  { part, mask, notes }: Kept,
): Promise<void> {
  try {
    const path = await session.call('getRootPrivateFolderPath');
    const tree = (await session.call('getFolderTree', { treeRootFolderPath: path })) as AnyCTreeNodeSoap;
    for (const id of foldersUnder(tree)) {
      const parts = { recordID: id, publicFolder: false };
      const folder = await session.call('getFolderByRecordID', parts);
      part.put('PrivateFolderItems', id, await session.call('getEntityListForFolderByRecordID', parts));
      part.put('PrivateFolder', id, mask.record('Folder', folder));
    }
  } catch (error) {
    if (!(error instanceof TestTrackApiError)) throw error;
    notes.add(`Private folders: ${error.text}`, 'none');
  }
  notes.add('Private folders of other users, which nobody else sees', 'none');
}

function* foldersUnder(tree: AnyCTreeNodeSoap): Generator<number> {
  for (const child of tree.childList ?? []) {
    yield Number(child.entityRecordID ?? 0);
    yield* foldersUnder(child);
  }
}

/** Reads which records each filter lets through: what it asks for is not told. */
export async function readFilterContents(session: ReadingSession, { part, notes }: Kept): Promise<void> {
  for (const table of itemTables) {
    const filters = part.get('settings', `filters:${table}`) as readonly CFilter[] | undefined;
    for (const { name = '' } of filters ?? []) {
      try {
        const parts = { tablename: table, filtername: name, columnlist: [{ name: 'Record ID' }] };
        const list = (await session.call('getRecordListForTable', parts)) as CRecordListSoap;
        const ids = (list.records ?? []).map(({ row = [] }) => Number(row[0]?.value));
        part.put('settings', `filtered:${table}/${name}`, ids);
      } catch (error) {
        if (!(error instanceof TestTrackApiError)) throw error;
        notes.add(`The filter "${name}" of ${table}: ${error.text}`, 'it asks its user each time');
      }
    }
  }
}
