import { faults } from '../faults.ts';
import { defectFamily } from '../kinds/defect.ts';
import { familyOfTable } from '../kinds/index.ts';
import { requireRecord } from '../lifecycle/records.ts';
import type { StoredAttachment, WorkflowEvent } from '../model/item-record.ts';
import type { CFileAttachment, Long } from '../model/operation-types.generated.ts';
import { defects } from '../model/tables.ts';
import { area, documented, type Operations, operation, permission, visible } from '../operation.ts';
import type { ProjectView } from '../project-view.ts';
import { writeAttachment } from '../rules/attachments.ts';
import { requireCommand } from '../rules/permissions.ts';
import { picturesIn } from '../rules/rich-text.ts';
import { requireTable } from './table-access.ts';

/** Fetching the content of a file that a record came without. */
export const attachmentOperations = {
  getAttachment: operation({
    evidence: documented(
      'gives a file with its content; eventID 0 stands for files of the item itself (observed)',
    ),
    run: (context, { tablename, recordID, eventID, pszArchiveName }) => {
      const { project, user } = context;
      const table = requireTable(context, tablename);
      const family = familyOfTable.get(table);
      if (!family) throw faults.invalidTable(tablename, [...familyOfTable.keys()]);
      requireCommand(project, user, `View ${family.commandNoun}`);
      const record = requireRecord(family, project, recordID);
      return named(project, filesAt(record, eventID, family.files?.(record) ?? []), pszArchiveName);
    },
  }),

  getDefectAttachment: operation({
    needs: [area('TestTrack Pro'), visible('Defect'), permission('View Defects')],
    evidence: documented(
      'gives a file of any defect by its archive name; deprecated, getAttachment is its heir',
    ),
    run: ({ project }, { pszArchiveName }) => {
      const owners = project.table(defects).findBy('archive', pszArchiveName);
      const files = owners.flatMap((defect) => [
        ...(defectFamily.files?.(defect) ?? []),
        ...defect.events.flatMap((event) => event.attachments),
      ]);
      return named(project, files, pszArchiveName);
    },
  }),
} satisfies Partial<Operations>;

/** With event 0 the files of the record itself, the pictures in its texts among them. [inferred for the pictures] */
function filesAt(
  record: object,
  eventId: Long,
  own: readonly StoredAttachment[],
): readonly StoredAttachment[] {
  if (Number(eventId) === 0) return [...own, ...picturesIn(record)];
  const events = 'events' in record ? (record.events as readonly WorkflowEvent[]) : [];
  const event = events.find(({ recordId }) => recordId === eventId);
  if (!event) throw faults.recordNotFound(`event with record ID ${eventId} at that record`);
  return event.attachments;
}

function named(
  project: ProjectView,
  files: readonly StoredAttachment[],
  archiveName: string,
): CFileAttachment {
  const file = files.find((candidate) => candidate.archiveName === archiveName);
  if (file) return writeAttachment(file, { project, downloads: true });
  const names = files.map((candidate) => candidate.archiveName).join(', ');
  throw faults.recordNotFound(
    `attachment with the archive name "${archiveName}" there${names ? `; it has ${names}` : ''} (m-strArchiveName is what is asked for)`,
  );
}
