import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { requirementFamily } from '../kinds/requirement.ts';
import { requirementDocumentFamily } from '../kinds/requirement-document.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { requireEditable } from '../lifecycle/locked-fields.ts';
import { lockable, requireRecord } from '../lifecycle/records.ts';
import type { CDocumentTreeNode } from '../model/operation-types.generated.ts';
import { area, documented, type Operations, operation, permission, visible } from '../operation.ts';
import { contentOf, type DocumentContent, takeSnapshot } from '../rules/document-snapshots.ts';
import { appendNode, outlineOf } from '../rules/document-trees.ts';
import { requireUnlockedForOthers } from '../rules/locks.ts';
import { tagOf } from '../rules/requirement-types.ts';

const table = 'Requirement Document';
const needs = (name: string) => [area('TestTrack RM'), visible(table), permission(name)];

/** Requirement documents, what is in them, and their snapshots. */
export const requirementDocumentOperations = {
  // getRequirementDocument, getRequirementDocumentByRecordID, addRequirementDocument,
  // editRequirementDocument, editRequirementDocumentByRecordID, saveRequirementDocument,
  // cancelSaveRequirementDocument, deleteRequirementDocument, deleteRequirementDocumentByRecordID
  ...recordLifecycle('RequirementDocument', requirementDocumentFamily),

  appendToRequirementDocument: operation({
    needs: needs('Edit Requirement Documents'),
    evidence: documented(
      'puts a requirement at the end of a document, or last under a parent that is in it; never twice',
    ),
    run: (context, { requirementID, documentID, parentRequirementID }) => {
      const { project } = context;
      const requirement = requireRecord(requirementFamily, project, requirementID);
      const document = requireRecord(requirementDocumentFamily, project, documentID);
      const hasParent = Number(parentRequirementID) !== 0;
      const parent = hasParent ? requireRecord(requirementFamily, project, parentRequirementID) : undefined;
      requireEditable(requirementDocumentFamily, context, document);
      requireUnlockedForOthers(context, lockable(requirementDocumentFamily, document.recordId));
      appendNode(project, {
        documentId: document.recordId,
        requirementId: requirement.recordId,
        parentId: parent?.recordId ?? 0,
      });
      return 0;
    },
  }),

  getRequirementIDsForDocument: operation({
    needs: needs('View Requirement Documents'),
    evidence: documented(
      'gives the record IDs of the requirements in a document; in document order (inferred)',
    ),
    run: ({ project }, { documentID }) => {
      const { recordId } = requireRecord(requirementDocumentFamily, project, documentID);
      return outlineOf(project, recordId).map(({ requirementId }) => requirementId);
    },
  }),

  getDocumentTree: operation({
    needs: needs('View Requirement Documents'),
    evidence: documented(
      'gives the document with its requirements nested in order; outline numbers 1, 1.1, 1.2 (inferred)',
    ),
    run: (context, { documentID }) => {
      const document = requireRecord(requirementDocumentFamily, context.project, documentID);
      return treeOf(context, contentOf(context.project, document));
    },
  }),

  createSnapshot: operation({
    needs: needs('Create Requirement Document Snapshots'),
    evidence: documented(
      'keeps the document and its requirements as they are, numbered from 1 (inferred), also while its state locks it',
    ),
    run: ({ project, user, now }, { documentID, snapshot }) => {
      const document = requireRecord(requirementDocumentFamily, project, documentID);
      if (!snapshot) {
        throw faults.missingParameter('snapshot', 'Send a CSnapshotInfo with a label and a comment.');
      }
      const { label = '', comment = '' } = snapshot;
      takeSnapshot(project, document, { label, comment, created: { at: now, by: user.recordId } });
      return 0;
    },
  }),
} satisfies Partial<Operations>;

type MutableNode = Omit<CDocumentTreeNode, 'childList'> & { childList: MutableNode[] };

/** The root stands for the document itself: its name, and no number or tag of its own. [inferred] */
function treeOf({ project }: CallContext, { document, entries }: DocumentContent): CDocumentTreeNode {
  const root: MutableNode = {
    $type: 'CDocumentTreeNode',
    entityTableName: table,
    entityRecordID: document.recordId,
    childList: [],
    summary: document.summary,
    outlineNumber: '',
    tag: '',
  };
  const nodes = new Map([[0, root]]);
  for (const { requirement, parentId, outlineNumber } of entries) {
    const node: MutableNode = {
      $type: 'CDocumentTreeNode',
      entityTableName: requirementFamily.table,
      entityRecordID: requirement.recordId,
      childList: [],
      summary: requirement.summary,
      outlineNumber,
      tag: tagOf(project, requirement),
    };
    nodes.get(parentId)?.childList.push(node);
    nodes.set(requirement.recordId, node);
  }
  return root;
}
