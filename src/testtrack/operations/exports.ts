import { Pending } from '../../answers/pending.ts';
import type { CallContext } from '../call-context.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import { LocaleDates } from '../columns/locale-dates.ts';
import { orderFrom } from '../columns/record-order.ts';
import { type DateParts, dateStyle } from '../exports/date-choice.ts';
import { documentBlocks } from '../exports/document-blocks.ts';
import { requireTableOf, requireTemplate } from '../exports/export-templates.ts';
import { folderBlocks, foldersBelow } from '../exports/folder-blocks.ts';
import { packWord } from '../exports/pack-word.ts';
import { recordBlocks, type Showing } from '../exports/record-blocks.ts';
import { chosenRecords } from '../exports/record-choice.ts';
import type { Block, WordDocument } from '../exports/word-document.ts';
import { faults } from '../faults.ts';
import { requirementDocumentFamily } from '../kinds/requirement-document.ts';
import { requireRecord } from '../lifecycle/records.ts';
import type { ExportTemplateRecord } from '../model/export-template-record.ts';
import type { FolderRecord } from '../model/folder-record.ts';
import type { AnyCFile, Long } from '../model/operation-types.generated.ts';
import { personName } from '../model/user-record.ts';
import {
  area,
  documented,
  type Need,
  type Operations,
  operation,
  permission,
  visible,
} from '../operation.ts';
import { listView, selectRecords } from '../query/record-selection.ts';
import {
  contentOf,
  type DocumentContent,
  snapshotContent,
  snapshotsOf,
} from '../rules/document-snapshots.ts';
import { fileNameFrom } from '../rules/file-names.ts';
import type { TableName } from '../rules/table-names.ts';
import { toWireDateTime } from '../rules/zone.ts';
import { folderByPath, rootAt } from './folders.ts';
import { requireReadableTable } from './table-access.ts';

/** The command is inferred. */
const mayExport = permission('Export to Word');
const documentNeeds: readonly Need[] = [
  area('TestTrack RM'),
  visible('Requirement Document'),
  permission('View Requirement Documents'),
  mayExport,
];
const folderNeeds: readonly Need[] = [visible('Folder'), permission('View Folders'), mayExport];

/** Documents made with the export templates of a project. */
export const exportOperations = {
  getDocForExportTemplate: operation({
    evidence: documented(
      'gives a Word document of the records of a table that filter, query and record IDs let through together (AND and order inferred), with dates by zone, locale or offset',
    ),
    run: (context, parts) => {
      const table = requireReadableTable(context, parts.tablename);
      mayExport(context);
      const template = requireTemplate(context.project, parts, 'records');
      requireTableOf(template, table);
      const showing = showingOf(context, template, parts);
      const { filtername: filter, query, recordIDs = [] } = parts;
      const records = chosenRecords(context, { table, filter, query }, recordIDs);
      return exported(context, showing, () => recordBlocks(records, showing, 1));
    },
  }),

  getDocForExportTemplateReqDoc: operation({
    needs: documentNeeds,
    evidence: documented(
      'gives a Word document of a requirement document, or of a snapshot of it, with outline numbers; snapshot 0 is the document as it is (inferred)',
    ),
    run: (context, parts) => {
      requireReadableTable(context, 'Requirement');
      const template = requireTemplate(context.project, parts, 'document');
      const showing = showingOf(context, template, parts);
      const { content, about } = documentToExport(context, parts.documentID, parts.snapshotVersion);
      return exported(context, showing, function* () {
        yield { kind: 'text', text: about };
        yield* documentBlocks(content, showing);
      });
    },
  }),

  getDocForExportTemplateFolder: operation({
    needs: folderNeeds,
    evidence: documented(
      'gives a Word document of the items of one table in a folder, by rank or sort order, with or without its subfolders (form of the sort order inferred)',
    ),
    run: (context, parts) => {
      const table = requireReadableTable(context, parts.tablename);
      const template = requireTemplate(context.project, parts, 'folder');
      requireTableOf(template, table);
      const showing = showingOf(context, template, parts);
      const folders = foldersToExport(context, parts.folderPath, parts.bRecursive);
      const selected = selectRecords(context, { table, filter: parts.filtername, query: '' });
      const records = new Map(selected.map((record) => [record.recordId, record]));
      const order = orderFrom(parts.sortOrder, showing.catalogue, showing.view);
      return exported(context, showing, () => folderBlocks(context, { folders, records, order }, showing));
    },
  }),
} satisfies Partial<Operations>;

/** @throws fault 11 for a zone, locale or offset that cannot be */
function showingOf(context: CallContext, template: ExportTemplateRecord, parts: DateParts): Showing {
  const view = { ...listView(context), dates: dateStyle(parts, context.project.server) };
  return { template, view, catalogue: catalogueFor(view, template.table as TableName) };
}

/** @throws fault 6 for a document or snapshot that is not there */
function documentToExport(
  { project }: CallContext,
  documentId: Long,
  version: number,
): { content: DocumentContent; about: string } {
  const document = requireRecord(requirementDocumentFamily, project, documentId);
  if (version === 0) return { content: contentOf(project, document), about: document.summary };
  const content = snapshotContent(project, document.recordId, version);
  const snapshots = snapshotsOf(project, document.recordId);
  const snapshot = snapshots.find((each) => each.version === version);
  if (content && snapshot)
    return { content, about: `${content.document.summary}, ${snapshot.label} (snapshot ${version})` };
  throw faults.recordNotFound(
    `snapshot ${version} of requirement document ${documentId}; it has ${snapshots.map((each) => each.version).join(', ') || 'none'}`,
  );
}

/** @throws fault 6 for a path that leads nowhere */
function foldersToExport(context: CallContext, path: string, isRecursive: boolean): readonly FolderRecord[] {
  const root = rootAt(context, path);
  // A root holds folders, no items.
  const owner = root === 'private' ? context.user.recordId : 0;
  if (root) return isRecursive ? foldersBelow(context, { owner, recordId: 0 }) : [];
  const folder = folderByPath(context, path);
  return isRecursive ? [folder, ...foldersBelow(context, folder)] : [folder];
}

/** The file is written after the call, from values that nothing changes any more; so the blocks are made only then. */
function exported(
  { project, user, now }: CallContext,
  { template, view }: Showing,
  blocks: () => Iterable<Block>,
): Pending<AnyCFile> {
  const { locale, timeZone } = view.dates ?? project.server;
  const author = personName(user, user.nameFormat);
  const made = `${project.record.name}, ${LocaleDates.of(locale).moment(now, timeZone)}, ${author}`;
  const document: WordDocument = {
    title: template.heading,
    author,
    madeAt: now,
    blocks: {
      *[Symbol.iterator]() {
        yield { kind: 'text', text: made };
        yield* blocks();
      },
    },
  };
  const stamp = toWireDateTime(now, project.server.timeZone);
  const file = {
    'm-strFileName': `${fileNameFrom(template.name, `export_${template.recordId}`)}.docx`,
    'm-dateTimeCreated': stamp,
    'm-dateTimeModified': stamp,
  };
  return new Pending({ document, file }, async (signal) => ({
    'm-pFileData': await packWord(document, signal),
    ...file,
  }));
}
