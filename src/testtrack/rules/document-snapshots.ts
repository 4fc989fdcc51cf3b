import { invariant } from '../../world/invariant.ts';
import type { Stamp } from '../model/item-record.ts';
import type { RequirementDocumentRecord, SnapshotRecord } from '../model/requirement-document-record.ts';
import type { RequirementRecord } from '../model/requirement-record.ts';
import { documentSnapshots, requirementRecords, snapshotKey } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { outlineOf, withOutlineNumbers } from './document-trees.ts';

/** A requirement in a document, in the version that the document shows. */
export interface DocumentEntry {
  readonly requirement: RequirementRecord;
  readonly parentId: number;
  /** `2.1` for the first one under the second. */
  readonly outlineNumber: string;
}

/** A document with everything in it, now or as a snapshot kept it. */
export interface DocumentContent {
  readonly document: RequirementDocumentRecord;
  /** In document order. */
  readonly entries: readonly DocumentEntry[];
}

/** The snapshots of a document, oldest first. */
export function snapshotsOf(project: ProjectView, documentId: number): SnapshotRecord[] {
  const snapshots = project.table(documentSnapshots).findBy('document', documentId);
  return snapshots.sort((a, b) => a.version - b.version);
}

/** What is in a document now. */
export function contentOf(project: ProjectView, document: RequirementDocumentRecord): DocumentContent {
  const entries = outlineOf(project, document.recordId).map(({ requirementId, parentId, outlineNumber }) => {
    const requirement = project.table(requirementRecords).get(requirementId);
    invariant(requirement, 'a requirement that is deleted leaves its documents');
    return { requirement, parentId, outlineNumber };
  });
  return { document, entries };
}

/** What was in a document when a snapshot was made; undefined when it has no snapshot of that number. */
export function snapshotContent(
  project: ProjectView,
  documentId: number,
  version: number,
): DocumentContent | undefined {
  const snapshot = project.table(documentSnapshots).get(snapshotKey(documentId, version));
  if (!snapshot) return undefined;
  const entries = withOutlineNumbers(snapshot.entries, ({ requirement }) => requirement.recordId);
  return {
    document: snapshot.document,
    entries: entries.map(({ entry, outlineNumber }) => ({ ...entry, outlineNumber })),
  };
}

/**
 * Keeps a document and the versions of everything in it as they are. [documented] Numbers count up from 1 per
 * document. [inferred]
 */
export function takeSnapshot(
  project: ProjectView,
  document: RequirementDocumentRecord,
  { label, comment, created }: { label: string; comment: string; created: Stamp },
): SnapshotRecord {
  const documentId = document.recordId;
  const version = project.table(documentSnapshots).countBy('document', documentId) + 1;
  const { entries } = contentOf(project, document);
  return project.table(documentSnapshots).put({
    documentId,
    version,
    label,
    comment,
    created,
    document,
    entries: entries.map(({ requirement, parentId }) => ({ requirement, parentId })),
  });
}

/** Forgets the snapshots of a document. */
export function dropSnapshots(project: ProjectView, documentId: number): void {
  for (const { version } of snapshotsOf(project, documentId)) {
    project.table(documentSnapshots).delete(snapshotKey(documentId, version));
  }
}
