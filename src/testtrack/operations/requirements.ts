import { faults } from '../faults.ts';
import { newVersion, requirementFamily } from '../kinds/requirement.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { requireEditable } from '../lifecycle/locked-fields.ts';
import { lockable, putRecord, requireRecord } from '../lifecycle/records.ts';
import { area, documented, type Operations, operation, permission, visible } from '../operation.ts';
import { documentsOf } from '../rules/document-trees.ts';
import { requireUnlocked } from '../rules/locks.ts';
import { changeTypeCommand, typeField } from '../rules/requirement-types.ts';

/** Requirements. */
export const requirementOperations = {
  // getRequirement, getRequirementByRecordID, addRequirement, editRequirement, editRequirementByRecordID,
  // saveRequirement, cancelSaveRequirement, deleteRequirement, deleteRequirementByRecordID
  ...recordLifecycle('Requirement', requirementFamily),

  getDocumentIDsForRequirement: operation({
    needs: [area('TestTrack RM'), visible('Requirement'), permission('View Requirements')],
    evidence: documented('gives the record IDs of the documents a requirement is in; ascending (inferred)'),
    run: ({ project }, { requirementID }) =>
      documentsOf(project, requireRecord(requirementFamily, project, requirementID).recordId),
  }),

  changeRequirementType: operation({
    needs: [area('TestTrack RM'), visible('Requirement'), permission(changeTypeCommand)],
    evidence: documented(
      'changes the type, and with it the tag; takes a command of its own; 22 while another user edits it (inferred)',
    ),
    run: (context, { requirementID, newTypeName }) => {
      const { project, user, now } = context;
      const before = requireRecord(requirementFamily, project, requirementID);
      requireEditable(requirementFamily, context, before);
      requireUnlocked(project, lockable(requirementFamily, before.recordId), now);
      const types = project.dropdownValues(typeField.table, typeField.field) ?? [];
      if (!types.includes(newTypeName)) {
        throw faults.invalidParameter(
          `no requirement type "${newTypeName}"`,
          `Types of this project: ${types.join(', ') || 'none'} (getDropdownFieldValuesForTable gives them).`,
        );
      }
      if (before.type !== newTypeName) {
        const changed = newVersion(before, { at: now, by: user.recordId });
        putRecord(requirementFamily, context, {
          before,
          after: { ...before, ...changed, type: newTypeName },
        });
      }
      return 0;
    },
  }),
} satisfies Partial<Operations>;
