import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { FolderRecord, FolderSpace } from '../model/folder-record.ts';
import type { CFolderType, CTreeNodeSoap } from '../model/operation-types.generated.ts';
import type { FolderType } from '../model/project-record.ts';
import { documented, type Need, type Operations, operation, permission, visible } from '../operation.ts';
import { childrenOf, folderType, visibleFolder } from '../rules/folders.ts';
import { folderByPath, rootAt } from './folders.ts';

const needs: readonly Need[] = [visible('Folder'), permission('View Folders')];

/** The hierarchy of folders, and the types that folders can have. */
export const folderTreeOperations = {
  getFolderTree: operation({
    needs,
    evidence: documented('gives the folder of a path with all its subfolders, nested; a root too (inferred)'),
    run: (context, { treeRootFolderPath }) => {
      const root = rootAt(context, treeRootFolderPath);
      return root ? rootTree(context, root) : treeOf(context, folderByPath(context, treeRootFolderPath));
    },
  }),

  getFolderTreeByRecordID: operation({
    needs,
    evidence: documented(
      'as getFolderTree, by record ID; it carries no flag, so public folders come first and then the caller’s own (inferred)',
    ),
    run: (context, { treeRootFolderID }) => {
      const recordId = Number(treeRootFolderID);
      const folder =
        visibleFolder(context, recordId, 'public') ?? visibleFolder(context, recordId, 'private');
      if (folder) return treeOf(context, folder);
      throw faults.recordNotFound(`folder with record ID ${treeRootFolderID}`);
    },
  }),

  getFolderTypeList: operation({
    needs,
    evidence: documented('lists the folder types of the project'),
    run: ({ project }) => project.record.folderTypes.map(writeType),
  }),

  getFolderTypeByName: operation({
    needs,
    evidence: documented('gives a folder type by its name'),
    run: ({ project }, { name }) => {
      const type = folderType(project, name);
      if (type) return writeType(type);
      const known = project.record.folderTypes.map((other) => other.name).join(', ');
      throw faults.recordNotFound(`folder type "${name}"; this project has ${known || 'none'}`);
    },
  }),
} satisfies Partial<Operations>;

function treeOf(context: CallContext, folder: FolderRecord): CTreeNodeSoap {
  return node(context, { owner: folder.owner, recordId: folder.recordId });
}

function rootTree(context: CallContext, space: FolderSpace): CTreeNodeSoap {
  return node(context, { owner: space === 'public' ? 0 : context.user.recordId, recordId: 0 });
}

/** Folders are nested no deeper than `requireFreePlace` lets them. */
function node(
  context: CallContext,
  { owner, recordId }: Pick<FolderRecord, 'owner' | 'recordId'>,
): CTreeNodeSoap {
  return {
    entityTableName: 'Folder',
    entityRecordID: recordId,
    childList: childrenOf(context.project, owner, recordId).map((child) => node(context, child)),
  };
}

function writeType(type: FolderType): CFolderType {
  return {
    recordid: type.recordId,
    name: type.name,
    description: type.description,
    allowweb: type.allowsWebView,
    allowdetails: type.allowsDetails,
    releaseplanning: type.hasReleasePlanning,
    isactive: type.isActive,
    taskboardenabled: type.hasTaskBoard,
    defaulttaskboardname: type.defaultTaskBoard,
  };
}
